//! Pushing a video: where it goes, where it stands, and the one long call.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use contentzavod_core::model::Secret;
use contentzavod_core::ports::{Answer, CallError, MediaSource};
use futures::StreamExt;
use reqwest::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use secrecy::ExposeSecret;
use serde_json::Value;
use url::Url;

use super::client::{GraphClient, join, parsed, path_id, unreadable};
use super::config::{RUPLOAD, local};
use super::error::{Call, Failure};
use super::http::{Connection, Lost};
use super::limits::Meta;
use super::value;
use crate::family::Family;
use crate::words;

/// The fields of a look at an upload.
const UPLOAD_FIELDS: &str = "id,status,status_code,video_status";

/// How much of a video the platform has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// So many bytes from the start.
    Bytes(u64),
    /// Nothing is left to push: the platform has all of it, or wants no more.
    All,
}

impl Taken {
    fn is_all_of(self, file: &dyn MediaSource) -> bool {
        match self {
            Self::All => true,
            Self::Bytes(bytes) => bytes >= file.len(),
        }
    }
}

impl GraphClient {
    /// Brings a video to its container, going on where an earlier push stopped. `to` is what the
    /// platform said when it made the container.
    ///
    /// # Errors
    ///
    /// As in [`CallError`]; `Transient` when the line broke off: the next call goes on from there.
    pub async fn push_video(
        &self,
        token: &Secret,
        container: &str,
        to: Option<&str>,
        file: &dyn MediaSource,
    ) -> Result<Answer<()>, CallError> {
        let to = self.upload_address(container, to)?;
        let offset = match self.taken(token, container).await {
            Ok(answer) => match answer.value {
                taken if taken.is_all_of(file) => return Ok(answer.map(|_| ())),
                Taken::Bytes(bytes) => bytes,
                Taken::All => 0,
            },
            // Fresh containers are not always shown: the push itself tells whether it is wanted.
            Err(CallError::Unreadable(_)) => 0,
            Err(error) => return Err(error),
        };
        let refused = match self.push(token, to, file, offset).await {
            Ok(meta) => return Ok(meta.answer(())),
            Err(Failure::Lost(lost)) => return Err(Failure::Lost(lost).into_call(Call::Create)),
            Err(refused) => refused.into_call(Call::Create),
        };
        // A refusal is not the last word: the platform has been seen to take such a video all the
        // same.
        match self.taken(token, container).await {
            Ok(answer) if answer.value.is_all_of(file) => Ok(answer.map(|_| ())),
            _ => Err(refused),
        }
    }

    async fn taken(&self, token: &Secret, container: &str) -> Result<Answer<Taken>, CallError> {
        let id = path_id(container).map_err(|f| f.into_call(Call::Status))?;
        let url = self.graph(&[id], &[("fields", UPLOAD_FIELDS)]);
        let heard = self.read("container, upload", url, token).await;
        parsed(heard, Call::Status, read_taken)
    }

    /// Pushes everything from `offset` on, in one call.
    async fn push(
        &self,
        token: &Secret,
        to: Url,
        file: &dyn MediaSource,
        offset: u64,
    ) -> Result<Meta, Failure> {
        let unbuilt = |why: String| Failure::Lost(Lost::Unbuilt(why));
        let bytes = file.read_from(offset).await;
        let bytes = bytes.map_err(|error| unbuilt(error.to_string()))?;
        let moved = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&moved);
        let counted = bytes.inspect(move |chunk| {
            let length = chunk.as_ref().map_or(0, bytes::Bytes::len);
            counter.fetch_add(length as u64, Ordering::Relaxed);
        });
        let word = format!("OAuth {}", token.expose_secret());
        let mut word = HeaderValue::from_str(&word)
            .map_err(|_| unbuilt("the token cannot be a header".to_owned()))?;
        word.set_sensitive(true);
        let request = self
            .http()
            .client(Connection::Pooled)
            .post(to)
            .header(AUTHORIZATION, word)
            .header("offset", offset)
            .header("file_size", file.len())
            .header(CONTENT_LENGTH, file.len().saturating_sub(offset))
            .header(CONTENT_TYPE, "application/octet-stream")
            .body(reqwest::Body::wrap_stream(counted));
        let idle = self.config().timeouts.upload_idle;
        let reply = self.http().push(request, &moved, idle).await;
        let (body, meta) = self.understood("upload", reply)?;
        let taken = body.get("success").and_then(value::flag) == Some(true);
        if taken {
            Ok(meta)
        } else {
            Err(Failure::Unread(Box::new(unreadable(&meta))))
        }
    }

    /// Where the bytes go. The token goes there too, so it must be a host of the platform's, or the
    /// one that the operator named.
    fn upload_address(&self, container: &str, said: Option<&str>) -> Result<Url, CallError> {
        let config = self.config();
        let graph = config.graph_of(Family::Facebook);
        let usual = match &config.rupload_url {
            Some(url) => url.clone(),
            None if local(graph) => graph.clone(),
            None => rupload(),
        };
        let Some(said) = said.and_then(|text| Url::parse(text).ok()) else {
            return Ok(join(&usual, &["ig-api-upload", &config.version, container]));
        };
        if said.origin() == usual.origin() {
            return Ok(said);
        }
        if config.rupload_url.is_some() {
            let path: Vec<&str> = said
                .path_segments()
                .map(Iterator::collect)
                .unwrap_or_default();
            let mut url = join(&usual, &path);
            url.set_query(said.query());
            return Ok(url);
        }
        let own = said.scheme() == "https"
            && said
                .host_str()
                .is_some_and(|h| h.ends_with(".facebook.com"));
        if own || (local(&said) && local(graph)) {
            return Ok(said);
        }
        let host = said.host_str().unwrap_or_default();
        let fault = words::said("instagram.upload.address").with("host", host);
        Err(CallError::Transient(fault))
    }
}

#[expect(clippy::expect_used, reason = "a constant address")]
fn rupload() -> Url {
    Url::parse(RUPLOAD).expect("a constant address")
}

/// Reads how much was taken; `None` when the answer holds no state.
///
/// Meta's own page shows `PUBLISHED` beside an upload under way: the phase counts where it is told.
fn read_taken(body: &Value) -> Option<Taken> {
    let word = body.get("status_code")?.as_str()?.to_ascii_uppercase();
    let phase = body
        .get("video_status")
        .and_then(|v| v.get("uploading_phase"));
    let Some(phase) = phase else {
        return Some(if word == "IN_PROGRESS" {
            Taken::Bytes(0)
        } else {
            Taken::All
        });
    };
    if phase.get("status").and_then(Value::as_str) == Some("complete") {
        return Some(Taken::All);
    }
    // Ended for another reason: polling tells which.
    if matches!(word.as_str(), "ERROR" | "EXPIRED" | "FINISHED") {
        return Some(Taken::All);
    }
    let bytes = ["bytes_transferred", "bytes_transfered"]
        .into_iter()
        .find_map(|name| phase.get(name))
        .and_then(value::integer)
        .and_then(|n| u64::try_from(n).ok());
    Some(Taken::Bytes(bytes.unwrap_or(0)))
}
