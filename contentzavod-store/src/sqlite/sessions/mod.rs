//! How people come in.

mod admit;
pub(super) mod logins;
mod members;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::{
    Identity, Invitation, InvitationId, Login, Member, Role, Session, SessionId, UserId, Workspace,
    WorkspaceId,
};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{
    Admission, Arrival, Hash, Linked, MemberChanged, SessionStore, Unlinked,
};
use rusqlite::{Connection, params};

use super::SqliteStore;
use super::db::{Cells, all, execute, first};
use super::map::{Fault, ms};
use super::writer::Tx;

/// A use is noted when the one that is noted is older.
const NOTED: TimeDelta = TimeDelta::minutes(5);

macro_rules! session_columns {
    () => {
        "s.id, s.user, s.workspace, s.provider, s.created_at, s.signed_in_at, s.seen_at, s.ends_at"
    };
}

/// The session of a token, with the role of its person in its workspace.
pub(super) const FIND: &str = concat!(
    "SELECT ",
    session_columns!(),
    ", m.role FROM sessions AS s \
     CROSS JOIN members AS m ON m.workspace = s.workspace AND m.user = s.user \
     WHERE s.hash = ?1 AND s.seen_at > ?2 AND s.ends_at > ?3"
);

fn row(cells: &Cells<'_>) -> Result<Session, Fault> {
    cells.table("sessions");
    Ok(Session {
        id: cells.id("id")?,
        user: cells.id("user")?,
        workspace: cells.id("workspace")?,
        provider: cells.text("provider")?,
        created_at: cells.time("created_at")?,
        signed_in_at: cells.time("signed_in_at")?,
        seen_at: cells.time("seen_at")?,
        ends_at: cells.time("ends_at")?,
    })
}

fn role(conn: &Connection, user: UserId, workspace: WorkspaceId) -> Result<Option<Role>, Fault> {
    let sql = "SELECT role FROM members WHERE workspace = ?1 AND user = ?2";
    let params = params![workspace.to_string(), user.to_string()];
    first(conn, sql, params, |cells| cells.word("role", Role::parse))
}

fn enter(tx: Tx<'_>, id: SessionId, workspace: WorkspaceId) -> Result<bool, Fault> {
    let sql = "UPDATE sessions SET workspace = ?2 WHERE id = ?1 AND EXISTS \
               (SELECT 1 FROM members AS m WHERE m.workspace = ?2 AND m.user = sessions.user)";
    let params = params![id.to_string(), workspace.to_string()];
    Ok(execute(tx.conn, sql, params)? == 1)
}

#[async_trait]
impl SessionStore for SqliteStore {
    async fn admit(&self, arrival: Arrival) -> Result<Admission, StoreError> {
        self.write(move |tx| admit::admit(tx, arrival)).await
    }

    async fn session(
        &self,
        token: Hash,
        idle: DateTime<Utc>,
    ) -> Result<Option<(Session, Role)>, StoreError> {
        let now = self.clock.now();
        self.read(move |conn| {
            first(conn, FIND, params![token, ms(idle), ms(now)], |cells| {
                Ok((row(cells)?, cells.word("role", Role::parse)?))
            })
        })
        .await
    }

    async fn session_by_id(&self, id: SessionId) -> Result<Option<Session>, StoreError> {
        let now = self.clock.now();
        let sql = concat!(
            "SELECT ",
            session_columns!(),
            " FROM sessions AS s WHERE s.id = ?1 AND s.ends_at > ?2"
        );
        self.read(move |conn| first(conn, sql, params![id.to_string(), ms(now)], row))
            .await
    }

    async fn session_used(&self, id: SessionId, at: DateTime<Utc>) -> Result<(), StoreError> {
        let stale = ms(at - NOTED);
        let sql = "SELECT s.seen_at < ?2 AS stale FROM sessions AS s WHERE s.id = ?1";
        let found = self.read(move |conn| {
            let params = params![id.to_string(), stale];
            first(conn, sql, params, |cells| cells.get::<bool>("stale"))
        });
        // Most calls come soon after another: they write nothing.
        if found.await? != Some(true) {
            return Ok(());
        }
        let sql = "UPDATE sessions SET seen_at = max(seen_at, ?2) WHERE id = ?1";
        self.write(move |tx| execute(tx.conn, sql, params![id.to_string(), ms(at)]))
            .await?;
        Ok(())
    }

    async fn renew_session(
        &self,
        id: SessionId,
        token: Hash,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE sessions SET hash = ?2, signed_in_at = ?3 WHERE id = ?1";
        let renewed = self.write(move |tx| {
            let params = params![id.to_string(), token, ms(at)];
            execute(tx.conn, sql, params)
        });
        Ok(renewed.await? == 1)
    }

    async fn sessions(&self, user: UserId) -> Result<Vec<Session>, StoreError> {
        let now = self.clock.now();
        let sql = concat!(
            "SELECT ",
            session_columns!(),
            " FROM sessions AS s WHERE s.user = ?1 AND s.ends_at > ?2 ORDER BY s.created_at, s.id"
        );
        self.read(move |conn| all(conn, sql, params![user.to_string(), ms(now)], row))
            .await
    }

    async fn end_session(&self, user: UserId, id: SessionId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM sessions WHERE id = ?1 AND user = ?2";
        let ended =
            self.write(move |tx| execute(tx.conn, sql, params![id.to_string(), user.to_string()]));
        Ok(ended.await? == 1)
    }

    async fn enter(&self, id: SessionId, workspace: WorkspaceId) -> Result<bool, StoreError> {
        self.write(move |tx| enter(tx, id, workspace)).await
    }

    async fn identities(&self, user: UserId) -> Result<Vec<Identity>, StoreError> {
        self.read(move |conn| admit::identities(conn, user)).await
    }

    async fn link(&self, identity: Identity) -> Result<Linked, StoreError> {
        self.write(move |tx| admit::link(tx, &identity)).await
    }

    async fn unlink(
        &self,
        user: UserId,
        provider: &str,
        subject: &str,
        stays: SessionId,
    ) -> Result<Unlinked, StoreError> {
        let known_by = (provider.to_owned(), subject.to_owned());
        self.write(move |tx| admit::unlink(tx, user, &known_by, stays))
            .await
    }

    async fn begin_login(&self, login: Login) -> Result<(), StoreError> {
        self.write(move |tx| logins::begin(tx, &login)).await
    }

    async fn peek_login(&self, state: Hash) -> Result<Option<Login>, StoreError> {
        let now = self.clock.now();
        self.read(move |conn| logins::peek(conn, state, now)).await
    }

    async fn take_login(&self, state: Hash) -> Result<Option<Login>, StoreError> {
        self.write(move |tx| logins::take(tx, state)).await
    }

    async fn mark(&self, mark: Hash, until: DateTime<Utc>) -> Result<bool, StoreError> {
        self.write(move |tx| logins::mark(tx, mark, until)).await
    }

    async fn role(&self, user: UserId, workspace: WorkspaceId) -> Result<Option<Role>, StoreError> {
        self.read(move |conn| role(conn, user, workspace)).await
    }

    async fn workspaces(&self, user: UserId) -> Result<Vec<(Workspace, Role)>, StoreError> {
        self.read(move |conn| members::workspaces(conn, user)).await
    }

    async fn create_workspace(&self, user: UserId, workspace: Workspace) -> Result<(), StoreError> {
        self.write(move |tx| super::people::insert_workspace(tx, user, &workspace))
            .await
    }

    async fn members(&self, workspace: WorkspaceId) -> Result<Vec<Member>, StoreError> {
        self.read(move |conn| members::list(conn, workspace)).await
    }

    async fn set_role(
        &self,
        workspace: WorkspaceId,
        user: UserId,
        role: Role,
    ) -> Result<MemberChanged, StoreError> {
        self.write(move |tx| members::set_role(tx, workspace, user, role))
            .await
    }

    async fn remove_member(
        &self,
        workspace: WorkspaceId,
        user: UserId,
    ) -> Result<MemberChanged, StoreError> {
        self.write(move |tx| members::remove(tx, workspace, user))
            .await
    }

    async fn invite(&self, invitation: Invitation, hash: Hash) -> Result<(), StoreError> {
        self.write(move |tx| members::invite(tx, &invitation, hash))
            .await
    }

    async fn invitation(&self, hash: Hash) -> Result<Option<Invitation>, StoreError> {
        let now = self.clock.now();
        self.read(move |conn| members::invitation(conn, hash, now))
            .await
    }

    async fn invitations(&self, workspace: WorkspaceId) -> Result<Vec<Invitation>, StoreError> {
        let now = self.clock.now();
        self.read(move |conn| members::invitations(conn, workspace, now))
            .await
    }

    async fn withdraw(&self, workspace: WorkspaceId, id: InvitationId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM invitations WHERE id = ?1 AND workspace = ?2";
        let withdrawn = self
            .write(move |tx| execute(tx.conn, sql, params![id.to_string(), workspace.to_string()]));
        Ok(withdrawn.await? == 1)
    }

    async fn join(&self, user: UserId, hash: Hash) -> Result<Option<WorkspaceId>, StoreError> {
        self.write(move |tx| members::join(tx, user, hash)).await
    }

    async fn has_users(&self) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM users) AS there";
        let there = self.read(move |conn| first(conn, sql, [], |cells| cells.get("there")));
        Ok(there.await? == Some(true))
    }

    async fn forget_ended(&self, idle: DateTime<Utc>) -> Result<usize, StoreError> {
        self.write(move |tx| logins::forget(tx, idle)).await
    }
}
