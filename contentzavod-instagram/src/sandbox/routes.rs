//! Which call a request is, and what becomes of it.

use std::sync::Arc;
use std::time::Duration;

use http::Method;
use http::request::Parts;
use serde_json::json;

use super::account::{Account, Known};
use super::answer::Answer;
use super::disk::Written;
use super::faults::{Fault, Stage};
use super::params::Params;
use super::state::State;
use super::{container, control, create, publish, reads};

/// The reply is lost: the connection ends without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the reply is lost, as planned")]
pub(super) struct Lost;

/// A call of the platform, once it is known whose it is.
struct Call<'a> {
    stage: Stage,
    method: &'a Method,
    /// The object of the call, as it stands in the path.
    id: &'a str,
    account: Account,
    token: &'a str,
}

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
    let params = match Params::read(parts, body) {
        Ok(params) => params,
        Err(answer) => return Ok(answer),
    };
    let token = params.token(parts).unwrap_or_default();
    let account = match state.lock().accounts.of_token(token) {
        Known::Good(account) => account,
        Known::Revoked => return Ok(Answer::dead_token()),
        Known::Never => return Ok(Answer::bad_token()),
    };
    let path = unversioned(&path);
    if parts.method == Method::DELETE && path == ["me", "permissions"] {
        state.lock().accounts.revoke(&account);
        return Ok(Answer::ok(json!({ "success": true })));
    }
    let Some(stage) = stage(&parts.method, path, &account) else {
        let message = format!("Unknown path components: /{}", path.join("/"));
        return Ok(Answer::error(400, 2500, 0, &message));
    };
    let call = Call {
        stage,
        method: &parts.method,
        id: path.first().copied().unwrap_or_default(),
        account,
        token,
    };
    let mut answer = faulty(state, &call, &params).await?;
    answer.ig_user = Some(call.account.ig_user);
    Ok(answer)
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

/// The call with the faults that strike it.
async fn faulty(state: &Arc<State>, call: &Call<'_>, params: &Params) -> Result<Answer, Lost> {
    let faults = state.lock().draws.draw(call.stage, &call.account.username);
    for fault in &faults {
        if let Fault::Slow { ms } = fault {
            state.clock.sleep(Duration::from_millis(*ms)).await;
        }
    }
    if faults.contains(&Fault::ReadRefused) {
        return Ok(Answer::missing(call.method, call.id));
    }
    let answer = match perform(state, call, params) {
        Ok((answer, written)) => {
            if written.done().await {
                answer
            } else {
                // Executed, and yet an error: the platform does that, too.
                Answer::transient()
            }
        }
        Err(answer) => answer,
    };
    if faults.contains(&Fault::ReplyLost) {
        return Err(Lost);
    }
    Ok(answer)
}

/// What the platform does. An answer goes out only once what it tells is written down.
fn perform(
    state: &Arc<State>,
    call: &Call<'_>,
    params: &Params,
) -> Result<(Answer, Written), Answer> {
    let (account, id) = (&call.account, call.id);
    let owned = match call.stage {
        Stage::Create | Stage::Publish | Stage::Recent | Stage::Quota => account.is(id),
        _ => true,
    };
    if !owned {
        return Err(Answer::missing(call.method, id));
    }
    let read = match call.stage {
        Stage::Create => return create::create(state, account, params),
        Stage::Publish => return publish::publish(state, account, params),
        Stage::Me => reads::me(state, account, params),
        Stage::Refresh => reads::refresh(params, call.token),
        Stage::Status => reads::container(state, account, params, id),
        Stage::Permalink => reads::media(state, account, params, id),
        Stage::Recent => reads::list(state, account, params),
        Stage::Quota => reads::quota(state, account, params),
    };
    read.map(|answer| (answer, Written::nowhere()))
}
