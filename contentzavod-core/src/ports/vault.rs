//! Sealing secrets for storage, bound to the row and field they belong to.

use std::fmt::Debug;

use uuid::Uuid;

use crate::model::{Sealed, Secret, WorkspaceId};

/// Where a sealed secret belongs: it opens nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealContext<'a> {
    /// The workspace of the row.
    pub workspace: WorkspaceId,
    /// The row's noun, e.g. `account`.
    pub noun: &'a str,
    /// The field, e.g. `token`.
    pub field: &'a str,
    /// The row's id.
    pub id: Uuid,
}

/// Why a secret was not sealed or opened. Says nothing about the secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// The text is not a sealed secret.
    #[error("this is no sealed secret")]
    Malformed,
    /// The key that sealed it is not in the key ring.
    #[error("the key {0:?} is not in the key ring")]
    UnknownKey(String),
    /// Wrong key, wrong place, or changed bytes.
    #[error("the sealed secret does not open here")]
    Refused,
}

/// Seals and opens secrets.
///
/// Contract, proved by `testing::suite::vault`: what was sealed opens in the same context and in no
/// other; sealing twice gives two texts; any changed character is refused; after rotation old
/// texts still open and new ones carry the new key's id.
pub trait Vault: Send + Sync + Debug {
    /// Seals a secret under the primary key.
    ///
    /// # Errors
    ///
    /// When the cipher refuses, which no valid key makes it do.
    fn seal(&self, plain: &Secret, context: &SealContext<'_>) -> Result<Sealed, VaultError>;

    /// Opens a sealed secret.
    ///
    /// # Errors
    ///
    /// [`VaultError`] when it is malformed, of an unknown key, or does not belong here.
    fn open(&self, sealed: &Sealed, context: &SealContext<'_>) -> Result<Secret, VaultError>;
}
