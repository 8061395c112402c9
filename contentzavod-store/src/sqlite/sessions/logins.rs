//! Ways through somebody else's pages, marks, and what has ended.

use chrono::{DateTime, Utc};
use contentzavod_core::model::{Login, Purpose, Sealed, retention};
use contentzavod_core::ports::store::Hash;
use rusqlite::{Connection, params};

use crate::sqlite::db::{Cells, execute, first};
use crate::sqlite::map::{Fault, json, ms};
use crate::sqlite::rights;
use crate::sqlite::writer::Tx;

/// So many ways may be on the way at once: whoever begins more loses the oldest, and the file does not
/// grow without end.
const MOST: i64 = 20_000;

/// Writes down a way that begins. Of links for somebody only the newest is good.
pub(super) fn begin(tx: Tx<'_>, login: &Login) -> Result<(), Fault> {
    if let Purpose::Return { .. } = login.purpose {
        let sql = "DELETE FROM logins WHERE provider = ?1 AND purpose = ?2";
        execute(tx.conn, sql, params![login.provider, json(&login.purpose)?])?;
    }
    let there = first(tx.conn, "SELECT count(*) AS n FROM logins", [], |c| {
        c.get("n")
    })?;
    let there: i64 = there.unwrap_or_default();
    if there >= MOST {
        let sql = "DELETE FROM logins WHERE state IN ( \
                     SELECT state FROM logins ORDER BY ends_at LIMIT ?1)";
        execute(tx.conn, sql, [there - MOST + 1])?;
    }
    execute(
        tx.conn,
        "INSERT INTO logins (state, browser, provider, purpose, pending, redirect, return_to, \
           ends_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            login.state,
            login.browser,
            login.provider,
            json(&login.purpose)?,
            login.pending.0,
            login.redirect,
            login.return_to,
            ms(login.ends_at)
        ],
    )?;
    Ok(())
}

macro_rules! login_columns {
    () => {
        "state, browser, provider, purpose, pending, redirect, return_to, ends_at"
    };
}

fn row(cells: &Cells<'_>) -> Result<Login, Fault> {
    cells.table("logins");
    Ok(Login {
        state: cells.get("state")?,
        browser: cells.get("browser")?,
        provider: cells.text("provider")?,
        purpose: cells.json("purpose")?,
        pending: Sealed(cells.text("pending")?),
        redirect: cells.text("redirect")?,
        return_to: cells.opt_text("return_to")?,
        ends_at: cells.time("ends_at")?,
    })
}

/// The row, left where it is; `None` for one that has ended.
pub(super) fn peek(
    conn: &Connection,
    state: Hash,
    now: DateTime<Utc>,
) -> Result<Option<Login>, Fault> {
    let sql = concat!(
        "SELECT ",
        login_columns!(),
        " FROM logins WHERE state = ?1 AND ends_at > ?2"
    );
    first(conn, sql, params![state, ms(now)], row)
}

/// The row, gone with the reading; `None` for one that has ended.
pub(super) fn take(tx: Tx<'_>, state: Hash) -> Result<Option<Login>, Fault> {
    let sql = concat!(
        "DELETE FROM logins WHERE state = ?1 RETURNING ",
        login_columns!()
    );
    let login = first(tx.conn, sql, [state], row)?;
    Ok(login.filter(|login| login.ends_at > tx.now))
}

pub(in crate::sqlite) fn mark(tx: Tx<'_>, mark: Hash, until: DateTime<Utc>) -> Result<bool, Fault> {
    let sql = "INSERT INTO marks (mark, ends_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    Ok(execute(tx.conn, sql, params![mark, ms(until)])? == 1)
}

pub(super) fn forget(tx: Tx<'_>, idle: DateTime<Utc>) -> Result<usize, Fault> {
    let now = ms(tx.now);
    let mut gone = execute(
        tx.conn,
        "DELETE FROM sessions WHERE ends_at <= ?1 OR seen_at <= ?2",
        params![now, ms(idle)],
    )?;
    for sql in [
        "DELETE FROM logins WHERE ends_at <= ?1",
        "DELETE FROM marks WHERE ends_at <= ?1",
        "DELETE FROM invitations WHERE ends_at <= ?1",
    ] {
        gone += execute(tx.conn, sql, [now])?;
    }
    // One that has ended is shown for a while: whoever finds it used nowhere learns why.
    let sql = "DELETE FROM api_keys WHERE expires_at <= ?1";
    gone += execute(tx.conn, sql, [ms(tx.now - retention::ENDED_KEY)])?;
    gone += rights::forget_unused(tx, tx.now - retention::DISCONNECTED)?;
    Ok(gone + rights::forget_old(tx)?)
}
