//! Wrong accounts.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::{
    Account, AccountId, AccountStatus, Notice, NoticeKind, Quota, Sealed, WorkspaceId,
};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{AccountStore, Connected, Feed, RefreshItem, Removal};

use super::crooked::Crooked;
use super::crooked::Wrong::*;

impl Crooked {
    fn home_of(&self, id: AccountId) -> Option<WorkspaceId> {
        self.memory().accounts.get(&id).map(|a| a.workspace)
    }

    /// The version the account has now, where this store does not care for the caller's.
    async fn version(&self, id: AccountId, given: i64) -> Result<i64, StoreError> {
        let Some(home) = self.home_of(id) else {
            return Ok(given);
        };
        let account = self.inner.account(home, id).await?;
        Ok(account.map_or(given, |a| a.token_version))
    }
}

#[async_trait]
impl AccountStore for Crooked {
    async fn connect(&self, account: Account) -> Result<Connected, StoreError> {
        let given = account.id;
        let mut connected = self.inner.connect(account).await?;
        let account = connected.account.clone();
        let mut memory = self.memory();
        memory
            .tokens
            .extend(account.token.clone().map(|t| (account.id, t)));
        memory.accounts.insert(account.id, account);
        if self.is(ConnectMakesTwins) {
            connected.created = true;
            connected.account.id = given;
        }
        Ok(connected)
    }

    async fn account(
        &self,
        workspace: WorkspaceId,
        id: AccountId,
    ) -> Result<Option<Account>, StoreError> {
        let workspace = match self.home_of(id) {
            Some(home) if self.is(ForeignAccountsShow) => home,
            _ => workspace,
        };
        let mut account = self.inner.account(workspace, id).await?;
        if (self.is(DisconnectKeepsTheToken) || self.is(RemovalsKeepTheToken))
            && let Some(account) = &mut account
        {
            account.token = self.memory().tokens.get(&id).cloned();
        }
        Ok(account)
    }

    async fn account_by_remote(
        &self,
        workspace: WorkspaceId,
        platform: &str,
        remote_user_id: &str,
    ) -> Result<Option<Account>, StoreError> {
        let found = self
            .inner
            .account_by_remote(workspace, platform, remote_user_id);
        found.await
    }

    async fn accounts(&self, workspace: WorkspaceId) -> Result<Vec<Account>, StoreError> {
        self.inner.accounts(workspace).await
    }

    async fn disconnect(
        &self,
        workspace: WorkspaceId,
        id: AccountId,
    ) -> Result<Option<Account>, StoreError> {
        self.inner.disconnect(workspace, id).await
    }

    async fn removed(&self, removal: Removal) -> Result<Option<usize>, StoreError> {
        let mut removal = removal;
        if self.is(RemovalsKnowAccountsOnly) {
            let scoped = Some(&removal.user_id);
            let memory = self.memory();
            let mut known = memory.accounts.values();
            if known.any(|account| account.app_scoped_id.as_ref() == scoped) {
                return Ok(Some(0));
            }
        }
        if self.is(RemovalsAreReplayed) {
            let mut memory = self.memory();
            memory.removals += 1;
            removal.said.mark[31] ^= memory.removals;
        }
        self.inner.removed(removal).await
    }

    async fn set_status(
        &self,
        id: AccountId,
        token_version: i64,
        status: AccountStatus,
    ) -> Result<bool, StoreError> {
        let version = match self.wrong {
            StatusIsUnconditional => self.version(id, token_version).await?,
            _ => token_version,
        };
        if self.is(NobodyWakes) && status == AccountStatus::Active {
            return Ok(true);
        }
        if self.is(OnlyLeavingActiveIsTold) {
            match status {
                AccountStatus::Reauthorize if self.memory().restricted => return Ok(true),
                _ => self.memory().restricted = status == AccountStatus::Restricted,
            }
        }
        let set = self.inner.set_status(id, version, status).await?;
        if set && self.is(StatusIsToldAgain) {
            let notice = Notice::new(NoticeKind::Reauthorize);
            self.inner.notify_account(id, notice).await?;
        }
        Ok(set)
    }

    async fn set_quota(
        &self,
        id: AccountId,
        quota: Quota,
        read_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.inner.set_quota(id, quota, read_at).await
    }

    async fn claim_refresh(
        &self,
        lease: TimeDelta,
        limit: usize,
    ) -> Result<Vec<RefreshItem>, StoreError> {
        let mut items = self.inner.claim_refresh(lease, limit).await?;
        if self.is(RefreshIsClaimedTwice) {
            let mut memory = self.memory();
            let held: Vec<_> = memory.refreshed.drain(..).collect();
            memory
                .refreshed
                .extend(items.iter().map(|i| i.account.clone()));
            items.extend(held.into_iter().map(|account| RefreshItem { account }));
        }
        Ok(items)
    }

    async fn next_refresh(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.inner.next_refresh().await
    }

    async fn set_token(
        &self,
        id: AccountId,
        token_version: i64,
        token: Sealed,
        expires_at: DateTime<Utc>,
        refresh_at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let version = match self.wrong {
            TokensAreUnconditional => self.version(id, token_version).await?,
            _ => token_version,
        };
        self.inner
            .set_token(id, version, token, expires_at, refresh_at)
            .await
    }

    async fn tell_expiry(&self, limit: usize) -> Result<usize, StoreError> {
        if self.is(EndsAreNotTold) {
            return Ok(0);
        }
        let told = self.inner.tell_expiry(limit).await?;
        if self.is(EndsAreToldAgain) {
            let known = self.memory().accounts.keys().copied().collect::<Vec<_>>();
            for id in known {
                let notice = Notice::new(NoticeKind::TokenEnding);
                self.inner.notify_account(id, notice).await?;
            }
        }
        Ok(told)
    }

    async fn postpone_refresh(
        &self,
        id: AccountId,
        token_version: i64,
        refresh_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.inner
            .postpone_refresh(id, token_version, refresh_at)
            .await
    }

    async fn shared(&self, id: AccountId) -> Result<bool, StoreError> {
        Ok(!self.is(NobodyShares) && self.inner.shared(id).await?)
    }

    async fn sealed_by_others(
        &self,
        key_id: &str,
        after: Option<AccountId>,
        limit: usize,
    ) -> Result<Vec<Account>, StoreError> {
        let key_id = if self.is(EverySealIsAnothers) {
            ""
        } else {
            key_id
        };
        self.inner.sealed_by_others(key_id, after, limit).await
    }

    async fn reseal(&self, id: AccountId, was: &Sealed, now: Sealed) -> Result<bool, StoreError> {
        let token = match (self.wrong, self.home_of(id)) {
            (SealingAnewIsUnconditional, Some(home)) => {
                let account = self.inner.account(home, id).await?;
                account.and_then(|account| account.token)
            }
            _ => None,
        };
        let was = token.as_ref().unwrap_or(was);
        self.inner.reseal(id, was, now).await
    }
}
