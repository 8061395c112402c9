//! Users, workspaces and API keys.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::StoreError;
use crate::model::{Actor, ApiKey, ApiKeyId, Role, Scopes, User, UserId, Workspace, WorkspaceId};

/// SHA-256 of an API key: what is stored of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyHash(pub [u8; 32]);

/// People and where they work.
#[async_trait]
pub trait UserStore {
    /// Writes a user with a workspace of their own.
    async fn create_user(&self, user: User, workspace: Workspace) -> Result<(), StoreError>;

    /// A user.
    async fn user(&self, id: UserId) -> Result<Option<User>, StoreError>;

    /// A workspace.
    async fn workspace(&self, id: WorkspaceId) -> Result<Option<Workspace>, StoreError>;

    /// Writes a user's name and locale and, where one is given, the workspace's name and zone, all or
    /// nothing.
    async fn update_me(&self, user: User, workspace: Option<Workspace>) -> Result<(), StoreError>;

    /// Since when the privacy policy reads as `version` says. A version that was not there before is
    /// written, and every workspace is told (`policy_changed`), unless there was none at all.
    async fn policy_since(&self, version: &str) -> Result<DateTime<Utc>, StoreError>;
}

/// A key that opens something, and what it opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundKey {
    /// The key.
    pub id: ApiKeyId,
    /// Whose it is, and for which workspace.
    pub actor: Actor,
    /// What that person may do there now.
    pub role: Role,
    /// What the key may be used for.
    pub scopes: Scopes,
}

/// What exchanging a key came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyRotated {
    /// The new one is written, and the old one has its end.
    Done,
    /// There is no such key, or it has ended: nothing was written.
    Missing,
    /// The workspace has too many living keys: nothing was written.
    Full,
}

/// API keys.
///
/// Contract, proved by `testing::suite::store`: a key opens exactly the workspace it was made for,
/// with the present role of whoever it belongs to; a deleted key opens nothing from the moment
/// `delete_key` returned, one that has ended from its end on, and that of somebody who is no member
/// any more from then on.
#[async_trait]
pub trait ApiKeyStore {
    /// Writes a key by its hash; false, and nothing is written, when the workspace has `most` living
    /// ones.
    async fn insert_key(&self, key: ApiKey, hash: KeyHash, most: usize)
    -> Result<bool, StoreError>;

    /// What a living key opens.
    async fn find_key(&self, hash: KeyHash) -> Result<Option<FoundKey>, StoreError>;

    /// Notes that a key was used; to the minute, so that most calls write nothing.
    async fn key_used(&self, id: ApiKeyId, at: DateTime<Utc>) -> Result<(), StoreError>;

    /// The keys of a workspace, oldest first: those too that have ended and are not forgotten.
    async fn keys(&self, workspace: WorkspaceId) -> Result<Vec<ApiKey>, StoreError>;

    /// Writes a key in the place of a living one of the same workspace, which ends at `until` if not
    /// before. One step.
    async fn rotate_key(
        &self,
        old: ApiKeyId,
        until: DateTime<Utc>,
        key: ApiKey,
        hash: KeyHash,
        most: usize,
    ) -> Result<KeyRotated, StoreError>;

    /// Deletes a key; false when there is none.
    async fn delete_key(&self, workspace: WorkspaceId, id: ApiKeyId) -> Result<bool, StoreError>;
}
