//! Accounts and tokens: whose a token is, exchange and refresh.

use contentzavod_core::model::Secret;
use contentzavod_core::ports::Identified;
use serde_json::Value;

use super::value;

/// The fields of `/me`.
pub(crate) const ME_FIELDS: &str = "id,user_id,username,account_type";
/// The login family of this API.
pub(crate) const LOGIN: &str = "instagram";
/// A token's life where the platform does not say it.
const LIFE_SECS: u32 = 60 * 24 * 60 * 60;

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

/// Reads a token answer: flat or wrapped in `data`, ids as numbers or strings, permissions as
/// array or comma string. `None` when there is no token in it.
pub(crate) fn token(body: &Value) -> Option<Token> {
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
pub(crate) fn me(body: &Value) -> Option<Identified> {
    let entry = value::unwrapped(body);
    Some(Identified {
        remote_user_id: entry.get("user_id").and_then(value::id)?,
        app_scoped_id: entry.get("id").and_then(value::id),
        username: value::text(entry, "username")?,
        login: LOGIN.to_owned(),
        scopes: Vec::new(),
        expires_at: None,
    })
}
