//! Tombstones: who is gone.

use std::collections::HashSet;

use contentzavod_core::model::{AccountId, Erased, Tombstone, TombstoneKind, UserId, WorkspaceId};
use rusqlite::{Connection, params};

use super::{remote, scrub, user, workspace};
use crate::sqlite::db::{Cells, all, execute, first};
use crate::sqlite::map::{Fault, ms};
use crate::sqlite::writer::Tx;

pub(super) fn bury(tx: Tx<'_>, tomb: &Tombstone) -> Result<(), Fault> {
    execute(
        tx.conn,
        "INSERT INTO tombstones (kind, hash, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        params![tomb.kind.as_str(), tomb.hash, ms(tomb.at)],
    )?;
    Ok(())
}

/// Whoever was let in before a workspace went may come late: an upload takes its time.
pub(in crate::sqlite) fn refuse_gone(tx: Tx<'_>, workspace: WorkspaceId) -> Result<(), Fault> {
    let tomb = Tombstone::of_workspace(workspace, tx.now);
    let sql = "SELECT kind FROM tombstones WHERE kind = ?1 AND hash = ?2";
    let params = params![tomb.kind.as_str(), tomb.hash];
    match first(tx.conn, sql, params, |_| Ok(()))? {
        None => Ok(()),
        Some(()) => Err(Fault::corrupt("workspaces", workspace, "was deleted")),
    }
}

fn read(cells: &Cells<'_>) -> Result<Tombstone, Fault> {
    Ok(Tombstone {
        kind: cells.word("kind", TombstoneKind::parse)?,
        hash: cells.get("hash")?,
        at: cells.time("at")?,
    })
}

pub(super) fn list(conn: &Connection) -> Result<Vec<Tombstone>, Fault> {
    let sql = "SELECT kind, hash, at FROM tombstones ORDER BY at, kind, hash";
    all(conn, sql, [], read)
}

/// Who of a backup was deleted since it was made: exactly whom the tombstones name. Who is a member of
/// what is as old as the backup, and says nothing of today.
pub(super) fn bury_again(tx: Tx<'_>, tombs: &[Tombstone]) -> Result<Erased, Fault> {
    for tomb in tombs {
        bury(tx, tomb)?;
    }
    let dead: HashSet<_> = tombs.iter().map(|tomb| (tomb.kind, tomb.hash)).collect();
    let is_dead = |tomb: Tombstone| dead.contains(&(tomb.kind, tomb.hash));
    let mut erased = Erased::default();
    scrub::note(tx)?;
    let users: Vec<UserId> = all(tx.conn, "SELECT id FROM users", [], |c| c.id("id"))?;
    for id in users {
        if is_dead(Tombstone::of_user(id, tx.now)) {
            user::erase_person(tx, id)?;
        }
    }
    let sql = "SELECT id FROM workspaces";
    let workspaces: Vec<WorkspaceId> = all(tx.conn, sql, [], |c| c.id("id"))?;
    for id in workspaces {
        if is_dead(Tombstone::of_workspace(id, tx.now)) {
            workspace::erase(tx, id, None, &mut erased)?;
        }
    }
    // A row that was emptied already keeps its id.
    let sql = "SELECT id, workspace FROM accounts WHERE remote_user_id <> 'deleted:' || id";
    let accounts: Vec<(AccountId, WorkspaceId)> = all(tx.conn, sql, [], |cells| {
        Ok((cells.id("id")?, cells.id("workspace")?))
    })?;
    for (id, workspace) in accounts {
        if is_dead(Tombstone::of_account(id, tx.now)) {
            remote::forget_account(tx, id, workspace)?;
        }
    }
    let sql = "SELECT id FROM workspaces AS w WHERE NOT EXISTS ( \
                 SELECT 1 FROM members AS m WHERE m.workspace = w.id AND m.role = 'owner') \
               ORDER BY id";
    erased.ownerless = all(tx.conn, sql, [], |c| c.id("id"))?;
    Ok(erased)
}
