//! Identities, and letting somebody in who proved one.

use contentzavod_core::model::{Identity, Invitation, Session, SessionId, UserId, WorkspaceId};
use contentzavod_core::ports::store::{Admission, Arrival, Hash, Linked, Unlinked};
use rusqlite::{Connection, params};

use super::members;
use crate::sqlite::db::{Cells, all, execute, first};
use crate::sqlite::map::{Fault, ms};
use crate::sqlite::people::{insert_user, insert_workspace};
use crate::sqlite::writer::Tx;

fn identity(cells: &Cells<'_>) -> Result<Identity, Fault> {
    Ok(Identity {
        provider: cells.text("provider")?,
        subject: cells.text("subject")?,
        user: cells.id("user")?,
        created_at: cells.time("created_at")?,
    })
}

pub(super) fn identities(conn: &Connection, user: UserId) -> Result<Vec<Identity>, Fault> {
    let sql = "SELECT provider, subject, user, created_at FROM identities WHERE user = ?1 \
               ORDER BY created_at, provider, subject";
    all(conn, sql, [user.to_string()], identity)
}

fn known(conn: &Connection, provider: &str, subject: &str) -> Result<Option<UserId>, Fault> {
    let sql = "SELECT user FROM identities WHERE provider = ?1 AND subject = ?2";
    first(conn, sql, params![provider, subject], |cells| {
        cells.id("user")
    })
}

fn insert(tx: Tx<'_>, identity: &Identity) -> Result<(), Fault> {
    execute(
        tx.conn,
        "INSERT INTO identities (provider, subject, user, created_at) VALUES (?1, ?2, ?3, ?4)",
        params![
            identity.provider,
            identity.subject,
            identity.user.to_string(),
            ms(identity.created_at)
        ],
    )?;
    Ok(())
}

/// Lets somebody in, or does not; nothing is written then.
pub(super) fn admit(tx: Tx<'_>, arrival: Arrival) -> Result<Admission, Fault> {
    let invitation = match arrival.invitation {
        Some(hash) => members::invitation(tx.conn, hash, tx.now)?,
        None => None,
    };
    let known = known(tx.conn, &arrival.provider, &arrival.subject)?;
    if known.is_none() && !arrival.open && invitation.is_none() {
        return Ok(Admission::Uninvited);
    }
    let user = match known {
        Some(user) => user,
        None => newcomer(tx, &arrival)?,
    };
    let workspace = place(tx, user, &arrival, invitation.as_ref())?;
    if let Some(hash) = arrival.before {
        execute(tx.conn, "DELETE FROM sessions WHERE hash = ?1", [hash])?;
    }
    let session = Session {
        user,
        workspace,
        ..arrival.session
    };
    begin(tx, &session, arrival.token)?;
    let new = known.is_none();
    Ok(Admission::In { session, new })
}

fn newcomer(tx: Tx<'_>, arrival: &Arrival) -> Result<UserId, Fault> {
    let user = &arrival.newcomer;
    insert_user(tx, user)?;
    let identity = Identity {
        provider: arrival.provider.clone(),
        subject: arrival.subject.clone(),
        user: user.id,
        created_at: user.created_at,
    };
    insert(tx, &identity)?;
    Ok(user.id)
}

/// Where they work: where the invitation leads, where they worked last, where they are a member, or in
/// a workspace of their own.
fn place(
    tx: Tx<'_>,
    user: UserId,
    arrival: &Arrival,
    invitation: Option<&Invitation>,
) -> Result<WorkspaceId, Fault> {
    if let Some(invitation) = invitation {
        members::use_up(tx, invitation.id)?;
        if let Some(workspace) = invitation.workspace {
            members::add(tx, workspace, user, invitation.role)?;
            return Ok(workspace);
        }
    }
    let sql = "SELECT m.workspace FROM members AS m \
               LEFT JOIN sessions AS s ON s.user = m.user AND s.workspace = m.workspace \
               WHERE m.user = ?1 \
               ORDER BY s.seen_at DESC NULLS LAST, m.created_at, m.workspace LIMIT 1";
    let there = first(tx.conn, sql, [user.to_string()], |cells| {
        cells.id("workspace")
    })?;
    if let Some(workspace) = there {
        return Ok(workspace);
    }
    insert_workspace(tx, user, &arrival.workspace)?;
    Ok(arrival.workspace.id)
}

fn begin(tx: Tx<'_>, session: &Session, token: Hash) -> Result<(), Fault> {
    execute(
        tx.conn,
        "INSERT INTO sessions (id, user, workspace, hash, provider, created_at, signed_in_at, \
           seen_at, ends_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            session.id.to_string(),
            session.user.to_string(),
            session.workspace.to_string(),
            token,
            session.provider,
            ms(session.created_at),
            ms(session.signed_in_at),
            ms(session.seen_at),
            ms(session.ends_at)
        ],
    )?;
    Ok(())
}

pub(super) fn link(tx: Tx<'_>, identity: &Identity) -> Result<Linked, Fault> {
    match known(tx.conn, &identity.provider, &identity.subject)? {
        Some(user) if user == identity.user => Ok(Linked::Done),
        Some(_) => Ok(Linked::Taken),
        None => {
            insert(tx, identity)?;
            Ok(Linked::Done)
        }
    }
}

pub(super) fn unlink(
    tx: Tx<'_>,
    user: UserId,
    (provider, subject): &(String, String),
    stays: SessionId,
) -> Result<Unlinked, Fault> {
    if known(tx.conn, provider, subject)? != Some(user) {
        return Ok(Unlinked::Missing);
    }
    if identities(tx.conn, user)?.len() == 1 {
        return Ok(Unlinked::Last);
    }
    let sql = "DELETE FROM identities WHERE provider = ?1 AND subject = ?2";
    execute(tx.conn, sql, params![provider, subject])?;
    let sql = "DELETE FROM sessions WHERE user = ?1 AND id <> ?2";
    execute(tx.conn, sql, params![user.to_string(), stays.to_string()])?;
    Ok(Unlinked::Done)
}
