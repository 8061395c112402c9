//! A workspace with everything in it.

use contentzavod_core::model::{Erased, Live, MediaId, PublicationId, Tombstone, WorkspaceId};
use contentzavod_core::ports::store::Hash;
use rusqlite::params;

use super::tombs::bury;
use crate::sqlite::db::{all, execute};
use crate::sqlite::map::Fault;
use crate::sqlite::rows::{self, account_columns};
use crate::sqlite::writer::Tx;

/// Everything that carries the workspace's id, whatever refers to something before it. A test walks
/// the schema and finds a table that is missing here.
const EVERYTHING: &[&str] = &[
    "DELETE FROM media_fixes WHERE workspace = ?1",
    "DELETE FROM post_media WHERE post IN (SELECT id FROM posts WHERE workspace = ?1)",
    "DELETE FROM publications WHERE workspace = ?1",
    "DELETE FROM posts WHERE workspace = ?1",
    "DELETE FROM media WHERE workspace = ?1",
    "DELETE FROM accounts WHERE workspace = ?1",
    "DELETE FROM notifications WHERE workspace = ?1",
    "DELETE FROM events WHERE workspace = ?1",
    "DELETE FROM idempotency_keys WHERE workspace = ?1",
    "DELETE FROM logins WHERE json_extract(purpose, '$.workspace') = ?1 \
       OR json_extract(purpose, '$.session') IN (SELECT id FROM sessions WHERE workspace = ?1)",
    "DELETE FROM sessions WHERE workspace = ?1",
    "DELETE FROM api_keys WHERE workspace = ?1",
    "DELETE FROM invitations WHERE workspace = ?1",
    "DELETE FROM members WHERE workspace = ?1",
    "DELETE FROM workspaces WHERE id = ?1",
];

pub(super) fn erase(
    tx: Tx<'_>,
    workspace: WorkspaceId,
    deletion: Option<Hash>,
    erased: &mut Erased,
) -> Result<(), Fault> {
    note(tx, workspace, erased)?;
    let id = workspace.to_string();
    execute(
        tx.conn,
        "INSERT INTO orphans (media, deletion) \
         SELECT id, ?2 FROM media WHERE workspace = ?1 AND bytes_gone = 0",
        params![id, deletion],
    )?;
    for sql in EVERYTHING {
        execute(tx.conn, sql, [&id])?;
    }
    bury(tx, &Tombstone::of_workspace(workspace, tx.now))?;
    erased.workspaces.push(workspace);
    Ok(())
}

/// Keeps what is needed afterwards.
fn note(tx: Tx<'_>, workspace: WorkspaceId, erased: &mut Erased) -> Result<(), Fault> {
    let id = workspace.to_string();
    let sql = "SELECT id FROM media WHERE workspace = ?1 AND bytes_gone = 0";
    let media: Vec<MediaId> = all(tx.conn, sql, [&id], |cells| cells.id("id"))?;
    erased.media.extend(media);
    // The platform takes the permission from the person, not from one of their workspaces.
    let sql = concat!(
        "SELECT ",
        account_columns!(),
        " FROM accounts AS a WHERE a.workspace = ?1 AND a.token IS NOT NULL AND NOT EXISTS ( \
            SELECT 1 FROM accounts AS other WHERE other.platform = a.platform \
              AND other.remote_user_id = a.remote_user_id AND other.workspace <> ?1 \
              AND other.token IS NOT NULL) \
          ORDER BY a.created_at, a.id"
    );
    for account in all(tx.conn, sql, [&id], |cells| Ok(rows::account(cells)))? {
        match account {
            Ok(account) => erased.accounts.push(account),
            // What cannot be read can be deleted all the same.
            Err(Fault(error)) => tracing::error!(%error, "an account does not read"),
        }
    }
    let sql = "SELECT a.platform, a.username, count(*) AS posts FROM publications AS p \
               CROSS JOIN accounts AS a ON a.id = p.account \
               WHERE p.workspace = ?1 AND p.state = 'published' \
               GROUP BY a.platform, a.username ORDER BY a.platform, a.username";
    let live = all(tx.conn, sql, [&id], |cells| {
        Ok(Live {
            platform: cells.text("platform")?,
            username: cells.text("username")?,
            posts: cells.number("posts")?,
        })
    })?;
    erased.live.extend(live);
    let sql = "SELECT id FROM publications \
               WHERE workspace = ?1 AND state IN ('armed', 'uncertain', 'needs_review') ORDER BY id";
    let armed: Vec<PublicationId> = all(tx.conn, sql, [&id], |cells| cells.id("id"))?;
    erased.on_their_way.extend(armed);
    Ok(())
}
