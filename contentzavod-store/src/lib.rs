//! Stores for contentzavod.
//!
//! - [`sqlite`] (feature `sqlite`, on by default): every store port of the core on one file.
//! - [`vault`]: secrets sealed with AES-256-GCM under a ring of keys.
//! - [`blobs`]: the bytes of uploaded files.
//!
//! ```
//! use std::sync::Arc;
//!
//! use contentzavod_core::engine::Engine;
//! use contentzavod_core::model::{Secret, retention::MediaTtl};
//! use contentzavod_core::ports::{Clock, Publisher, SystemClock};
//! use contentzavod_store::{SqliteStore, blobs::LocalBlobs, vault::KeyRingVault};
//!
//! /// An engine that keeps everything in one folder.
//! async fn engine(
//!     folder: &std::path::Path,
//!     keys: &Secret,
//!     publisher: Arc<dyn Publisher>,
//! ) -> Result<Engine, Box<dyn std::error::Error>> {
//!     let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
//!     let path = folder.join("contentzavod.db");
//!     let store = SqliteStore::open(&path, Arc::clone(&clock), MediaTtl::default()).await?;
//!     let blobs = LocalBlobs::open(folder.join("media"))?;
//!     // The keys live elsewhere: they open what a stolen folder holds.
//!     let vault = KeyRingVault::parse(keys)?;
//!     let parts = (Arc::new(store), Arc::new(vault), Arc::new(blobs));
//!     let engine = Engine::builder(parts.0, parts.1, parts.2, clock);
//!     Ok(engine.publisher(publisher).sole().build()?)
//! }
//! # use contentzavod_core::testing::FakePublisher;
//! # let folder = tempfile::tempdir()?;
//! # let fake = Arc::new(FakePublisher::staging(Arc::new(SystemClock::new())));
//! # let keys = KeyRingVault::generate();
//! # let runtime = tokio::runtime::Runtime::new()?;
//! # runtime.block_on(engine(folder.path(), &keys, fake))?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod blobs;
#[cfg(feature = "sqlite")]
pub mod sqlite;
pub mod vault;

#[cfg(feature = "sqlite")]
pub use sqlite::SqliteStore;
