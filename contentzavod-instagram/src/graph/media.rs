//! Live media: the account's list, and the link of one.

use chrono::{DateTime, Utc};
use contentzavod_core::model::Secret;
use contentzavod_core::ports::{Answer, CallError, Link, RemoteMedia};
use serde_json::Value;
use url::Url;

use super::client::{GraphClient, parsed, path_id};
use super::error::{Call, Failure};
use super::value;

/// The fields of the list.
const FIELDS: &str = "id,caption,timestamp,permalink,media_product_type";
/// The fields of the list where the platform refuses some of [`FIELDS`] to a token.
const FIELDS_MIN: &str = "id,timestamp,permalink";
/// Length of the list. More than the 25 we promise: items that the platform hides from the list
/// count against its limit.
const LIMIT: &str = "50";
/// The fields of a link read.
const LINK_FIELDS: &str = "permalink,timestamp";

impl GraphClient {
    /// The account's newest media, newest first.
    ///
    /// # Errors
    ///
    /// As in [`CallError`].
    pub async fn recent_media(
        &self,
        token: &Secret,
        user: &str,
    ) -> Result<Answer<Vec<RemoteMedia>>, CallError> {
        let user = path_id(user).map_err(|f| f.into_call(Call::Read))?;
        let list = |fields| self.graph(&[user, "media"], &[("fields", fields), ("limit", LIMIT)]);
        let heard = self.read("media list", list(FIELDS), token).await;
        if heard.as_ref().is_err_and(Failure::is_bad_parameter) {
            // Captions are refused to this token: without them is better than not at all.
            let url = list(FIELDS_MIN);
            let heard = self.read("media list, no captions", url, token).await;
            return parsed(heard, Call::Read, |body| read_list(body, false));
        }
        parsed(heard, Call::Read, |body| read_list(body, true))
    }

    /// Where people see a media.
    ///
    /// # Errors
    ///
    /// As in [`CallError`]; `Unreadable` is usual for media that are seconds old.
    pub async fn link(&self, token: &Secret, media_id: &str) -> Result<Answer<Link>, CallError> {
        let id = path_id(media_id).map_err(|f| f.into_call(Call::Read))?;
        let url = self.graph(&[id], &[("fields", LINK_FIELDS)]);
        parsed(self.read("media", url, token).await, Call::Read, read_link)
    }
}

/// Reads a list; `None` when it is none. `captions`: they were asked for.
///
/// The platform leaves out what is empty, and it also leaves out what a token may not see. An
/// absent caption therefore counts as empty only when another item of the list shows one;
/// otherwise it counts as not read.
fn read_list(body: &Value, captions: bool) -> Option<Vec<RemoteMedia>> {
    let items = body.get("data")?.as_array()?;
    let shown = captions && items.iter().any(|i| i.get("caption").is_some());
    items.iter().map(|item| one(item, shown)).collect()
}

/// An item without an id makes the whole list unreadable: a hole could hide a post of ours.
fn one(item: &Value, captions_shown: bool) -> Option<RemoteMedia> {
    let caption = item.get("caption").and_then(Value::as_str);
    Some(RemoteMedia {
        id: item.get("id").and_then(value::id)?,
        kind: value::text(item, "media_product_type").map(|t| kind(&t)),
        caption: caption.or(captions_shown.then_some("")).map(str::to_owned),
        at: at(item),
        permalink: permalink(item),
    })
}

/// Reads a link; `None` when the answer holds none.
fn read_link(body: &Value) -> Option<Link> {
    Some(Link {
        permalink: permalink(body)?,
        published_at: at(body),
    })
}

/// The content kind of a product type.
fn kind(product: &str) -> String {
    match product.to_ascii_uppercase().as_str() {
        "REELS" => "instagram_reel".to_owned(),
        other => format!("instagram_{}", other.to_ascii_lowercase()),
    }
}

/// `2026-09-26T22:36:43+0000`: the offset has no colon.
fn at(item: &Value) -> Option<DateTime<Utc>> {
    let text = item.get("timestamp")?.as_str()?;
    let at = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%z")
        .or_else(|_| DateTime::parse_from_rfc3339(text))
        .ok()?;
    Some(at.with_timezone(&Utc))
}

/// A web address: people will click on it.
fn permalink(item: &Value) -> Option<String> {
    let url = Url::parse(item.get("permalink")?.as_str()?).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}
