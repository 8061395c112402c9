//! Files that are encoded anew.

use async_trait::async_trait;
use chrono::TimeDelta;
use contentzavod_core::model::{Fix, FixStatus, MediaId, Shape, WorkspaceId};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{FixEnd, FixStore};
use rusqlite::{Connection, params};

use super::SqliteStore;
use super::db::{Cells, execute, first};
use super::map::{Fault, json as document, ms};
use super::media;
use super::writer::Tx;

macro_rules! fix_columns {
    () => {
        "f.media, f.workspace, f.shape, f.status, f.progress, f.epoch, f.tries, f.result, f.findings, \
         f.created_at, f.ended_at"
    };
}

/// The oldest one that nobody holds.
pub(super) const NEXT: &str = concat!(
    "SELECT ",
    fix_columns!(),
    " FROM media_fixes AS f WHERE f.status IN ('queued', 'running') \
       AND (f.lease_until IS NULL OR f.lease_until <= ?1) \
     ORDER BY f.created_at, f.media LIMIT 1"
);

fn row(cells: &Cells<'_>) -> Result<Fix, Fault> {
    cells.table("media_fixes");
    Ok(Fix {
        media: cells.id("media")?,
        workspace: cells.id("workspace")?,
        shape: cells.word("shape", Shape::parse)?,
        status: cells.word("status", FixStatus::parse)?,
        progress: cells.number("progress")?,
        epoch: cells.get("epoch")?,
        tries: cells.number("tries")?,
        result: cells.opt_id("result")?,
        findings: cells.json("findings")?,
        created_at: cells.time("created_at")?,
        ended_at: cells.opt_time("ended_at")?,
    })
}

fn find(conn: &Connection, workspace: WorkspaceId, id: MediaId) -> Result<Option<Fix>, Fault> {
    let sql = concat!(
        "SELECT ",
        fix_columns!(),
        " FROM media_fixes AS f WHERE f.media = ?1 AND f.workspace = ?2"
    );
    first(
        conn,
        sql,
        params![id.to_string(), workspace.to_string()],
        row,
    )
}

fn ask(tx: Tx<'_>, workspace: WorkspaceId, id: MediaId, shape: Shape) -> Result<Fix, Fault> {
    if let Some(fix) = find(tx.conn, workspace, id)?
        && fix.status.is_open()
    {
        return Ok(fix);
    }
    execute(
        tx.conn,
        "INSERT INTO media_fixes (media, workspace, shape, status, progress, epoch, tries, findings, \
           created_at) VALUES (?1, ?2, ?3, 'queued', 0, 0, 0, '[]', ?4) \
         ON CONFLICT (media) DO UPDATE SET shape = excluded.shape, status = 'queued', \
           progress = 0, epoch = epoch + 1, tries = 0, lease_until = NULL, result = NULL, findings = '[]', \
           created_at = excluded.created_at, ended_at = NULL",
        params![
            id.to_string(),
            workspace.to_string(),
            shape.as_str(),
            ms(tx.now)
        ],
    )?;
    stays(tx, id)?;
    let fix = find(tx.conn, workspace, id)?;
    fix.ok_or_else(|| Fault::corrupt("media_fixes", id, "of another workspace"))
}

/// A file that is to be encoded does not expire before it could be.
fn stays(tx: Tx<'_>, id: MediaId) -> Result<(), Fault> {
    let sql = "UPDATE media SET expires_at = ?2 \
               WHERE id = ?1 AND status = 'ready' AND expires_at < ?2";
    execute(
        tx.conn,
        sql,
        params![id.to_string(), ms(tx.now + tx.ttl.unused)],
    )?;
    Ok(())
}

/// Nothing comes of a file that is deleted.
pub(super) fn ends_with(tx: Tx<'_>, id: MediaId) -> Result<(), Fault> {
    let sql = "UPDATE media_fixes SET status = 'cancelled', lease_until = NULL, ended_at = ?2 \
               WHERE media = ?1 AND status IN ('queued', 'running')";
    execute(tx.conn, sql, params![id.to_string(), ms(tx.now)])?;
    Ok(())
}

fn give_back(tx: Tx<'_>, id: MediaId, epoch: i64) -> Result<(), Fault> {
    let sql = "UPDATE media_fixes SET status = 'queued', lease_until = NULL, progress = 0, \
               tries = tries - 1 WHERE media = ?1 AND epoch = ?2 AND status = 'running'";
    execute(tx.conn, sql, params![id.to_string(), epoch])?;
    Ok(())
}

fn cancel(tx: Tx<'_>, workspace: WorkspaceId, id: MediaId) -> Result<Option<Fix>, Fault> {
    execute(
        tx.conn,
        "UPDATE media_fixes SET status = 'cancelled', lease_until = NULL, ended_at = ?3 \
         WHERE media = ?1 AND workspace = ?2 AND status IN ('queued', 'running')",
        params![id.to_string(), workspace.to_string(), ms(tx.now)],
    )?;
    find(tx.conn, workspace, id)
}

fn claim(tx: Tx<'_>, lease: TimeDelta) -> Result<Option<Fix>, Fault> {
    let Some(fix) = first(tx.conn, NEXT, [ms(tx.now)], row)? else {
        return Ok(None);
    };
    execute(
        tx.conn,
        "UPDATE media_fixes SET status = 'running', epoch = epoch + 1, tries = tries + 1, \
           progress = 0, lease_until = ?2 WHERE media = ?1",
        params![fix.media.to_string(), ms(tx.now + lease)],
    )?;
    stays(tx, fix.media)?;
    Ok(Some(Fix {
        status: FixStatus::Running,
        epoch: fix.epoch + 1,
        tries: fix.tries + 1,
        progress: 0,
        ..fix
    }))
}

fn end(tx: Tx<'_>, id: MediaId, epoch: i64, end: FixEnd) -> Result<bool, Fault> {
    let (status, result, findings) = match &end {
        FixEnd::Done(media) => (FixStatus::Done, Some(media.id.to_string()), "[]".to_owned()),
        FixEnd::Failed(findings) => (FixStatus::Failed, None, document(findings)?),
    };
    let written = execute(
        tx.conn,
        "UPDATE media_fixes SET status = ?3, result = ?4, findings = ?5, lease_until = NULL, \
           ended_at = ?6, progress = CASE WHEN ?3 = 'done' THEN 100 ELSE progress END \
         WHERE media = ?1 AND epoch = ?2 AND status = 'running' \
           AND (?3 <> 'done' OR EXISTS \
             (SELECT 1 FROM media AS m WHERE m.id = ?1 AND m.status = 'ready'))",
        params![
            id.to_string(),
            epoch,
            status.as_str(),
            result,
            findings,
            ms(tx.now)
        ],
    )?;
    if written == 0 {
        return Ok(false);
    }
    if let FixEnd::Done(media) = end {
        media::insert(tx, *media)?;
    }
    Ok(true)
}

#[async_trait]
impl FixStore for SqliteStore {
    async fn ask_fix(
        &self,
        workspace: WorkspaceId,
        media: MediaId,
        shape: Shape,
    ) -> Result<Fix, StoreError> {
        self.write(move |tx| ask(tx, workspace, media, shape)).await
    }

    async fn fix(&self, workspace: WorkspaceId, media: MediaId) -> Result<Option<Fix>, StoreError> {
        self.read(move |conn| find(conn, workspace, media)).await
    }

    async fn cancel_fix(
        &self,
        workspace: WorkspaceId,
        media: MediaId,
    ) -> Result<Option<Fix>, StoreError> {
        self.write(move |tx| cancel(tx, workspace, media)).await
    }

    async fn claim_fix(&self, lease: TimeDelta) -> Result<Option<Fix>, StoreError> {
        self.write(move |tx| claim(tx, lease)).await
    }

    async fn renew_fix(
        &self,
        media: MediaId,
        epoch: i64,
        progress: u8,
        lease: TimeDelta,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE media_fixes SET lease_until = ?3, progress = ?4 \
                   WHERE media = ?1 AND epoch = ?2 AND status = 'running'";
        self.write(move |tx| {
            let until = ms(tx.now + lease);
            let params = params![media.to_string(), epoch, until, progress];
            Ok(execute(tx.conn, sql, params)? > 0)
        })
        .await
    }

    async fn give_back_fix(&self, media: MediaId, epoch: i64) -> Result<(), StoreError> {
        self.write(move |tx| give_back(tx, media, epoch)).await
    }

    async fn end_fix(&self, media: MediaId, epoch: i64, end: FixEnd) -> Result<bool, StoreError> {
        self.write(move |tx| self::end(tx, media, epoch, end)).await
    }
}
