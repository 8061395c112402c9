//! Users, workspaces and API keys.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::StoreError;
use crate::model::{Actor, ApiKey, ApiKeyId, User, UserId, Workspace, WorkspaceId};

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

    /// Writes a user's name and locale and the workspace's name and zone, all or nothing.
    async fn update_me(&self, user: User, workspace: Workspace) -> Result<(), StoreError>;
}

/// API keys.
///
/// Contract, proved by `testing::suite::store`: a key opens exactly the workspace it was made for;
/// a deleted key opens nothing from the moment `delete_key` returned.
#[async_trait]
pub trait ApiKeyStore {
    /// Writes a key by its hash.
    async fn insert_key(&self, key: ApiKey, hash: KeyHash) -> Result<(), StoreError>;

    /// Whom a key belongs to.
    async fn find_key(&self, hash: KeyHash) -> Result<Option<(ApiKeyId, Actor)>, StoreError>;

    /// Notes that a key was used; to the minute, so that most calls write nothing.
    async fn key_used(&self, id: ApiKeyId, at: DateTime<Utc>) -> Result<(), StoreError>;

    /// The keys of a workspace, oldest first.
    async fn keys(&self, workspace: WorkspaceId) -> Result<Vec<ApiKey>, StoreError>;

    /// Deletes a key; false when there is none.
    async fn delete_key(&self, workspace: WorkspaceId, id: ApiKeyId) -> Result<bool, StoreError>;
}
