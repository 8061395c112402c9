//! Claims, leases, and when there is something to claim.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::store::{Claim, Claimed, Fence, Item};
use contentzavod_core::publication::Lane;
use serde_json::json;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

use super::map::{Cells, Fault, id_list, json as document, limit, ms, ms_up};
use super::rows::{self, account_columns, post_columns, publication_columns};
use super::writer::Tx;

/// Rows that lost so many leases are claimed alone.
const SUSPECT: i64 = 2;
/// An unreadable row stands aside for so long, so that it does not block its lane.
const ASIDE: TimeDelta = TimeDelta::minutes(1);

/// The due rows of a lane with what stands beside them, the one that is due first in front.
pub(super) const DUE: &str = concat!(
    "SELECT ",
    publication_columns!(),
    ", ",
    post_columns!(),
    ", ",
    account_columns!(),
    ", p.losses + (p.lease_until IS NOT NULL) AS c_losses \
         FROM ( \
           SELECT id FROM ( \
             SELECT id FROM publications \
             WHERE lane = ?1 AND next_at <= ?2 AND lease_until IS NULL \
             ORDER BY next_at, id LIMIT ?3 \
           ) \
           UNION ALL \
           SELECT id FROM publications \
           WHERE lane = ?1 AND lease_until <= ?2 AND next_at <= ?2 \
         ) AS c \
         CROSS JOIN publications AS p ON p.id = c.id \
         CROSS JOIN posts AS o ON o.id = p.post \
         CROSS JOIN accounts AS a ON a.id = p.account \
         ORDER BY p.next_at, p.id LIMIT ?3"
);

/// The earliest look of a row that nobody holds, or end of a lease.
pub(super) const NEXT_DUE: &str = "SELECT min(at) AS at FROM ( \
           SELECT min(next_at) AS at FROM publications \
           WHERE lane = ?1 AND next_at IS NOT NULL AND lease_until IS NULL \
           UNION ALL \
           SELECT min(max(next_at, lease_until)) FROM publications \
           WHERE lane = ?1 AND next_at IS NOT NULL AND lease_until IS NOT NULL \
         )";

/// Claims due rows of a lane.
pub(super) async fn claim_due(tx: &mut Tx<'_>, claim: Claim) -> Result<Claimed, Fault> {
    let due = due_rows(tx, claim).await?;
    let chosen = choose(&due)?;
    let until = tx.now + claim.lease;
    let mut items = Vec::with_capacity(chosen.len());
    let mut unreadable = Vec::new();
    for (row, losses) in chosen {
        match read_item(row) {
            Ok(mut item) => {
                let p = &mut item.publication;
                p.epoch += 1;
                p.rev += 1;
                p.losses = losses;
                p.lease_until = Some(until);
                items.push(item);
            }
            Err(Fault(error)) => {
                tracing::error!(%error, "a due row does not read and stands aside");
                unreadable.push(Cells::new(row, "publications", "p_id").text("p_id")?);
            }
        }
    }
    lease(tx, &items, until).await?;
    put_aside(tx, &unreadable).await?;
    Ok(Claimed { now: tx.now, items })
}

async fn due_rows(tx: &mut Tx<'_>, claim: Claim) -> Result<Vec<SqliteRow>, Fault> {
    let rows = sqlx::query(DUE)
        .bind(claim.lane.as_str())
        .bind(ms(tx.now))
        .bind(limit(claim.limit))
        .fetch_all(&mut *tx.conn)
        .await?;
    Ok(rows)
}

/// A suspect alone, or no suspect: the row that is due first decides.
fn choose(due: &[SqliteRow]) -> Result<Vec<(&SqliteRow, u32)>, Fault> {
    let mut chosen = Vec::with_capacity(due.len());
    for row in due {
        let cells = Cells::new(row, "publications", "p_id");
        let losses: i64 = cells.get("c_losses")?;
        let suspect = losses >= SUSPECT;
        if suspect && !chosen.is_empty() {
            continue;
        }
        chosen.push((row, cells.number("c_losses")?));
        if suspect {
            break;
        }
    }
    Ok(chosen)
}

fn read_item(row: &SqliteRow) -> Result<Item, Fault> {
    Ok(Item {
        publication: rows::publication(row)?,
        post: rows::post(row)?,
        account: rows::account(row)?,
    })
}

async fn lease(tx: &mut Tx<'_>, items: &[Item], until: DateTime<Utc>) -> Result<(), Fault> {
    if items.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "UPDATE publications SET epoch = epoch + 1, rev = rev + 1, \
           losses = losses + (lease_until IS NOT NULL), lease_until = ?1 \
         WHERE id IN (SELECT value FROM json_each(?2))",
    )
    .bind(ms_up(until))
    .bind(id_list(items.iter().map(|i| i.publication.id)))
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
}

async fn put_aside(tx: &mut Tx<'_>, ids: &[String]) -> Result<(), Fault> {
    if ids.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "UPDATE publications SET next_at = ?1, lease_until = NULL \
         WHERE id IN (SELECT value FROM json_each(?2))",
    )
    .bind(ms(tx.now + ASIDE))
    .bind(document(ids)?)
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
}

/// Sets leases anew where the fence stands and the row was not released.
pub(super) async fn renew(
    tx: &mut Tx<'_>,
    fences: &[Fence],
    lease: TimeDelta,
) -> Result<Vec<bool>, Fault> {
    let values: Vec<_> = fences
        .iter()
        .map(|f| json!([f.id, f.epoch, f.state.as_str()]))
        .collect();
    let renewed: Vec<String> = sqlx::query_scalar(
        "UPDATE publications AS p SET lease_until = ?1, rev = p.rev + 1 \
         FROM ( \
           SELECT DISTINCT value ->> 0 AS id, value ->> 1 AS epoch, value ->> 2 AS state \
           FROM json_each(?2) \
         ) AS v \
         WHERE p.id = v.id AND p.epoch = v.epoch AND p.state = v.state \
           AND p.lease_until IS NOT NULL \
         RETURNING id || '/' || epoch || '/' || state",
    )
    .bind(ms_up(tx.now + lease))
    .bind(document(&values)?)
    .fetch_all(&mut *tx.conn)
    .await?;
    let held = |f: &Fence| renewed.contains(&format!("{}/{}/{}", f.id, f.epoch, f.state.as_str()));
    Ok(fences.iter().map(held).collect())
}

/// Ends every lease and makes its row due; how many there were.
pub(super) async fn void_leases(tx: &mut Tx<'_>) -> Result<u64, Fault> {
    let done = sqlx::query(
        "UPDATE publications SET lease_until = NULL, losses = losses + 1, rev = rev + 1, \
           next_at = min(coalesce(next_at, ?1), ?1) \
         WHERE lease_until IS NOT NULL",
    )
    .bind(ms(tx.now))
    .execute(&mut *tx.conn)
    .await?;
    Ok(done.rows_affected())
}

/// The earliest next look or end of a lease in a lane.
pub(super) async fn next_due(
    conn: &mut SqliteConnection,
    lane: Lane,
) -> Result<Option<DateTime<Utc>>, Fault> {
    let row = sqlx::query(NEXT_DUE)
        .bind(lane.as_str())
        .fetch_one(conn)
        .await?;
    Cells::new(&row, "publications", "at").opt_time("at")
}
