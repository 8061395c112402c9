//! What a publisher needs to act for an account, from the vault or from a host's own keeping.

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;

use super::vault::{SealContext, Vault, VaultError};
use crate::model::{Access, Account, AccountStatus, Sealed, Secret};

/// Why there is no access.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccessError {
    /// The account is disconnected or waits for a new token.
    #[error("the account {username} is {}", status.as_str())]
    Inactive {
        /// The handle people know it by.
        username: String,
        /// Its status.
        status: AccountStatus,
    },
    /// The token cannot be opened.
    #[error("the token of the account does not open: {0}")]
    Vault(#[from] VaultError),
    /// The host's source does not answer.
    #[error("the token source does not answer: {0}")]
    Unavailable(String),
}

/// Gives the access of an account. A host that keeps its own tokens implements it.
#[async_trait]
pub trait AccessSource: Send + Sync + Debug {
    /// The access of an account, whatever its status: looks of the armed side need it too.
    ///
    /// # Errors
    ///
    /// [`AccessError`] when there is no token, or none that opens.
    async fn access(&self, account: &Account) -> Result<Access, AccessError>;
}

/// The default: the sealed token of the account's row.
#[derive(Debug, Clone)]
pub struct VaultAccess {
    vault: Arc<dyn Vault>,
}

impl VaultAccess {
    /// Opens tokens with a vault.
    #[must_use]
    pub fn new(vault: Arc<dyn Vault>) -> Self {
        Self { vault }
    }
}

/// Where an account's token belongs.
#[must_use]
pub const fn token_context(account: &Account) -> SealContext<'static> {
    SealContext {
        workspace: account.workspace,
        noun: "account",
        field: "token",
        id: account.id.0,
    }
}

/// Opens a sealed token of an account.
///
/// # Errors
///
/// As [`Vault::open`].
pub fn open_token(
    vault: &dyn Vault,
    account: &Account,
    sealed: &Sealed,
) -> Result<Secret, VaultError> {
    vault.open(sealed, &token_context(account))
}

#[async_trait]
impl AccessSource for VaultAccess {
    async fn access(&self, account: &Account) -> Result<Access, AccessError> {
        let sealed = account
            .token
            .as_ref()
            .ok_or_else(|| AccessError::Inactive {
                username: account.username.clone(),
                status: account.status,
            })?;
        Ok(Access {
            account: account.id,
            login: account.login.clone(),
            remote_user_id: account.remote_user_id.clone(),
            token: open_token(&*self.vault, account, sealed)?,
        })
    }
}
