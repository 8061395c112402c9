//! Making a container.

use std::sync::Arc;

use serde_json::{Value, json};
use url::Url;

use super::answer::Answer;
use super::params::Params;
use super::pull;
use super::state::{Account, Container, Pull, State};

/// Everything a Reel may be made with.
const KNOWN: &[&str] = &[
    "media_type",
    "video_url",
    "caption",
    "share_to_feed",
    "cover_url",
    "thumb_offset",
    "collaborators",
    "user_tags",
    "location_id",
    "audio_name",
    "trial_params",
    "is_ai_generated",
];

/// `POST /{ig-user}/media`
pub(super) fn create(state: &Arc<State>, account: &Account, params: &Params) -> Answer {
    let url = match checked(params) {
        Ok(url) => url,
        Err(answer) => return answer,
    };
    let mut known = state.lock();
    let id = format!("1788{}", known.number());
    let container = Container {
        owner: account.ig_user.clone(),
        caption: params.get("caption").unwrap_or_default().to_owned(),
        created_at: state.clock.now(),
        pull: Pull::Running,
        published: None,
    };
    known.containers.insert(id.clone(), container);
    drop(known);
    tokio::spawn(pull::pull(Arc::clone(state), id.clone(), url));
    Answer::ok(json!({ "id": id }))
}

/// The address of the video, unless the platform would refuse the call.
fn checked(params: &Params) -> Result<String, Answer> {
    if let Some(name) = params.names().find(|name| !KNOWN.contains(name)) {
        return Err(Answer::parameter(&format!("unknown parameter {name}")));
    }
    if params.get("media_type") != Some("REELS") {
        return Err(Answer::parameter("media_type must be REELS"));
    }
    let url = params.get("video_url").and_then(|u| Url::parse(u).ok());
    let url = url.filter(|u| matches!(u.scheme(), "http" | "https"));
    let url = url.ok_or_else(|| Answer::parameter("video_url must be an address"))?;
    let caption = params.get("caption").unwrap_or_default();
    if caption.chars().count() > 2200 {
        let message = "The caption was too long";
        return Err(Answer::error(400, 100, 2_207_010, message));
    }
    for name in ["share_to_feed", "is_ai_generated"] {
        if !matches!(params.get(name), None | Some("true" | "false")) {
            return Err(Answer::parameter(&format!("{name} must be a boolean")));
        }
    }
    if params
        .get("thumb_offset")
        .is_some_and(|t| t.parse::<u64>().is_err())
    {
        return Err(Answer::parameter("thumb_offset must be a number"));
    }
    people(params)?;
    Ok(url.into())
}

fn people(params: &Params) -> Result<(), Answer> {
    let list = |name: &str| -> Result<Vec<Value>, Answer> {
        let Some(text) = params.get(name) else {
            return Ok(Vec::new());
        };
        serde_json::from_str(text).map_err(|_| Answer::parameter(&format!("{name} must be a list")))
    };
    let invited = list("collaborators")?;
    if invited.len() > 3 || !invited.iter().all(Value::is_string) {
        return Err(Answer::parameter(
            "collaborators must be at most 3 usernames",
        ));
    }
    let tags = list("user_tags")?;
    let named = |tag: &Value| tag.get("username").is_some_and(Value::is_string);
    if tags.len() > 20 || !tags.iter().all(named) {
        return Err(Answer::parameter("user_tags must be at most 20 usernames"));
    }
    Ok(())
}
