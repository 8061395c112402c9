//! The floor: a loop that only sleeps until the next due row and claims. One table, one index, one
//! connection, the same durability as the store; what it leaves out is the product.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::Clock;
use rusqlite::{Connection, params};

use crate::plan::Plan;

/// Rows of one claim.
const BATCH: i64 = 500;
/// Scheduling for the floor takes no time worth a lead.
const LEAD: TimeDelta = TimeDelta::milliseconds(1_000);

const SCHEMA: &str = "CREATE TABLE jobs (id INTEGER PRIMARY KEY, run_at INTEGER NOT NULL, \
       state INTEGER NOT NULL DEFAULT 0) STRICT; \
     CREATE INDEX jobs_due ON jobs (run_at, id) WHERE state = 0";

const CLAIM: &str = "UPDATE jobs SET state = 1 WHERE id IN ( \
       SELECT id FROM jobs WHERE state = 0 AND run_at <= ?1 ORDER BY run_at, id LIMIT ?2) \
     RETURNING run_at";

/// How late each job of a plan was claimed. Blocks its thread.
///
/// # Errors
///
/// When SQLite refuses something.
pub fn run(folder: &Path, plan: Plan, clock: &dyn Clock) -> rusqlite::Result<Vec<TimeDelta>> {
    let conn = open(&folder.join("floor.db"))?;
    let plan = Plan { lead: LEAD, ..plan };
    fill(&conn, plan.due_times(clock.now()))?;
    let mut late = Vec::with_capacity(plan.posts);
    while let Some(next) = next_due(&conn)? {
        if let Ok(left) = (next - clock.now()).to_std() {
            std::thread::sleep(left);
        }
        let claimed = claim(&conn, clock.now())?;
        for due in claimed {
            late.push(clock.now() - due);
        }
    }
    Ok(late)
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let conn = Connection::open(path)?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.execute_batch(SCHEMA)?;
    Ok(conn)
}

fn fill(conn: &Connection, due: impl Iterator<Item = DateTime<Utc>>) -> rusqlite::Result<()> {
    conn.execute_batch("BEGIN IMMEDIATE")?;
    for due in due {
        let mut insert = conn.prepare_cached("INSERT INTO jobs (run_at) VALUES (?1)")?;
        insert.execute([due.timestamp_millis()])?;
    }
    conn.execute_batch("COMMIT")
}

fn next_due(conn: &Connection) -> rusqlite::Result<Option<DateTime<Utc>>> {
    let mut next = conn.prepare_cached("SELECT min(run_at) FROM jobs WHERE state = 0")?;
    let at: Option<i64> = next.query_row([], |row| row.get(0))?;
    Ok(at.and_then(DateTime::from_timestamp_millis))
}

/// Claims a batch in a transaction of its own: it is on disk when this returns.
fn claim(conn: &Connection, now: DateTime<Utc>) -> rusqlite::Result<Vec<DateTime<Utc>>> {
    let mut claim = conn.prepare_cached(CLAIM)?;
    let due = claim.query_map(params![now.timestamp_millis(), BATCH], |row| row.get(0))?;
    let due: Vec<i64> = due.collect::<rusqlite::Result<_>>()?;
    let times = due.into_iter().filter_map(DateTime::from_timestamp_millis);
    Ok(times.collect())
}
