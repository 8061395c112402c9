//! A person's changes of posts: all or nothing, against every revision they were read at.

use std::collections::{BTreeSet, HashMap};

use contentzavod_core::model::{
    AccountId, MediaId, Post, PostId, Publication, PublicationId, WorkspaceId,
};
use contentzavod_core::ports::store::{MediaDeleted, PostChange, PublicationChange};
use contentzavod_core::publication::State;
use rusqlite::params;

use super::apply::{RowWrite, follow, insert_rows, restated, write_row, write_statuses};
use super::db::{all, execute, first};
use super::expiry;
use super::facts::{Move, Told, write_notices};
use super::map::{Fault, json as document, ms};
use super::media;
use super::schedule::{
    first_moves, insert_files, local_time, missing_account, missing_media, needs_files, sort_at,
};
use super::writer::{Done, Tx};

/// A row of the post as it stands.
struct Row {
    account: AccountId,
    state: State,
    rev: i64,
    slot: bool,
    position: i64,
}

type Rows = HashMap<PublicationId, Row>;

/// Changes posts; `Discard(false)` when something moved since it was read.
pub(super) fn change(
    tx: Tx<'_>,
    changes: &[PostChange],
    delete_media: Option<(WorkspaceId, MediaId)>,
) -> Result<Done<bool>, Fault> {
    for change in changes {
        if !change_post(tx, change)? {
            return Ok(Done::Discard(false));
        }
    }
    if let Some((workspace, id)) = delete_media
        && media::delete(tx, workspace, id)? == MediaDeleted::InUse
    {
        return Ok(Done::Discard(false));
    }
    Ok(Done::Keep(true))
}

fn change_post(tx: Tx<'_>, change: &PostChange) -> Result<bool, Fault> {
    let post = &change.post;
    let Some(rows) = load(tx, post)? else {
        return Ok(false);
    };
    if !stands(&rows, change) || !usable(tx, change)? {
        return Ok(false);
    }
    let files = expiry::files_of(tx, [post.id])?;
    let (moves, told) = judge(&rows, change);
    write_post(tx, post)?;
    let other_files = write_files(tx, post, &files)?;
    remove(tx, &change.remove)?;
    write_changes(tx, &rows, &change.publications)?;
    let last = rows.values().map(|r| r.position).max();
    let position = last.map_or(0, |last| last + 1);
    insert_rows(tx, &change.add, sort_at(post), position)?;
    if change.delete {
        delete(tx, post.id)?;
    }
    follow(tx, &moves, told)?;
    let mut all: BTreeSet<MediaId> = files.iter().copied().collect();
    all.extend(post.content.media_ids());
    // Added and removed drafts are no moves, and yet status and files follow from them.
    let reshaped = !change.add.is_empty() || !change.remove.is_empty();
    if reshaped || !restated(&moves).is_empty() {
        write_statuses(tx, &BTreeSet::from([post.id]))?;
    }
    if reshaped || change.delete || other_files {
        let all: Vec<_> = all.into_iter().collect();
        let told = expiry::refresh(tx, &all)?;
        write_notices(tx, &told)?;
    }
    Ok(true)
}

/// The post's rows, while the post stands at the revision it was read at.
fn load(tx: Tx<'_>, post: &Post) -> Result<Option<Rows>, Fault> {
    let rev = first(
        tx.conn,
        "SELECT rev FROM posts WHERE id = ?1 AND workspace = ?2 AND deleted_at IS NULL",
        params![post.id.to_string(), post.workspace.to_string()],
        |cells| cells.get::<i64>("rev"),
    )?;
    if rev != Some(post.rev) {
        return Ok(None);
    }
    let rows = all(
        tx.conn,
        "SELECT id, account, state, rev, slot IS NOT NULL AS slot, position \
         FROM publications WHERE post = ?1",
        [post.id.to_string()],
        |cells| {
            cells.table("publications");
            let id = cells.id("id")?;
            let row = Row {
                account: cells.id("account")?,
                state: cells.word("state", State::parse)?,
                rev: cells.get("rev")?,
                slot: cells.get("slot")?,
                position: cells.get("position")?,
            };
            Ok((id, row))
        },
    )?;
    Ok(Some(rows.into_iter().collect()))
}

/// Every row named stands at its revision, only drafts are removed, and nothing that may be on its
/// way is deleted.
fn stands(rows: &Rows, change: &PostChange) -> bool {
    let at = |id: &PublicationId, rev: i64| rows.get(id).filter(|row| row.rev == rev);
    let changed = change
        .publications
        .iter()
        .all(|c| at(&c.id, c.rev).is_some());
    let mut removed = change.remove.iter();
    let removed = removed.all(|(id, rev)| at(id, *rev).is_some_and(|r| r.state == State::Draft));
    let after = |id: &PublicationId, row: &Row| {
        let changed = change.publications.iter().find(|c| c.id == *id);
        changed.map_or(row.state, |c| c.next.state)
    };
    let deletable = || rows.iter().all(|(id, row)| !after(id, row).is_armed_side());
    changed && removed && (!change.delete || deletable())
}

/// The files are there if a row will need them, and the accounts of new rows are connected.
fn usable(tx: Tx<'_>, change: &PostChange) -> Result<bool, Fault> {
    let post = &change.post;
    let next = change.publications.iter().map(|c| c.next.state);
    let mut states = next.chain(change.add.iter().map(Publication::state));
    if states.any(needs_files) {
        let files = post.content.media_ids();
        if missing_media(tx, post.workspace, &files)?.is_some() {
            return Ok(false);
        }
    }
    let accounts: Vec<_> = change.add.iter().map(|p| p.account).collect();
    Ok(missing_account(tx, post.workspace, &accounts)?.is_none())
}

/// What follows for the feed and the inbox.
fn judge(rows: &Rows, change: &PostChange) -> (Vec<Move>, Vec<Told>) {
    let (workspace, post) = (change.post.workspace, change.post.id);
    let mut moves = Vec::new();
    let mut told = Vec::new();
    for c in &change.publications {
        let Some(row) = rows.get(&c.id) else { continue };
        if row.state != c.next.state {
            moves.push(Move {
                workspace,
                publication: c.id,
                post,
                account: row.account,
                from: row.state,
                to: c.next.state,
            });
        }
        told.extend(c.notices.iter().map(|notice| Told {
            notice: notice.clone(),
            workspace,
            publication: Some(c.id),
            post: Some(post),
            account: Some(row.account),
            media: None,
        }));
    }
    moves.extend(first_moves(&change.add));
    (moves, told)
}

fn write_changes(tx: Tx<'_>, rows: &Rows, changes: &[PublicationChange]) -> Result<(), Fault> {
    for c in changes {
        let Some(row) = rows.get(&c.id) else { continue };
        let write = RowWrite {
            slot: row.slot && c.next.slot,
            lease_until: None,
            moved: row.state != c.next.state,
            caption_key: c.caption_key.clone(),
            epoch_by: 1,
            forgive: false,
        };
        write_row(tx, c.id, &c.next, &write)?;
    }
    Ok(())
}

fn write_post(tx: Tx<'_>, post: &Post) -> Result<(), Fault> {
    execute(
        tx.conn,
        "UPDATE posts SET content = ?1, content_version = ?2, publish_at = ?3, local_time = ?4, \
           timezone = ?5, max_late_secs = ?6, sort_at = coalesce(?3, created_at), rev = rev + 1, \
           updated_at = ?7 \
         WHERE id = ?8",
        params![
            document(&post.content)?,
            i64::from(post.content_version),
            post.publish_at.map(ms),
            local_time(post),
            &post.timezone,
            post.max_late_secs,
            ms(post.updated_at),
            post.id.to_string()
        ],
    )?;
    execute(
        tx.conn,
        "UPDATE publications SET sort_at = ?1 WHERE post = ?2 AND sort_at <> ?1",
        params![sort_at(post), post.id.to_string()],
    )?;
    Ok(())
}

/// Writes which files the post uses; false when they are those of before.
fn write_files(tx: Tx<'_>, post: &Post, before: &[MediaId]) -> Result<bool, Fault> {
    let after: BTreeSet<_> = post.content.media_ids().into_iter().collect();
    if after.iter().eq(before) {
        return Ok(false);
    }
    execute(
        tx.conn,
        "DELETE FROM post_media WHERE post = ?1",
        params![post.id.to_string()],
    )?;
    let files = post.content.media_ids();
    insert_files(tx, post.id, post.content.media_id(), &files)?;
    Ok(true)
}

fn remove(tx: Tx<'_>, rows: &[(PublicationId, i64)]) -> Result<(), Fault> {
    for (id, _) in rows {
        execute(
            tx.conn,
            "DELETE FROM publications WHERE id = ?1",
            [id.to_string()],
        )?;
    }
    Ok(())
}

/// Takes the post out of sight and its rows out of work.
fn delete(tx: Tx<'_>, post: PostId) -> Result<(), Fault> {
    execute(
        tx.conn,
        // What people wrote goes; that something was published stays.
        "UPDATE posts SET deleted_at = ?1, content = json_set(json_replace(content, \
           '$.collaborators', json('[]'), '$.user_tags', json('[]'), '$.location_id', NULL, \
           '$.audio_name', NULL), '$.caption', '') \
         WHERE id = ?2",
        params![ms(tx.now), post.to_string()],
    )?;
    // The names of files that are gone, unless another post still tells of them.
    execute(
        tx.conn,
        "UPDATE media SET filename = NULL WHERE status = 'deleted' AND id IN ( \
           SELECT pm.media FROM post_media AS pm WHERE pm.post = ?1) \
         AND NOT EXISTS ( \
           SELECT 1 FROM post_media AS pm CROSS JOIN posts AS o ON o.id = pm.post \
           WHERE pm.media = media.id AND o.deleted_at IS NULL)",
        params![post.to_string()],
    )?;
    execute(
        tx.conn,
        "UPDATE publications SET next_at = NULL, lease_until = NULL, epoch = epoch + 1, \
           rev = rev + 1 \
         WHERE post = ?1 AND (next_at IS NOT NULL OR lease_until IS NOT NULL)",
        params![post.to_string()],
    )?;
    Ok(())
}
