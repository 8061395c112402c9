//! Writing rows of publications, and what follows from their moves.

use std::collections::BTreeSet;

use contentzavod_core::model::{PostId, PostStatus, Publication, PublicationId};
use contentzavod_core::publication::{Progress, State};
use rusqlite::params;

use super::db::{all, execute};
use super::expiry;
use super::facts::{Move, Told, write_events, write_notices};
use super::map::{Fault, json as document, ms, ms_up};
use super::writer::Tx;

/// What is written of a publication beside its memory.
#[derive(Debug)]
pub(super) struct RowWrite {
    /// Holds the slot afterwards; decided by the caller, who knows that it is free.
    pub(super) slot: bool,
    /// Milliseconds since 1970; `None` releases the row.
    pub(super) lease_until: Option<i64>,
    /// The state changed.
    pub(super) moved: bool,
    /// Written as the caption's key, if given.
    pub(super) caption_key: Option<String>,
    /// Added to the epoch.
    pub(super) epoch_by: i64,
    /// The losses start anew.
    pub(super) forgive: bool,
}

/// Writes a row's memory.
pub(super) fn write_row(
    tx: Tx<'_>,
    id: PublicationId,
    next: &Progress,
    write: &RowWrite,
) -> Result<(), Fault> {
    execute(
        tx.conn,
        "UPDATE publications SET \
           state = ?2, lane = ?3, due_at = ?4, next_at = ?5, lease_until = ?6, \
           slot = iif(?7, remote_key, NULL), remote_id = ?8, progress = ?9, \
           state_since = iif(?10, ?14, state_since), caption_key = coalesce(?11, caption_key), \
           epoch = epoch + ?12, losses = iif(?13, 0, losses), rev = rev + 1, updated_at = ?14 \
         WHERE id = ?1",
        params![
            id.to_string(),
            next.state.as_str(),
            next.lane().as_str(),
            ms(next.due_at),
            next.next_at.map(ms_up),
            write.lease_until,
            write.slot,
            next.remote_id,
            document(next)?,
            write.moved,
            write.caption_key,
            write.epoch_by,
            write.forgive,
            ms(tx.now),
        ],
    )?;
    Ok(())
}

/// Inserts new rows of a post, the first at `position`.
pub(super) fn insert_rows(
    tx: Tx<'_>,
    rows: &[Publication],
    sort_at: i64,
    position: i64,
) -> Result<(), Fault> {
    for (row, position) in rows.iter().zip(position..) {
        let next = &row.progress;
        execute(
            tx.conn,
            "INSERT INTO publications (id, workspace, post, account, position, sort_at, \
               remote_key, caption_key, state, lane, due_at, next_at, lease_until, epoch, rev, \
               losses, slot, remote_id, progress, state_since, created_at, updated_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, \
               ?18, ?19, ?20, ?21, ?22)",
            params![
                row.id.to_string(),
                row.workspace.to_string(),
                row.post.to_string(),
                row.account.to_string(),
                position,
                sort_at,
                &row.remote_key,
                &row.caption_key,
                next.state.as_str(),
                next.lane().as_str(),
                ms(next.due_at),
                next.next_at.map(ms_up),
                row.lease_until.map(ms_up),
                row.epoch,
                row.rev,
                i64::from(row.losses),
                next.slot.then_some(row.remote_key.as_str()),
                &next.remote_id,
                document(next)?,
                ms(row.state_since),
                ms(row.created_at),
                ms(row.updated_at)
            ],
        )?;
    }
    Ok(())
}

/// Writes what follows from moves beside the posts' status: events, the files' expiry, notices.
pub(super) fn follow(tx: Tx<'_>, moves: &[Move], mut told: Vec<Told>) -> Result<(), Fault> {
    write_events(tx, moves)?;
    told.extend(expiry::follow(tx, moves)?);
    write_notices(tx, &told)
}

/// The posts whose status may follow from moves: a move within one status changes nothing.
pub(super) fn restated(moves: &[Move]) -> BTreeSet<PostId> {
    let status = |state| PostStatus::derive(&[state]);
    let moves = moves.iter().filter(|m| status(m.from) != status(m.to));
    moves.map(|m| m.post).collect()
}

/// Derives the status of posts anew.
pub(super) fn write_statuses(tx: Tx<'_>, posts: &BTreeSet<PostId>) -> Result<(), Fault> {
    for post in posts {
        let id = post.to_string();
        let states = all(
            tx.conn,
            "SELECT id, state FROM publications WHERE post = ?1",
            [&id],
            |cells| {
                cells.table("publications");
                cells.str("id")?;
                cells.word("state", State::parse)
            },
        )?;
        execute(
            tx.conn,
            "UPDATE posts SET status = ?2 WHERE id = ?1 AND status <> ?2",
            params![id, PostStatus::derive(&states).as_str()],
        )?;
    }
    Ok(())
}
