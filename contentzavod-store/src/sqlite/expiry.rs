//! When the bytes of files go: kept up to date in the transactions that change who needs them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, SecondsFormat, Utc};
use contentzavod_core::model::retention::{self, Hold};
use contentzavod_core::model::{
    AccountId, MediaId, Notice, NoticeKind, PostId, PublicationId, WorkspaceId,
};
use contentzavod_core::publication::State;
use serde_json::json;
use sqlx::sqlite::SqliteRow;

use super::facts::{Move, Told};
use super::map::{Cells, Fault, id_list, json as document, ms};
use super::writer::Tx;

/// Files that still have bytes, each with one publication that needs it, if any.
pub(super) const FILES: &str = "SELECT m.id AS m_id, m.workspace AS m_workspace, m.created_at AS m_created_at, \
                m.expires_at AS m_expires_at, ( \
                  SELECT p.id FROM post_media AS pm \
                  CROSS JOIN posts AS o ON o.id = pm.post \
                  CROSS JOIN publications AS p ON p.post = pm.post \
                  WHERE pm.media = m.id AND o.deleted_at IS NULL \
                    AND p.state NOT IN ('draft', 'failed', 'missed', 'published', 'cancelled') \
                  LIMIT 1 \
                ) AS needed_by \
         FROM media AS m \
         WHERE m.status = 'ready' AND m.id IN (SELECT value FROM json_each(?1))";

/// Every use of files, and named uses of other files.
pub(super) const USES: &str = "SELECT pm.media, pm.main, p.id, p.post, p.account, p.state, p.state_since \
         FROM post_media AS pm \
         CROSS JOIN posts AS o ON o.id = pm.post \
         CROSS JOIN publications AS p ON p.post = pm.post \
         WHERE pm.media IN (SELECT value FROM json_each(?1)) \
           AND (o.deleted_at IS NULL OR p.state IN ('published', 'cancelled')) \
         UNION ALL \
         SELECT v.value ->> 0, 0, p.id, p.post, p.account, p.state, p.state_since \
         FROM json_each(?2) AS v CROSS JOIN publications AS p ON p.id = v.value ->> 1";

/// A publication that uses a file.
struct Use {
    publication: PublicationId,
    post: PostId,
    account: AccountId,
    state: State,
    since: DateTime<Utc>,
    main: bool,
}

struct File {
    workspace: WorkspaceId,
    uploaded: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    uses: Vec<Use>,
}

/// Writes what moves mean to the files of their posts. Returns the notices of clocks that a failed
/// or missed publication started.
pub(super) async fn follow(tx: &mut Tx<'_>, moves: &[Move]) -> Result<Vec<Told>, Fault> {
    let needed = |state| Hold::of(state) == Hold::Needed;
    let begun = moves.iter().filter(|m| !needed(m.from) && needed(m.to));
    let begun: BTreeSet<PostId> = begun.map(|m| m.post).collect();
    keep(tx, &begun).await?;
    let ended = moves.iter().filter(|m| !needed(m.to));
    let ended: BTreeSet<PostId> = ended.map(|m| m.post).collect();
    if ended.is_empty() {
        return Ok(Vec::new());
    }
    let files = files_of(tx, ended).await?;
    refresh(tx, &files).await
}

/// The files of these posts are needed from now on.
async fn keep(tx: &mut Tx<'_>, posts: &BTreeSet<PostId>) -> Result<(), Fault> {
    if posts.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "UPDATE media SET expires_at = NULL \
         WHERE expires_at IS NOT NULL AND id IN ( \
           SELECT media FROM post_media WHERE post IN (SELECT value FROM json_each(?1)))",
    )
    .bind(id_list(posts))
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
}

/// The files of posts.
pub(super) async fn files_of(
    tx: &mut Tx<'_>,
    posts: impl IntoIterator<Item = PostId>,
) -> Result<Vec<MediaId>, Fault> {
    let rows = sqlx::query(
        "SELECT DISTINCT media FROM post_media \
         WHERE post IN (SELECT value FROM json_each(?1)) ORDER BY media",
    )
    .bind(id_list(posts))
    .fetch_all(&mut *tx.conn)
    .await?;
    rows.iter()
        .map(|row| Cells::new(row, "post_media", "media").id("media"))
        .collect()
}

/// Reckons the expiry of files anew and writes what changed. Returns the notices of clocks that a
/// failed or missed publication started.
pub(super) async fn refresh(tx: &mut Tx<'_>, files: &[MediaId]) -> Result<Vec<Told>, Fault> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let mut changed = Vec::new();
    let mut told = Vec::new();
    for (id, file) in load(tx, files).await? {
        let uses: Vec<_> = file.uses.iter().map(|u| (u.state, u.since)).collect();
        let expires_at = retention::expires_at(file.uploaded, &uses, &tx.ttl);
        if expires_at == file.expires_at {
            continue;
        }
        changed.push(json!([id, expires_at.map(ms)]));
        told.extend(expiring(id, &file, expires_at, tx.now));
    }
    if !changed.is_empty() {
        sqlx::query(
            "UPDATE media SET expires_at = v.expires_at \
             FROM (SELECT value ->> 0 AS id, value ->> 1 AS expires_at FROM json_each(?1)) AS v \
             WHERE media.id = v.id",
        )
        .bind(document(&changed)?)
        .execute(&mut *tx.conn)
        .await?;
    }
    Ok(told)
}

/// The notice that a file's retry clock has begun to run.
fn expiring(
    id: MediaId,
    file: &File,
    expires_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Option<Told> {
    let until = expires_at.filter(|at| file.expires_at.is_none() && *at > now)?;
    let retry = file
        .uses
        .iter()
        .filter(|u| u.main && Hold::of(u.state) == Hold::Retry)
        .max_by_key(|u| (u.since, u.publication))?;
    let hour = until.to_rfc3339_opts(SecondsFormat::Secs, true);
    Some(Told {
        notice: Notice::new(NoticeKind::MediaExpiring).with("expires_at", hour),
        workspace: file.workspace,
        publication: Some(retry.publication),
        post: Some(retry.post),
        account: Some(retry.account),
        media: Some(id),
    })
}

/// Files that still have bytes, with what uses them. A deleted post uses its files only as far as
/// its publications had ended; of a file that is needed one use that needs it is enough.
async fn load(tx: &mut Tx<'_>, files: &[MediaId]) -> Result<BTreeMap<MediaId, File>, Fault> {
    let rows = sqlx::query(FILES)
        .bind(id_list(files))
        .fetch_all(&mut *tx.conn)
        .await?;
    let mut found: BTreeMap<MediaId, File> = BTreeMap::new();
    let mut needed = Vec::new();
    let mut free = Vec::new();
    for row in &rows {
        let cells = Cells::new(row, "media", "m_id");
        let id = cells.id("m_id")?;
        match cells.opt_id::<PublicationId>("needed_by")? {
            Some(publication) => needed.push((id, publication)),
            None => free.push(id),
        }
        let file = File {
            workspace: cells.id("m_workspace")?,
            uploaded: cells.time("m_created_at")?,
            expires_at: cells.opt_time("m_expires_at")?,
            uses: Vec::new(),
        };
        found.insert(id, file);
    }
    for (id, one) in uses(tx, &free, &needed).await? {
        if let Some(file) = found.get_mut(&id) {
            file.uses.push(one);
        }
    }
    Ok(found)
}

/// Every use of the free files, and the named use of the needed ones.
async fn uses(
    tx: &mut Tx<'_>,
    free: &[MediaId],
    needed: &[(MediaId, PublicationId)],
) -> Result<Vec<(MediaId, Use)>, Fault> {
    let rows = sqlx::query(USES)
        .bind(id_list(free))
        .bind(document(needed)?)
        .fetch_all(&mut *tx.conn)
        .await?;
    let read = |row: &SqliteRow| {
        let cells = Cells::new(row, "publications", "id");
        let one = Use {
            publication: cells.id("id")?,
            post: cells.id("post")?,
            account: cells.id("account")?,
            state: cells.word("state", State::parse)?,
            since: cells.time("state_since")?,
            main: cells.get("main")?,
        };
        Ok((cells.id("media")?, one))
    };
    rows.iter().map(read).collect()
}
