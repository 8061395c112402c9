//! Users, workspaces and API keys.

use async_trait::async_trait;
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use contentzavod_core::model::{Actor, ApiKey, ApiKeyId, User, UserId, Workspace, WorkspaceId};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{ApiKeyStore, KeyHash, UserStore};
use sqlx::sqlite::SqliteRow;

use super::SqliteStore;
use super::map::{Cells, Fault, ms};
use super::writer::{Done, Tx};

fn key(row: &SqliteRow) -> Result<ApiKey, Fault> {
    let cells = Cells::new(row, "api_keys", "id");
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

async fn create_user(tx: &mut Tx<'_>, user: &User, workspace: &Workspace) -> Result<(), Fault> {
    sqlx::query("INSERT INTO users (id, name, locale, created_at) VALUES (?1, ?2, ?3, ?4)")
        .bind(user.id.to_string())
        .bind(&user.name)
        .bind(&user.locale)
        .bind(ms(user.created_at))
        .execute(&mut *tx.conn)
        .await?;
    sqlx::query("INSERT INTO workspaces (id, name, timezone, created_at) VALUES (?1, ?2, ?3, ?4)")
        .bind(workspace.id.to_string())
        .bind(&workspace.name)
        .bind(&workspace.timezone)
        .bind(ms(workspace.created_at))
        .execute(&mut *tx.conn)
        .await?;
    sqlx::query("INSERT INTO members (workspace, user, created_at) VALUES (?1, ?2, ?3)")
        .bind(workspace.id.to_string())
        .bind(user.id.to_string())
        .bind(ms(tx.now))
        .execute(&mut *tx.conn)
        .await?;
    Ok(())
}

async fn update_me(tx: &mut Tx<'_>, user: &User, workspace: &Workspace) -> Result<(), Fault> {
    let done = sqlx::query("UPDATE users SET name = ?1, locale = ?2 WHERE id = ?3")
        .bind(&user.name)
        .bind(&user.locale)
        .bind(user.id.to_string())
        .execute(&mut *tx.conn)
        .await?;
    if done.rows_affected() == 0 {
        return Err(Fault::corrupt("users", user.id, "is not there"));
    }
    let done = sqlx::query("UPDATE workspaces SET name = ?1, timezone = ?2 WHERE id = ?3")
        .bind(&workspace.name)
        .bind(&workspace.timezone)
        .bind(workspace.id.to_string())
        .execute(&mut *tx.conn)
        .await?;
    if done.rows_affected() == 0 {
        return Err(Fault::corrupt("workspaces", workspace.id, "is not there"));
    }
    Ok(())
}

#[async_trait]
impl UserStore for SqliteStore {
    async fn create_user(&self, user: User, workspace: Workspace) -> Result<(), StoreError> {
        self.write(move |mut tx| {
            Box::pin(async move { Ok(Done::Keep(create_user(&mut tx, &user, &workspace).await?)) })
        })
        .await
    }

    async fn user(&self, id: UserId) -> Result<Option<User>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let row = sqlx::query("SELECT id, name, locale, created_at FROM users WHERE id = ?1")
            .bind(id.to_string())
            .fetch_optional(&mut *snapshot)
            .await
            .map_err(Fault::from)?;
        let Some(row) = row else { return Ok(None) };
        let cells = Cells::new(&row, "users", "id");
        Ok(Some(User {
            id,
            name: cells.text("name")?,
            locale: cells.text("locale")?,
            created_at: cells.time("created_at")?,
        }))
    }

    async fn workspace(&self, id: WorkspaceId) -> Result<Option<Workspace>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let row =
            sqlx::query("SELECT id, name, timezone, created_at FROM workspaces WHERE id = ?1")
                .bind(id.to_string())
                .fetch_optional(&mut *snapshot)
                .await
                .map_err(Fault::from)?;
        let Some(row) = row else { return Ok(None) };
        let cells = Cells::new(&row, "workspaces", "id");
        Ok(Some(Workspace {
            id,
            name: cells.text("name")?,
            timezone: cells.text("timezone")?,
            created_at: cells.time("created_at")?,
        }))
    }

    async fn update_me(&self, user: User, workspace: Workspace) -> Result<(), StoreError> {
        self.write(move |mut tx| {
            Box::pin(async move { Ok(Done::Keep(update_me(&mut tx, &user, &workspace).await?)) })
        })
        .await
    }
}

#[async_trait]
impl ApiKeyStore for SqliteStore {
    async fn insert_key(&self, key: ApiKey, hash: KeyHash) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO api_keys (id, workspace, user, name, prefix, last_four, hash, \
                       created_at, last_used_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                )
                .bind(key.id.to_string())
                .bind(key.workspace.to_string())
                .bind(key.user.to_string())
                .bind(key.name)
                .bind(key.prefix)
                .bind(key.last_four)
                .bind(hash.0.to_vec())
                .bind(ms(key.created_at))
                .bind(key.last_used_at.map(ms))
                .execute(tx.conn)
                .await?;
                Ok(Done::Keep(()))
            })
        })
        .await
    }

    async fn find_key(&self, hash: KeyHash) -> Result<Option<(ApiKeyId, Actor)>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let row = sqlx::query("SELECT id, user, workspace FROM api_keys WHERE hash = ?1")
            .bind(hash.0.to_vec())
            .fetch_optional(&mut *snapshot)
            .await
            .map_err(Fault::from)?;
        let Some(row) = row else { return Ok(None) };
        let cells = Cells::new(&row, "api_keys", "id");
        let actor = Actor {
            user: cells.id("user")?,
            workspace: cells.id("workspace")?,
        };
        Ok(Some((cells.id("id")?, actor)))
    }

    async fn key_used(&self, id: ApiKeyId, at: DateTime<Utc>) -> Result<(), StoreError> {
        let minute = ms(at.duration_trunc(TimeDelta::minutes(1)).unwrap_or(at));
        let mut snapshot = self.snapshot().await?;
        let known: Option<bool> =
            sqlx::query_scalar("SELECT last_used_at >= ?1 FROM api_keys WHERE id = ?2")
                .bind(minute)
                .bind(id.to_string())
                .fetch_optional(&mut *snapshot)
                .await
                .map_err(Fault::from)?
                .unwrap_or(Some(true));
        drop(snapshot);
        // Most calls come within a minute of another: they write nothing.
        if known == Some(true) {
            return Ok(());
        }
        self.write(move |tx| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE api_keys SET last_used_at = max(coalesce(last_used_at, ?1), ?1) \
                     WHERE id = ?2",
                )
                .bind(minute)
                .bind(id.to_string())
                .execute(tx.conn)
                .await?;
                Ok(Done::Keep(()))
            })
        })
        .await
    }

    async fn keys(&self, workspace: WorkspaceId) -> Result<Vec<ApiKey>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows = sqlx::query(
            "SELECT id, user, workspace, name, prefix, last_four, created_at, last_used_at \
             FROM api_keys WHERE workspace = ?1 ORDER BY created_at, id",
        )
        .bind(workspace.to_string())
        .fetch_all(&mut *snapshot)
        .await
        .map_err(Fault::from)?;
        let keys: Result<_, Fault> = rows.iter().map(key).collect();
        Ok(keys?)
    }

    async fn delete_key(&self, workspace: WorkspaceId, id: ApiKeyId) -> Result<bool, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let done = sqlx::query("DELETE FROM api_keys WHERE id = ?1 AND workspace = ?2")
                    .bind(id.to_string())
                    .bind(workspace.to_string())
                    .execute(tx.conn)
                    .await?;
                Ok(Done::Keep(done.rows_affected() == 1))
            })
        })
        .await
    }
}
