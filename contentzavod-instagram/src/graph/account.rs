//! Accounts and tokens: whose a token is, exchange and refresh.

use contentzavod_core::model::Secret;
use contentzavod_core::ports::{Answer, CallError, Identified};
use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::Value;
use url::Url;

use super::client::{Ask, GraphClient, join, parsed};
use super::error::Call;
use super::value;
use crate::family::Family;

/// The fields of `/me`.
const ME_FIELDS: &str = "id,user_id,username,account_type";
/// A token's life where the platform does not say it.
pub(crate) const LIFE_SECS: u32 = 60 * 24 * 60 * 60;

/// A token as the platform handed it out.
#[derive(Debug, Clone)]
pub struct Token {
    /// The token.
    pub token: Secret,
    /// Whom it belongs to, where said. Which of the two ids it is, is not documented: ask `/me`.
    pub user_id: Option<String>,
    /// Permissions granted, where said. People can untick some.
    pub permissions: Vec<String>,
    /// Seconds it lives, where said.
    pub expires_in: Option<u32>,
}

impl Token {
    /// Seconds it lives; sixty days where the platform does not say.
    #[must_use]
    pub fn life_secs(&self) -> u32 {
        self.expires_in.unwrap_or(LIFE_SECS)
    }
}

/// Whom a token of Instagram Login belongs to.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The account.
    pub who: Identified,
    /// What kind of account it is, as the platform calls it, where it says so.
    pub account_type: Option<String>,
}

impl Profile {
    /// A personal account: nothing can be published to it.
    #[must_use]
    pub fn is_personal(&self) -> bool {
        let kind = self.account_type.as_deref();
        kind.is_some_and(|kind| kind.eq_ignore_ascii_case("PERSONAL"))
    }
}

impl GraphClient {
    /// Whom a token belongs to.
    ///
    /// # Errors
    ///
    /// As in [`CallError`].
    pub async fn me(&self, token: &Secret) -> Result<Answer<Profile>, CallError> {
        let url = self.graph(&["me"], &[("fields", ME_FIELDS)]);
        let heard = self.read("me", url, token).await;
        parsed(heard, Call::Read, read_me)
    }

    /// Exchanges a living long-lived token for its successor.
    ///
    /// # Errors
    ///
    /// As in [`CallError`]; the platform refuses tokens younger than a day.
    pub async fn refresh(&self, token: &Secret) -> Result<Answer<Token>, CallError> {
        let mut url = self.unversioned(&["refresh_access_token"]);
        url.query_pairs_mut()
            .append_pair("grant_type", "ig_refresh_token")
            .append_pair("access_token", token.expose_secret());
        let ask = Ask::get("refresh_access_token", url);
        parsed(self.ask(ask).await, Call::Read, read_token)
    }

    /// Exchanges a person's token of Facebook Login for one that lives sixty days.
    ///
    /// # Errors
    ///
    /// As in [`CallError`].
    pub async fn exchange_facebook(
        &self,
        app_id: &str,
        app_secret: &Secret,
        token: &Secret,
    ) -> Result<Answer<Token>, CallError> {
        let form = [
            ("grant_type", "fb_exchange_token".to_owned()),
            ("client_id", app_id.to_owned()),
            ("client_secret", app_secret.expose_secret().to_owned()),
            ("fb_exchange_token", token.expose_secret().to_owned()),
        ];
        self.token_by_form(&form).await
    }

    /// Asks Facebook Login's token endpoint. It takes everything in the body, away from logs.
    async fn token_by_form(
        &self,
        form: &[(&'static str, String)],
    ) -> Result<Answer<Token>, CallError> {
        let ask = Ask {
            name: "facebook oauth/access_token",
            method: Method::POST,
            url: self
                .of(Family::Facebook)
                .graph(&["oauth", "access_token"], &[]),
            token: None,
            form: Some(form),
        };
        parsed(self.ask(ask).await, Call::Read, read_token)
    }

    /// Exchanges a sign-in code for a token: of an hour's life by Instagram Login, of sixty days by
    /// Facebook Login as a rule.
    ///
    /// # Errors
    ///
    /// As in [`CallError`]: `Token` when the code is used up, `Permission` when the person is no
    /// tester of an app in development.
    pub async fn exchange_code(
        &self,
        app_id: &str,
        app_secret: &Secret,
        redirect_uri: &Url,
        code: &Secret,
    ) -> Result<Answer<Token>, CallError> {
        // The platform glues `#_` to the address; it may have got into the code.
        let code = code.expose_secret().trim_end_matches("#_");
        let form = [
            ("client_id", app_id.to_owned()),
            ("client_secret", app_secret.expose_secret().to_owned()),
            ("grant_type", "authorization_code".to_owned()),
            ("redirect_uri", redirect_uri.to_string()),
            ("code", code.to_owned()),
        ];
        if self.family() == Family::Facebook {
            let form: Vec<_> = form
                .into_iter()
                .filter(|(name, _)| *name != "grant_type")
                .collect();
            return self.token_by_form(&form).await;
        }
        let url = join(&self.config().oauth_url, &["oauth", "access_token"]);
        let ask = Ask {
            name: "oauth/access_token",
            method: Method::POST,
            url,
            token: None,
            form: Some(&form),
        };
        parsed(self.ask(ask).await, Call::Read, read_token)
    }

    /// Exchanges a token that lives an hour for one that lives sixty days.
    ///
    /// # Errors
    ///
    /// As in [`CallError`].
    pub async fn exchange_long(
        &self,
        app_secret: &Secret,
        token: &Secret,
    ) -> Result<Answer<Token>, CallError> {
        let mut url = self.unversioned(&["access_token"]);
        url.query_pairs_mut()
            .append_pair("grant_type", "ig_exchange_token")
            .append_pair("client_secret", app_secret.expose_secret())
            .append_pair("access_token", token.expose_secret());
        let ask = Ask::get("access_token", url);
        parsed(self.ask(ask).await, Call::Read, read_token)
    }

    /// Takes the app's permissions back. A token that is dead already counts as given back.
    ///
    /// No document of Instagram Login describes the call: many clients make it, best effort.
    ///
    /// # Errors
    ///
    /// As in [`CallError`].
    pub async fn revoke(&self, token: &Secret) -> Result<(), CallError> {
        let ask = Ask {
            name: "revoke",
            method: Method::DELETE,
            url: match self.family() {
                Family::Instagram => self.unversioned(&["me", "permissions"]),
                Family::Facebook => self.graph(&["me", "permissions"], &[]),
            },
            token: Some(token),
            form: None,
        };
        match self.ask(ask).await {
            Ok(_) => Ok(()),
            Err(failure) if failure.is_dead_token() => Ok(()),
            Err(failure) => Err(failure.into_call(Call::Read)),
        }
    }
}

/// Reads a token answer: flat or wrapped in `data`, ids as numbers or strings, permissions as
/// array or comma string. `None` when there is no token in it.
fn read_token(body: &Value) -> Option<Token> {
    let entry = value::unwrapped(body);
    let token = entry.get("access_token")?.as_str()?.trim();
    (!token.is_empty()).then(|| Token {
        token: Secret::from(token.to_owned()),
        user_id: entry.get("user_id").and_then(value::id),
        permissions: value::list(entry.get("permissions")),
        expires_in: entry
            .get("expires_in")
            .and_then(value::count)
            .filter(|secs| *secs > 0),
    })
}

/// Reads `/me`; `None` when the account's id or name is missing.
///
/// The professional account's id is the same for every app; the app-scoped one is what callbacks
/// of the platform name.
fn read_me(body: &Value) -> Option<Profile> {
    let entry = value::unwrapped(body);
    let who = Identified {
        remote_user_id: entry.get("user_id").and_then(value::id)?,
        app_scoped_id: entry.get("id").and_then(value::id),
        username: value::text(entry, "username")?,
        place: None,
        login: Family::Instagram.as_str().to_owned(),
        token: None,
        renews: true,
        scopes: Vec::new(),
        expires_at: None,
        ends_by: None,
    };
    Some(Profile {
        who,
        account_type: value::text(entry, "account_type"),
    })
}
