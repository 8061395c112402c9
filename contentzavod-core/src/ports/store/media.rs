//! Uploaded files: the rows. The bytes are in [`Blobs`](crate::ports::Blobs).

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::StoreError;
use crate::model::{Cursor, Media, MediaId, Page, WorkspaceId};

/// What deleting came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaDeleted {
    /// The row is marked deleted; the bytes may go.
    Deleted,
    /// A publication holds it: nothing was written.
    InUse,
    /// There is no such file.
    Missing,
}

/// Files.
///
/// Contract, proved by `testing::suite::store`: foreign and missing ids are alike; rows stay after
/// their bytes went; a file is never marked deleted while `retention::Hold::Needed` or a draft
/// holds it, except that expiry also takes the files of drafts. A row marked deleted is listed by
/// `bytes_to_delete` until `bytes_deleted` says that its bytes are gone.
#[async_trait]
pub trait MediaStore {
    /// Writes an uploaded file; its expiry is that of an unused one. Returns the row as written.
    async fn insert_media(&self, media: Media) -> Result<Media, StoreError>;

    /// A file.
    async fn media(&self, workspace: WorkspaceId, id: MediaId)
    -> Result<Option<Media>, StoreError>;

    /// Files, newest first.
    async fn media_list(
        &self,
        workspace: WorkspaceId,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page<Media>, StoreError>;

    /// Marks a file deleted unless something holds it; the name that a person gave it goes.
    async fn delete_media(
        &self,
        workspace: WorkspaceId,
        id: MediaId,
    ) -> Result<MediaDeleted, StoreError>;

    /// Marks files deleted whose expiry has come; how many.
    async fn expire_media(&self, limit: usize) -> Result<usize, StoreError>;

    /// When the next file expires.
    async fn next_media_expiry(&self) -> Result<Option<DateTime<Utc>>, StoreError>;

    /// Files marked deleted, and files whose rows went, whose bytes may still be there.
    async fn bytes_to_delete(&self, limit: usize) -> Result<Vec<MediaId>, StoreError>;

    /// The bytes of these files are gone.
    async fn bytes_deleted(&self, ids: &[MediaId]) -> Result<(), StoreError>;
}
