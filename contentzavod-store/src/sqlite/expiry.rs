//! When the bytes of files go: kept up to date in the transactions that change who needs them.

use std::collections::BTreeMap;

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

/// True when the move may change how long a file is kept.
pub(super) fn touched_by(m: &Move) -> bool {
    let needed = |state| Hold::of(state) == Hold::Needed;
    !(needed(m.from) && needed(m.to))
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

/// Files that still have bytes, with everything that uses them. A deleted post uses its files only
/// as far as its publications had ended.
async fn load(tx: &mut Tx<'_>, files: &[MediaId]) -> Result<BTreeMap<MediaId, File>, Fault> {
    let rows = sqlx::query(
        "SELECT m.id AS m_id, m.workspace AS m_workspace, m.created_at AS m_created_at, \
                m.expires_at AS m_expires_at, u.* \
         FROM media AS m LEFT JOIN ( \
           SELECT pm.media AS u_media, pm.main AS u_main, p.id AS u_id, p.post AS u_post, \
                  p.account AS u_account, p.state AS u_state, p.state_since AS u_since \
           FROM post_media AS pm \
           JOIN posts AS o ON o.id = pm.post \
           JOIN publications AS p ON p.post = pm.post \
           WHERE o.deleted_at IS NULL OR p.state IN ('published', 'cancelled') \
         ) AS u ON u.u_media = m.id \
         WHERE m.status = 'ready' AND m.id IN (SELECT value FROM json_each(?1))",
    )
    .bind(id_list(files))
    .fetch_all(&mut *tx.conn)
    .await?;
    let mut found: BTreeMap<MediaId, File> = BTreeMap::new();
    for row in &rows {
        let cells = Cells::new(row, "media", "m_id");
        let id: MediaId = cells.id("m_id")?;
        let file = match found.entry(id) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(place) => place.insert(File {
                workspace: cells.id("m_workspace")?,
                uploaded: cells.time("m_created_at")?,
                expires_at: cells.opt_time("m_expires_at")?,
                uses: Vec::new(),
            }),
        };
        file.uses.extend(read_use(row)?);
    }
    Ok(found)
}

fn read_use(row: &SqliteRow) -> Result<Option<Use>, Fault> {
    let cells = Cells::new(row, "publications", "u_id");
    let Some(publication) = cells.opt_id("u_id")? else {
        return Ok(None);
    };
    Ok(Some(Use {
        publication,
        post: cells.id("u_post")?,
        account: cells.id("u_account")?,
        state: cells.word("u_state", State::parse)?,
        since: cells.time("u_since")?,
        main: cells.get("u_main")?,
    }))
}
