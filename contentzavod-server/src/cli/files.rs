//! How many files the process may hold open, and how many connections that leaves room for.

use crate::accept::AcceptLimits;

/// More is never needed, and some systems take no more.
const ENOUGH: u64 = 65_536;
/// What is not a connection of a client: the database, uploads, files being served, the way out.
const OTHERS: u64 = 256;

/// The limits of connections, in so far as the system allows.
///
/// A login shell often allows 1024 open files though 500,000 are to be had. Connections of strangers
/// could use them up, and then nothing goes out any more: so the soft limit is raised first, and what
/// is left after that bounds the connections.
pub(super) fn limits() -> AcceptLimits {
    let mut limits = AcceptLimits::default();
    let Some(files) = raised() else {
        return limits;
    };
    let room = usize::try_from(files.saturating_sub(OTHERS)).unwrap_or(usize::MAX);
    if room < limits.max_connections {
        limits.max_connections = room.max(1);
        tracing::warn!(
            files,
            connections = limits.max_connections,
            "few open files are allowed (ulimit -n), so fewer connections are taken"
        );
    }
    limits
}

/// Raises the limit as far as it goes; what it is then. `None`: none that matters.
#[cfg(unix)]
fn raised() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let current = current.filter(|current| *current < ENOUGH)?;
    let wanted = maximum.map_or(ENOUGH, |maximum| maximum.min(ENOUGH));
    let limit = Rlimit {
        current: Some(wanted),
        maximum,
    };
    match setrlimit(Resource::Nofile, limit) {
        Ok(()) => Some(wanted),
        Err(error) => {
            tracing::debug!(%error, "the limit on open files cannot be raised");
            Some(current)
        }
    }
}

#[cfg(not(unix))]
fn raised() -> Option<u64> {
    None
}
