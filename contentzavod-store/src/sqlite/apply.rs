//! Writing rows of publications by set, and what follows from their moves.

use std::collections::{BTreeSet, HashMap};

use contentzavod_core::model::{PostId, PostStatus, Publication, PublicationId};
use contentzavod_core::publication::{Progress, State};
use serde_json::{Value, json};

use super::expiry;
use super::facts::{Move, Told, write_events, write_notices};
use super::map::{Cells, Fault, id_list, json as document, ms, ms_up};
use super::writer::Tx;

/// What is written of one publication.
#[derive(Debug)]
pub(super) struct RowWrite {
    pub(super) id: PublicationId,
    pub(super) next: Progress,
    /// Holds the slot afterwards; decided by the caller, who knows who else wants it.
    pub(super) slot: bool,
    /// It held the slot before.
    pub(super) had_slot: bool,
    /// Milliseconds since 1970; `None` releases the row.
    pub(super) lease_until: Option<i64>,
    /// The state changed.
    pub(super) moved: bool,
    /// Written as the caption's key, if given.
    pub(super) caption_key: Option<String>,
    /// Added to the epoch.
    pub(super) epoch_by: i64,
    /// Added to the revision.
    pub(super) rev_by: i64,
    /// The losses start anew.
    pub(super) forgive: bool,
}

impl RowWrite {
    fn values(&self) -> Result<Value, Fault> {
        let next = &self.next;
        Ok(json!([
            self.id,
            next.state.as_str(),
            next.lane().as_str(),
            ms(next.due_at),
            next.next_at.map(ms_up),
            self.lease_until,
            self.slot,
            next.remote_id,
            document(next)?,
            self.moved,
            self.caption_key,
            self.epoch_by,
            self.rev_by,
            self.forgive,
        ]))
    }
}

/// Writes rows from a JSON array of arrays: one statement, however many.
pub(super) const WRITE_ROWS: &str = "UPDATE publications AS p SET \
           state = v.state, lane = v.lane, due_at = v.due_at, next_at = v.next_at, \
           lease_until = v.lease_until, slot = iif(v.slot, p.remote_key, NULL), \
           remote_id = v.remote_id, progress = v.progress, \
           state_since = iif(v.moved, ?1, p.state_since), \
           caption_key = coalesce(v.caption_key, p.caption_key), epoch = p.epoch + v.epoch_by, \
           rev = p.rev + v.rev_by, losses = iif(v.forgive, 0, p.losses), updated_at = ?1 \
         FROM ( \
           SELECT value ->> 0 AS id, value ->> 1 AS state, value ->> 2 AS lane, \
                  value ->> 3 AS due_at, value ->> 4 AS next_at, value ->> 5 AS lease_until, \
                  value ->> 6 AS slot, value ->> 7 AS remote_id, value ->> 8 AS progress, \
                  value ->> 9 AS moved, value ->> 10 AS caption_key, value ->> 11 AS epoch_by, \
                  value ->> 12 AS rev_by, value ->> 13 AS forgive \
           FROM json_each(?2) \
         ) AS v WHERE p.id = v.id";

/// Writes rows, each at most once.
pub(super) async fn write_rows(tx: &mut Tx<'_>, rows: &[RowWrite]) -> Result<(), Fault> {
    if rows.is_empty() {
        return Ok(());
    }
    // A slot must be free before another row of the same statement takes it.
    let freed = rows.iter().filter(|r| r.had_slot && !r.slot);
    let freed: Vec<_> = freed.map(|r| r.id).collect();
    if !freed.is_empty() {
        sqlx::query(
            "UPDATE publications SET slot = NULL WHERE id IN (SELECT value FROM json_each(?1))",
        )
        .bind(id_list(freed))
        .execute(&mut *tx.conn)
        .await?;
    }
    let values = rows
        .iter()
        .map(RowWrite::values)
        .collect::<Result<Vec<_>, _>>()?;
    sqlx::query(WRITE_ROWS)
        .bind(ms(tx.now))
        .bind(document(&values)?)
        .execute(&mut *tx.conn)
        .await?;
    Ok(())
}

/// Inserts new rows of a post, the first at `position`.
pub(super) async fn insert_rows(
    tx: &mut Tx<'_>,
    rows: &[Publication],
    sort_at: i64,
    position: i64,
) -> Result<(), Fault> {
    for (row, position) in rows.iter().zip(position..) {
        let next = &row.progress;
        sqlx::query(
            "INSERT INTO publications (id, workspace, post, account, position, sort_at, \
               remote_key, caption_key, state, lane, due_at, next_at, lease_until, epoch, rev, \
               losses, slot, remote_id, progress, state_since, created_at, updated_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, \
               ?18, ?19, ?20, ?21, ?22)",
        )
        .bind(row.id.to_string())
        .bind(row.workspace.to_string())
        .bind(row.post.to_string())
        .bind(row.account.to_string())
        .bind(position)
        .bind(sort_at)
        .bind(&row.remote_key)
        .bind(&row.caption_key)
        .bind(next.state.as_str())
        .bind(next.lane().as_str())
        .bind(ms(next.due_at))
        .bind(next.next_at.map(ms_up))
        .bind(row.lease_until.map(ms_up))
        .bind(row.epoch)
        .bind(row.rev)
        .bind(i64::from(row.losses))
        .bind(next.slot.then_some(row.remote_key.as_str()))
        .bind(&next.remote_id)
        .bind(document(next)?)
        .bind(ms(row.state_since))
        .bind(ms(row.created_at))
        .bind(ms(row.updated_at))
        .execute(&mut *tx.conn)
        .await?;
    }
    Ok(())
}

/// Writes what follows from moves beside the posts' status: events, the files' expiry, notices.
pub(super) async fn follow(
    tx: &mut Tx<'_>,
    moves: &[Move],
    mut told: Vec<Told>,
) -> Result<(), Fault> {
    write_events(tx, moves).await?;
    told.extend(expiry::follow(tx, moves).await?);
    write_notices(tx, &told).await
}

/// The posts whose status may follow from moves: a move within one status changes nothing.
pub(super) fn restated(moves: &[Move]) -> BTreeSet<PostId> {
    let status = |state| PostStatus::derive(&[state]);
    let moves = moves.iter().filter(|m| status(m.from) != status(m.to));
    moves.map(|m| m.post).collect()
}

/// Derives the status of posts anew.
pub(super) async fn write_statuses(tx: &mut Tx<'_>, posts: &BTreeSet<PostId>) -> Result<(), Fault> {
    if posts.is_empty() {
        return Ok(());
    }
    let rows = sqlx::query(
        "SELECT id, post, state FROM publications \
         WHERE post IN (SELECT value FROM json_each(?1))",
    )
    .bind(id_list(posts))
    .fetch_all(&mut *tx.conn)
    .await?;
    let mut states: HashMap<PostId, Vec<State>> = posts.iter().map(|id| (*id, vec![])).collect();
    for row in &rows {
        let cells = Cells::new(row, "publications", "id");
        let state = cells.word("state", State::parse)?;
        states.entry(cells.id("post")?).or_default().push(state);
    }
    let values: Vec<Value> = states
        .iter()
        .map(|(id, states)| json!([id, PostStatus::derive(states).as_str()]))
        .collect();
    sqlx::query(
        "UPDATE posts SET status = v.status \
         FROM (SELECT value ->> 0 AS id, value ->> 1 AS status FROM json_each(?1)) AS v \
         WHERE posts.id = v.id AND posts.status <> v.status",
    )
    .bind(document(&values)?)
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
}
