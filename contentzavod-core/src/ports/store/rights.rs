//! People's rights over their data: deletion, and what remains of it.

use async_trait::async_trait;

use super::{Hash, Said, StoreError};
use crate::model::{DeletionState, Erased, Tombstone, UserId, Workspace};

/// What deleting a person came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserDeleted {
    /// They are gone.
    Done(Erased),
    /// There is no such person.
    Missing,
    /// Others are in these workspaces, and none of them owns it: nothing was written.
    LastOwner(Vec<Workspace>),
}

/// A platform, or somebody by mail, asks that we forget accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forget {
    /// The platform.
    pub platform: String,
    /// Ids of the accounts: the platform's own or those scoped to our app.
    pub remote_ids: Vec<String>,
    /// SHA-256 of the code under which it can be looked up.
    pub code: Hash,
    /// The message that asks for it, where a platform does.
    pub said: Option<Said>,
}

/// People's rights over their data.
///
/// Contract, proved by `testing::suite::store`:
/// - Deleting a person is one step. A workspace that is theirs alone goes with everything in it; one
///   with other members loses only their membership, their sessions and keys there and the
///   invitations they made. No such workspace is left without an owner.
/// - Bytes of files whose rows went are listed by
///   [`bytes_to_delete`](super::MediaStore::bytes_to_delete) until they are said to be gone, and a
///   deletion is done when the last of them is.
/// - Whoever holds a lease on a row that went is fenced. Nothing is written any more into a workspace
///   that went.
/// - Forgetting an account erases its token and whatever tells which account it was, removes it from
///   drafts, cancels what has not gone out, and tells its workspace `account_forgotten`.
/// - What was deleted and restored from a backup is deleted again by its tombstones.
#[async_trait]
pub trait RightsStore {
    /// Deletes a person. With `force` another member becomes the owner of what would have none: the
    /// one with the highest role, and of those the oldest.
    async fn delete_user(
        &self,
        user: UserId,
        force: bool,
        code: Hash,
    ) -> Result<UserDeleted, StoreError>;

    /// Forgets accounts of any workspace; how many. What was connected after it was said is left alone.
    /// A request whose mark was there before gets the
    /// answer that it got then, under its new code.
    async fn forget_remote(&self, forget: Forget) -> Result<usize, StoreError>;

    /// The deletion of a code.
    async fn deletion(&self, code: Hash) -> Result<Option<DeletionState>, StoreError>;

    /// Every tombstone, oldest first: to be kept beside backups.
    async fn tombstones(&self) -> Result<Vec<Tombstone>, StoreError>;

    /// Takes over tombstones, and deletes again whom they name.
    async fn bury_again(&self, tombstones: Vec<Tombstone>) -> Result<Erased, StoreError>;

    /// Makes sure that nothing of what was deleted is left in the store's files; false when readers
    /// are in the way: try again.
    async fn scrub(&self) -> Result<bool, StoreError>;
}
