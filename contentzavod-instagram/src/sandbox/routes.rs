//! Which call a request is, and what becomes of it.

use std::sync::Arc;

use contentzavod_core::model::Secret;
use http::Method;
use http::request::Parts;
use serde_json::json;

use super::account::{Holder, Known, Of};
use super::answer::Answer;
use super::faults::Stage;
use super::params::Params;
use super::spoil::Spoil;
use super::state::State;
use super::strike::{self, Call};
use super::{container, control, oauth};
use crate::family::Family;
use crate::graph::{VersionStanding, proof, version_standing};

/// The subcode of a token that was given back.
const APP_REMOVED: u32 = 458;

/// The reply is lost: the connection ends without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the reply is lost, as planned")]
pub(super) struct Lost;

/// Answers a request.
pub(super) async fn answer(state: &Arc<State>, parts: &Parts, body: &[u8]) -> Result<Answer, Lost> {
    let path: Vec<&str> = parts
        .uri
        .path()
        .split('/')
        .filter(|p| !p.is_empty())
        .collect();
    if let Some(answer) = control::answer(state, parts, &path, body) {
        return Ok(answer);
    }
    let (named, host, path) = host(&path);
    if parts.method == Method::HEAD && unversioned(path).is_empty() {
        return Ok(time(state));
    }
    let params = match Params::read(parts, body) {
        Ok(params) => params,
        Err(answer) => return Ok(answer),
    };
    if let Some(answer) = oauth::answer(state, parts, named, path, &params) {
        return Ok(answer);
    }
    let token = params.token(parts).unwrap_or_default().to_owned();
    let known = state.lock().accounts.of_token(&token, state.now());
    let holder = match known {
        // A token of one family is garbage to the other's host.
        Known::Good(holder) if host.is_none_or(|host| host == holder.family()) => holder,
        Known::Good(_) | Known::Never => return Ok(Answer::bad_token()),
        Known::Dead(subcode) => return Ok(Answer::dead_token(subcode)),
    };
    if let Some(ended) = ended(state, path) {
        return Ok(ended);
    }
    if let Some(wrong) = unproven(&holder, &token, &params) {
        return Ok(wrong);
    }
    let path = unversioned(path);
    let id = path.first().copied().unwrap_or_default();
    let account = holder.account(id).clone();
    if parts.method == Method::DELETE && path == ["me", "permissions"] {
        return Ok(given_back(state, &holder));
    }
    let Some((stage, id)) = stage(&parts.method, path, &holder) else {
        let message = format!("Unknown path components: /{}", path.join("/"));
        return Ok(Answer::error(400, 2500, 0, &message));
    };
    let call = Call {
        stage,
        method: parts.method.clone(),
        id: id.to_owned(),
        account,
        holder,
        token,
        params,
    };
    strike::answer(state, call).await
}

/// A Page cannot take back what a person gave.
fn given_back(state: &State, holder: &Holder) -> Answer {
    if holder.of == Of::Page {
        let message = "Tried accessing nonexisting field (permissions) on node type (Page)";
        return Answer::parameter(message);
    }
    let mut known = state.lock();
    for account in &holder.accounts {
        known.accounts.kill(account, APP_REMOVED);
    }
    Answer::ok(json!({ "success": true }))
}

/// A proof that is not the app's.
fn unproven(holder: &Holder, token: &str, params: &Params) -> Option<Answer> {
    let given = params.get("appsecret_proof")?;
    if holder.family() == Family::Instagram {
        return Some(Answer::parameter("Param appsecret_proof is not known here"));
    }
    let secret = Secret::from(oauth::FACEBOOK_APP.secret);
    let good = given == proof::of(&secret, &Secret::from(token));
    let message = "Invalid appsecret_proof provided in the API argument";
    (!good).then(|| Answer::parameter(message))
}

/// Which of Meta's hosts a path begins with, whose tokens are good there, and the rest of it.
fn host<'a, 'b>(path: &'a [&'b str]) -> (Option<&'b str>, Option<Family>, &'a [&'b str]) {
    let Some((name, rest)) = path.split_first() else {
        return (None, None, path);
    };
    match *name {
        "graph.instagram.com" | "api.instagram.com" | "www.instagram.com" => {
            (Some(name), Some(Family::Instagram), rest)
        }
        "graph.facebook.com" | "www.facebook.com" => (Some(name), Some(Family::Facebook), rest),
        _ => (None, None, path),
    }
}

/// A version that the platform does not serve any more.
fn ended(state: &State, path: &[&str]) -> Option<Answer> {
    let version = path.first()?;
    let standing = version_standing(version, state.now().date_naive());
    let named = version.starts_with('v') && version.contains('.');
    let message = format!("(#2635) You are calling a deprecated version of the API: {version}");
    let ended = named && matches!(standing, VersionStanding::Ended(_));
    ended.then(|| Answer::error(400, 2635, 0, &message))
}

/// Nobody's call: refused, with the time it is.
fn time(state: &State) -> Answer {
    let faults = state.lock().draws.draw(Stage::Time, "");
    let mut answer = Answer::bad_token();
    answer.spoil = Spoil::of(&faults);
    answer
}

/// The path behind `v25.0`, which may be missing.
fn unversioned<'a, 'b>(path: &'a [&'b str]) -> &'a [&'b str] {
    match path {
        [version, rest @ ..] if version.starts_with('v') && version.contains('.') => rest,
        path => path,
    }
}

/// The call of a path, and the object that it is about.
fn stage<'a>(method: &Method, path: &[&'a str], holder: &Holder) -> Option<(Stage, &'a str)> {
    let family = holder.family();
    let me = |id: &str| id == "me" || holder.account(id).is(id, family);
    Some(match (method.as_str(), path) {
        ("GET", ["refresh_access_token"]) if family == Family::Instagram => (Stage::Refresh, ""),
        ("GET", ["refresh_access_token"]) => return None,
        ("GET", ["me", edge @ ("accounts" | "permissions")]) if family == Family::Facebook => {
            (Stage::Me, *edge)
        }
        ("POST", [id, "media"]) => (Stage::Create, *id),
        ("POST", [id, "media_publish"]) => (Stage::Publish, *id),
        ("GET", [id, "media"]) => (Stage::Recent, *id),
        ("GET", [id, "content_publishing_limit"]) => (Stage::Quota, *id),
        ("GET", [id]) if me(id) => (Stage::Me, *id),
        ("GET", [id]) if container::is_media(id) => (Stage::Permalink, *id),
        ("GET", [id]) => (Stage::Status, *id),
        _ => return None,
    })
}
