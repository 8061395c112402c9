//! When the bytes of files go: kept up to date in the transactions that change who needs them.

use std::collections::BTreeSet;

use chrono::{DateTime, SecondsFormat, Utc};
use contentzavod_core::model::retention::{self, Hold};
use contentzavod_core::model::{
    AccountId, MediaId, Notice, NoticeKind, PostId, PublicationId, WorkspaceId,
};
use contentzavod_core::publication::State;
use rusqlite::params;

use super::db::{Cells, all, execute, first};
use super::facts::{Move, Told};
use super::map::{Fault, id_list, ms};
use super::writer::Tx;

/// A file that still has bytes, with one publication that needs it, if any. The youngest post is
/// asked first: it is the likeliest to be still needed, so that a file of ten thousand posts is not
/// read through for each of them that ends.
pub(super) const FILE: &str = "SELECT m.id, m.workspace, m.created_at, m.expires_at, ( \
       SELECT p.id FROM post_media AS pm \
       CROSS JOIN posts AS o ON o.id = pm.post \
       CROSS JOIN publications AS p ON p.post = pm.post \
       WHERE pm.media = m.id AND o.deleted_at IS NULL \
         AND p.state NOT IN ('draft', 'failed', 'missed', 'published', 'cancelled') \
       ORDER BY pm.post DESC LIMIT 1 \
     ) IS NOT NULL AS needed \
     FROM media AS m WHERE m.id = ?1 AND m.status = 'ready'";

/// Every use of a file. A deleted post uses it only as far as its publications had ended.
pub(super) const USES: &str = "SELECT p.id, p.post, p.account, p.state, p.state_since, pm.main \
     FROM post_media AS pm \
     CROSS JOIN posts AS o ON o.id = pm.post \
     CROSS JOIN publications AS p ON p.post = pm.post \
     WHERE pm.media = ?1 AND (o.deleted_at IS NULL OR p.state IN ('published', 'cancelled'))";

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
    id: MediaId,
    workspace: WorkspaceId,
    uploaded: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    needed: bool,
}

/// Writes what moves mean to the files of their posts. Returns the notices of clocks that a failed
/// or missed publication started.
pub(super) fn follow(tx: Tx<'_>, moves: &[Move]) -> Result<Vec<Told>, Fault> {
    let needed = |state| Hold::of(state) == Hold::Needed;
    let begun = moves.iter().filter(|m| !needed(m.from) && needed(m.to));
    let begun: BTreeSet<PostId> = begun.map(|m| m.post).collect();
    keep(tx, &begun)?;
    let ended = moves.iter().filter(|m| !needed(m.to));
    let ended: BTreeSet<PostId> = ended.map(|m| m.post).collect();
    if ended.is_empty() {
        return Ok(Vec::new());
    }
    let files = files_of(tx, ended)?;
    refresh(tx, &files)
}

/// The files of these posts are needed from now on.
fn keep(tx: Tx<'_>, posts: &BTreeSet<PostId>) -> Result<(), Fault> {
    if posts.is_empty() {
        return Ok(());
    }
    execute(
        tx.conn,
        "UPDATE media SET expires_at = NULL \
         WHERE expires_at IS NOT NULL AND id IN ( \
           SELECT media FROM post_media WHERE post IN (SELECT value FROM json_each(?1)))",
        [id_list(posts)],
    )?;
    Ok(())
}

/// The files of posts.
pub(super) fn files_of(
    tx: Tx<'_>,
    posts: impl IntoIterator<Item = PostId>,
) -> Result<Vec<MediaId>, Fault> {
    all(
        tx.conn,
        "SELECT DISTINCT media FROM post_media \
         WHERE post IN (SELECT value FROM json_each(?1)) ORDER BY media",
        [id_list(posts)],
        |cells| cells.id("media"),
    )
}

/// Reckons the expiry of files anew and writes what changed. Returns the notices of clocks that a
/// failed or missed publication started.
pub(super) fn refresh(tx: Tx<'_>, files: &[MediaId]) -> Result<Vec<Told>, Fault> {
    let mut told = Vec::new();
    for id in files {
        let id = id.to_string();
        let Some(file) = first(tx.conn, FILE, [&id], read_file)? else {
            continue;
        };
        // One that needs it is enough; of a file that is needed nothing else matters.
        let uses = if file.needed {
            Vec::new()
        } else {
            all(tx.conn, USES, [&id], read_use)?
        };
        let since: Vec<_> = uses.iter().map(|u| (u.state, u.since)).collect();
        let expires_at = (!file.needed)
            .then(|| retention::expires_at(file.uploaded, &since, &tx.ttl))
            .flatten();
        if expires_at == file.expires_at {
            continue;
        }
        execute(
            tx.conn,
            "UPDATE media SET expires_at = ?2 WHERE id = ?1",
            params![id, expires_at.map(ms)],
        )?;
        told.extend(expiring(&file, &uses, expires_at, tx.now));
    }
    Ok(told)
}

/// The notice that a file's retry clock has begun to run.
fn expiring(
    file: &File,
    uses: &[Use],
    expires_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Option<Told> {
    let until = expires_at.filter(|at| file.expires_at.is_none() && *at > now)?;
    let retry = uses
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
        media: Some(file.id),
    })
}

fn read_file(cells: &Cells<'_>) -> Result<File, Fault> {
    cells.table("media");
    Ok(File {
        id: cells.id("id")?,
        workspace: cells.id("workspace")?,
        uploaded: cells.time("created_at")?,
        expires_at: cells.opt_time("expires_at")?,
        needed: cells.get("needed")?,
    })
}

fn read_use(cells: &Cells<'_>) -> Result<Use, Fault> {
    cells.table("publications");
    Ok(Use {
        publication: cells.id("id")?,
        post: cells.id("post")?,
        account: cells.id("account")?,
        state: cells.word("state", State::parse)?,
        since: cells.time("state_since")?,
        main: cells.get("main")?,
    })
}
