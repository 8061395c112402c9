//! Signing in: the page where a person agrees, codes, and what they are exchanged for.
//!
//! A browser is shown a page. Everybody else agrees at once: `sandbox_account` in the address of the
//! page says who it is (`demo` without it; several by Facebook Login with `+`), `sandbox_declined`
//! which permissions they untick, and `sandbox_cancel=1` that they turn back.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use http::request::Parts;
use serde_json::{Value, json};

use super::account::{Known, Of, person_of, token_of};
use super::agree;
use super::answer::Answer;
use super::params::Params;
use super::state::State;
use crate::family::Family;

/// How long a code, and a token of Instagram Login that was got for it, lives.
const HOUR: TimeDelta = TimeDelta::hours(1);
/// Seconds that a long-lived token lives.
const LONG: i64 = 5_184_000;

/// An app that accounts are connected to: its id and secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct App {
    /// The id.
    pub id: &'static str,
    /// The secret.
    pub secret: &'static str,
}

/// The app of Instagram Login.
pub const INSTAGRAM_APP: App = App {
    id: "1000000000000001",
    secret: "sandbox-instagram-app-secret",
};
/// The app of Facebook Login.
pub const FACEBOOK_APP: App = App {
    id: "2000000000000002",
    secret: "sandbox-meta-app-secret",
};

pub(super) const fn app(family: Family) -> App {
    match family {
        Family::Instagram => INSTAGRAM_APP,
        Family::Facebook => FACEBOOK_APP,
    }
}

/// What a code was given for.
#[derive(Debug)]
pub(super) struct Grant {
    family: Family,
    accounts: String,
    redirect: String,
    scopes: Vec<String>,
    at: DateTime<Utc>,
    used: bool,
}

/// Codes by their text.
pub(super) type Grants = HashMap<String, Grant>;

/// Answers a call of signing in; `None` for others. `path` begins with a version where there is one.
pub(super) fn answer(
    state: &State,
    parts: &Parts,
    host: Option<&str>,
    path: &[&str],
    params: &Params,
) -> Option<Answer> {
    let at = |name: &str| host.is_none_or(|host| host == name);
    let outcome = match (parts.method.as_str(), path) {
        ("GET", ["oauth", "authorize"]) if at("www.instagram.com") => {
            agree::page(state, parts, Family::Instagram, params)
        }
        ("GET", [_, "dialog", "oauth"]) if at("www.facebook.com") => {
            agree::page(state, parts, Family::Facebook, params)
        }
        ("POST", ["oauth", "access_token"]) if at("api.instagram.com") => {
            instagram_code(state, params)
        }
        ("GET", ["oauth", "access_token"]) => {
            Err(Answer::oauth("Unsupported request - method type: get"))
        }
        ("GET", ["access_token"]) if at("graph.instagram.com") => instagram_long(state, params),
        ("GET" | "POST", [_, "oauth", "access_token"]) if at("graph.facebook.com") => {
            facebook(state, params)
        }
        _ => return None,
    };
    Some(outcome.unwrap_or_else(|refused| refused))
}

/// A code for what a person granted.
pub(super) fn give<'a>(
    state: &State,
    family: Family,
    accounts: &str,
    redirect: &str,
    scopes: impl Iterator<Item = &'a str>,
) -> String {
    let at = state.now();
    let mut known = state.lock();
    let code = format!("AQBsandbox{}", known.ids.media());
    let grant = Grant {
        family,
        accounts: accounts.to_owned(),
        redirect: redirect.to_owned(),
        scopes: scopes.map(str::to_owned).collect(),
        at,
        used: false,
    };
    known.grants.insert(code.clone(), grant);
    code
}

/// A code's grant, used up.
fn redeem(state: &State, family: Family, params: &Params) -> Result<(String, Vec<String>), Answer> {
    let need = |name| params.get(name).ok_or_else(|| missing(name));
    let (id, secret) = (need("client_id")?, need("client_secret")?);
    if id != app(family).id {
        return Err(Answer::oauth("Invalid platform app"));
    }
    if secret != app(family).secret {
        return Err(Answer::oauth("Error validating client secret."));
    }
    let (code, redirect) = (need("code")?, need("redirect_uri")?);
    let now = state.now();
    let mut known = state.lock();
    let grant = known.grants.get_mut(code).filter(|g| g.family == family);
    let grant =
        grant.ok_or_else(|| Answer::oauth("Matching code was not found or was already used"))?;
    if grant.redirect != redirect {
        return Err(Answer::oauth(
            "Error validating verification code. Please make sure your redirect_uri is identical \
             to the one you used in the OAuth dialog request",
        ));
    }
    if std::mem::replace(&mut grant.used, true) {
        return Err(Answer::oauth("This authorization code has been used"));
    }
    if now >= grant.at + HOUR {
        return Err(Answer::oauth(
            "Matching code was not found or was already used",
        ));
    }
    Ok((grant.accounts.clone(), grant.scopes.clone()))
}

/// Instagram Login: a token of an hour, in the shape that is seen and not the one in the documents.
fn instagram_code(state: &State, params: &Params) -> Result<Answer, Answer> {
    if params.get("grant_type") != Some("authorization_code") {
        return Err(Answer::oauth("Invalid grant_type"));
    }
    let (account, scopes) = redeem(state, Family::Instagram, params)?;
    let now = state.now();
    let life = now..now + HOUR;
    let mut known = state.lock();
    let token = format!("IGAAshort-{}-{account}", known.ids.media());
    let granted = known
        .accounts
        .grant(&token, Of::Account, &[&account], scopes.clone(), life);
    if !granted {
        return Err(missing("sandbox_account"));
    }
    let Known::Good(holder) = known.accounts.of_token(&token, state.now()) else {
        return Err(Answer::bad_token());
    };
    let id: u64 = holder.accounts[0].scoped.parse().unwrap_or_default();
    Ok(Answer::ok(json!({
        "access_token": token,
        "user_id": id,
        "permissions": scopes,
    })))
}

/// Instagram Login: a token of an hour becomes one of sixty days.
fn instagram_long(state: &State, params: &Params) -> Result<Answer, Answer> {
    if params.get("grant_type") != Some("ig_exchange_token") {
        return Err(Answer::parameter(
            "Param grant_type must be ig_exchange_token",
        ));
    }
    if params.get("client_secret") != Some(INSTAGRAM_APP.secret) {
        return Err(Answer::error(
            400,
            101,
            0,
            "Error validating client secret.",
        ));
    }
    let token = params.get("access_token").unwrap_or_default();
    let now = state.now();
    let mut known = state.lock();
    let Known::Good(holder) = known.accounts.of_token(token, now) else {
        return Err(Answer::bad_token());
    };
    if holder.family() != Family::Instagram || holder.ends.is_none() {
        return Err(Answer::bad_token());
    }
    let name = holder.accounts[0].username.clone();
    let long = token_of(&name);
    known
        .accounts
        .grant(&long, Of::Account, &[&name], holder.scopes, now..);
    Ok(Answer::ok(token_answer(&long)))
}

/// Facebook Login: a code, or a token that lives short, becomes a token of sixty days.
fn facebook(state: &State, params: &Params) -> Result<Answer, Answer> {
    if params.get("grant_type") != Some("fb_exchange_token") {
        let (accounts, scopes) = redeem(state, Family::Facebook, params)?;
        let names: Vec<&str> = accounts.split('+').collect();
        let now = state.now();
        let mut known = state.lock();
        let token = known.accounts.add_person(&names, None, scopes, now..);
        let token = token.unwrap_or_else(|| person_of(&accounts));
        return Ok(Answer::ok(token_answer(&token)));
    }
    let app = [params.get("client_id"), params.get("client_secret")];
    if app != [Some(FACEBOOK_APP.id), Some(FACEBOOK_APP.secret)] {
        return Err(Answer::error(
            400,
            101,
            0,
            "Error validating client secret.",
        ));
    }
    let token = params.get("fb_exchange_token").unwrap_or_default();
    let now = state.now();
    let mut known = state.lock();
    match known.accounts.of_token(token, now) {
        Known::Good(holder) if holder.of == Of::Person => {
            let names: Vec<&str> = holder.accounts.iter().map(|a| &*a.username).collect();
            let scopes = holder.scopes.clone();
            let long = known.accounts.add_person(&names, None, scopes, now..);
            Ok(Answer::ok(token_answer(long.as_deref().unwrap_or(token))))
        }
        Known::Good(_) => Err(Answer::parameter("The token is not a user's")),
        Known::Dead(subcode) => Err(Answer::dead_token(subcode)),
        Known::Never => Err(Answer::bad_token()),
    }
}

fn token_answer(token: &str) -> Value {
    json!({ "access_token": token, "token_type": "bearer", "expires_in": LONG })
}

pub(super) fn missing(name: &str) -> Answer {
    Answer::oauth(&format!("Missing or wrong parameter: {name}"))
}
