//! What follows the rules of time zones: their version, and the posts with a local time.

use contentzavod_core::model::PostId;
use contentzavod_core::ports::store::PostView;
use rusqlite::{Connection, params};

use super::db::{all, execute, first};
use super::list::views;
use super::map::{Fault, limit as bound};
use super::rows::{self, post_columns};
use super::writer::Tx;

/// The version that was written last.
pub(super) fn version(conn: &Connection) -> Result<Option<String>, Fault> {
    let sql = "SELECT name, value FROM meta WHERE name = 'zone_rules'";
    first(conn, sql, [], |cells| {
        cells.table("meta");
        cells.str("name")?;
        cells.text("value")
    })
}

pub(super) fn set_version(tx: Tx<'_>, version: &str) -> Result<(), Fault> {
    let sql = "INSERT OR REPLACE INTO meta (name, value) VALUES ('zone_rules', ?1)";
    execute(tx.conn, sql, [version])?;
    Ok(())
}

/// A page of the posts with a local time that are not under way yet. It reads the table through,
/// once for every new version of the rules.
pub(super) fn posts(
    conn: &Connection,
    after: Option<PostId>,
    limit: usize,
) -> Result<Vec<PostView>, Fault> {
    let sql = concat!(
        "SELECT ",
        post_columns!(),
        " FROM posts AS o \
         WHERE o.id > ?1 AND o.local_time IS NOT NULL AND o.deleted_at IS NULL \
           AND EXISTS ( \
             SELECT 1 FROM publications AS p WHERE p.post = o.id \
               AND p.state IN ('draft', 'scheduled', 'preparing', 'processing', 'ready', \
                 'waiting_quota', 'waiting_account')) \
         ORDER BY o.id LIMIT ?2"
    );
    let after = after.map_or_else(String::new, |id| id.to_string());
    views(
        conn,
        all(conn, sql, params![after, bound(limit)], rows::post)?,
    )
}
