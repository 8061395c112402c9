//! Who waits for the writer, and who goes first.

use std::collections::VecDeque;

use tokio::sync::mpsc;

use super::member::Member;

/// The requests that wait. What a post needs to go out on time stands before all others: thousands
/// of outcomes to be written must not hold up the next arm.
pub(super) struct Waiting {
    door: mpsc::Receiver<Box<dyn Member>>,
    pressing: VecDeque<Box<dyn Member>>,
    others: VecDeque<Box<dyn Member>>,
}

impl Waiting {
    pub(super) fn new(door: mpsc::Receiver<Box<dyn Member>>) -> Self {
        Self {
            door,
            pressing: VecDeque::new(),
            others: VecDeque::new(),
        }
    }

    /// The next request, waited for; `None` once the door is closed and nobody is left.
    pub(super) fn wait(&mut self) -> Option<Box<dyn Member>> {
        self.next().or_else(|| self.door.blocking_recv())
    }

    /// The next request, if somebody waits.
    pub(super) fn next(&mut self) -> Option<Box<dyn Member>> {
        self.next_pressing().or_else(|| self.others.pop_front())
    }

    /// The next request of those that go first.
    pub(super) fn next_pressing(&mut self) -> Option<Box<dyn Member>> {
        while let Ok(member) = self.door.try_recv() {
            if member.pressing() {
                self.pressing.push_back(member);
            } else {
                self.others.push_back(member);
            }
        }
        self.pressing.pop_front()
    }
}
