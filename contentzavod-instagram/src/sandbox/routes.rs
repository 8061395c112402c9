//! Which call a request is, and what becomes of it.

use std::sync::Arc;
use std::time::Duration;

use http::Method;
use http::request::Parts;
use serde_json::json;

use super::answer::Answer;
use super::faults::{Fault, Stage};
use super::params::Params;
use super::state::{Account, State};
use super::{control, create, publish, reads};

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
    if let Some(answer) = control::answer(state, &parts.method, &path, body) {
        return Ok(answer);
    }
    let params = Params::read(parts, body);
    let token = params.token(parts).unwrap_or_default();
    let Some(account) = state.lock().account(&token) else {
        return Ok(Answer::bad_token());
    };
    let path = unversioned(&path);
    let Some(stage) = stage(&parts.method, path) else {
        if parts.method == Method::DELETE && path == ["me", "permissions"] {
            return Ok(Answer::ok(json!({ "success": true })));
        }
        let message = format!("Unknown path components: /{}", path.join("/"));
        return Ok(Answer::error(400, 2500, 0, &message));
    };
    let faults = state.draw(stage, &account.username);
    for fault in &faults {
        if let Fault::Slow { ms } = fault {
            state.clock.sleep(Duration::from_millis(*ms)).await;
        }
    }
    if faults.contains(&Fault::ReadRefused) {
        return Ok(Answer::missing(path.first().unwrap_or(&"")));
    }
    let answer = perform(state, stage, path, &account, &params, &token);
    if faults.contains(&Fault::ReplyLost) {
        return Err(Lost);
    }
    Ok(answer)
}

/// The path behind `v25.0`, which may be missing.
fn unversioned<'a, 'b>(path: &'a [&'b str]) -> &'a [&'b str] {
    match path {
        [version, rest @ ..] if version.starts_with('v') && version.contains('.') => rest,
        path => path,
    }
}

fn stage(method: &Method, path: &[&str]) -> Option<Stage> {
    Some(match (method.as_str(), path) {
        ("GET", ["me"]) => Stage::Me,
        ("GET", ["refresh_access_token"]) => Stage::Refresh,
        ("POST", [_, "media"]) => Stage::Create,
        ("POST", [_, "media_publish"]) => Stage::Publish,
        ("GET", [_, "media"]) => Stage::Recent,
        ("GET", [_, "content_publishing_limit"]) => Stage::Quota,
        ("GET", [id]) if id.starts_with("1792") => Stage::Permalink,
        ("GET", [_]) => Stage::Status,
        _ => return None,
    })
}

fn perform(
    state: &Arc<State>,
    stage: Stage,
    path: &[&str],
    account: &Account,
    params: &Params,
    token: &str,
) -> Answer {
    let id = path.first().copied().unwrap_or_default();
    let mine = id == account.ig_user || id == "me";
    match stage {
        Stage::Me => reads::me(account),
        Stage::Refresh => reads::refresh(params, token),
        Stage::Status | Stage::Permalink => reads::object(state, account, id),
        _ if !mine => Answer::missing(id),
        Stage::Create => create::create(state, account, params),
        Stage::Publish => publish::publish(state, account, params),
        Stage::Recent => reads::list(state, account, params),
        Stage::Quota => reads::quota(state, account),
    }
}
