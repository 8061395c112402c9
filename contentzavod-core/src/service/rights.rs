//! People's rights over their data: deletion of a person, and forgetting accounts.

use futures::future::join_all;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::error::{Conflict, ServiceError};
use super::facade::Contentzavod;
use crate::model::random::base62;
use crate::model::{
    Account, Actor, DeletionState, Erased, Live, MediaId, Secret, Tombstone, UserId, Workspace,
    WorkspaceId,
};
use crate::ports::StoreError;
use crate::ports::store::{Forget, Hash, Said, UserDeleted};

/// Characters of a code: 142 bits.
const CODE: usize = 24;
/// Files whose deletion is written down together.
const BATCH: usize = 64;
/// Each try waits for readers by itself.
const SCRUBS: u32 = 3;

/// What is left to say to somebody who is gone.
#[derive(Debug)]
pub struct Farewell {
    /// Under which the deletion can be looked up. It is shown this once.
    pub code: Secret,
    /// Workspaces that went with them.
    pub workspaces: usize,
    /// Files whose bytes went, or are going.
    pub files: usize,
    /// What stays on the platforms: only its owner can delete it there.
    pub live: Vec<Live>,
    /// Publications whose call may have left: they may still go live.
    pub on_their_way: usize,
}

/// What was deleted again after a backup was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buried {
    /// Workspaces that went.
    pub workspaces: usize,
    /// Workspaces that have no owner now: who got them since the backup was made is not known in it.
    pub ownerless: Vec<WorkspaceId>,
}

/// A workspace that stays with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// Which.
    pub workspace: Workspace,
    /// Handles of the accounts that stay connected in it.
    pub accounts: Vec<String>,
}

/// An answer to whoever asked that accounts be forgotten.
#[derive(Debug)]
pub struct Deletion {
    /// Under which the deletion can be looked up. It is shown this once.
    pub code: Secret,
    /// How many accounts there were.
    pub found: usize,
}

impl Contentzavod {
    /// Deletes whoever asks, with everything that is theirs alone. Posts that are live stay on the
    /// platform, and what others share stays with them.
    ///
    /// # Errors
    ///
    /// [`Conflict::LastOwner`] naming the workspaces that would have no owner; nothing is deleted
    /// then. [`ServiceError::NotFound`] when they are gone.
    pub async fn delete_me(&self, actor: Actor) -> Result<Farewell, ServiceError> {
        self.delete_user(actor.user, false).await
    }

    /// As [`Self::delete_me`], for the operator: with `force` another member becomes the owner.
    ///
    /// # Errors
    ///
    /// As [`Self::delete_me`].
    pub async fn delete_user(&self, user: UserId, force: bool) -> Result<Farewell, ServiceError> {
        let app = self.clone();
        // Whoever waits for the answer may go away meanwhile: what is begun is brought to its end.
        let deleting = tokio::spawn(async move { app.deleted(user, force).await });
        deleting.await.map_err(std::io::Error::other)?
    }

    /// What would stay with others if a person deleted themselves: the workspaces that they share, with
    /// the accounts that are connected there.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn shared_by(&self, user: UserId) -> Result<Vec<Shared>, ServiceError> {
        let mut shared = Vec::new();
        for (workspace, _) in self.store().workspaces(user).await? {
            let members = self.store().members(workspace.id).await?;
            if members.len() < 2 {
                continue;
            }
            let accounts = self.store().accounts(workspace.id).await?.into_iter();
            let connected = accounts.filter(|account| account.token.is_some());
            shared.push(Shared {
                accounts: connected.map(|account| account.username).collect(),
                workspace,
            });
        }
        Ok(shared)
    }

    async fn deleted(&self, user: UserId, force: bool) -> Result<Farewell, ServiceError> {
        let code = Secret::from(base62(CODE));
        let deleted = self.store().delete_user(user, force, hash(&code)).await?;
        let erased = match deleted {
            UserDeleted::Done(erased) => erased,
            UserDeleted::Missing => return Err(ServiceError::NotFound("user")),
            UserDeleted::LastOwner(workspaces) => {
                return Err(ServiceError::Conflict(Conflict::LastOwner(workspaces)));
            }
        };
        let farewell = Farewell {
            code,
            workspaces: erased.workspaces.len(),
            files: erased.media.len(),
            live: erased.live.clone(),
            on_their_way: erased.on_their_way.len(),
        };
        self.clear(erased).await;
        Ok(farewell)
    }

    /// Forgets accounts of a platform, of whatever workspace, by the ids that the platform names: its
    /// own or those scoped to our app. What the platform `said` is marked as answered: asked again, it is
    /// answered alike and forgets nothing twice, and nothing that was connected later.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn forget_remote(
        &self,
        platform: &str,
        remote_ids: &[String],
        said: Option<Said>,
    ) -> Result<Deletion, ServiceError> {
        let code = Secret::from(base62(CODE));
        let forget = Forget {
            platform: platform.to_owned(),
            remote_ids: remote_ids.to_vec(),
            code: hash(&code),
            said,
        };
        let found = self.store().forget_remote(forget).await?;
        if found > 0 {
            self.inner.wake.notify();
            self.scrub().await;
        }
        Ok(Deletion { code, found })
    }

    /// How far a deletion is; `None` for a code that is none, or was forgotten after three years.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn deletion(&self, code: &str) -> Result<Option<DeletionState>, ServiceError> {
        let known = code.len() == CODE && code.bytes().all(|b| b.is_ascii_alphanumeric());
        if !known {
            return Ok(None);
        }
        let code = Secret::from(code.to_owned());
        Ok(self.store().deletion(hash(&code)).await?)
    }

    /// Who is gone: to be kept beside backups, and to be given to [`Self::bury_again`] after one of
    /// them was restored.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn tombstones(&self) -> Result<Vec<Tombstone>, ServiceError> {
        Ok(self.store().tombstones().await?)
    }

    /// Deletes again whom a restored backup brought back, and forgets accounts again: exactly what the
    /// tombstones name.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn bury_again(&self, tombstones: Vec<Tombstone>) -> Result<Buried, ServiceError> {
        let erased = self.store().bury_again(tombstones).await?;
        let buried = Buried {
            workspaces: erased.workspaces.len(),
            ownerless: erased.ownerless.clone(),
        };
        self.clear(erased).await;
        Ok(buried)
    }

    /// What follows when the rows are gone. Whatever fails here, the sweeper finds the bytes again.
    async fn clear(&self, erased: Erased) {
        self.inner.wake.notify();
        self.scrub().await;
        for files in erased.media.chunks(BATCH) {
            if let Err(error) = self.clear_bytes(files).await {
                tracing::error!(%error, "that bytes are gone was not written down");
            }
        }
        let told = erased.accounts.iter().map(|account| self.tell(account));
        join_all(told).await;
    }

    async fn clear_bytes(&self, files: &[MediaId]) -> Result<(), StoreError> {
        let mut gone = Vec::with_capacity(files.len());
        for id in files {
            match self.inner.blobs.delete(*id).await {
                Ok(()) => gone.push(*id),
                Err(error) => tracing::error!(media = %id, %error, "the bytes were not deleted"),
            }
        }
        self.store().bytes_deleted(&gone).await
    }

    async fn tell(&self, account: &Account) {
        if let Err(error) = self.give_back(account).await {
            let id = account.id;
            tracing::warn!(account = %id, %error, "the platform was not told of the disconnection");
        }
    }

    async fn scrub(&self) {
        for _ in 0..SCRUBS {
            match self.store().scrub().await {
                Ok(true) => return,
                Ok(false) => {}
                Err(error) => {
                    tracing::error!(%error, "what was deleted may still be in the database's log");
                    return;
                }
            }
        }
        tracing::warn!("what was deleted is still in the database's log: readers are in the way");
    }
}

/// Codes have 142 bits of randomness: a plain hash is enough.
fn hash(code: &Secret) -> Hash {
    Sha256::digest(code.expose_secret().as_bytes()).into()
}
