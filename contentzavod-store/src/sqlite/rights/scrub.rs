//! Nothing of what was deleted stays in the files.
//!
//! `secure_delete` overwrites what is freed. Two things it does not reach: pages of before, which lie
//! in the log until it is emptied, and copies of cells that moved to another page when theirs was
//! split, which lie in the room between cells until the file is written anew.

use rusqlite::{Connection, ErrorCode};

use crate::sqlite::db::{execute, first};
use crate::sqlite::map::Fault;
use crate::sqlite::open::SqliteOptions;
use crate::sqlite::writer::Tx;

/// A file up to so many bytes is written anew at once: nobody waits for longer than a moment. A larger
/// one is when the server starts.
const SMALL: i64 = 16 * 1024 * 1024;

/// Notes, in the transaction of a deletion, that the file must be written anew.
pub(super) fn note(tx: Tx<'_>) -> Result<(), Fault> {
    let sql = "INSERT INTO meta (name, value) VALUES ('scrub', 'due') ON CONFLICT DO NOTHING";
    execute(tx.conn, sql, [])?;
    Ok(())
}

/// Empties the log, and writes a small file anew before; false when readers are in the way. Done on a
/// connection of its own, because it is no transaction: the writer waits for it as for another
/// process.
pub(super) fn at_once(options: &SqliteOptions) -> Result<bool, Fault> {
    let conn = options.writing()?;
    if number(&conn, "PRAGMA page_count")? * number(&conn, "PRAGMA page_size")? <= SMALL
        && !anew(&conn)?
    {
        return Ok(false);
    }
    emptied(&conn)
}

/// Writes the file anew, however large, if a deletion asked for it. Nobody else works on it yet.
pub(in crate::sqlite) fn at_start(options: &SqliteOptions) -> Result<bool, Fault> {
    let conn = options.writing()?;
    // It may be larger than the memory is.
    conn.pragma_update(None, "temp_store", "FILE")?;
    Ok(anew(&conn)? && emptied(&conn)?)
}

/// Whatever was noted before it began is gone then.
fn anew(conn: &Connection) -> Result<bool, Fault> {
    let due = "SELECT name FROM meta WHERE name = 'scrub'";
    if first(conn, due, [], |_| Ok(()))?.is_none() {
        return Ok(true);
    }
    // Before: a deletion that comes meanwhile notes it again.
    execute(conn, "DELETE FROM meta WHERE name = 'scrub'", [])?;
    let done = conn.execute_batch("VACUUM");
    if done.is_err() {
        let sql = "INSERT INTO meta (name, value) VALUES ('scrub', 'due') ON CONFLICT DO NOTHING";
        execute(conn, sql, [])?;
    }
    match done {
        Err(error) if is_busy(&error) => Ok(false),
        done => Ok(done.map(|()| true)?),
    }
}

fn emptied(conn: &Connection) -> Result<bool, Fault> {
    let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
    let busy = first(conn, sql, [], |cells| cells.get::<i64>("busy"))?;
    Ok(busy == Some(0))
}

fn number(conn: &Connection, pragma: &str) -> Result<i64, Fault> {
    Ok(conn.query_row(pragma, [], |row| row.get(0))?)
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}
