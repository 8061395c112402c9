//! Uploaded files: the rows.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use contentzavod_core::model::{Cursor, Media, MediaId, MediaStatus, Page, WorkspaceId, retention};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{MediaDeleted, MediaStore};
use rusqlite::{Connection, params};

use super::SqliteStore;
use super::db::{all, execute, first};
use super::fixes;
use super::map::{Fault, count, json as document, limit as most, ms, whole_ms};
use super::rights;
use super::rows::{self, media_columns};
use super::writer::Tx;

/// A page of a workspace's files, newest first.
pub(super) const LIST: &str = concat!(
    "SELECT ",
    media_columns!(),
    " FROM media AS m WHERE m.workspace = ?1 AND (m.created_at, m.id) < (?2, ?3) \
     ORDER BY m.created_at DESC, m.id DESC LIMIT ?4"
);

/// Marks files deleted whose time has come. A post that was made of one still tells its name.
pub(super) const EXPIRE: &str = "UPDATE media SET status = 'deleted', expires_at = NULL, \
       filename = CASE WHEN EXISTS ( \
           SELECT 1 FROM post_media AS pm CROSS JOIN posts AS o ON o.id = pm.post \
           WHERE pm.media = media.id AND o.deleted_at IS NULL) THEN filename END \
     WHERE id IN ( \
       SELECT id FROM media WHERE status = 'ready' AND expires_at <= ?1 \
       ORDER BY expires_at LIMIT ?2)";

fn find(conn: &Connection, workspace: WorkspaceId, id: MediaId) -> Result<Option<Media>, Fault> {
    let sql = concat!(
        "SELECT ",
        media_columns!(),
        " FROM media AS m WHERE m.id = ?1 AND m.workspace = ?2"
    );
    let params = params![id.to_string(), workspace.to_string()];
    first(conn, sql, params, rows::media)
}

pub(super) fn insert(tx: Tx<'_>, media: Media) -> Result<Media, Fault> {
    rights::refuse_gone(tx, media.workspace)?;
    let created_at = whole_ms(media.created_at);
    let media = Media {
        expires_at: retention::expires_at(created_at, &[], &tx.ttl).map(whole_ms),
        created_at,
        ..media
    };
    execute(
        tx.conn,
        "INSERT INTO media (id, workspace, kind, status, filename, content_type, bytes, sha256, \
           original_sha256, duration_ms, width, height, findings, expires_at, created_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        params![
            media.id.to_string(),
            media.workspace.to_string(),
            media.kind.as_str(),
            media.status.as_str(),
            media.filename,
            media.content_type,
            count(media.bytes)?,
            media.sha256,
            media.original_sha256,
            media.duration_ms.map(count).transpose()?,
            media.width,
            media.height,
            document(&media.findings)?,
            media.expires_at.map(ms),
            ms(media.created_at),
        ],
    )?;
    Ok(media)
}

/// Marks a file deleted unless a publication that may still be sent, or a draft, holds it.
pub(super) fn delete(
    tx: Tx<'_>,
    workspace: WorkspaceId,
    id: MediaId,
) -> Result<MediaDeleted, Fault> {
    match find(tx.conn, workspace, id)? {
        None => return Ok(MediaDeleted::Missing),
        Some(media) if media.status == MediaStatus::Deleted => {
            let sql = "UPDATE media SET filename = NULL WHERE id = ?1";
            execute(tx.conn, sql, [id.to_string()])?;
            return Ok(MediaDeleted::Deleted);
        }
        Some(_) => {}
    }
    let holder = first(
        tx.conn,
        "SELECT p.id FROM post_media AS pm \
         CROSS JOIN posts AS o ON o.id = pm.post AND o.deleted_at IS NULL \
         CROSS JOIN publications AS p ON p.post = pm.post \
         WHERE pm.media = ?1 \
           AND p.state NOT IN ('failed', 'missed', 'published', 'cancelled') LIMIT 1",
        [id.to_string()],
        |cells| cells.text("id"),
    )?;
    if holder.is_some() {
        return Ok(MediaDeleted::InUse);
    }
    execute(
        tx.conn,
        // The name was the person's own words.
        "UPDATE media SET status = 'deleted', filename = NULL, expires_at = NULL WHERE id = ?1",
        [id.to_string()],
    )?;
    fixes::ends_with(tx, id)?;
    Ok(MediaDeleted::Deleted)
}

#[async_trait]
impl MediaStore for SqliteStore {
    async fn insert_media(&self, media: Media) -> Result<Media, StoreError> {
        self.write(move |tx| insert(tx, media)).await
    }

    async fn media(
        &self,
        workspace: WorkspaceId,
        id: MediaId,
    ) -> Result<Option<Media>, StoreError> {
        self.read(move |conn| find(conn, workspace, id)).await
    }

    async fn media_list(
        &self,
        workspace: WorkspaceId,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Page<Media>, StoreError> {
        let surplus = most(limit.saturating_add(1));
        let key = after.map_or(i64::MAX, |c| c.key);
        let id = after.map_or_else(String::new, |c| c.id.to_string());
        let items = self
            .read(move |conn| {
                let params = params![workspace.to_string(), key, id, surplus];
                all(conn, LIST, params, rows::media)
            })
            .await?;
        Ok(Page::cut(items, limit, |m| Cursor {
            key: ms(m.created_at),
            id: m.id.0,
        }))
    }

    async fn delete_media(
        &self,
        workspace: WorkspaceId,
        id: MediaId,
    ) -> Result<MediaDeleted, StoreError> {
        self.write(move |tx| delete(tx, workspace, id)).await
    }

    async fn expire_media(&self, limit: usize) -> Result<usize, StoreError> {
        self.write(move |tx| execute(tx.conn, EXPIRE, params![ms(tx.now), most(limit)]))
            .await
    }

    async fn next_media_expiry(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let sql = "SELECT min(expires_at) AS at FROM media \
                   WHERE status = 'ready' AND expires_at IS NOT NULL";
        let due = self.read(move |conn| first(conn, sql, [], |cells| cells.opt_time("at")));
        Ok(due.await?.flatten())
    }

    async fn bytes_to_delete(&self, limit: usize) -> Result<Vec<MediaId>, StoreError> {
        let sql = "SELECT id FROM media WHERE status = 'deleted' AND bytes_gone = 0 \
                   UNION ALL SELECT media FROM orphans ORDER BY id LIMIT ?1";
        self.read(move |conn| all(conn, sql, [most(limit)], |cells| cells.id("id")))
            .await
    }

    async fn bytes_deleted(&self, ids: &[MediaId]) -> Result<(), StoreError> {
        let ids = ids.to_vec();
        self.write(move |tx| {
            let sql = "UPDATE media SET bytes_gone = 1 WHERE id = ?1 AND status = 'deleted'";
            for id in &ids {
                execute(tx.conn, sql, [id.to_string()])?;
            }
            rights::bytes_gone(tx, &ids)
        })
        .await
    }
}
