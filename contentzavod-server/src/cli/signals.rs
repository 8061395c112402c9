//! The signals that end a process, and the one that has it read its files anew.

use std::io;

/// Listens for the signals that ask a process to end.
#[derive(Debug)]
pub(super) struct Ending {
    #[cfg(unix)]
    term: tokio::signal::unix::Signal,
    #[cfg(unix)]
    int: tokio::signal::unix::Signal,
}

/// Begins to listen: from now on the signals no longer kill.
pub(super) fn listen() -> io::Result<Ending> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Ending {
            term: signal(SignalKind::terminate())?,
            int: signal(SignalKind::interrupt())?,
        })
    }
    #[cfg(not(unix))]
    Ok(Ending {})
}

impl Ending {
    /// Returns at the next signal.
    pub(super) async fn wait(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.term.recv() => {}
            _ = self.int.recv() => {}
        }
        #[cfg(not(unix))]
        drop(tokio::signal::ctrl_c().await);
    }
}

/// SIGHUP, by which operators have a server read its files anew.
#[derive(Debug)]
pub(super) struct Hangups {
    #[cfg(unix)]
    hangup: tokio::signal::unix::Signal,
}

/// Begins to listen: from now on SIGHUP no longer kills.
pub(super) fn hangups() -> io::Result<Hangups> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Hangups {
            hangup: signal(SignalKind::hangup())?,
        })
    }
    #[cfg(not(unix))]
    Ok(Hangups {})
}

impl Hangups {
    /// Returns at the next one.
    pub(super) async fn next(&mut self) {
        #[cfg(unix)]
        self.hangup.recv().await;
        #[cfg(not(unix))]
        std::future::pending::<()>().await;
    }
}
