//! Which call a request is, and what becomes of it.

use std::sync::Arc;

use http::Method;
use http::request::Parts;
use serde_json::json;

use super::account::{Account, Known};
use super::answer::Answer;
use super::faults::Stage;
use super::params::Params;
use super::spoil::Spoil;
use super::state::State;
use super::strike::{self, Call};
use super::{container, control};

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
    if parts.method == Method::HEAD && unversioned(&path).is_empty() {
        return Ok(time(state));
    }
    let params = match Params::read(parts, body) {
        Ok(params) => params,
        Err(answer) => return Ok(answer),
    };
    let token = params.token(parts).unwrap_or_default().to_owned();
    let account = match state.lock().accounts.of_token(&token) {
        Known::Good(account) => account,
        Known::Dead(subcode) => return Ok(Answer::dead_token(subcode)),
        Known::Never => return Ok(Answer::bad_token()),
    };
    let path = unversioned(&path);
    if parts.method == Method::DELETE && path == ["me", "permissions"] {
        state.lock().accounts.kill(&account, APP_REMOVED);
        return Ok(Answer::ok(json!({ "success": true })));
    }
    let Some(stage) = stage(&parts.method, path, &account) else {
        let message = format!("Unknown path components: /{}", path.join("/"));
        return Ok(Answer::error(400, 2500, 0, &message));
    };
    let call = Call {
        stage,
        method: parts.method.clone(),
        id: path.first().copied().unwrap_or_default().to_owned(),
        account,
        token,
        params,
    };
    strike::answer(state, call).await
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

fn stage(method: &Method, path: &[&str], account: &Account) -> Option<Stage> {
    Some(match (method.as_str(), path) {
        ("GET", ["refresh_access_token"]) => Stage::Refresh,
        ("POST", [_, "media"]) => Stage::Create,
        ("POST", [_, "media_publish"]) => Stage::Publish,
        ("GET", [_, "media"]) => Stage::Recent,
        ("GET", [_, "content_publishing_limit"]) => Stage::Quota,
        ("GET", [id]) if account.is(id) => Stage::Me,
        ("GET", [id]) if container::is_media(id) => Stage::Permalink,
        ("GET", [_]) => Stage::Status,
        _ => return None,
    })
}
