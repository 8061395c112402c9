//! Containers: the form that makes one, its status, and the answer of publishing it.

use contentzavod_core::model::{Reel, Trial};
use contentzavod_core::ports::{HandleState, HandleStatus};
use serde_json::{Value, json};
use url::Url;

use super::{error, value};

/// The fields of a status read. A container has no link to the media it became.
pub(crate) const STATUS_FIELDS: &str = "status_code,status";

/// The form fields of a Reel that the platform fetches itself.
///
/// Options that say nothing are left out. Lists and objects are JSON inside the form. A cover
/// file wins over a moment of the video on the platform, so only one of them is sent.
pub(crate) fn reel_form(
    reel: &Reel,
    video_url: &Url,
    cover_url: Option<&Url>,
) -> Vec<(&'static str, String)> {
    let mut form = vec![
        ("media_type", "REELS".to_owned()),
        ("video_url", video_url.to_string()),
    ];
    if !reel.caption.is_empty() {
        form.push(("caption", reel.caption.clone()));
    }
    form.push(("share_to_feed", reel.share_to_feed.to_string()));
    if let Some(cover) = cover_url {
        form.push(("cover_url", cover.to_string()));
    } else if let Some(offset) = reel.thumb_offset_ms {
        form.push(("thumb_offset", offset.to_string()));
    }
    form.extend(people(reel));
    if let Some(location) = &reel.location_id {
        form.push(("location_id", location.clone()));
    }
    if let Some(name) = &reel.audio_name {
        form.push(("audio_name", name.clone()));
    }
    if let Some(trial) = reel.trial {
        let strategy = json!({ "graduation_strategy": strategy(trial) });
        form.push(("trial_params", strategy.to_string()));
    }
    if reel.ai_generated {
        form.push(("is_ai_generated", "true".to_owned()));
    }
    form
}

fn people(reel: &Reel) -> Vec<(&'static str, String)> {
    let mut form = Vec::new();
    if !reel.collaborators.is_empty() {
        form.push(("collaborators", json!(reel.collaborators).to_string()));
    }
    if !reel.user_tags.is_empty() {
        // Tags of a video have no position.
        let tags: Vec<Value> = reel
            .user_tags
            .iter()
            .map(|name| json!({ "username": name }))
            .collect();
        form.push(("user_tags", json!(tags).to_string()));
    }
    form
}

const fn strategy(trial: Trial) -> &'static str {
    match trial {
        Trial::Manual => "MANUAL",
        Trial::Performance => "SS_PERFORMANCE",
    }
}

/// Reads a status answer; `None` when it holds no state we know.
pub(crate) fn status(body: &Value) -> Option<HandleStatus> {
    let word = body.get("status_code")?.as_str()?.trim();
    let text = body.get("status").and_then(Value::as_str);
    let state = match word.to_ascii_uppercase().as_str() {
        "IN_PROGRESS" => HandleState::InProgress,
        "FINISHED" => HandleState::Finished,
        "PUBLISHED" => HandleState::Published,
        "EXPIRED" => HandleState::Expired,
        "ERROR" => return Some(error::failed_container(text)),
        _ => return None,
    };
    Some(HandleStatus::of(state))
}

/// The id in the answer of making or publishing a container.
pub(crate) fn id(body: &Value) -> Option<String> {
    value::unwrapped(body).get("id").and_then(value::id)
}
