//! API keys, by their hashes.

use async_trait::async_trait;
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use contentzavod_core::model::{Actor, ApiKey, ApiKeyId, Role, Scopes, WorkspaceId};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{ApiKeyStore, FoundKey, KeyHash, KeyRotated};
use rusqlite::params;

use super::SqliteStore;
use super::db::{Cells, all, execute, first};
use super::map::{Fault, json, ms};
use super::writer::Tx;

/// What a key opens now: while it lives, and while its person is a member.
pub(super) const FIND: &str = "SELECT k.id, k.user, k.workspace, m.role, k.scopes \
     FROM api_keys AS k \
     CROSS JOIN members AS m ON m.workspace = k.workspace AND m.user = k.user \
     WHERE k.hash = ?1 AND (k.expires_at IS NULL OR k.expires_at > ?2)";

fn scopes(cells: &Cells<'_>) -> Result<Scopes, Fault> {
    let some = cells.opt_json("scopes")?;
    Ok(some.map_or(Scopes::All, Scopes::Only))
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
        scopes: scopes(cells)?,
        expires_at: cells.opt_time("expires_at")?,
    })
}

fn read_found(cells: &Cells<'_>) -> Result<FoundKey, Fault> {
    cells.table("api_keys");
    Ok(FoundKey {
        id: cells.id("id")?,
        actor: Actor {
            user: cells.id("user")?,
            workspace: cells.id("workspace")?,
        },
        role: cells.word("role", Role::parse)?,
        scopes: scopes(cells)?,
    })
}

/// Whether a workspace has no room for another living key.
fn is_full(tx: Tx<'_>, workspace: WorkspaceId, most: usize) -> Result<bool, Fault> {
    let sql = "SELECT count(*) AS living FROM api_keys \
               WHERE workspace = ?1 AND (expires_at IS NULL OR expires_at > ?2)";
    let params = params![workspace.to_string(), ms(tx.now)];
    let living: Option<usize> = first(tx.conn, sql, params, |cells| cells.number("living"))?;
    Ok(living.unwrap_or_default() >= most)
}

fn insert(tx: Tx<'_>, key: &ApiKey, hash: KeyHash) -> Result<(), Fault> {
    let scopes = match &key.scopes {
        Scopes::All => None,
        Scopes::Only(some) => Some(json(some)?),
    };
    execute(
        tx.conn,
        "INSERT INTO api_keys (id, workspace, user, name, prefix, last_four, hash, created_at, \
           last_used_at, scopes, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
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
            scopes,
            key.expires_at.map(ms),
        ],
    )?;
    Ok(())
}

fn rotate(
    tx: Tx<'_>,
    old: ApiKeyId,
    until: DateTime<Utc>,
    (key, hash): (&ApiKey, KeyHash),
    most: usize,
) -> Result<KeyRotated, Fault> {
    let living = "SELECT id FROM api_keys WHERE id = ?1 AND workspace = ?2 \
                  AND (expires_at IS NULL OR expires_at > ?3)";
    let params = params![old.to_string(), key.workspace.to_string(), ms(tx.now)];
    if first(tx.conn, living, params, |_| Ok(()))?.is_none() {
        return Ok(KeyRotated::Missing);
    }
    if is_full(tx, key.workspace, most)? {
        return Ok(KeyRotated::Full);
    }
    let end = "UPDATE api_keys SET expires_at = min(coalesce(expires_at, ?2), ?2) WHERE id = ?1";
    execute(tx.conn, end, params![old.to_string(), ms(until)])?;
    insert(tx, key, hash)?;
    Ok(KeyRotated::Done)
}

#[async_trait]
impl ApiKeyStore for SqliteStore {
    async fn insert_key(
        &self,
        key: ApiKey,
        hash: KeyHash,
        most: usize,
    ) -> Result<bool, StoreError> {
        self.write(move |tx| {
            if is_full(tx, key.workspace, most)? {
                return Ok(false);
            }
            insert(tx, &key, hash)?;
            Ok(true)
        })
        .await
    }

    async fn find_key(&self, hash: KeyHash) -> Result<Option<FoundKey>, StoreError> {
        let now = self.clock.now();
        self.read(move |conn| first(conn, FIND, params![hash.0, ms(now)], read_found))
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
        let sql = "SELECT id, user, workspace, name, prefix, last_four, created_at, last_used_at, \
                   scopes, expires_at FROM api_keys WHERE workspace = ?1 ORDER BY created_at, id";
        self.read(move |conn| all(conn, sql, [workspace.to_string()], read_key))
            .await
    }

    async fn rotate_key(
        &self,
        old: ApiKeyId,
        until: DateTime<Utc>,
        key: ApiKey,
        hash: KeyHash,
        most: usize,
    ) -> Result<KeyRotated, StoreError> {
        self.write(move |tx| rotate(tx, old, until, (&key, hash), most))
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
