//! A person, with everything that is theirs alone.

use contentzavod_core::model::{DeletionKind, Erased, Tombstone, UserId, Workspace, WorkspaceId};
use contentzavod_core::ports::store::{Hash, UserDeleted};
use rusqlite::params;

use super::files::{Deletion, begin};
use super::tombs::bury;
use super::{scrub, workspace};
use crate::sqlite::db::{all, execute, first};
use crate::sqlite::map::Fault;
use crate::sqlite::people::read_workspace;
use crate::sqlite::writer::Tx;

/// Where somebody is a member, and what becomes of it without them.
struct Place {
    workspace: Workspace,
    alone: bool,
    /// Others are there, and none of them owns it.
    last_owner: bool,
}

/// Ways that have begun: for them, or from one of their sessions, which must still be there.
const LOGINS: &str = "DELETE FROM logins WHERE json_extract(purpose, '$.user') = ?1 \
     OR json_extract(purpose, '$.session') IN (SELECT id FROM sessions WHERE user = ?1)";

/// What the person alone has. Their rows in workspaces that stay are among them.
const THEIRS: &[&str] = &[
    "DELETE FROM sessions WHERE user = ?1",
    "DELETE FROM api_keys WHERE user = ?1",
    "DELETE FROM invitations WHERE made_by = ?1",
    "DELETE FROM members WHERE user = ?1",
    "DELETE FROM identities WHERE user = ?1",
    "DELETE FROM users WHERE id = ?1",
];

pub(super) fn delete(
    tx: Tx<'_>,
    user: UserId,
    force: bool,
    code: Hash,
) -> Result<UserDeleted, Fault> {
    let there = "SELECT id FROM users WHERE id = ?1";
    if first(tx.conn, there, [user.to_string()], |_| Ok(()))?.is_none() {
        return Ok(UserDeleted::Missing);
    }
    let places = places(tx, user)?;
    if !force && places.iter().any(|p| p.last_owner) {
        let owned = places.into_iter().filter(|p| p.last_owner);
        return Ok(UserDeleted::LastOwner(owned.map(|p| p.workspace).collect()));
    }
    let deletion = Deletion {
        code,
        kind: DeletionKind::Person,
        found: 1,
        mark: None,
    };
    begin(tx, &deletion)?;
    scrub::note(tx)?;
    let mut erased = Erased::default();
    erase(tx, user, Some(code), &mut erased)?;
    if erased.media.is_empty() {
        super::files::done(tx, code)?;
    }
    Ok(UserDeleted::Done(erased))
}

/// Removes somebody. Workspaces that others are in go on, with an owner.
pub(super) fn erase(
    tx: Tx<'_>,
    user: UserId,
    deletion: Option<Hash>,
    erased: &mut Erased,
) -> Result<(), Fault> {
    for place in places(tx, user)? {
        if place.alone {
            workspace::erase(tx, place.workspace.id, deletion, erased)?;
        } else if place.last_owner {
            hand_over(tx, place.workspace.id, user)?;
        }
    }
    erase_person(tx, user)
}

/// Removes somebody, and leaves every workspace as it is.
pub(super) fn erase_person(tx: Tx<'_>, user: UserId) -> Result<(), Fault> {
    let id = user.to_string();
    execute(tx.conn, LOGINS, [&id])?;
    let sql = "SELECT provider, subject FROM identities WHERE user = ?1";
    let known_by = all(tx.conn, sql, [&id], |cells| {
        Ok((cells.text("provider")?, cells.text("subject")?))
    })?;
    for (provider, subject) in known_by {
        let tomb = Tombstone::of_identity(user, &provider, &subject, tx.now);
        bury(tx, &tomb)?;
    }
    for sql in THEIRS {
        execute(tx.conn, sql, [&id])?;
    }
    bury(tx, &Tombstone::of_user(user, tx.now))
}

fn places(tx: Tx<'_>, user: UserId) -> Result<Vec<Place>, Fault> {
    let sql = "SELECT w.id, w.name, w.timezone, w.created_at, \
                 NOT EXISTS (SELECT 1 FROM members AS o \
                   WHERE o.workspace = w.id AND o.user <> ?1) AS alone, \
                 NOT EXISTS (SELECT 1 FROM members AS o \
                   WHERE o.workspace = w.id AND o.user <> ?1 AND o.role = 'owner') AS unowned \
               FROM members AS m CROSS JOIN workspaces AS w ON w.id = m.workspace \
               WHERE m.user = ?1 ORDER BY m.created_at, w.id";
    all(tx.conn, sql, [user.to_string()], |cells| {
        let workspace = read_workspace(cells)?;
        let alone: bool = cells.get("alone")?;
        let unowned: bool = cells.get("unowned")?;
        Ok(Place {
            workspace,
            alone,
            last_owner: unowned && !alone,
        })
    })
}

/// Makes the member with the highest role, and of those the oldest, the owner.
fn hand_over(tx: Tx<'_>, workspace: WorkspaceId, leaves: UserId) -> Result<(), Fault> {
    execute(
        tx.conn,
        "UPDATE members SET role = 'owner' WHERE workspace = ?1 AND user = ( \
           SELECT user FROM members WHERE workspace = ?1 AND user <> ?2 \
           ORDER BY CASE role WHEN 'owner' THEN 0 WHEN 'editor' THEN 1 ELSE 2 END, created_at, user \
           LIMIT 1)",
        params![workspace.to_string(), leaves.to_string()],
    )?;
    Ok(())
}
