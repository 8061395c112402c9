//! Uploaded files: the rows.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use contentzavod_core::model::{Cursor, Media, MediaId, MediaStatus, Page, WorkspaceId, retention};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{MediaDeleted, MediaStore};
use sqlx::SqliteConnection;

use super::SqliteStore;
use super::map::{Cells, Fault, count, id_list, json as document, limit as most, ms, whole_ms};
use super::rows::{self, media_columns};
use super::writer::{Done, Tx};

async fn find(
    conn: &mut SqliteConnection,
    workspace: WorkspaceId,
    id: MediaId,
) -> Result<Option<Media>, Fault> {
    let row = sqlx::query(concat!(
        "SELECT ",
        media_columns!(),
        " FROM media AS m WHERE m.id = ?1 AND m.workspace = ?2"
    ))
    .bind(id.to_string())
    .bind(workspace.to_string())
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(rows::media).transpose()
}

async fn insert(tx: &mut Tx<'_>, media: Media) -> Result<Media, Fault> {
    let created_at = whole_ms(media.created_at);
    let media = Media {
        expires_at: retention::expires_at(created_at, &[], &tx.ttl).map(whole_ms),
        created_at,
        ..media
    };
    sqlx::query(
        "INSERT INTO media (id, workspace, kind, status, filename, content_type, bytes, sha256, \
           duration_ms, width, height, findings, expires_at, created_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )
    .bind(media.id.to_string())
    .bind(media.workspace.to_string())
    .bind(media.kind.as_str())
    .bind(media.status.as_str())
    .bind(&media.filename)
    .bind(&media.content_type)
    .bind(count(media.bytes)?)
    .bind(&media.sha256)
    .bind(media.duration_ms.map(count).transpose()?)
    .bind(media.width.map(i64::from))
    .bind(media.height.map(i64::from))
    .bind(document(&media.findings)?)
    .bind(media.expires_at.map(ms))
    .bind(ms(media.created_at))
    .execute(&mut *tx.conn)
    .await?;
    Ok(media)
}

/// Marks a file deleted unless a publication that may still be sent, or a draft, holds it.
pub(super) async fn delete(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MediaId,
) -> Result<MediaDeleted, Fault> {
    match find(&mut *tx.conn, workspace, id).await? {
        None => return Ok(MediaDeleted::Missing),
        Some(media) if media.status == MediaStatus::Deleted => return Ok(MediaDeleted::Deleted),
        Some(_) => {}
    }
    let held: bool = sqlx::query_scalar(
        "SELECT EXISTS ( \
           SELECT 1 FROM post_media AS pm \
           JOIN posts AS o ON o.id = pm.post AND o.deleted_at IS NULL \
           JOIN publications AS p ON p.post = pm.post \
           WHERE pm.media = ?1 \
             AND p.state NOT IN ('failed', 'missed', 'published', 'cancelled'))",
    )
    .bind(id.to_string())
    .fetch_one(&mut *tx.conn)
    .await?;
    if held {
        return Ok(MediaDeleted::InUse);
    }
    sqlx::query("UPDATE media SET status = 'deleted', expires_at = NULL WHERE id = ?1")
        .bind(id.to_string())
        .execute(&mut *tx.conn)
        .await?;
    Ok(MediaDeleted::Deleted)
}

#[async_trait]
impl MediaStore for SqliteStore {
    async fn insert_media(&self, media: Media) -> Result<Media, StoreError> {
        self.write(move |mut tx| {
            Box::pin(async move { Ok(Done::Keep(insert(&mut tx, media).await?)) })
        })
        .await
    }

    async fn media(
        &self,
        workspace: WorkspaceId,
        id: MediaId,
    ) -> Result<Option<Media>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        Ok(find(&mut snapshot, workspace, id).await?)
    }

    async fn media_list(
        &self,
        workspace: WorkspaceId,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page<Media>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let found = sqlx::query(concat!(
            "SELECT ",
            media_columns!(),
            " FROM media AS m \
             WHERE m.workspace = ?1 AND (?2 IS NULL OR (m.created_at, m.id) < (?2, ?3)) \
             ORDER BY m.created_at DESC, m.id DESC LIMIT ?4"
        ))
        .bind(workspace.to_string())
        .bind(after.map(|c| c.key))
        .bind(after.map(|c| c.id.to_string()))
        .bind(most(limit.saturating_add(1)))
        .fetch_all(&mut *snapshot)
        .await
        .map_err(Fault::from)?;
        let items: Result<Vec<_>, Fault> = found.iter().map(rows::media).collect();
        Ok(Page::cut(items?, limit, |m| Cursor {
            key: ms(m.created_at),
            id: m.id.0,
        }))
    }

    async fn delete_media(
        &self,
        workspace: WorkspaceId,
        id: MediaId,
    ) -> Result<MediaDeleted, StoreError> {
        self.write(move |mut tx| {
            Box::pin(async move { Ok(Done::Keep(delete(&mut tx, workspace, id).await?)) })
        })
        .await
    }

    async fn expire_media(&self, limit: usize) -> Result<usize, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let done = sqlx::query(
                    "UPDATE media SET status = 'deleted', expires_at = NULL WHERE id IN ( \
                       SELECT id FROM media \
                       WHERE status = 'ready' AND expires_at <= ?1 ORDER BY expires_at LIMIT ?2)",
                )
                .bind(ms(tx.now))
                .bind(most(limit))
                .execute(tx.conn)
                .await?;
                let expired = usize::try_from(done.rows_affected()).unwrap_or(usize::MAX);
                Ok(Done::Keep(expired))
            })
        })
        .await
    }

    async fn next_media_expiry(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let row = sqlx::query(
            "SELECT min(expires_at) AS at FROM media \
             WHERE status = 'ready' AND expires_at IS NOT NULL",
        )
        .fetch_one(&mut *snapshot)
        .await
        .map_err(Fault::from)?;
        Ok(Cells::new(&row, "media", "at").opt_time("at")?)
    }

    async fn bytes_to_delete(&self, limit: usize) -> Result<Vec<MediaId>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let found = sqlx::query(
            "SELECT id FROM media WHERE status = 'deleted' AND bytes_gone = 0 \
             ORDER BY id LIMIT ?1",
        )
        .bind(most(limit))
        .fetch_all(&mut *snapshot)
        .await
        .map_err(Fault::from)?;
        let ids: Result<_, Fault> = found
            .iter()
            .map(|row| Cells::new(row, "media", "id").id("id"))
            .collect();
        Ok(ids?)
    }

    async fn bytes_deleted(&self, ids: &[MediaId]) -> Result<(), StoreError> {
        let ids = id_list(ids);
        self.write(move |tx| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE media SET bytes_gone = 1 \
                     WHERE status = 'deleted' AND id IN (SELECT value FROM json_each(?1))",
                )
                .bind(ids)
                .execute(tx.conn)
                .await?;
                Ok(Done::Keep(()))
            })
        })
        .await
    }
}
