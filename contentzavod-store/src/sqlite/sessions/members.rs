//! Members of workspaces, and invitations.

use chrono::{DateTime, Utc};
use contentzavod_core::model::{
    Invitation, InvitationId, Member, Role, UserId, Workspace, WorkspaceId,
};
use contentzavod_core::ports::store::{Hash, MemberChanged};
use rusqlite::{Connection, params};

use super::role;
use crate::sqlite::db::{Cells, all, execute, first};
use crate::sqlite::map::{Fault, ms};
use crate::sqlite::people::read_workspace;
use crate::sqlite::writer::Tx;

pub(super) fn workspaces(conn: &Connection, user: UserId) -> Result<Vec<(Workspace, Role)>, Fault> {
    let sql = "SELECT w.id, w.name, w.timezone, w.created_at, m.role FROM members AS m \
               CROSS JOIN workspaces AS w ON w.id = m.workspace \
               WHERE m.user = ?1 ORDER BY m.created_at, w.id";
    all(conn, sql, [user.to_string()], |cells| {
        Ok((read_workspace(cells)?, cells.word("role", Role::parse)?))
    })
}

pub(super) fn list(conn: &Connection, workspace: WorkspaceId) -> Result<Vec<Member>, Fault> {
    let sql = "SELECT u.id, u.name, m.role, m.created_at FROM members AS m \
               CROSS JOIN users AS u ON u.id = m.user \
               WHERE m.workspace = ?1 ORDER BY m.created_at, u.id";
    all(conn, sql, [workspace.to_string()], |cells| {
        cells.table("members");
        Ok(Member {
            user: cells.id("id")?,
            name: cells.text("name")?,
            role: cells.word("role", Role::parse)?,
            created_at: cells.time("created_at")?,
        })
    })
}

/// A member who is there keeps the higher of both roles.
pub(super) fn add(
    tx: Tx<'_>,
    workspace: WorkspaceId,
    user: UserId,
    new: Role,
) -> Result<(), Fault> {
    let role = role(tx.conn, user, workspace)?.map_or(new, |old| old.max(new));
    execute(
        tx.conn,
        "INSERT INTO members (workspace, user, role, created_at) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (workspace, user) DO UPDATE SET role = excluded.role",
        params![
            workspace.to_string(),
            user.to_string(),
            role.as_str(),
            ms(tx.now)
        ],
    )?;
    Ok(())
}

/// Whether somebody is an owner and nobody else is.
fn is_last_owner(tx: Tx<'_>, workspace: WorkspaceId, user: UserId) -> Result<bool, Fault> {
    let sql = "SELECT user FROM members WHERE workspace = ?1 AND role = 'owner' LIMIT 2";
    let owners: Vec<UserId> = all(tx.conn, sql, [workspace.to_string()], |cells| {
        cells.id("user")
    })?;
    Ok(owners == [user])
}

pub(super) fn set_role(
    tx: Tx<'_>,
    workspace: WorkspaceId,
    user: UserId,
    new: Role,
) -> Result<MemberChanged, Fault> {
    if role(tx.conn, user, workspace)?.is_none() {
        return Ok(MemberChanged::Missing);
    }
    if new != Role::Owner && is_last_owner(tx, workspace, user)? {
        return Ok(MemberChanged::LastOwner);
    }
    execute(
        tx.conn,
        "UPDATE members SET role = ?3 WHERE workspace = ?1 AND user = ?2",
        params![workspace.to_string(), user.to_string(), new.as_str()],
    )?;
    if new != Role::Owner {
        uninvite(tx, workspace, user)?;
    }
    Ok(MemberChanged::Done)
}

pub(super) fn remove(
    tx: Tx<'_>,
    workspace: WorkspaceId,
    user: UserId,
) -> Result<MemberChanged, Fault> {
    if role(tx.conn, user, workspace)?.is_none() {
        return Ok(MemberChanged::Missing);
    }
    if is_last_owner(tx, workspace, user)? {
        return Ok(MemberChanged::LastOwner);
    }
    for sql in [
        "DELETE FROM members WHERE workspace = ?1 AND user = ?2",
        "DELETE FROM sessions WHERE workspace = ?1 AND user = ?2",
        "DELETE FROM api_keys WHERE workspace = ?1 AND user = ?2",
    ] {
        execute(
            tx.conn,
            sql,
            params![workspace.to_string(), user.to_string()],
        )?;
    }
    uninvite(tx, workspace, user)?;
    Ok(MemberChanged::Done)
}

/// Whoever is an owner no more lets nobody in, themselves least of all.
fn uninvite(tx: Tx<'_>, workspace: WorkspaceId, user: UserId) -> Result<(), Fault> {
    let sql = "DELETE FROM invitations WHERE workspace = ?1 AND made_by = ?2";
    execute(
        tx.conn,
        sql,
        params![workspace.to_string(), user.to_string()],
    )?;
    Ok(())
}

pub(super) fn invite(tx: Tx<'_>, invitation: &Invitation, hash: Hash) -> Result<(), Fault> {
    if invitation.workspace.is_none() {
        execute(
            tx.conn,
            "DELETE FROM invitations WHERE workspace IS NULL",
            [],
        )?;
    }
    execute(
        tx.conn,
        "INSERT INTO invitations (id, hash, workspace, role, made_by, created_at, ends_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            invitation.id.to_string(),
            hash,
            invitation.workspace.map(|id| id.to_string()),
            invitation.role.as_str(),
            invitation.made_by.map(|id| id.to_string()),
            ms(invitation.created_at),
            ms(invitation.ends_at)
        ],
    )?;
    Ok(())
}

fn row(cells: &Cells<'_>) -> Result<Invitation, Fault> {
    cells.table("invitations");
    Ok(Invitation {
        id: cells.id("id")?,
        workspace: cells.opt_id("workspace")?,
        role: cells.word("role", Role::parse)?,
        made_by: cells.opt_id("made_by")?,
        created_at: cells.time("created_at")?,
        ends_at: cells.time("ends_at")?,
    })
}

pub(super) fn invitation(
    conn: &Connection,
    hash: Hash,
    now: DateTime<Utc>,
) -> Result<Option<Invitation>, Fault> {
    let sql = "SELECT id, workspace, role, made_by, created_at, ends_at FROM invitations \
               WHERE hash = ?1 AND ends_at > ?2";
    first(conn, sql, params![hash, ms(now)], row)
}

pub(super) fn invitations(
    conn: &Connection,
    workspace: WorkspaceId,
    now: DateTime<Utc>,
) -> Result<Vec<Invitation>, Fault> {
    let sql = "SELECT id, workspace, role, made_by, created_at, ends_at FROM invitations \
               WHERE workspace = ?1 AND ends_at > ?2 ORDER BY created_at, id";
    all(conn, sql, params![workspace.to_string(), ms(now)], row)
}

pub(super) fn use_up(tx: Tx<'_>, id: InvitationId) -> Result<(), Fault> {
    let sql = "DELETE FROM invitations WHERE id = ?1";
    execute(tx.conn, sql, [id.to_string()])?;
    Ok(())
}

pub(super) fn join(tx: Tx<'_>, user: UserId, hash: Hash) -> Result<Option<WorkspaceId>, Fault> {
    let found = invitation(tx.conn, hash, tx.now)?;
    let Some((id, workspace, role)) = found.and_then(|i| Some((i.id, i.workspace?, i.role))) else {
        return Ok(None);
    };
    use_up(tx, id)?;
    add(tx, workspace, user, role)?;
    Ok(Some(workspace))
}
