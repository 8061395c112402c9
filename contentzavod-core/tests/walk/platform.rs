//! The platform of the walk: containers, live media, and calls that execute late.

use contentzavod_core::ports::HandleState;

/// A live media.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Live {
    pub(crate) id: String,
    /// Which publication's container it came from, and of which content version.
    pub(crate) owner: usize,
    pub(crate) version: i32,
    pub(crate) at: i64,
}

/// A call that was taken and will execute.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Late {
    pub(crate) owner: usize,
    pub(crate) version: i32,
    pub(crate) handle: String,
    pub(crate) by: i64,
}

/// What the platform holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Platform {
    pub(crate) live: Vec<Live>,
    pub(crate) late: Vec<Late>,
    /// Handles that were published at least once.
    pub(crate) done: Vec<String>,
}

impl Platform {
    /// Executes a publish call; `None` when the platform refuses a second one.
    pub(crate) fn execute(
        &mut self,
        owner: usize,
        version: i32,
        handle: &str,
        duplicates: bool,
        now: i64,
    ) -> Option<String> {
        let again = self.done.iter().any(|h| h == handle);
        if again && !duplicates {
            return None;
        }
        if !again {
            self.done.push(handle.to_owned());
        }
        let id = format!("m{}", self.live.len());
        self.live.push(Live {
            id: id.clone(),
            owner,
            version,
            at: now,
        });
        Some(id)
    }

    /// Where a container stands.
    pub(crate) fn status(&self, handle: &str) -> HandleState {
        if self.done.iter().any(|h| h == handle) {
            HandleState::Published
        } else {
            HandleState::Finished
        }
    }

    /// A late call executes.
    pub(crate) fn execute_late(&mut self, index: usize, duplicates: bool, now: i64) {
        let late = self.late.remove(index);
        self.execute(late.owner, late.version, &late.handle, duplicates, now);
    }

    pub(crate) fn of(&self, owner: usize) -> impl Iterator<Item = &Live> {
        self.live.iter().filter(move |l| l.owner == owner)
    }
}
