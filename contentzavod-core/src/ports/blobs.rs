//! Uploaded bytes, and the links under which a platform fetches them.

use std::fmt::Debug;
use std::ops::Range;
use std::path::Path;
use std::pin::Pin;

use async_trait::async_trait;
use bytes::Bytes;
use chrono::TimeDelta;
use futures::Stream;
use url::Url;

use crate::model::{Media, MediaId};

/// Bytes as they come; an error ends the stream.
pub type ByteStream = Pin<Box<dyn Stream<Item = std::io::Result<Bytes>> + Send>>;

/// Why bytes were not kept or found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BlobError {
    /// There are no such bytes.
    #[error("the file is gone")]
    Missing,
    /// The storage has no room left.
    #[error("the storage is full")]
    Full,
    /// The range lies outside the file.
    #[error("the range lies outside the file")]
    Range,
    /// The storage does not answer.
    #[error("the storage does not answer")]
    Unavailable(#[source] std::io::Error),
}

/// Keeps uploaded bytes by the id of their media.
///
/// Contract, proved by `testing::suite::blobs`: after `adopt` returned, the bytes survive a crash
/// and the spooled file is gone; adopting the same id again is refused or leaves the same bytes;
/// a range gives exactly its bytes, also while other ranges are read; `delete` of nothing is no error.
#[async_trait]
pub trait Blobs: Send + Sync + Debug {
    /// Takes over a spooled file whose bytes are already on disk.
    ///
    /// # Errors
    ///
    /// [`BlobError::Full`] or [`BlobError::Unavailable`]; the spooled file then still exists.
    async fn adopt(&self, id: MediaId, spooled: &Path) -> Result<(), BlobError>;

    /// Length in bytes.
    ///
    /// # Errors
    ///
    /// [`BlobError::Missing`] or [`BlobError::Unavailable`].
    async fn length(&self, id: MediaId) -> Result<u64, BlobError>;

    /// The bytes of a range.
    ///
    /// # Errors
    ///
    /// [`BlobError::Missing`], [`BlobError::Range`] or [`BlobError::Unavailable`].
    async fn range(&self, id: MediaId, range: Range<u64>) -> Result<ByteStream, BlobError>;

    /// Deletes the bytes; nothing to delete is no error.
    ///
    /// # Errors
    ///
    /// [`BlobError::Unavailable`].
    async fn delete(&self, id: MediaId) -> Result<(), BlobError>;
}

/// Links under which a platform fetches files without signing in.
pub trait MediaLinks: Send + Sync + Debug {
    /// A link that works for at least `ttl`; `None` when this server cannot be reached from outside.
    fn link(&self, media: &Media, ttl: TimeDelta) -> Option<Url>;
}

/// No links: for hosts without a public address, and for platforms that take bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoLinks;

impl MediaLinks for NoLinks {
    fn link(&self, _media: &Media, _ttl: TimeDelta) -> Option<Url> {
        None
    }
}
