//! Every store port of the core on one SQLite file.
//!
//! WAL with `synchronous=FULL`: what was answered survives a power cut. One writer thread with its
//! own connection groups waiting writes into one transaction ([`WriteStats`] counts them); a few
//! read-only connections serve reads. SQL stands only here, in place.
//!
//! The driver is rusqlite: statements run where their connection is. With sqlx each of them goes to
//! a thread and back, which cost four times as much in batches, and a post is a dozen statements.

mod account;
mod accounts;
mod apply;
mod arm;
mod change;
mod claim;
mod db;
mod expiry;
mod facts;
mod feed;
mod fixes;
mod keys;
mod list;
mod map;
mod media;
mod open;
mod people;
#[cfg(test)]
mod plans;
mod post;
mod publication;
mod readers;
mod record;
mod removals;
mod rights;
mod rows;
mod schedule;
mod sessions;
mod writer;
mod zones;

use std::path::Path;
use std::sync::Arc;

use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::ports::{Clock, StoreError};
use rusqlite::Connection;

pub use open::SqliteOptions;
pub use writer::WriteStats;

use map::Fault;
use readers::Readers;
use writer::{Done, Tx, Writer};

/// A store on one SQLite file. Several may be open on one file, also in several processes.
#[derive(Debug)]
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
    options: SqliteOptions,
    clock: Arc<dyn Clock>,
}

impl SqliteStore {
    /// Opens the file, making it if it is missing, and brings its schema up to date.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`] when the file cannot be opened, holds a newer schema, or SQLite
    /// is older than 3.51.3; [`StoreError::Corrupt`] when it is no database; [`StoreError::Full`].
    pub async fn open(
        path: &Path,
        clock: Arc<dyn Clock>,
        ttl: MediaTtl,
    ) -> Result<Self, StoreError> {
        Self::open_with(&SqliteOptions::new(path), clock, ttl).await
    }

    /// As [`SqliteStore::open`], with other options.
    ///
    /// # Errors
    ///
    /// As [`SqliteStore::open`].
    pub async fn open_with(
        options: &SqliteOptions,
        clock: Arc<dyn Clock>,
        ttl: MediaTtl,
    ) -> Result<Self, StoreError> {
        let options = options.clone();
        blocking(move || {
            open::migrate(&options)?;
            Self::connect(options, clock, ttl)
        })
        .await
    }

    /// Opens a file whose schema is up to date, and changes nothing in it.
    ///
    /// # Errors
    ///
    /// As [`SqliteStore::open`]; [`StoreError::Unavailable`] when the file is missing or its schema
    /// is older than this version's.
    pub async fn open_existing(
        path: &Path,
        clock: Arc<dyn Clock>,
        ttl: MediaTtl,
    ) -> Result<Self, StoreError> {
        let options = SqliteOptions::new(path);
        blocking(move || {
            open::require_current(&options)?;
            Self::connect(options, clock, ttl)
        })
        .await
    }

    /// Brings the schema of the file up to date, making the file if it is missing; the names of the
    /// migrations that were run. Each is one transaction: interrupted, it leaves nothing behind.
    ///
    /// # Errors
    ///
    /// As [`SqliteStore::open`].
    pub async fn migrate(path: &Path) -> Result<Vec<String>, StoreError> {
        let options = SqliteOptions::new(path);
        blocking(move || open::migrate(&options)).await
    }

    /// The names of the migrations that [`SqliteStore::migrate`] would run; the file is not touched.
    ///
    /// # Errors
    ///
    /// As [`SqliteStore::open`].
    pub async fn pending_migrations(path: &Path) -> Result<Vec<String>, StoreError> {
        let options = SqliteOptions::new(path);
        blocking(move || open::pending(&options)).await
    }

    /// True when the file holds secrets that a key sealed: making a new key would lose them. False
    /// for a missing file and for one without a schema. Blocks; for start-up, before any store is
    /// open.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`] or [`StoreError::Corrupt`] when the file cannot be read.
    pub fn holds_sealed(path: &Path) -> Result<bool, StoreError> {
        Ok(open::holds_sealed(&SqliteOptions::new(path))?)
    }

    /// Writes the file anew if something was deleted since that a person has a right to see gone: the
    /// room between rows may hold copies of it. Takes as long as the file is large; for the start of a
    /// server, before anybody works. False when somebody does.
    ///
    /// # Errors
    ///
    /// [`StoreError::Full`] when there is no room for a second copy; it is tried again then.
    pub async fn compact(&self) -> Result<bool, StoreError> {
        let options = self.options.clone();
        blocking(move || rights::at_start(&options)).await
    }

    /// What is wrong with a file, in SQLite's words: nothing, when it is whole. Reads all of it.
    /// Blocks; a server that runs beside it is not disturbed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`] or [`StoreError::Corrupt`] when the file cannot be read.
    pub fn damage(path: &Path) -> Result<Vec<String>, StoreError> {
        Ok(open::damage(&SqliteOptions::new(path))?)
    }

    fn connect(
        options: SqliteOptions,
        clock: Arc<dyn Clock>,
        ttl: MediaTtl,
    ) -> Result<Self, Fault> {
        Ok(Self {
            writer: Writer::start(options.clone(), Arc::clone(&clock), ttl)?,
            readers: Readers::new(options.clone()),
            options,
            clock,
        })
    }

    /// Answers what is queued and closes the file. Calls that come later fail.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// What the writer has done since the store was opened.
    #[must_use]
    pub fn write_stats(&self) -> WriteStats {
        self.writer.stats()
    }

    /// One atomic write, answered after its commit; `Discard` takes it back.
    async fn decide<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(Tx<'_>) -> Result<Done<T>, Fault> + Send + 'static,
    {
        self.writer.write(work).await
    }

    /// One atomic write, answered after its commit.
    async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(Tx<'_>) -> Result<T, Fault> + Send + 'static,
    {
        self.decide(move |tx| work(tx).map(Done::Keep)).await
    }

    /// Like [`write`](Self::write), before all writes that wait.
    async fn write_first<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(Tx<'_>) -> Result<T, Fault> + Send + 'static,
    {
        let work = move |tx: Tx<'_>| work(tx).map(Done::Keep);
        self.writer.write_first(work).await
    }

    /// Queries on one snapshot.
    async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    {
        self.readers.read(work).await
    }
}

/// Work on the file that blocks, off the runtime's own threads.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.map_err(|_| StoreError::Unavailable("opening panicked".to_owned()))?;
    Ok(done?)
}
