//! Accounts of a platform: who a token belongs to, keeping it alive, giving it back.

use std::fmt::Debug;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::publisher::{Answer, CallError};
use crate::model::{Access, Secret};

/// Whom a token belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identified {
    /// The platform's id of the account: stable across apps.
    pub remote_user_id: String,
    /// The app-scoped id, if the platform has one.
    pub app_scoped_id: Option<String>,
    /// The handle people know it by.
    pub username: String,
    /// The login family, e.g. `instagram`.
    pub login: String,
    /// Scopes granted; empty when the platform does not say.
    pub scopes: Vec<String>,
    /// When the token stops working, if the platform says.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A token's successor.
#[derive(Debug, Clone)]
pub struct Refreshed {
    /// The token; may equal the old one.
    pub token: Secret,
    /// When it stops working.
    pub expires_at: DateTime<Utc>,
}

/// The accounts' side of a platform. Errors as in [`CallError`]; none holds a token.
#[async_trait]
pub trait Connector: Send + Sync + Debug {
    /// The platform's word, as in [`Account::platform`](crate::model::Account::platform).
    fn platform(&self) -> &str;

    /// Asks the platform whom a token belongs to.
    async fn identify(&self, token: &Secret) -> Result<Answer<Identified>, CallError>;

    /// Exchanges a living token for its successor. The platform decides how old it must be.
    async fn refresh(&self, access: &Access) -> Result<Answer<Refreshed>, CallError>;

    /// Gives the token back, as far as the platform lets us. Best effort.
    async fn revoke(&self, access: &Access) -> Result<(), CallError>;
}
