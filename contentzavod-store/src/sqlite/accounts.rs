//! The port of accounts.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::{Account, AccountId, AccountStatus, Quota, Sealed, WorkspaceId};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{AccountStore, Connected, RefreshItem};

use super::map::{Cells, Fault, json as document, ms, ms_up};
use super::rows::{self, account_columns};
use super::writer::Done;
use super::{SqliteStore, account};

#[async_trait]
impl AccountStore for SqliteStore {
    async fn connect(&self, account: Account) -> Result<Connected, StoreError> {
        self.write(move |mut tx| {
            Box::pin(async move { Ok(Done::Keep(account::connect(&mut tx, account).await?)) })
        })
        .await
    }

    async fn account(
        &self,
        workspace: WorkspaceId,
        id: AccountId,
    ) -> Result<Option<Account>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        Ok(account::find(&mut snapshot, workspace, id).await?)
    }

    async fn account_by_remote(
        &self,
        workspace: WorkspaceId,
        platform: &str,
        remote_user_id: &str,
    ) -> Result<Option<Account>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        Ok(account::find_remote(&mut snapshot, workspace, platform, remote_user_id).await?)
    }

    async fn accounts(&self, workspace: WorkspaceId) -> Result<Vec<Account>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let found = sqlx::query(concat!(
            "SELECT ",
            account_columns!(),
            " FROM accounts AS a WHERE a.workspace = ?1 ORDER BY a.created_at, a.id"
        ))
        .bind(workspace.to_string())
        .fetch_all(&mut *snapshot)
        .await
        .map_err(Fault::from)?;
        let accounts: Result<_, Fault> = found.iter().map(rows::account).collect();
        Ok(accounts?)
    }

    async fn disconnect(
        &self,
        workspace: WorkspaceId,
        id: AccountId,
    ) -> Result<Option<Account>, StoreError> {
        self.write(move |mut tx| {
            Box::pin(async move {
                Ok(Done::Keep(
                    account::disconnect(&mut tx, workspace, id).await?,
                ))
            })
        })
        .await
    }

    async fn set_status(
        &self,
        id: AccountId,
        token_version: i64,
        status: AccountStatus,
    ) -> Result<bool, StoreError> {
        self.write(move |mut tx| {
            Box::pin(async move {
                let set = account::set_status(&mut tx, id, token_version, status).await?;
                Ok(Done::Keep(set))
            })
        })
        .await
    }

    async fn set_quota(
        &self,
        id: AccountId,
        quota: Quota,
        read_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                sqlx::query("UPDATE accounts SET quota = ?1, quota_read_at = ?2 WHERE id = ?3")
                    .bind(document(&quota)?)
                    .bind(ms(read_at))
                    .bind(id.to_string())
                    .execute(tx.conn)
                    .await?;
                Ok(Done::Keep(()))
            })
        })
        .await
    }

    async fn claim_refresh(
        &self,
        lease: TimeDelta,
        limit: usize,
    ) -> Result<Vec<RefreshItem>, StoreError> {
        self.write(move |mut tx| {
            Box::pin(async move {
                Ok(Done::Keep(
                    account::claim_refresh(&mut tx, lease, limit).await?,
                ))
            })
        })
        .await
    }

    async fn next_refresh(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let row = sqlx::query(
            "SELECT min(refresh_at) AS at FROM accounts \
             WHERE status = 'active' AND refresh_at IS NOT NULL AND token IS NOT NULL",
        )
        .fetch_one(&mut *snapshot)
        .await
        .map_err(Fault::from)?;
        Ok(Cells::new(&row, "accounts", "at").opt_time("at")?)
    }

    async fn set_token(
        &self,
        id: AccountId,
        token_version: i64,
        token: Sealed,
        expires_at: DateTime<Utc>,
        refresh_at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let done = sqlx::query(
                    "UPDATE accounts SET token = ?1, token_version = token_version + 1, \
                       token_obtained_at = ?2, token_expires_at = ?3, refresh_at = ?4, \
                       updated_at = ?2 \
                     WHERE id = ?5 AND token_version = ?6 AND status <> 'disconnected'",
                )
                .bind(token.0)
                .bind(ms(tx.now))
                .bind(ms(expires_at))
                .bind(ms_up(refresh_at))
                .bind(id.to_string())
                .bind(token_version)
                .execute(tx.conn)
                .await?;
                Ok(Done::Keep(done.rows_affected() == 1))
            })
        })
        .await
    }

    async fn postpone_refresh(
        &self,
        id: AccountId,
        token_version: i64,
        refresh_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                sqlx::query(
                    "UPDATE accounts SET refresh_at = ?1 WHERE id = ?2 AND token_version = ?3",
                )
                .bind(ms_up(refresh_at))
                .bind(id.to_string())
                .bind(token_version)
                .execute(tx.conn)
                .await?;
                Ok(Done::Keep(()))
            })
        })
        .await
    }
}
