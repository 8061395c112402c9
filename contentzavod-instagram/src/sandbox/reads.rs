//! Everything that is only read.

use chrono::TimeDelta;
use http::Method;
use serde_json::{Value, json};

use super::account::{Account, Holder};
use super::answer::Answer;
use super::container::{Code, Pull};
use super::fields::asked;
use super::ledger::Entry;
use super::params::Params;
use super::publish::{shortcode, used};
use super::state::State;
use crate::family::Family;

/// A token is refreshed at this age at the earliest.
const DAY: TimeDelta = TimeDelta::hours(24);
/// Media in a list without `limit`, and with the greatest one.
const LIST: usize = 25;
const LIST_MAX: usize = 100;

/// `GET /me`
pub(super) fn me(state: &State, account: &Account, params: &Params) -> Result<Answer, Answer> {
    let count = state.lock().ledger.of_account(&account.ig_user).count();
    let whole = json!({
        "id": account.scoped,
        "user_id": account.ig_user,
        "username": account.username,
        "name": account.username,
        "account_type": if account.is_personal() { "PERSONAL" } else { "BUSINESS" },
        "profile_picture_url": format!("https://cdn.example/{}.jpg", account.username),
        "biography": "An account of the sandbox",
        "website": "https://example.org/",
        "followers_count": 100,
        "follows_count": 10,
        "media_count": count,
    });
    asked(&whole, params, "id", &[]).map(Answer::ok)
}

/// `GET /{container}`
pub(super) fn container(
    state: &State,
    account: &Account,
    family: Family,
    params: &Params,
    id: &str,
) -> Result<Answer, Answer> {
    let known = state.lock();
    let found = known.containers.get(id);
    let found = found.filter(|c| c.owner == account.ig_user);
    let found = found.ok_or_else(|| Answer::missing(&Method::GET, id))?;
    let (word, text) = match found.code(state.now(), &state.settings) {
        Code::InProgress => (
            "IN_PROGRESS",
            "In Progress: Media is still being processed.".to_owned(),
        ),
        Code::Finished { .. } => (
            "FINISHED",
            "Finished: Media has been uploaded and it is ready to be published.".to_owned(),
        ),
        Code::Published { .. } => (
            "PUBLISHED",
            "Published: Media has been successfully published.".to_owned(),
        ),
        Code::Expired => (
            "EXPIRED",
            "Expired: Media was not published within 24 hours.".to_owned(),
        ),
        Code::Error { subcode } => (
            "ERROR",
            format!("Error: Media upload has failed with error code {subcode}"),
        ),
    };
    let mut whole = json!({ "id": id, "status_code": word, "status": text });
    if family == Family::Facebook {
        let whole_file = !matches!(found.pull, Pull::Waiting);
        whole["video_status"] = json!({
            "uploading_phase": found.upload.phase(whole_file),
            "processing_phase": { "status": "not_started" },
        });
    }
    asked(&whole, params, "id", &["copyright_check_status"]).map(Answer::ok)
}

/// `GET /{media}`, which is not there while it is younger than `lag`.
pub(super) fn media(
    state: &State,
    account: &Account,
    params: &Params,
    id: &str,
    lag: TimeDelta,
) -> Result<Answer, Answer> {
    let known = state.lock();
    let entry = known.ledger.of_media(id);
    let shown = |e: &&Entry| e.ig_user == account.ig_user && e.at + lag <= state.now();
    let entry = entry.filter(shown);
    let entry = entry.ok_or_else(|| Answer::missing(&Method::GET, id))?;
    item(entry, params).map(Answer::ok)
}

/// `GET /{ig-user}/media`, newest first, without what is younger than `lag`.
pub(super) fn list(
    state: &State,
    account: &Account,
    params: &Params,
    lag: TimeDelta,
) -> Result<Answer, Answer> {
    let number = |text: &str| text.parse::<usize>().is_ok_and(|n| n > 0);
    params.check("limit", "an integer greater than 0", number)?;
    let limit = params.get("limit").and_then(|text| text.parse().ok());
    let limit = limit.unwrap_or(LIST).min(LIST_MAX);
    let known = state.lock();
    let now = state.now();
    let mine = known.ledger.of_account(&account.ig_user);
    let mine = mine.filter(|entry| entry.at + lag <= now).take(limit);
    let items: Result<Vec<Value>, Answer> = mine.map(|entry| item(entry, params)).collect();
    Ok(Answer::ok(json!({ "data": items? })))
}

fn item(entry: &Entry, params: &Params) -> Result<Value, Answer> {
    let mut whole = json!({
        "id": entry.media,
        "timestamp": entry.at.format("%Y-%m-%dT%H:%M:%S+0000").to_string(),
        "permalink": entry.permalink,
        "shortcode": shortcode(&entry.media),
        "media_type": "VIDEO",
        "media_product_type": "REELS",
        "username": entry.username,
        "like_count": 0,
        "comments_count": 0,
    });
    // The platform leaves out what is empty.
    if !entry.caption.is_empty() {
        whole["caption"] = json!(entry.caption);
    }
    asked(
        &whole,
        params,
        "id",
        &["caption", "media_url", "thumbnail_url"],
    )
}

/// `GET /{ig-user}/content_publishing_limit`; used up where it is `full`.
pub(super) fn quota(
    state: &State,
    account: &Account,
    params: &Params,
    full: bool,
) -> Result<Answer, Answer> {
    let (known, now) = (state.lock(), state.now());
    let mut used = used(&known.ledger, &account.ig_user, now);
    if full || known.is_full(&account.ig_user, now) {
        used = used.max(state.settings.quota);
    }
    let whole = json!({
        "quota_usage": used,
        "config": { "quota_total": state.settings.quota, "quota_duration": 86_400 },
    });
    let row = asked(&whole, params, "quota_usage", &[])?;
    Ok(Answer::ok(json!({ "data": [row] })))
}

/// `GET /refresh_access_token`: the same token with its whole life before it.
pub(super) fn refresh(
    state: &State,
    params: &Params,
    holder: &Holder,
    token: &str,
) -> Result<Answer, Answer> {
    if params.get("access_token") != Some(token) {
        return Err(Answer::parameter("Param access_token is required"));
    }
    // What Instagram answers then is in no public source.
    if holder.ends.is_some() || state.now() - holder.since < DAY {
        let message = "The access token is too young to be refreshed";
        return Err(Answer::parameter(message));
    }
    if params.get("grant_type") != Some("ig_refresh_token") {
        return Err(Answer::parameter(
            "Param grant_type must be ig_refresh_token",
        ));
    }
    Ok(Answer::ok(json!({
        "access_token": token,
        "token_type": "bearer",
        "expires_in": 5_184_000,
    })))
}
