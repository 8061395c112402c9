//! Accounts of a platform: who a token belongs to, keeping it alive, giving it back.

use std::fmt::Debug;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use url::Url;

use super::fault::Fault;
use super::publisher::{Answer, CallError};
use crate::model::{Access, Secret};

/// An account that a token may act for.
#[derive(Debug, Clone)]
pub struct Identified {
    /// The platform's id of the account: stable across apps.
    pub remote_user_id: String,
    /// The id that the platform's callbacks name, of the account or of the person behind it, if it
    /// has one.
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

/// What a person agreed to on the platform's pages.
#[derive(Debug, Clone)]
pub struct Granted {
    /// The token, of the longest life that the platform has.
    pub token: Secret,
    /// Scopes granted; empty when the platform does not say.
    pub scopes: Vec<String>,
    /// Scopes that are needed and were unticked.
    pub missing: Vec<String>,
    /// When the token stops working, if the platform says.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Something that a token shows: an account, or a place where one may hang.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The account, where it can be connected.
    pub account: Option<Identified>,
    /// What people know it by: the account's handle, else the name of the place; empty where the
    /// token shows nothing at all, which has a reason, too.
    pub name: String,
    /// Where it hangs, where that is not its name.
    pub place: Option<String>,
    /// Why it cannot be connected; `None` where it can.
    pub reason: Option<Fault>,
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

    /// Whether an app of a login family is configured, so that people can agree on the platform's pages.
    fn has_app(&self, login: &str) -> bool {
        let _ = login;
        false
    }

    /// Where a person agrees that we act for their accounts, by a login family. It comes back to
    /// `redirect` with `state` and a code. `None` where [`Self::has_app`] says no.
    fn authorize(&self, login: &str, state: &str, redirect: &Url) -> Option<Url> {
        let _ = (login, state, redirect);
        None
    }

    /// Exchanges the code that somebody came back with, once. `redirect` is the very address that
    /// [`Self::authorize`] was given. Where something needed was unticked, `missing` names it.
    async fn exchange(
        &self,
        login: &str,
        code: &Secret,
        redirect: &Url,
    ) -> Result<Answer<Granted>, CallError> {
        let _ = (login, code, redirect);
        let fault = Fault::new(
            "connector.no_app",
            "no app is configured that codes are for",
        );
        Err(CallError::Unreadable(fault))
    }

    /// Asks the platform for everything that a token shows, whether it can be connected or not, and
    /// why not. `login` as in [`Self::identify`].
    async fn survey(
        &self,
        token: &Secret,
        login: Option<&str>,
    ) -> Result<Answer<Vec<Seen>>, CallError> {
        let found = self.identify(token, login).await?;
        let seen = |who: Identified| Seen {
            name: who.username.clone(),
            place: who.place.clone(),
            account: Some(who),
            reason: None,
        };
        Ok(found.map(|all| all.into_iter().map(seen).collect()))
    }

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
