//! Users and workspaces.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use contentzavod_core::model::{Notice, NoticeKind, User, UserId, Workspace, WorkspaceId};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::UserStore;
use rusqlite::params;

use super::SqliteStore;
use super::db::{Cells, all, execute, first};
use super::facts::{Told, write_notices};
use super::map::{Fault, ms, whole_ms};
use super::writer::Tx;

fn read_user(cells: &Cells<'_>) -> Result<User, Fault> {
    cells.table("users");
    Ok(User {
        id: cells.id("id")?,
        name: cells.text("name")?,
        locale: cells.text("locale")?,
        created_at: cells.time("created_at")?,
    })
}

pub(super) fn read_workspace(cells: &Cells<'_>) -> Result<Workspace, Fault> {
    cells.table("workspaces");
    Ok(Workspace {
        id: cells.id("id")?,
        name: cells.text("name")?,
        timezone: cells.text("timezone")?,
        created_at: cells.time("created_at")?,
    })
}

fn create_user(tx: Tx<'_>, user: &User, workspace: &Workspace) -> Result<(), Fault> {
    insert_user(tx, user)?;
    insert_workspace(tx, user.id, workspace)
}

pub(super) fn insert_user(tx: Tx<'_>, user: &User) -> Result<(), Fault> {
    execute(
        tx.conn,
        "INSERT INTO users (id, name, locale, created_at) VALUES (?1, ?2, ?3, ?4)",
        params![
            user.id.to_string(),
            user.name,
            user.locale,
            ms(user.created_at)
        ],
    )?;
    Ok(())
}

/// A workspace whose owner somebody is.
pub(super) fn insert_workspace(
    tx: Tx<'_>,
    owner: UserId,
    workspace: &Workspace,
) -> Result<(), Fault> {
    let (user_id, workspace_id) = (owner.to_string(), workspace.id.to_string());
    let (name, zone) = (&workspace.name, &workspace.timezone);
    execute(
        tx.conn,
        "INSERT INTO workspaces (id, name, timezone, created_at) VALUES (?1, ?2, ?3, ?4)",
        params![workspace_id, name, zone, ms(workspace.created_at)],
    )?;
    execute(
        tx.conn,
        "INSERT INTO members (workspace, user, role, created_at) VALUES (?1, ?2, 'owner', ?3)",
        params![workspace_id, user_id, ms(tx.now)],
    )?;
    Ok(())
}

fn update_me(tx: Tx<'_>, user: &User, workspace: Option<&Workspace>) -> Result<(), Fault> {
    let written = execute(
        tx.conn,
        "UPDATE users SET name = ?1, locale = ?2 WHERE id = ?3",
        params![user.name, user.locale, user.id.to_string()],
    )?;
    if written == 0 {
        return Err(Fault::corrupt("users", user.id, "is not there"));
    }
    let Some(workspace) = workspace else {
        return Ok(());
    };
    let (name, zone) = (&workspace.name, &workspace.timezone);
    let written = execute(
        tx.conn,
        "UPDATE workspaces SET name = ?1, timezone = ?2 WHERE id = ?3",
        params![name, zone, workspace.id.to_string()],
    )?;
    if written == 0 {
        return Err(Fault::corrupt("workspaces", workspace.id, "is not there"));
    }
    Ok(())
}

/// The version and since when, with a space between.
fn policy_since(tx: Tx<'_>, version: &str) -> Result<DateTime<Utc>, Fault> {
    let sql = "SELECT value FROM meta WHERE name = 'policy'";
    let written = first(tx.conn, sql, [], |cells| {
        cells.table("meta");
        cells.text("value")
    })?;
    let known = written.as_deref().and_then(|text| text.rsplit_once(' '));
    if let Some((known, since)) = known
        && known == version
        && let Some(since) = since.parse().ok().and_then(DateTime::from_timestamp_millis)
    {
        return Ok(since);
    }
    let value = format!("{version} {}", ms(tx.now));
    let sql = "INSERT OR REPLACE INTO meta (name, value) VALUES ('policy', ?1)";
    execute(tx.conn, sql, [value])?;
    if written.is_some() {
        tell_everybody(tx, NoticeKind::PolicyChanged)?;
    }
    Ok(whole_ms(tx.now))
}

fn tell_everybody(tx: Tx<'_>, kind: NoticeKind) -> Result<(), Fault> {
    let everywhere = all(tx.conn, "SELECT id FROM workspaces", [], |cells| {
        cells.id("id")
    })?;
    let told = everywhere.into_iter().map(|workspace| Told {
        notice: Notice::new(kind),
        workspace,
        publication: None,
        post: None,
        account: None,
        media: None,
    });
    write_notices(tx, &told.collect::<Vec<_>>())
}

#[async_trait]
impl UserStore for SqliteStore {
    async fn create_user(&self, user: User, workspace: Workspace) -> Result<(), StoreError> {
        self.write(move |tx| create_user(tx, &user, &workspace))
            .await
    }

    async fn user(&self, id: UserId) -> Result<Option<User>, StoreError> {
        let sql = "SELECT id, name, locale, created_at FROM users WHERE id = ?1";
        self.read(move |conn| first(conn, sql, [id.to_string()], read_user))
            .await
    }

    async fn workspace(&self, id: WorkspaceId) -> Result<Option<Workspace>, StoreError> {
        let sql = "SELECT id, name, timezone, created_at FROM workspaces WHERE id = ?1";
        self.read(move |conn| first(conn, sql, [id.to_string()], read_workspace))
            .await
    }

    async fn update_me(&self, user: User, workspace: Option<Workspace>) -> Result<(), StoreError> {
        self.write(move |tx| update_me(tx, &user, workspace.as_ref()))
            .await
    }

    async fn policy_since(&self, version: &str) -> Result<DateTime<Utc>, StoreError> {
        let version = version.to_owned();
        self.write(move |tx| policy_since(tx, &version)).await
    }
}
