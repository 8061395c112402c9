//! A connected account of a platform, and what the engine needs to act for it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::id::{AccountId, WorkspaceId};
use super::secret::{Sealed, Secret};

/// The name of an account that was forgotten, while publications refer to its row; no handle looks like
/// it.
pub const FORGOTTEN: &str = "(deleted)";

/// Whether the account can publish, and if not, who must act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    /// Ready to publish.
    Active,
    /// The token is dead: the person must connect again.
    Reauthorize,
    /// The person disconnected it; the token is erased.
    Disconnected,
    /// The platform restricts it: the person must act in the app.
    Restricted,
}

impl AccountStatus {
    /// The word used in the API and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Reauthorize => "reauthorize",
            Self::Disconnected => "disconnected",
            Self::Restricted => "restricted",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Active,
            Self::Reauthorize,
            Self::Disconnected,
            Self::Restricted,
        ]
        .into_iter()
        .find(|s| s.as_str() == word)
    }
}

/// How many publications the platform still allows in its moving window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// Publications counted in the window.
    pub used: u32,
    /// Publications allowed in the window.
    pub total: u32,
    /// Length of the window in seconds.
    pub window_secs: u32,
}

impl Quota {
    /// True when nothing more may be published now.
    #[must_use]
    pub const fn exhausted(&self) -> bool {
        self.used >= self.total
    }
}

/// A connected account. The token is sealed and never leaves through the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Our id.
    pub id: AccountId,
    /// The workspace that connected it.
    pub workspace: WorkspaceId,
    /// Which publisher serves it, e.g. `instagram`.
    pub platform: String,
    /// The login family, e.g. `instagram` or `facebook`.
    pub login: String,
    /// The platform's id of the account.
    pub remote_user_id: String,
    /// The app-scoped id, of the account or of the person behind it, if the platform has one
    /// (callbacks name it).
    pub app_scoped_id: Option<String>,
    /// The handle people know it by.
    pub username: String,
    /// Whether it can publish.
    pub status: AccountStatus,
    /// The sealed token; `None` once disconnected.
    pub token: Option<Sealed>,
    /// Raised with every new token; a refresh is conditional on it.
    pub token_version: i64,
    /// When the token was issued to us.
    pub token_obtained_at: Option<DateTime<Utc>>,
    /// When the token stops working, at the latest.
    pub token_expires_at: Option<DateTime<Utc>>,
    /// Scopes the person granted, as the platform names them; empty when unknown.
    pub scopes: Vec<String>,
    /// Last quota read.
    pub quota: Option<Quota>,
    /// When the quota was read.
    pub quota_read_at: Option<DateTime<Utc>>,
    /// When the token is due for a refresh.
    pub refresh_at: Option<DateTime<Utc>>,
    /// When the row was made.
    pub created_at: DateTime<Utc>,
    /// When the row last changed.
    pub updated_at: DateTime<Utc>,
}

impl Account {
    /// The account's key across workspaces: one slot exists per key.
    #[must_use]
    pub fn remote_key(&self) -> String {
        format!("{}:{}", self.platform, self.remote_user_id)
    }
}

/// What a publisher needs to act for an account.
#[derive(Debug, Clone)]
pub struct Access {
    /// Our id of the account, for logs and caches.
    pub account: AccountId,
    /// The login family.
    pub login: String,
    /// The platform's id of the account.
    pub remote_user_id: String,
    /// The bearer token.
    pub token: Secret,
}
