//! The one writer: groups waiting requests into one transaction, on a thread of its own.
//!
//! Each member of a group has a SAVEPOINT of its own, so that an error or a panic in it takes back
//! its own writes only. Answers leave after the COMMIT: what was answered is on disk. A group is
//! closed at [`GROUP_MAX`] members or when the queue is empty; nobody waits for company. A pressing
//! request goes before all that wait, and none but pressing ones come into its group after it.

mod member;
#[cfg(test)]
mod tests;
mod waiting;

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};

use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::ports::{Clock, StoreError};
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::db::execute;
use super::map::{Fault, whole_ms};
use super::open::{OnFull, SqliteOptions};
pub(super) use member::{Done, Tx};
use member::{Member, Ran, Request};
use waiting::Waiting;

/// Members of one transaction, at most.
const GROUP_MAX: usize = 256;
/// Requests that may wait; more callers wait at the door.
const QUEUE: usize = 4096;

/// What the writer has done since it started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteStats {
    /// Transactions committed.
    pub commits: u64,
    /// Requests answered after those commits.
    pub requests: u64,
}

#[derive(Debug, Default)]
struct Counters {
    commits: AtomicU64,
    requests: AtomicU64,
}

/// The handle of the writer's thread. The thread ends when the handle is dropped.
pub(super) struct Writer {
    /// `None` once closed.
    queue: std::sync::Mutex<Option<mpsc::Sender<Box<dyn Member>>>>,
    counters: Arc<Counters>,
    full: OnFull,
    /// Closed by the thread when it has ended.
    ended: tokio::sync::Mutex<oneshot::Receiver<()>>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

fn closed() -> StoreError {
    StoreError::Unavailable("the store is closed".to_owned())
}

impl Writer {
    /// Connects and starts the thread. Blocks on the file.
    pub(super) fn start(
        options: SqliteOptions,
        clock: Arc<dyn Clock>,
        ttl: MediaTtl,
    ) -> Result<Self, Fault> {
        let (queue, requests) = mpsc::channel(QUEUE);
        let (ending, ended) = oneshot::channel();
        let counters = Arc::new(Counters::default());
        let full = options.full();
        let worker = Worker {
            conn: Some(options.writing()?),
            options,
            clock,
            ttl,
            counters: Arc::clone(&counters),
        };
        std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || {
                worker.run(Waiting::new(requests));
                drop(ending);
            })
            .map_err(Fault::unavailable)?;
        Ok(Self {
            queue: std::sync::Mutex::new(Some(queue)),
            counters,
            full,
            ended: tokio::sync::Mutex::new(ended),
        })
    }

    fn queue(&self) -> Option<mpsc::Sender<Box<dyn Member>>> {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.clone()
    }

    /// Queues a request and waits until its group is committed.
    pub(super) async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(Tx<'_>) -> Result<Done<T>, Fault> + Send + 'static,
    {
        let (request, answer) = Request::new(work, false);
        self.queued(request, answer).await
    }

    /// Like [`write`](Self::write), before all that wait.
    pub(super) async fn write_first<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(Tx<'_>) -> Result<Done<T>, Fault> + Send + 'static,
    {
        let (request, answer) = Request::new(work, true);
        self.queued(request, answer).await
    }

    async fn queued<T>(
        &self,
        request: impl Member + 'static,
        answer: oneshot::Receiver<Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let queue = self.queue().ok_or_else(closed)?;
        let queued = queue.send(Box::new(request)).await;
        drop(queue);
        queued.map_err(|_| closed())?;
        let answer = answer.await.map_err(|_| closed())?;
        if matches!(answer, Err(StoreError::Full)) {
            let full = self.full.clone();
            // What it may have to say, it logs; the answer stands.
            drop(tokio::task::spawn_blocking(move || full.make_room()).await);
        }
        answer
    }

    pub(super) fn stats(&self) -> WriteStats {
        WriteStats {
            commits: self.counters.commits.load(Ordering::Relaxed),
            requests: self.counters.requests.load(Ordering::Relaxed),
        }
    }

    /// Answers what is queued, then closes the connection.
    pub(super) async fn close(&self) {
        let queue = self
            .queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        drop(queue);
        // Nothing is ever sent: the channel closes when the thread ends.
        let mut ended = self.ended.lock().await;
        if !ended.is_terminated() {
            let _ = (&mut *ended).await;
        }
    }
}

/// The thread's side.
struct Worker {
    conn: Option<Connection>,
    options: SqliteOptions,
    clock: Arc<dyn Clock>,
    ttl: MediaTtl,
    counters: Arc<Counters>,
}

impl Worker {
    fn run(mut self, mut waiting: Waiting) {
        while let Some(first) = waiting.wait() {
            self.group(first, &mut waiting);
        }
        if let Some(conn) = self.conn.take()
            && let Err((_, error)) = conn.close()
        {
            tracing::warn!(%error, "the database was not closed in order");
        }
    }

    /// One transaction: the first request and those that wait behind it.
    fn group(&mut self, first: Box<dyn Member>, waiting: &mut Waiting) {
        let mut members = Vec::with_capacity(1);
        let ended = match self.begin() {
            Ok(conn) => {
                let done = self.members(&conn, first, &mut members, waiting);
                let (result, usable) = end(&conn, done);
                self.conn = usable.then_some(conn);
                result
            }
            Err(Fault(error)) => {
                members.push(first);
                Err(error)
            }
        };
        match &ended {
            Ok(()) => {
                self.counters.commits.fetch_add(1, Ordering::Relaxed);
                let count = u64::try_from(members.len()).unwrap_or(u64::MAX);
                self.counters.requests.fetch_add(count, Ordering::Relaxed);
            }
            Err(error) => {
                tracing::error!(%error, members = members.len(), "a group of writes was not committed");
            }
        }
        for member in members {
            member.answer(ended.clone());
        }
    }

    /// A connection inside a write transaction. One that broke was dropped and is made anew.
    fn begin(&mut self) -> Result<Connection, Fault> {
        let conn = match self.conn.take() {
            Some(conn) => conn,
            None => self.options.writing()?,
        };
        execute(&conn, "BEGIN IMMEDIATE", [])?;
        Ok(conn)
    }

    /// Runs members until the group is full or nobody waits.
    fn members(
        &self,
        conn: &Connection,
        first: Box<dyn Member>,
        members: &mut Vec<Box<dyn Member>>,
        waiting: &mut Waiting,
    ) -> Result<(), Fault> {
        let mut next = Some(first);
        let mut pressing = false;
        while let Some(mut member) = next {
            if !member.abandoned() {
                pressing |= member.pressing();
                let ran = self.member(conn, member.as_mut());
                members.push(member);
                ran?;
            }
            next = match members.len() {
                GROUP_MAX.. => None,
                _ if pressing => waiting.next_pressing(),
                _ => waiting.next(),
            };
        }
        Ok(())
    }

    /// Runs one member in its savepoint. An error means that the whole transaction is gone.
    fn member(&self, conn: &Connection, member: &mut dyn Member) -> Result<(), Fault> {
        execute(conn, "SAVEPOINT member", [])?;
        let tx = Tx {
            conn,
            now: whole_ms(self.clock.now()),
            ttl: self.ttl,
        };
        let ran = std::panic::catch_unwind(AssertUnwindSafe(|| member.run(tx)));
        let failed = match ran {
            Ok(Ran::Kept) => {
                execute(conn, "RELEASE member", [])?;
                return Ok(());
            }
            Ok(Ran::Discarded) => None,
            Ok(Ran::Failed(error)) => Some(error),
            Err(_) => {
                tracing::error!("a write panicked and was taken back");
                None
            }
        };
        if let Err(gone) = execute(conn, "ROLLBACK TO member", []) {
            // After some errors SQLite drops the whole transaction, the savepoint with it.
            return Err(failed.map_or(gone, Fault));
        }
        execute(conn, "RELEASE member", [])?;
        Ok(())
    }
}

/// Commits, or takes everything back; and whether the connection may serve the next group.
fn end(conn: &Connection, done: Result<(), Fault>) -> (Result<(), StoreError>, bool) {
    let result = done.and_then(|()| execute(conn, "COMMIT", []));
    match result {
        Ok(_) => (Ok(()), true),
        Err(Fault(error)) => {
            // Where SQLite has rolled back by itself there is nothing to roll back.
            let usable = conn.is_autocommit() || execute(conn, "ROLLBACK", []).is_ok();
            (Err(error), usable)
        }
    }
}
