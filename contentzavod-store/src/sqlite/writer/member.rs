//! One request of a group, whatever it answers.

use chrono::{DateTime, Utc};
use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::ports::StoreError;
use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::sqlite::map::Fault;

/// What a member of a group works with.
#[derive(Debug, Clone, Copy)]
pub(in crate::sqlite) struct Tx<'c> {
    /// The connection, inside the member's savepoint.
    pub(in crate::sqlite) conn: &'c Connection,
    /// The store's time, to the millisecond.
    pub(in crate::sqlite) now: DateTime<Utc>,
    /// How long files stay.
    pub(in crate::sqlite) ttl: MediaTtl,
}

/// How a member ended without an error.
#[derive(Debug)]
pub(in crate::sqlite) enum Done<T> {
    /// What it wrote stays.
    Keep(T),
    /// What it wrote is taken back.
    Discard(T),
}

/// What becomes of a member's writes.
pub(super) enum Ran {
    Kept,
    Discarded,
    Failed(StoreError),
}

/// One waiting request, whatever it answers.
pub(super) trait Member: Send {
    /// It goes before all others.
    fn pressing(&self) -> bool;
    /// Nobody waits for the answer any more.
    fn abandoned(&self) -> bool;
    /// Does the work and keeps the answer.
    fn run(&mut self, tx: Tx<'_>) -> Ran;
    /// Gives the answer; an error of the group stands above it.
    fn answer(self: Box<Self>, group: Result<(), StoreError>);
}

pub(super) struct Request<T, F> {
    pressing: bool,
    work: Option<F>,
    result: Option<Result<T, StoreError>>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<T, F> Request<T, F> {
    /// A request and where its answer arrives.
    pub(super) fn new(work: F, pressing: bool) -> (Self, oneshot::Receiver<Result<T, StoreError>>) {
        let (reply, answer) = oneshot::channel();
        let request = Self {
            pressing,
            work: Some(work),
            result: None,
            reply,
        };
        (request, answer)
    }
}

impl<T, F> Member for Request<T, F>
where
    T: Send,
    F: FnOnce(Tx<'_>) -> Result<Done<T>, Fault> + Send,
{
    fn pressing(&self) -> bool {
        self.pressing
    }

    fn abandoned(&self) -> bool {
        self.reply.is_closed()
    }

    fn run(&mut self, tx: Tx<'_>) -> Ran {
        let Some(work) = self.work.take() else {
            return Ran::Discarded;
        };
        let (ran, value) = match work(tx) {
            Ok(Done::Keep(value)) => (Ran::Kept, Ok(value)),
            Ok(Done::Discard(value)) => (Ran::Discarded, Ok(value)),
            Err(Fault(error)) => (Ran::Failed(error.clone()), Err(error)),
        };
        self.result = Some(value);
        ran
    }

    fn answer(self: Box<Self>, group: Result<(), StoreError>) {
        let lost = || Err(StoreError::Unavailable("the write panicked".to_owned()));
        let answer = match group {
            Ok(()) => self.result.unwrap_or_else(lost),
            Err(error) => Err(error),
        };
        // A caller that went away needs no answer.
        let _ = self.reply.send(answer);
    }
}
