//! The port of accounts.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::{Account, AccountId, AccountStatus, Quota, Sealed, WorkspaceId};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{AccountStore, Connected, RefreshItem, Removal};
use rusqlite::params;

use super::db::{all, execute, first};
use super::facts::write_notices;
use super::map::{json as document, limit as most, ms, ms_up};
use super::rows::{self, account_columns};
use super::{SqliteStore, account, removals};

#[async_trait]
impl AccountStore for SqliteStore {
    async fn connect(&self, account: Account) -> Result<Connected, StoreError> {
        self.write(move |tx| account::connect(tx, account)).await
    }

    async fn account(
        &self,
        workspace: WorkspaceId,
        id: AccountId,
    ) -> Result<Option<Account>, StoreError> {
        self.read(move |conn| account::find(conn, workspace, id))
            .await
    }

    async fn account_by_remote(
        &self,
        workspace: WorkspaceId,
        platform: &str,
        remote_user_id: &str,
    ) -> Result<Option<Account>, StoreError> {
        let (platform, remote) = (platform.to_owned(), remote_user_id.to_owned());
        self.read(move |conn| account::find_remote(conn, workspace, &platform, &remote))
            .await
    }

    async fn accounts(&self, workspace: WorkspaceId) -> Result<Vec<Account>, StoreError> {
        let sql = concat!(
            "SELECT ",
            account_columns!(),
            " FROM accounts AS a WHERE a.workspace = ?1 ORDER BY a.created_at, a.id"
        );
        self.read(move |conn| all(conn, sql, [workspace.to_string()], rows::account))
            .await
    }

    async fn disconnect(
        &self,
        workspace: WorkspaceId,
        id: AccountId,
    ) -> Result<Option<Account>, StoreError> {
        self.write(move |tx| account::disconnect(tx, workspace, id))
            .await
    }

    async fn removed(&self, removal: Removal) -> Result<Option<usize>, StoreError> {
        self.write(move |tx| removals::removed(tx, &removal)).await
    }

    async fn set_status(
        &self,
        id: AccountId,
        token_version: i64,
        status: AccountStatus,
    ) -> Result<bool, StoreError> {
        self.write(move |tx| {
            let mut told = Vec::new();
            let set = account::set_status(tx, id, token_version, status, &mut told)?;
            write_notices(tx, &told)?;
            Ok(set)
        })
        .await
    }

    async fn set_quota(
        &self,
        id: AccountId,
        quota: Quota,
        read_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE accounts SET quota = ?1, quota_read_at = ?2 \
                   WHERE id = ?3 AND status <> 'disconnected'";
        self.write(move |tx| {
            let params = params![document(&quota)?, ms(read_at), id.to_string()];
            execute(tx.conn, sql, params)
        })
        .await?;
        Ok(())
    }

    async fn claim_refresh(
        &self,
        lease: TimeDelta,
        limit: usize,
    ) -> Result<Vec<RefreshItem>, StoreError> {
        self.write(move |tx| account::claim_refresh(tx, lease, limit))
            .await
    }

    async fn next_refresh(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let sql = "SELECT min(refresh_at) AS at FROM accounts \
                   WHERE status = 'active' AND refresh_at IS NOT NULL AND token IS NOT NULL";
        let due = self.read(move |conn| first(conn, sql, [], |cells| cells.opt_time("at")));
        Ok(due.await?.flatten())
    }

    async fn set_token(
        &self,
        id: AccountId,
        token_version: i64,
        token: Sealed,
        expires_at: DateTime<Utc>,
        refresh_at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sql = "UPDATE accounts SET token = ?1, token_version = token_version + 1, \
                     token_obtained_at = ?2, token_expires_at = ?3, refresh_at = ?4, \
                     expiry_told = NULL, updated_at = ?2 \
                   WHERE id = ?5 AND token_version = ?6 AND status <> 'disconnected'";
        let written = self.write(move |tx| {
            let (now, expires, refresh) = (ms(tx.now), ms(expires_at), ms_up(refresh_at));
            let id = id.to_string();
            let params = params![token.0, now, expires, refresh, id, token_version];
            execute(tx.conn, sql, params)
        });
        Ok(written.await? == 1)
    }

    async fn tell_expiry(&self, limit: usize) -> Result<usize, StoreError> {
        self.write(move |tx| {
            let told = account::ends_to_tell(tx, limit)?;
            write_notices(tx, &told)?;
            Ok(told.len())
        })
        .await
    }

    async fn postpone_refresh(
        &self,
        id: AccountId,
        token_version: i64,
        refresh_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE accounts SET refresh_at = ?1 WHERE id = ?2 AND token_version = ?3";
        self.write(move |tx| {
            let params = params![ms_up(refresh_at), id.to_string(), token_version];
            execute(tx.conn, sql, params)
        })
        .await?;
        Ok(())
    }

    async fn shared(&self, id: AccountId) -> Result<bool, StoreError> {
        let sql = "SELECT 1 AS held FROM accounts AS one \
                   JOIN accounts AS other ON other.platform = one.platform \
                     AND other.remote_user_id = one.remote_user_id AND other.id <> one.id \
                   WHERE one.id = ?1 AND other.token IS NOT NULL LIMIT 1";
        let found =
            self.read(move |conn| first(conn, sql, [id.to_string()], |c| c.number::<i64>("held")));
        Ok(found.await?.is_some())
    }

    async fn sealed_by_others(
        &self,
        key_id: &str,
        after: Option<AccountId>,
        limit: usize,
    ) -> Result<Vec<Account>, StoreError> {
        let sql = concat!(
            "SELECT ",
            account_columns!(),
            " FROM accounts AS a \
              WHERE a.token IS NOT NULL AND substr(a.token, 1, length(?1)) <> ?1 AND a.id > ?2 \
              ORDER BY a.id LIMIT ?3"
        );
        let ours = format!("czv1.{key_id}.");
        let after = after.map(|id| id.to_string()).unwrap_or_default();
        self.read(move |conn| all(conn, sql, params![ours, after, most(limit)], rows::account))
            .await
    }

    async fn reseal(&self, id: AccountId, was: &Sealed, now: Sealed) -> Result<bool, StoreError> {
        let sql = "UPDATE accounts SET token = ?1 WHERE id = ?2 AND token = ?3";
        let was = was.clone();
        let written =
            self.write(move |tx| execute(tx.conn, sql, params![now.0, id.to_string(), was.0]));
        Ok(written.await? == 1)
    }
}
