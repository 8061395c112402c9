//! Stores for contentzavod.
//!
//! - [`sqlite`] (feature `sqlite`, on by default): every store port of the core on one file.
//! - [`vault`]: secrets sealed with AES-256-GCM under a ring of keys.
//! - [`blobs`]: the bytes of uploaded files.

pub mod blobs;
#[cfg(feature = "sqlite")]
pub mod sqlite;
pub mod vault;

#[cfg(feature = "sqlite")]
pub use sqlite::SqliteStore;
