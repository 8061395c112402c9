//! Tokens are kept alive: refreshed in good time, given up only when the platform says so.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use futures::future::{Either, select};

use super::shared::Shared;
use crate::model::{Account, AccountStatus};
use crate::ports::access::token_context;
use crate::ports::{CallError, Connector, Refreshed, StoreError};
use crate::publication::numbers::refresh_after;

/// A refresh that is not done by then is tried again.
const REFRESH_LEASE: TimeDelta = TimeDelta::minutes(10);
/// The others wait for it no longer.
const REFRESH_LIMIT: Duration = Duration::from_secs(120);
/// Pause after a refresh that did not work.
const RETRY: TimeDelta = TimeDelta::hours(1);
const BATCH: usize = 16;

impl Shared {
    /// Refreshes the tokens that are due; how many were taken up.
    pub(super) async fn refresh_due(&self) -> Result<usize, StoreError> {
        // By a wrong clock all tokens would be refreshed at once, and their ends noted wrong.
        if self.connectors.is_empty() || self.sure_of_the_time().await.differs.is_some() {
            return Ok(0);
        }
        let items = self.store.claim_refresh(REFRESH_LEASE, BATCH).await?;
        let count = items.len();
        for item in items {
            let account = item.account;
            let Some(connector) = self.connectors.get(&account.platform) else {
                continue;
            };
            self.refresh(&account, Arc::clone(connector)).await?;
        }
        Ok(count)
    }

    /// Tells people whose tokens end soon: those that cannot be renewed, or were not. How many.
    pub(super) async fn tell_expiry(&self) -> Result<usize, StoreError> {
        if self.sure_of_the_time().await.differs.is_some() {
            return Ok(0);
        }
        self.store.tell_expiry(BATCH).await
    }

    async fn refresh(
        &self,
        account: &Account,
        connector: Arc<dyn Connector>,
    ) -> Result<(), StoreError> {
        let Ok(access) = self.access_of(account).await else {
            return self.later(account).await;
        };
        let limit = self.clock.sleep(REFRESH_LIMIT);
        let refreshed = match select(connector.refresh(&access), limit).await {
            Either::Left((refreshed, _)) => refreshed,
            Either::Right(((), _)) => {
                tracing::warn!(account = %account.id, "the platform did not answer a refresh");
                return self.later(account).await;
            }
        };
        match refreshed {
            Ok(answer) => {
                let refreshed = self.heard(answer);
                self.keep_token(account, &refreshed).await
            }
            Err(CallError::Token(fault)) => {
                tracing::warn!(account = %account.id, %fault, "the token is dead");
                let status = AccountStatus::Reauthorize;
                let version = account.token_version;
                self.store.set_status(account.id, version, status).await?;
                Ok(())
            }
            Err(error) => {
                tracing::warn!(account = %account.id, %error, "the token was not refreshed");
                self.later(account).await
            }
        }
    }

    async fn keep_token(&self, account: &Account, new: &Refreshed) -> Result<(), StoreError> {
        let sealed = match self.vault.seal(&new.token, &token_context(account)) {
            Ok(sealed) => sealed,
            Err(error) => {
                tracing::error!(account = %account.id, %error, "the new token was not sealed");
                return self.later(account).await;
            }
        };
        let refresh_at = self.clock.now() + refresh_after();
        let version = account.token_version;
        self.store
            .set_token(account.id, version, sealed, new.expires_at, refresh_at)
            .await?;
        Ok(())
    }

    async fn later(&self, account: &Account) -> Result<(), StoreError> {
        let at = self.clock.now() + RETRY;
        self.store
            .postpone_refresh(account.id, account.token_version, at)
            .await
    }
}
