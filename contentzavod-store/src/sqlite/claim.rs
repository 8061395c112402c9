//! Claims, leases, and when there is something to claim.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::store::{Claim, Claimed, Fence, Item};
use contentzavod_core::publication::{Lane, State};
use contentzavod_core::words::Code;
use rusqlite::{Connection, params};

use super::db::{Cells, all, execute, first};
use super::map::{Fault, id_list, json as document, limit, ms, ms_up};
use super::rows::{self, account_columns, post_columns, publication_columns};
use super::writer::Tx;

/// Rows that lost so many leases are claimed alone.
const SUSPECT: i64 = 2;
/// An unreadable row stands aside for so long, so that it does not block its lane.
const ASIDE: TimeDelta = TimeDelta::minutes(1);

/// Rows with what stands beside them, chosen by a subquery that names their ids as `c`.
macro_rules! chosen {
    ($ids:literal) => {
        concat!(
            "SELECT p.losses + (p.lease_until IS NOT NULL) AS due_losses, p.id AS due_id, ",
            publication_columns!(),
            ", ",
            post_columns!(),
            ", ",
            account_columns!(),
            " FROM (",
            $ids,
            ") AS c \
             CROSS JOIN publications AS p ON p.id = c.id \
             CROSS JOIN posts AS o ON o.id = p.post \
             CROSS JOIN accounts AS a ON a.id = p.account \
             ORDER BY p.next_at, p.id LIMIT ?3"
        )
    };
}

/// The due rows of a lane, the one that is due first in front.
pub(super) const DUE: &str = chosen!(
    "SELECT id FROM ( \
       SELECT id FROM publications \
       WHERE lane = ?1 AND next_at <= ?2 AND lease_until IS NULL \
       ORDER BY next_at, id LIMIT ?3 \
     ) \
     UNION ALL \
     SELECT id FROM publications \
     WHERE lane = ?1 AND lease_until <= ?2 AND next_at <= ?2"
);

/// Rows of a lane that are to be held: they and their posts are due by ?4, and their trouble is not ?5.
pub(super) const OVERDUE: &str = chosen!(
    "SELECT id FROM publications \
     WHERE lane = ?1 AND next_at <= ?4 AND lease_until IS NULL AND due_at <= ?4 \
       AND state IN (SELECT value FROM json_each(?6)) \
       AND CASE WHEN json_valid(progress) \
         THEN coalesce(json_extract(progress, '$.trouble.code'), '') <> ?5 ELSE 0 END \
     UNION ALL \
     SELECT id FROM publications \
     WHERE lane = ?1 AND lease_until <= ?2 AND next_at <= ?4 AND due_at <= ?4 \
       AND state IN (SELECT value FROM json_each(?6)) \
       AND CASE WHEN json_valid(progress) \
         THEN coalesce(json_extract(progress, '$.trouble.code'), '') <> ?5 ELSE 0 END"
);

/// The earliest look of a row that nobody holds, or end of a lease.
pub(super) const NEXT_DUE: &str = "SELECT min(at) AS at FROM ( \
           SELECT min(next_at) AS at FROM publications \
           WHERE lane = ?1 AND next_at IS NOT NULL AND lease_until IS NULL \
           UNION ALL \
           SELECT min(max(next_at, lease_until)) FROM publications \
           WHERE lane = ?1 AND next_at IS NOT NULL AND lease_until IS NOT NULL \
         )";

/// A due row as far as it reads.
struct Due {
    id: String,
    /// Losses, the lease that has just ended among them.
    losses: i64,
    item: Result<Item, Fault>,
}

/// Claims due rows of a lane.
pub(super) fn claim_due(tx: Tx<'_>, claim: Claim) -> Result<Claimed, Fault> {
    let due = due(tx, &claim)?;
    let until = tx.now + claim.lease;
    let mut items = Vec::with_capacity(due.len());
    let mut unreadable = Vec::new();
    for row in choose(due) {
        match row.item {
            Ok(mut item) => {
                let p = &mut item.publication;
                p.epoch += 1;
                p.rev += 1;
                p.losses = u32::try_from(row.losses).unwrap_or(u32::MAX);
                p.lease_until = Some(until);
                items.push(item);
            }
            Err(Fault(error)) => {
                tracing::error!(%error, "a due row does not read and stands aside");
                unreadable.push(row.id);
            }
        }
    }
    lease(tx, &items, until)?;
    put_aside(tx, &unreadable, tx.now + ASIDE)?;
    Ok(Claimed { now: tx.now, items })
}

fn due(tx: Tx<'_>, claim: &Claim) -> Result<Vec<Due>, Fault> {
    let (lane, now, most) = (claim.lane.as_str(), ms(tx.now), limit(claim.limit));
    let Some(ahead) = claim.overdue else {
        return all(tx.conn, DUE, params![lane, now, most], read_due);
    };
    let states = State::ALL.iter().filter(|state| state.can_be_held());
    let states: Vec<&str> = states.map(|state| state.as_str()).collect();
    let (by, held) = (ms(tx.now + ahead), Code::ClockHeld.as_str());
    let params = params![lane, now, most, by, held, document(&states)?];
    all(tx.conn, OVERDUE, params, read_due)
}

fn read_due(cells: &Cells<'_>) -> Result<Due, Fault> {
    cells.table("publications");
    Ok(Due {
        losses: cells.get("due_losses")?,
        id: cells.text("due_id")?,
        item: read_item(cells),
    })
}

fn read_item(cells: &Cells<'_>) -> Result<Item, Fault> {
    Ok(Item {
        publication: rows::publication(cells)?,
        post: rows::post(cells)?,
        account: rows::account(cells)?,
    })
}

/// A suspect alone, or no suspect: the row that is due first decides.
fn choose(mut due: Vec<Due>) -> Vec<Due> {
    let suspect = |row: &Due| row.losses >= SUSPECT;
    if due.first().is_some_and(suspect) {
        due.truncate(1);
    } else {
        due.retain(|row| !suspect(row));
    }
    due
}

fn lease(tx: Tx<'_>, items: &[Item], until: DateTime<Utc>) -> Result<(), Fault> {
    if items.is_empty() {
        return Ok(());
    }
    execute(
        tx.conn,
        "UPDATE publications SET epoch = epoch + 1, rev = rev + 1, \
           losses = losses + (lease_until IS NOT NULL), lease_until = ?1 \
         WHERE id IN (SELECT value FROM json_each(?2))",
        params![
            ms_up(until),
            id_list(items.iter().map(|i| i.publication.id))
        ],
    )?;
    Ok(())
}

fn put_aside(tx: Tx<'_>, ids: &[String], until: DateTime<Utc>) -> Result<(), Fault> {
    if ids.is_empty() {
        return Ok(());
    }
    execute(
        tx.conn,
        "UPDATE publications SET next_at = ?1, lease_until = NULL \
         WHERE id IN (SELECT value FROM json_each(?2))",
        params![ms(until), document(ids)?],
    )?;
    Ok(())
}

/// Sets leases anew where the fence stands and the row was not released.
pub(super) fn renew(tx: Tx<'_>, fences: &[Fence], lease: TimeDelta) -> Result<Vec<bool>, Fault> {
    let until = ms_up(tx.now + lease);
    let mut held = Vec::with_capacity(fences.len());
    for fence in fences {
        let state = fence.state.as_str();
        let renewed = execute(
            tx.conn,
            "UPDATE publications SET lease_until = ?1, rev = rev + 1 \
             WHERE id = ?2 AND epoch = ?3 AND state = ?4 AND lease_until IS NOT NULL",
            params![until, fence.id.to_string(), fence.epoch, state],
        )?;
        held.push(renewed == 1);
    }
    Ok(held)
}

/// Ends every lease and makes its row due; how many there were.
pub(super) fn void_leases(tx: Tx<'_>) -> Result<u64, Fault> {
    let done = execute(
        tx.conn,
        "UPDATE publications SET lease_until = NULL, losses = losses + 1, rev = rev + 1, \
           next_at = min(coalesce(next_at, ?1), ?1) \
         WHERE lease_until IS NOT NULL",
        params![ms(tx.now)],
    )?;
    Ok(u64::try_from(done).unwrap_or(u64::MAX))
}

/// The earliest next look or end of a lease in a lane.
pub(super) fn next_due(conn: &Connection, lane: Lane) -> Result<Option<DateTime<Utc>>, Fault> {
    let due = first(conn, NEXT_DUE, [lane.as_str()], |cells| {
        cells.opt_time("at")
    })?;
    Ok(due.flatten())
}
