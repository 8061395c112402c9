//! Every store port of the core on one SQLite file.
//!
//! WAL with `synchronous=FULL`: what was answered survives a power cut. One writer task with its
//! own connection groups waiting writes into one transaction ([`WriteStats`] counts them); a pool
//! of read-only connections serves reads. SQL stands only here, in place, without query macros.

mod account;
mod accounts;
mod apply;
mod arm;
mod change;
mod claim;
mod expiry;
mod facts;
mod feed;
mod list;
mod map;
mod media;
mod open;
mod people;
#[cfg(test)]
mod plans;
mod post;
mod publication;
mod record;
mod rows;
mod schedule;
mod writer;

use std::path::Path;
use std::sync::Arc;

use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::ports::{Clock, StoreError};
use sqlx::{Sqlite, SqlitePool, Transaction};

pub use open::SqliteOptions;
pub use writer::WriteStats;

use map::Fault;
use writer::{Tx, Work, Writer};

/// A store on one SQLite file. Several may be open on one file, also in several processes.
#[derive(Debug)]
pub struct SqliteStore {
    writer: Writer,
    readers: SqlitePool,
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
        open::migrate(options).await?;
        Ok(Self::connect(options, clock, ttl).await?)
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
        open::require_current(&options).await?;
        Ok(Self::connect(&options, clock, ttl).await?)
    }

    /// Brings the schema of the file up to date, making the file if it is missing; the names of the
    /// migrations that were run. Each is one transaction: interrupted, it leaves nothing behind.
    ///
    /// # Errors
    ///
    /// As [`SqliteStore::open`].
    pub async fn migrate(path: &Path) -> Result<Vec<String>, StoreError> {
        Ok(open::migrate(&SqliteOptions::new(path)).await?)
    }

    /// The names of the migrations that [`SqliteStore::migrate`] would run; the file is not touched.
    ///
    /// # Errors
    ///
    /// As [`SqliteStore::open`].
    pub async fn pending_migrations(path: &Path) -> Result<Vec<String>, StoreError> {
        Ok(open::pending(&SqliteOptions::new(path)).await?)
    }

    async fn connect(
        options: &SqliteOptions,
        clock: Arc<dyn Clock>,
        ttl: MediaTtl,
    ) -> Result<Self, Fault> {
        let writer = Writer::start(options.writing(), Arc::clone(&clock), ttl).await?;
        let readers = open::readers(options);
        Ok(Self {
            writer,
            readers,
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

    /// One atomic write, answered after its commit.
    async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(Tx<'c>) -> Work<'c, T> + Send + 'static,
    {
        self.writer.write(work).await
    }

    /// A snapshot to read from.
    async fn snapshot(&self) -> Result<Transaction<'static, Sqlite>, Fault> {
        Ok(self.readers.begin().await?)
    }
}
