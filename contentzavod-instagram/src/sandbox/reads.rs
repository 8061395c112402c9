//! Everything that is only read.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::answer::Answer;
use super::params::Params;
use super::publish::used;
use super::state::{Account, Container, Pull, Settings, State};

/// Where a container stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Code {
    InProgress,
    Finished,
    Published,
    Expired,
    Error(String),
}

/// Reckons where a container stands at a time.
pub(super) fn code(container: &Container, now: DateTime<Utc>, settings: &Settings) -> Code {
    if container.published.is_some() {
        return Code::Published;
    }
    if now >= container.created_at + settings.container_life {
        return Code::Expired;
    }
    match &container.pull {
        Pull::Running => Code::InProgress,
        Pull::Failed(why) => Code::Error(why.clone()),
        Pull::Done { at, .. } if now < *at + settings.processing => Code::InProgress,
        Pull::Done { .. } => Code::Finished,
    }
}

/// `GET /me`
pub(super) fn me(account: &Account) -> Answer {
    Answer::ok(json!({
        "id": account.scoped,
        "user_id": account.ig_user,
        "username": account.username,
        "account_type": "BUSINESS",
    }))
}

/// `GET /{container}` or `GET /{media}`
pub(super) fn object(state: &State, account: &Account, id: &str) -> Answer {
    let now = state.clock.now();
    let known = state.lock();
    if let Some(container) = known
        .containers
        .get(id)
        .filter(|c| c.owner == account.ig_user)
    {
        let (word, text) = match code(container, now, &state.settings) {
            Code::InProgress => (
                "IN_PROGRESS",
                "In Progress: Media is still being processed.",
            ),
            Code::Finished => (
                "FINISHED",
                "Finished: Media has been uploaded and it is ready to be published.",
            ),
            Code::Published => ("PUBLISHED", "Published: Media has been published."),
            Code::Expired => (
                "EXPIRED",
                "Expired: Media was not published within 24 hours.",
            ),
            Code::Error(why) => {
                let text = format!("Error: Media upload has failed with error code {why}");
                return Answer::ok(json!({ "status_code": "ERROR", "status": text, "id": id }));
            }
        };
        return Answer::ok(json!({ "status_code": word, "status": text, "id": id }));
    }
    let entries = known.ledger.entries();
    let media = entries
        .iter()
        .find(|e| e.media == id && e.ig_user == account.ig_user);
    media.map_or_else(|| Answer::missing(id), |entry| Answer::ok(item(entry)))
}

fn item(entry: &super::ledger::Entry) -> Value {
    let mut item = json!({
        "id": entry.media,
        "timestamp": entry.at.format("%Y-%m-%dT%H:%M:%S+0000").to_string(),
        "permalink": entry.permalink,
        "media_product_type": "REELS",
    });
    // The platform leaves out what is empty.
    if !entry.caption.is_empty() {
        item["caption"] = json!(entry.caption);
    }
    item
}

/// `GET /{ig-user}/media`
pub(super) fn list(state: &State, account: &Account, params: &Params) -> Answer {
    let limit = params
        .get("limit")
        .and_then(|l| l.parse().ok())
        .unwrap_or(25);
    let known = state.lock();
    let mine = known.ledger.entries().iter().rev();
    let items: Vec<Value> = mine
        .filter(|e| e.ig_user == account.ig_user)
        .take(limit)
        .map(item)
        .collect();
    Answer::ok(json!({ "data": items }))
}

/// `GET /{ig-user}/content_publishing_limit`
pub(super) fn quota(state: &State, account: &Account) -> Answer {
    let used = used(&state.lock(), &account.ig_user, state.clock.now());
    let total = state.settings.quota;
    Answer::ok(json!({ "data": [{
        "quota_usage": used,
        "config": { "quota_total": total, "quota_duration": 86_400 },
    }] }))
}

/// `GET /refresh_access_token`
pub(super) fn refresh(params: &Params, token: &str) -> Answer {
    if params.get("grant_type") != Some("ig_refresh_token") {
        return Answer::parameter("grant_type must be ig_refresh_token");
    }
    Answer::ok(json!({
        "access_token": token,
        "token_type": "bearer",
        "expires_in": 5_184_000,
    }))
}
