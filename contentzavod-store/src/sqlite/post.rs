//! The port of posts.

use async_trait::async_trait;
use contentzavod_core::model::{MediaId, Page, PostId, PublicationId, WorkspaceId};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{
    IdempotencyKey, NewPost, PostChange, PostFilter, PostStore, PostView, Scheduled,
};

use super::writer::Done;
use super::{SqliteStore, change, list, schedule};

#[async_trait]
impl PostStore for SqliteStore {
    async fn schedule(
        &self,
        new: NewPost,
        key: Option<IdempotencyKey>,
    ) -> Result<Scheduled, StoreError> {
        self.write(move |mut tx| {
            Box::pin(async move { schedule::schedule(&mut tx, new, key).await })
        })
        .await
    }

    async fn replay(
        &self,
        workspace: WorkspaceId,
        key: &str,
        fingerprint: [u8; 32],
    ) -> Result<Option<Scheduled>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let now = self.clock.now();
        Ok(schedule::replay(&mut snapshot, now, workspace, key, &fingerprint).await?)
    }

    async fn post(
        &self,
        workspace: WorkspaceId,
        id: PostId,
    ) -> Result<Option<PostView>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        Ok(list::by_id(&mut snapshot, workspace, id).await?)
    }

    async fn post_of(
        &self,
        workspace: WorkspaceId,
        publication: PublicationId,
    ) -> Result<Option<PostView>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        Ok(list::by_publication(&mut snapshot, workspace, publication).await?)
    }

    async fn posts(
        &self,
        workspace: WorkspaceId,
        filter: PostFilter,
    ) -> Result<Page<PostView>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        Ok(list::page(&mut snapshot, workspace, &filter).await?)
    }

    async fn posts_using(
        &self,
        workspace: WorkspaceId,
        media: MediaId,
    ) -> Result<Vec<PostView>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        Ok(list::using(&mut snapshot, workspace, media).await?)
    }

    async fn change(
        &self,
        changes: Vec<PostChange>,
        delete_media: Option<(WorkspaceId, MediaId)>,
    ) -> Result<bool, StoreError> {
        self.write(move |mut tx| {
            Box::pin(async move { change::change(&mut tx, changes, delete_media).await })
        })
        .await
    }

    async fn forget_keys(&self) -> Result<u64, StoreError> {
        self.write(|tx| {
            Box::pin(async move {
                let done = sqlx::query("DELETE FROM idempotency_keys WHERE created_at <= ?1")
                    .bind(schedule::forgotten(tx.now))
                    .execute(tx.conn)
                    .await?;
                Ok(Done::Keep(done.rows_affected()))
            })
        })
        .await
    }
}
