//! Users, workspaces and API keys.

use async_trait::async_trait;
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use contentzavod_core::model::{Actor, ApiKey, ApiKeyId, User, UserId, Workspace, WorkspaceId};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{ApiKeyStore, KeyHash, UserStore};
use rusqlite::params;

use super::SqliteStore;
use super::db::{Cells, all, execute, first};
use super::map::{Fault, ms};
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

fn read_key(cells: &Cells<'_>) -> Result<ApiKey, Fault> {
    cells.table("api_keys");
    Ok(ApiKey {
        id: cells.id("id")?,
        user: cells.id("user")?,
        workspace: cells.id("workspace")?,
        name: cells.text("name")?,
        prefix: cells.text("prefix")?,
        last_four: cells.text("last_four")?,
        created_at: cells.time("created_at")?,
        last_used_at: cells.opt_time("last_used_at")?,
    })
}

fn read_owner(cells: &Cells<'_>) -> Result<(ApiKeyId, Actor), Fault> {
    cells.table("api_keys");
    let id = cells.id("id")?;
    let actor = Actor {
        user: cells.id("user")?,
        workspace: cells.id("workspace")?,
    };
    Ok((id, actor))
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

fn update_me(tx: Tx<'_>, user: &User, workspace: &Workspace) -> Result<(), Fault> {
    let written = execute(
        tx.conn,
        "UPDATE users SET name = ?1, locale = ?2 WHERE id = ?3",
        params![user.name, user.locale, user.id.to_string()],
    )?;
    if written == 0 {
        return Err(Fault::corrupt("users", user.id, "is not there"));
    }
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

fn insert_key(tx: Tx<'_>, key: &ApiKey, hash: KeyHash) -> Result<(), Fault> {
    execute(
        tx.conn,
        "INSERT INTO api_keys (id, workspace, user, name, prefix, last_four, hash, created_at, \
           last_used_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            key.id.to_string(),
            key.workspace.to_string(),
            key.user.to_string(),
            key.name,
            key.prefix,
            key.last_four,
            hash.0,
            ms(key.created_at),
            key.last_used_at.map(ms),
        ],
    )?;
    Ok(())
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

    async fn update_me(&self, user: User, workspace: Workspace) -> Result<(), StoreError> {
        self.write(move |tx| update_me(tx, &user, &workspace)).await
    }
}

#[async_trait]
impl ApiKeyStore for SqliteStore {
    async fn insert_key(&self, key: ApiKey, hash: KeyHash) -> Result<(), StoreError> {
        self.write(move |tx| insert_key(tx, &key, hash)).await
    }

    async fn find_key(&self, hash: KeyHash) -> Result<Option<(ApiKeyId, Actor)>, StoreError> {
        let sql = "SELECT id, user, workspace FROM api_keys WHERE hash = ?1";
        self.read(move |conn| first(conn, sql, [hash.0], read_owner))
            .await
    }

    async fn key_used(&self, id: ApiKeyId, at: DateTime<Utc>) -> Result<(), StoreError> {
        let minute = ms(at.duration_trunc(TimeDelta::minutes(1)).unwrap_or(at));
        let sql = "SELECT last_used_at IS NULL OR last_used_at < ?1 AS stale FROM api_keys \
                   WHERE id = ?2";
        let stale = self.read(move |conn| {
            let params = params![minute, id.to_string()];
            first(conn, sql, params, |cells| cells.get::<bool>("stale"))
        });
        // Most calls come within a minute of another: they write nothing.
        if stale.await? != Some(true) {
            return Ok(());
        }
        let sql = "UPDATE api_keys SET last_used_at = max(coalesce(last_used_at, ?1), ?1) \
                   WHERE id = ?2";
        self.write(move |tx| execute(tx.conn, sql, params![minute, id.to_string()]))
            .await?;
        Ok(())
    }

    async fn keys(&self, workspace: WorkspaceId) -> Result<Vec<ApiKey>, StoreError> {
        let sql = "SELECT id, user, workspace, name, prefix, last_four, created_at, last_used_at \
                   FROM api_keys WHERE workspace = ?1 ORDER BY created_at, id";
        self.read(move |conn| all(conn, sql, [workspace.to_string()], read_key))
            .await
    }

    async fn delete_key(&self, workspace: WorkspaceId, id: ApiKeyId) -> Result<bool, StoreError> {
        let sql = "DELETE FROM api_keys WHERE id = ?1 AND workspace = ?2";
        let deleted = self.write(move |tx| {
            let params = params![id.to_string(), workspace.to_string()];
            execute(tx.conn, sql, params)
        });
        Ok(deleted.await? == 1)
    }
}
