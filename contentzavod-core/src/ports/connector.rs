//! Accounts of a platform: who a token belongs to, keeping it alive, giving it back.

use std::fmt::Debug;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::publisher::{Answer, CallError};
use crate::model::{Access, Secret};

/// An account that a token may act for.
#[derive(Debug, Clone)]
pub struct Identified {
    /// The platform's id of the account: stable across apps.
    pub remote_user_id: String,
    /// The app-scoped id, if the platform has one.
    pub app_scoped_id: Option<String>,
    /// The handle people know it by.
    pub username: String,
    /// Under which name a person may know it besides: of the Page that it hangs on, say.
    pub place: Option<String>,
    /// The login family, e.g. `instagram`.
    pub login: String,
    /// The token to keep, where the platform has a better one for this account than the one given.
    pub token: Option<Secret>,
    /// The token can be exchanged for its successor before it ends.
    pub renews: bool,
    /// Scopes granted; empty when the platform does not say.
    pub scopes: Vec<String>,
    /// When the token stops working, if the platform says.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it stops working at the latest, where the platform does not say.
    pub ends_by: Option<DateTime<Utc>>,
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

    /// The login families it knows, the usual one first.
    fn logins(&self) -> Vec<&'static str>;

    /// Asks the platform which accounts a token may act for: one as a rule, never none. `login` is
    /// the token's family, where the person says it.
    async fn identify(
        &self,
        token: &Secret,
        login: Option<&str>,
    ) -> Result<Answer<Vec<Identified>>, CallError>;

    /// Exchanges a living token for its successor. The platform decides how old it must be.
    async fn refresh(&self, access: &Access) -> Result<Answer<Refreshed>, CallError>;

    /// Gives the token back, as far as the platform lets us. Best effort.
    async fn revoke(&self, access: &Access) -> Result<(), CallError>;
}
