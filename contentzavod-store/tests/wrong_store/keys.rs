//! Wrong keys.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use contentzavod_core::model::{Actor, ApiKey, ApiKeyId, Role, Scopes, WorkspaceId};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{ApiKeyStore, FoundKey, KeyHash, KeyRotated};

use super::crooked::Crooked;
use super::crooked::Wrong::*;

impl Crooked {
    fn made(&self, key: &ApiKey, hash: KeyHash) {
        let found = FoundKey {
            id: key.id,
            actor: Actor {
                user: key.user,
                workspace: key.workspace,
            },
            role: Role::Owner,
            scopes: key.scopes.clone(),
        };
        self.memory().opened.insert(hash, found);
        self.memory().key_homes.insert(key.id, key.workspace);
    }

    fn opened(&self, hash: KeyHash) -> Option<FoundKey> {
        self.memory().opened.get(&hash).cloned()
    }

    /// A key that has ended is still in the list.
    async fn ended(&self, hash: KeyHash) -> Result<Option<FoundKey>, StoreError> {
        let Some(known) = self.opened(hash) else {
            return Ok(None);
        };
        let listed = self.inner.keys(known.actor.workspace).await?;
        Ok(listed.iter().any(|k| k.id == known.id).then_some(known))
    }
}

#[async_trait]
impl ApiKeyStore for Crooked {
    async fn insert_key(
        &self,
        key: ApiKey,
        hash: KeyHash,
        most: usize,
    ) -> Result<bool, StoreError> {
        self.made(&key, hash);
        let most = if self.is(KeysHaveNoLimit) {
            usize::MAX
        } else {
            most
        };
        self.inner.insert_key(key, hash, most).await
    }

    async fn find_key(&self, hash: KeyHash) -> Result<Option<FoundKey>, StoreError> {
        let mut found = self.inner.find_key(hash).await?;
        match self.wrong {
            DeletedKeysOpen => Ok(self.opened(hash)),
            KeysOpenAnything => Ok(found.or(self.memory().opened.values().next().cloned())),
            EndedKeysOpen if found.is_none() => self.ended(hash).await,
            KeysKeepTheirRole => {
                found.iter_mut().for_each(|found| found.role = Role::Owner);
                Ok(found)
            }
            KeysMayEverything => {
                found.iter_mut().for_each(|f| f.scopes = Scopes::All);
                Ok(found)
            }
            _ => Ok(found),
        }
    }

    async fn key_used(&self, id: ApiKeyId, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.inner.key_used(id, at).await
    }

    async fn keys(&self, workspace: WorkspaceId) -> Result<Vec<ApiKey>, StoreError> {
        self.inner.keys(workspace).await
    }

    async fn rotate_key(
        &self,
        old: ApiKeyId,
        until: DateTime<Utc>,
        key: ApiKey,
        hash: KeyHash,
        most: usize,
    ) -> Result<KeyRotated, StoreError> {
        let until = if self.is(ExchangedKeysGoOn) {
            DateTime::<Utc>::MAX_UTC
        } else {
            until
        };
        let rotated = self.inner.rotate_key(old, until, key.clone(), hash, most);
        let rotated = rotated.await?;
        if rotated == KeyRotated::Missing && self.is(AnythingIsExchanged) {
            self.inner.insert_key(key, hash, most).await?;
        }
        Ok(rotated)
    }

    async fn delete_key(&self, workspace: WorkspaceId, id: ApiKeyId) -> Result<bool, StoreError> {
        let home = self.memory().key_homes.get(&id).copied();
        let workspace = match home {
            Some(home) if self.is(ForeignKeysAreDeleted) => home,
            _ => workspace,
        };
        self.inner.delete_key(workspace, id).await
    }
}
