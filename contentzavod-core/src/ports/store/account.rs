//! Connected accounts.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use super::StoreError;
use super::session::Hash;
use crate::model::{Account, AccountId, AccountStatus, Quota, Sealed, WorkspaceId};

/// What connecting came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connected {
    /// The row.
    pub account: Account,
    /// False when the workspace had this remote account before.
    pub created: bool,
}

/// Somebody took our access away on the platform's own pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// The platform.
    pub platform: String,
    /// Whom it names: an account by either of its ids, or the person behind several.
    pub user_id: String,
    /// What said so; it counts once.
    pub said: Said,
}

/// A message of a platform about somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// SHA-256 of it: the same again is the same.
    pub mark: Hash,
    /// Until when the mark is kept.
    pub until: DateTime<Utc>,
    /// When it was said. What was connected more than a minute later is not meant: messages may take
    /// hours, and clocks differ.
    pub at: DateTime<Utc>,
}

impl Said {
    /// The latest time at which a token was obtained that is meant.
    #[must_use]
    pub fn about(&self) -> DateTime<Utc> {
        self.at + TimeDelta::minutes(1)
    }
}

/// An account whose token is due for a refresh, leased to the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshItem {
    /// The account.
    pub account: Account,
}

/// Accounts.
///
/// Contract, proved by `testing::suite::store`: foreign and missing ids are alike; (workspace,
/// platform, remote user) is unique; a token write is conditional on `token_version`; disconnecting
/// erases the token in the same write. Connecting, and a status that becomes active, make the
/// account's waiting publications due at once. A status that becomes `reauthorize`, or leaves
/// `active` for `restricted`, writes that notice (with `username`), once. What the platform says to
/// have been removed loses its token in the write that marks the message and tells the workspace.
#[async_trait]
pub trait AccountStore {
    /// Writes a connected account, or gives the known row of the same remote account the new
    /// token, login, scopes and name. The stored id may differ from `account.id`: seal the token
    /// for the id that [`AccountStore::account_by_remote`] names, if any.
    async fn connect(&self, account: Account) -> Result<Connected, StoreError>;

    /// An account.
    async fn account(
        &self,
        workspace: WorkspaceId,
        id: AccountId,
    ) -> Result<Option<Account>, StoreError>;

    /// The account of a remote user in a workspace.
    async fn account_by_remote(
        &self,
        workspace: WorkspaceId,
        platform: &str,
        remote_user_id: &str,
    ) -> Result<Option<Account>, StoreError>;

    /// The accounts of a workspace, oldest first.
    async fn accounts(&self, workspace: WorkspaceId) -> Result<Vec<Account>, StoreError>;

    /// Erases the token and marks the account disconnected; the row as it was before, or `None`.
    /// While posts wait for it, the same write tells `account_disconnected` (with `username` and
    /// `posts`), once.
    async fn disconnect(
        &self,
        workspace: WorkspaceId,
        id: AccountId,
    ) -> Result<Option<Account>, StoreError>;

    /// Erases the tokens of a user's accounts in every workspace, and lets them wait to be connected
    /// again; how many, or `None` where the mark was made before, and then nothing is written. What was
    /// connected after it was said is left alone. Those that were not known to need it write the notice `access_removed` (with `username`).
    async fn removed(&self, removal: Removal) -> Result<Option<usize>, StoreError>;

    /// Sets the status while the account has this token version; false when it has another.
    async fn set_status(
        &self,
        id: AccountId,
        token_version: i64,
        status: AccountStatus,
    ) -> Result<bool, StoreError>;

    /// Keeps a quota that was read.
    async fn set_quota(
        &self,
        id: AccountId,
        quota: Quota,
        read_at: DateTime<Utc>,
    ) -> Result<(), StoreError>;

    /// Takes active accounts whose `refresh_at` has come and moves it on by `lease`.
    async fn claim_refresh(
        &self,
        lease: TimeDelta,
        limit: usize,
    ) -> Result<Vec<RefreshItem>, StoreError>;

    /// When the next refresh is due.
    async fn next_refresh(&self) -> Result<Option<DateTime<Utc>>, StoreError>;

    /// Writes a token's successor while the account has `token_version`, and raises the version;
    /// false when it has another.
    async fn set_token(
        &self,
        id: AccountId,
        token_version: i64,
        token: Sealed,
        expires_at: DateTime<Utc>,
        refresh_at: DateTime<Utc>,
    ) -> Result<bool, StoreError>;

    /// Writes the notice `token_ending` (with `username`, `expires_at` and `days`) for accounts whose
    /// token ends within 10, 3 or 1 days, once for each of these and each token; how many. An
    /// account that is disconnected or waits for a new token is told nothing.
    async fn tell_expiry(&self, limit: usize) -> Result<usize, StoreError>;

    /// Moves the next refresh while the account has `token_version`.
    async fn postpone_refresh(
        &self,
        id: AccountId,
        token_version: i64,
        refresh_at: DateTime<Utc>,
    ) -> Result<(), StoreError>;

    /// Whether another account than `id`, of any workspace, holds a token of the same remote user.
    async fn shared(&self, id: AccountId) -> Result<bool, StoreError>;

    /// Accounts of every workspace whose token another key than `key_id` has sealed, by id, after
    /// `after`, at most `limit`.
    async fn sealed_by_others(
        &self,
        key_id: &str,
        after: Option<AccountId>,
        limit: usize,
    ) -> Result<Vec<Account>, StoreError>;

    /// Puts the same token, sealed anew, in the place of `was`. Nothing else changes, the token's
    /// version neither: whoever holds the token holds the right one. False when the account has
    /// another by now.
    async fn reseal(&self, id: AccountId, was: &Sealed, now: Sealed) -> Result<bool, StoreError>;
}
