//! Deletions by their codes, and when they are done: with the last of the bytes.

use contentzavod_core::model::{DeletionKind, MediaId, retention};
use contentzavod_core::ports::store::Hash;
use rusqlite::params;

use crate::sqlite::db::execute;
use crate::sqlite::map::{Fault, ms};
use crate::sqlite::writer::Tx;

/// A deletion to be written.
pub(super) struct Deletion {
    pub(super) code: Hash,
    pub(super) kind: DeletionKind,
    pub(super) found: usize,
    pub(super) mark: Option<Hash>,
}

pub(super) fn begin(tx: Tx<'_>, deletion: &Deletion) -> Result<(), Fault> {
    execute(
        tx.conn,
        "INSERT INTO deletions (code, kind, found, mark, asked_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            deletion.code,
            deletion.kind.as_str(),
            i64::try_from(deletion.found).unwrap_or(i64::MAX),
            deletion.mark,
            ms(tx.now)
        ],
    )?;
    Ok(())
}

pub(super) fn done(tx: Tx<'_>, code: Hash) -> Result<(), Fault> {
    let sql = "UPDATE deletions SET done_at = ?2 WHERE code = ?1 AND done_at IS NULL";
    execute(tx.conn, sql, params![code, ms(tx.now)])?;
    Ok(())
}

/// The bytes of these files are gone, and with the last of them a deletion is done.
pub(in crate::sqlite) fn bytes_gone(tx: Tx<'_>, ids: &[MediaId]) -> Result<(), Fault> {
    let mut gone = 0;
    for id in ids {
        let sql = "DELETE FROM orphans WHERE media = ?1";
        gone += execute(tx.conn, sql, [id.to_string()])?;
    }
    if gone > 0 {
        execute(
            tx.conn,
            "UPDATE deletions SET done_at = ?1 WHERE done_at IS NULL \
               AND NOT EXISTS (SELECT 1 FROM orphans AS o WHERE o.deletion = deletions.code)",
            [ms(tx.now)],
        )?;
    }
    Ok(())
}

/// Forgets what was deleted long ago; how many rows.
pub(in crate::sqlite) fn forget_old(tx: Tx<'_>) -> Result<usize, Fault> {
    let old = ms(tx.now - retention::DELETION);
    let sql = "DELETE FROM deletions WHERE asked_at <= ?1 AND done_at IS NOT NULL";
    execute(tx.conn, sql, [old])
}
