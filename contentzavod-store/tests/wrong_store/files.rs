//! Wrong files.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use contentzavod_core::model::{Cursor, Media, MediaId, MediaStatus, Page, WorkspaceId};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{MediaDeleted, MediaStore};

use super::crooked::Crooked;
use super::crooked::Wrong::*;

#[async_trait]
impl MediaStore for Crooked {
    async fn insert_media(&self, media: Media) -> Result<Media, StoreError> {
        let (id, workspace, given) = (media.id, media.workspace, media.expires_at);
        self.memory().files.insert(id, workspace);
        let written = self.inner.insert_media(media.clone()).await;
        let mut written = match written {
            Err(_) if self.is(LateFilesAreTaken) => media,
            written => written?,
        };
        if self.is(CallersExpiryCounts) {
            written.expires_at = given;
        }
        Ok(written)
    }

    async fn media(
        &self,
        workspace: WorkspaceId,
        id: MediaId,
    ) -> Result<Option<Media>, StoreError> {
        let home = self.memory().files.get(&id).copied();
        let workspace = match home {
            Some(home) if self.is(ForeignFilesShow) => home,
            _ => workspace,
        };
        let mut media = self.inner.media(workspace, id).await?;
        match self.wrong {
            DeletedRowsVanish => Ok(media.filter(|m| m.status == MediaStatus::Ready)),
            FilesNeverExpire => {
                if let Some(media) = &mut media {
                    media.expires_at = None;
                }
                Ok(media)
            }
            _ => Ok(media),
        }
    }

    async fn media_list(
        &self,
        workspace: WorkspaceId,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page<Media>, StoreError> {
        self.inner.media_list(workspace, after, limit).await
    }

    async fn delete_media(
        &self,
        workspace: WorkspaceId,
        id: MediaId,
    ) -> Result<MediaDeleted, StoreError> {
        match self.inner.delete_media(workspace, id).await? {
            MediaDeleted::InUse if self.is(HeldFilesAreDeleted) => Ok(MediaDeleted::Deleted),
            deleted => Ok(deleted),
        }
    }

    async fn expire_media(&self, limit: usize) -> Result<usize, StoreError> {
        let limit = if self.is(ExpiryHasNoLimit) {
            1000
        } else {
            limit
        };
        self.inner.expire_media(limit).await
    }

    async fn next_media_expiry(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.inner.next_media_expiry().await
    }

    async fn bytes_to_delete(&self, limit: usize) -> Result<Vec<MediaId>, StoreError> {
        let mut ids = self.inner.bytes_to_delete(limit).await?;
        if self.is(BytesAreListedOnce) {
            let listed = &mut self.memory().listed;
            ids.retain(|id| listed.insert(*id));
        }
        if self.is(OrphansAreForgotten) {
            let orphans = &self.memory().orphans;
            ids.retain(|id| !orphans.contains(id));
        }
        Ok(ids)
    }

    async fn bytes_deleted(&self, ids: &[MediaId]) -> Result<(), StoreError> {
        self.inner.bytes_deleted(ids).await
    }
}
