//! Wrong deletions.

use async_trait::async_trait;
use contentzavod_core::model::{DeletionStanding, DeletionState, Erased, Tombstone, UserId};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{Forget, Hash, RightsStore, UserDeleted};

use super::crooked::Crooked;
use super::crooked::Wrong::*;

#[async_trait]
impl RightsStore for Crooked {
    async fn delete_user(
        &self,
        user: UserId,
        force: bool,
        code: Hash,
    ) -> Result<UserDeleted, StoreError> {
        let force = force || self.is(LastOwnersAreDeleted);
        if self.is(DeletedPeopleStay) {
            return Ok(UserDeleted::Done(Erased::default()));
        }
        let deleted = self.inner.delete_user(user, force, code).await?;
        self.memory().codes.push(code);
        Ok(match deleted {
            UserDeleted::Done(mut erased) => {
                self.memory().orphans.extend(&erased.media);
                if self.is(TokensAreLost) {
                    erased.accounts.clear();
                }
                UserDeleted::Done(erased)
            }
            other => other,
        })
    }

    async fn forget_remote(&self, forget: Forget) -> Result<usize, StoreError> {
        let mut forget = forget;
        self.memory().codes.push(forget.code);
        match self.wrong {
            RequestsAreNotMarked => forget.said = None,
            ScopedIdsAreUnknown => forget.remote_ids.retain(|id| !id.starts_with("app-")),
            _ => {}
        }
        self.inner.forget_remote(forget).await
    }

    async fn deletion(&self, code: Hash) -> Result<Option<DeletionState>, StoreError> {
        let known = self.memory().codes.last().copied();
        let code = known.filter(|_| self.is(AnyCodeIsGood)).unwrap_or(code);
        let mut found = self.inner.deletion(code).await?;
        if let Some(found) = &mut found
            && self.is(DeletionsAreDoneAtOnce)
        {
            found.state = DeletionStanding::Done;
        }
        Ok(found)
    }

    async fn tombstones(&self) -> Result<Vec<Tombstone>, StoreError> {
        if self.is(NobodyIsBuried) {
            return Ok(Vec::new());
        }
        self.inner.tombstones().await
    }

    async fn bury_again(&self, tombstones: Vec<Tombstone>) -> Result<Erased, StoreError> {
        if self.is(BackupsBringBack) {
            return Ok(Erased::default());
        }
        self.inner.bury_again(tombstones).await
    }

    async fn scrub(&self) -> Result<bool, StoreError> {
        self.inner.scrub().await
    }
}
