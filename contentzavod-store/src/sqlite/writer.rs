//! The one writer: groups waiting requests into one transaction.
//!
//! Each member of a group has a SAVEPOINT of its own, so that an error or a panic in it takes back
//! its own writes only. Answers leave after the COMMIT: what was answered is on disk. A group is
//! closed at [`GROUP_MAX`] members or when the queue is empty; nobody waits for company.

mod member;
#[cfg(test)]
mod tests;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::ports::{Clock, StoreError};
use futures::FutureExt;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinHandle;

use super::map::{Fault, whole_ms};
pub(super) use member::{Done, Tx, Work};
use member::{Member, Ran, Request};

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

/// The handle of the writer task.
pub(super) struct Writer {
    queue: mpsc::Sender<Box<dyn Member>>,
    counters: Arc<Counters>,
    closing: tokio_util::sync::CancellationToken,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

impl Writer {
    /// Connects and starts the task.
    pub(super) async fn start(
        options: SqliteConnectOptions,
        clock: Arc<dyn Clock>,
        ttl: MediaTtl,
    ) -> Result<Self, Fault> {
        let (queue, requests) = mpsc::channel(QUEUE);
        let counters = Arc::new(Counters::default());
        let closing = tokio_util::sync::CancellationToken::new();
        let conn = Some(options.connect().await?);
        let worker = Worker {
            conn,
            options,
            clock,
            ttl,
            counters: Arc::clone(&counters),
        };
        let task = tokio::spawn(worker.run(requests, closing.clone()));
        Ok(Self {
            queue,
            counters,
            closing,
            task: Mutex::new(Some(task)),
        })
    }

    /// Queues a request and waits until its group is committed.
    pub(super) async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(Tx<'c>) -> Work<'c, T> + Send + 'static,
    {
        let closed = || StoreError::Unavailable("the store is closed".to_owned());
        let (request, answer) = Request::new(work);
        self.queue
            .send(Box::new(request))
            .await
            .map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    pub(super) fn stats(&self) -> WriteStats {
        WriteStats {
            commits: self.counters.commits.load(Ordering::Relaxed),
            requests: self.counters.requests.load(Ordering::Relaxed),
        }
    }

    /// Answers what is queued, then closes the connection.
    pub(super) async fn close(&self) {
        self.closing.cancel();
        if let Some(task) = self.task.lock().await.take() {
            // The task ends by itself; a panic in it was told to its callers.
            let _ = task.await;
        }
    }
}

/// The task's side.
struct Worker {
    conn: Option<SqliteConnection>,
    options: SqliteConnectOptions,
    clock: Arc<dyn Clock>,
    ttl: MediaTtl,
    counters: Arc<Counters>,
}

type Queue = mpsc::Receiver<Box<dyn Member>>;

impl Worker {
    async fn run(mut self, mut queue: Queue, closing: tokio_util::sync::CancellationToken) {
        loop {
            let first = tokio::select! {
                biased;
                first = queue.recv() => first,
                () = closing.cancelled() => {
                    // What stands in the queue is still answered; nothing new comes in.
                    queue.close();
                    queue.recv().await
                }
            };
            let Some(first) = first else { break };
            self.group(first, &mut queue).await;
        }
        if let Some(conn) = self.conn.take()
            && let Err(error) = conn.close().await
        {
            tracing::warn!(%error, "the database was not closed in order");
        }
    }

    /// One transaction: the first request and those that wait behind it.
    async fn group(&mut self, first: Box<dyn Member>, queue: &mut Queue) {
        let mut members = Vec::with_capacity(1);
        let ended = match self.begin().await {
            Ok(mut conn) => {
                let done = self.members(&mut conn, first, &mut members, queue).await;
                let ended = end(&mut conn, done).await;
                if ended.usable {
                    self.conn = Some(conn);
                }
                ended.result
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
    async fn begin(&mut self) -> Result<SqliteConnection, Fault> {
        let mut conn = match self.conn.take() {
            Some(conn) => conn,
            None => self.options.connect().await?,
        };
        sqlx::query("BEGIN IMMEDIATE").execute(&mut conn).await?;
        Ok(conn)
    }

    /// Runs members until the group is full or nobody waits.
    async fn members(
        &self,
        conn: &mut SqliteConnection,
        first: Box<dyn Member>,
        members: &mut Vec<Box<dyn Member>>,
        queue: &mut Queue,
    ) -> Result<(), Fault> {
        let mut next = Some(first);
        while let Some(mut member) = next {
            if member.abandoned() {
                next = queue.try_recv().ok();
                continue;
            }
            let ran = self.member(conn, member.as_mut()).await;
            members.push(member);
            ran?;
            next = if members.len() < GROUP_MAX {
                queue.try_recv().ok()
            } else {
                None
            };
        }
        Ok(())
    }

    /// Runs one member in its savepoint. An error means that the whole transaction is gone.
    async fn member(
        &self,
        conn: &mut SqliteConnection,
        member: &mut dyn Member,
    ) -> Result<(), Fault> {
        sqlx::query("SAVEPOINT member").execute(&mut *conn).await?;
        let tx = Tx {
            conn: &mut *conn,
            now: whole_ms(self.clock.now()),
            ttl: self.ttl,
        };
        let ran = AssertUnwindSafe(member.run(tx)).catch_unwind().await;
        let failed = match ran {
            Ok(Ran::Kept) => {
                sqlx::query("RELEASE member").execute(&mut *conn).await?;
                return Ok(());
            }
            Ok(Ran::Discarded) => None,
            Ok(Ran::Failed(error)) => Some(error),
            Err(_) => {
                tracing::error!("a write panicked and was taken back");
                None
            }
        };
        let back = sqlx::query("ROLLBACK TO member").execute(&mut *conn).await;
        if let Err(error) = back {
            // After some errors SQLite drops the whole transaction, the savepoint with it.
            return Err(failed.map_or_else(|| error.into(), Fault));
        }
        sqlx::query("RELEASE member").execute(&mut *conn).await?;
        Ok(())
    }
}

/// How a group ended.
struct Ended {
    result: Result<(), StoreError>,
    /// The connection may serve the next group.
    usable: bool,
}

/// Commits, or takes everything back.
async fn end(conn: &mut SqliteConnection, done: Result<(), Fault>) -> Ended {
    let result = match done {
        Ok(()) => sqlx::query("COMMIT")
            .execute(&mut *conn)
            .await
            .map(|_| ())
            .map_err(Fault::from),
        Err(fault) => Err(fault),
    };
    let Err(Fault(error)) = result else {
        return Ended {
            result: Ok(()),
            usable: true,
        };
    };
    // Fails where SQLite has rolled back by itself: a new connection is certain either way.
    let usable = sqlx::query("ROLLBACK").execute(&mut *conn).await.is_ok();
    Ended {
        result: Err(error),
        usable,
    }
}
