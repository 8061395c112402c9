//! Reading: a few read-only connections, each call in a snapshot of its own.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use contentzavod_core::ports::StoreError;
use rusqlite::Connection;
use tokio::sync::Semaphore;

use super::db::execute;
use super::map::Fault;
use super::open::SqliteOptions;

const READERS: u32 = 4;
/// Nobody waits longer for a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// A pool of read-only connections, opened when first needed.
pub(super) struct Readers {
    options: SqliteOptions,
    permits: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl std::fmt::Debug for Readers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Readers").finish_non_exhaustive()
    }
}

impl Readers {
    pub(super) fn new(options: SqliteOptions) -> Self {
        Self {
            options,
            permits: Arc::new(Semaphore::new(READERS as usize)),
            idle: Arc::default(),
        }
    }

    /// Runs queries on one snapshot of the database.
    pub(super) async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    {
        let permit = Arc::clone(&self.permits).acquire_owned();
        let permit = tokio::time::timeout(PATIENCE, permit)
            .await
            .map_err(|_| StoreError::Unavailable("all readers are busy".to_owned()))?
            .map_err(|_| StoreError::Unavailable("the store is closed".to_owned()))?;
        let (idle, options) = (Arc::clone(&self.idle), self.options.clone());
        let reading = tokio::task::spawn_blocking(move || {
            let known = lock(&idle).pop();
            let conn = match known {
                Some(conn) => conn,
                None => options.reading()?,
            };
            let result = snapshot(&conn, work);
            // One that is still inside its snapshot is of no use to the next call.
            if conn.is_autocommit() {
                lock(&idle).push(conn);
            }
            drop(permit);
            result
        });
        let lost = |_| StoreError::Unavailable("the read panicked".to_owned());
        Ok(reading.await.map_err(lost)??)
    }

    /// Waits for the reads under way and closes the connections.
    pub(super) async fn close(&self) {
        // Closed before: then there is nothing to wait for.
        let all = self.permits.acquire_many(READERS).await;
        self.permits.close();
        drop(all);
        lock(&self.idle).clear();
    }
}

fn lock(idle: &Mutex<Vec<Connection>>) -> std::sync::MutexGuard<'_, Vec<Connection>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

fn snapshot<T>(
    conn: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, Fault>,
) -> Result<T, Fault> {
    execute(conn, "BEGIN", [])?;
    let result = work(conn);
    let ended = execute(conn, "COMMIT", []);
    let value = result?;
    ended?;
    Ok(value)
}
