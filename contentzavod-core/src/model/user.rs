//! People and where they work: users, workspaces, API keys, and who is asking.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::id::{ApiKeyId, UserId, WorkspaceId};
use super::role::Scopes;

/// A person. Of what a sign-in provider sends only the name and locale are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Our id.
    pub id: UserId,
    /// Display name, 1 to 100 characters.
    pub name: String,
    /// `en` or `ru`.
    pub locale: String,
    /// When the row was made.
    pub created_at: DateTime<Utc>,
}

/// The tenant: every other row carries its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    /// Our id.
    pub id: WorkspaceId,
    /// Display name, 1 to 100 characters.
    pub name: String,
    /// IANA zone that local times are read in when a post names none.
    pub timezone: String,
    /// When the row was made.
    pub created_at: DateTime<Utc>,
}

/// A key for machines, bound to one user in one workspace. Only its hash is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    /// Our id.
    pub id: ApiKeyId,
    /// Who made it.
    pub user: UserId,
    /// The workspace it opens.
    pub workspace: WorkspaceId,
    /// What the person calls it.
    pub name: String,
    /// `cz_live_` and the first four characters, for display.
    pub prefix: String,
    /// The last four characters, for display.
    pub last_four: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// What it may be used for.
    pub scopes: Scopes,
    /// From when on it opens nothing; `None`: it has no end.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Who is asking, and in which workspace. Every service call of a person takes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Actor {
    /// The person.
    pub user: UserId,
    /// The workspace every row is looked up in.
    pub workspace: WorkspaceId,
}
