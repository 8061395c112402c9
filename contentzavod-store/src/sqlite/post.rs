//! The port of posts.

use async_trait::async_trait;
use contentzavod_core::model::{MediaId, Page, PostId, PublicationId, WorkspaceId};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{
    IdempotencyKey, NewPost, PostChange, PostFilter, PostStore, PostView, Scheduled,
};

use super::db::execute;
use super::{SqliteStore, change, list, schedule, zones};

#[async_trait]
impl PostStore for SqliteStore {
    async fn schedule(
        &self,
        new: NewPost,
        key: Option<IdempotencyKey>,
    ) -> Result<Scheduled, StoreError> {
        self.decide(move |tx| schedule::schedule(tx, new, key.as_ref()))
            .await
    }

    async fn replay(
        &self,
        workspace: WorkspaceId,
        key: &str,
        fingerprint: [u8; 32],
    ) -> Result<Option<Scheduled>, StoreError> {
        let (now, key) = (self.clock.now(), key.to_owned());
        self.read(move |conn| schedule::replay(conn, now, workspace, &key, &fingerprint))
            .await
    }

    async fn post(
        &self,
        workspace: WorkspaceId,
        id: PostId,
    ) -> Result<Option<PostView>, StoreError> {
        self.read(move |conn| list::by_id(conn, workspace, id))
            .await
    }

    async fn post_of(
        &self,
        workspace: WorkspaceId,
        publication: PublicationId,
    ) -> Result<Option<PostView>, StoreError> {
        self.read(move |conn| list::by_publication(conn, workspace, publication))
            .await
    }

    async fn posts(
        &self,
        workspace: WorkspaceId,
        filter: PostFilter,
    ) -> Result<Page<PostView>, StoreError> {
        self.read(move |conn| list::page(conn, workspace, &filter))
            .await
    }

    async fn posts_using(
        &self,
        workspace: WorkspaceId,
        media: MediaId,
    ) -> Result<Vec<PostView>, StoreError> {
        self.read(move |conn| list::using(conn, workspace, media))
            .await
    }

    async fn change(
        &self,
        changes: Vec<PostChange>,
        delete_media: Option<(WorkspaceId, MediaId)>,
    ) -> Result<bool, StoreError> {
        self.decide(move |tx| change::change(tx, &changes, delete_media))
            .await
    }

    async fn zone_rules(&self) -> Result<Option<String>, StoreError> {
        self.read(zones::version).await
    }

    async fn set_zone_rules(&self, version: &str) -> Result<(), StoreError> {
        let version = version.to_owned();
        self.write(move |tx| zones::set_version(tx, &version)).await
    }

    async fn posts_by_wall_clock(
        &self,
        after: Option<PostId>,
        limit: usize,
    ) -> Result<Vec<PostView>, StoreError> {
        self.read(move |conn| zones::posts(conn, after, limit))
            .await
    }

    async fn forget_keys(&self) -> Result<u64, StoreError> {
        let sql = "DELETE FROM idempotency_keys WHERE created_at <= ?1";
        let forgotten = self.write(move |tx| execute(tx.conn, sql, [schedule::forgotten(tx.now)]));
        Ok(u64::try_from(forgotten.await?).unwrap_or(u64::MAX))
    }
}
