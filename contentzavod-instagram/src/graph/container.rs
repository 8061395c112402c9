//! Containers: the form that makes one, its status, and the answer of publishing it.

use contentzavod_core::model::{Reel, Secret, Trial};
use contentzavod_core::ports::{
    Answer, CallError, HandleState, HandleStatus, Publish, PublishError, Published,
};
use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use super::client::{Ask, GraphClient, parsed, path_id, unreadable};
use super::error::{self, Call, Failure};
use super::http::Connection;
use super::value;

/// The fields of a status read. A container has no link to the media it became.
const STATUS_FIELDS: &str = "status_code,status";

/// How the video comes to the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The platform fetches it from there.
    Pulled(Url),
    /// We push it, wherever the answer says. Facebook Login only.
    Pushed,
}

/// A container that was just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its id.
    pub id: String,
    /// Where its bytes are to be pushed, as the platform wrote it.
    pub upload_to: Option<String>,
}

impl GraphClient {
    /// Makes a container of a Reel.
    ///
    /// # Errors
    ///
    /// As in [`CallError`].
    pub async fn create_reel(
        &self,
        token: &Secret,
        user: &str,
        reel: &Reel,
        video: &Delivery,
        cover_url: Option<&Url>,
    ) -> Result<Answer<Made>, CallError> {
        let user = path_id(user).map_err(|f| f.into_call(Call::Create))?;
        let form = reel_form(reel, video, cover_url);
        let ask = Ask {
            name: "media",
            method: Method::POST,
            url: self.graph(&[user, "media"], &[]),
            token: Some(token),
            form: Some(&form),
        };
        let limit = self.config().timeouts.create;
        let heard = self.ask_within(ask, Connection::Pooled, limit).await;
        parsed(heard, Call::Create, |body| {
            Some(Made {
                id: read_id(body)?,
                upload_to: value::text(value::unwrapped(body), "uri"),
            })
        })
    }

    /// Where a container stands.
    ///
    /// # Errors
    ///
    /// As in [`CallError`]; `Unreadable` says nothing about the container.
    pub async fn container_status(
        &self,
        token: &Secret,
        container: &str,
    ) -> Result<Answer<HandleStatus>, CallError> {
        let id = path_id(container).map_err(|f| f.into_call(Call::Status))?;
        let url = self.graph(&[id], &[("fields", STATUS_FIELDS)]);
        let heard = self.read("container", url, token).await;
        let mut answer = parsed(heard, Call::Status, read_status)?;
        if let Some(fault) = &mut answer.value.fault {
            fault.trace.clone_from(&answer.trace);
            fault.remote_time = answer.remote_time;
        }
        Ok(answer)
    }

    /// Publishes a container: the one irreversible call, over a connection of its own.
    ///
    /// # Errors
    ///
    /// As in [`PublishError`].
    pub async fn publish_container(&self, token: &Secret, user: &str, container: &str) -> Publish {
        let user = path_id(user).map_err(Failure::into_publish)?;
        let container = path_id(container).map_err(Failure::into_publish)?;
        let form = [("creation_id", container.to_owned())];
        let ask = Ask {
            name: "media_publish",
            method: Method::POST,
            url: self.graph(&[user, "media_publish"], &[]),
            token: Some(token),
            form: Some(&form),
        };
        let limit = self.config().timeouts.publish;
        let heard = self.ask_within(ask, Connection::Fresh, limit).await;
        let (body, meta) = heard.map_err(Failure::into_publish)?;
        match read_id(&body) {
            Some(id) => Ok(meta.answer(Published::Live(id))),
            None => Err(PublishError::Unknown {
                answered: true,
                fault: unreadable(&meta),
            }),
        }
    }
}

/// The form fields of a Reel.
///
/// Options that say nothing are left out. Lists and objects are JSON inside the form. A cover
/// file wins over a moment of the video on the platform, so only one of them is sent.
fn reel_form(
    reel: &Reel,
    video: &Delivery,
    cover_url: Option<&Url>,
) -> Vec<(&'static str, String)> {
    let mut form = vec![("media_type", "REELS".to_owned())];
    form.push(match video {
        Delivery::Pulled(from) => ("video_url", from.to_string()),
        Delivery::Pushed => ("upload_type", "resumable".to_owned()),
    });
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
fn read_status(body: &Value) -> Option<HandleStatus> {
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
fn read_id(body: &Value) -> Option<String> {
    value::unwrapped(body).get("id").and_then(value::id)
}
