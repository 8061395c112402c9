//! The demo as a client of the API.

use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use contentzavod_core::model::PublicationId;
use futures::{Stream, StreamExt};
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE};
use reqwest::{Body, RequestBuilder, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_util::io::ReaderStream;
use url::Url;

use super::steps::Steps;
use crate::compose::StartError;

const CHUNK: usize = 256 << 10;

/// A client with a key.
#[derive(Debug)]
pub(super) struct Client {
    http: reqwest::Client,
    base: Url,
    key: String,
    token: String,
}

/// A connected account.
#[derive(Debug, Deserialize)]
pub(super) struct Account {
    id: String,
    pub(super) username: String,
}

/// An uploaded file.
#[derive(Debug, Deserialize)]
pub(super) struct Media {
    id: String,
    bytes: u64,
    sha256: String,
    duration_ms: Option<u64>,
    width: Option<u32>,
    height: Option<u32>,
}

impl Media {
    /// What it is, in one line.
    pub(super) fn words(&self) -> String {
        let mut words = vec![format!("{} bytes", self.bytes)];
        let seconds = |ms: u64| format!("{}.{:01} s", ms / 1000, ms % 1000 / 100);
        words.extend(self.duration_ms.map(seconds));
        let size = self.width.zip(self.height);
        words.extend(size.map(|(width, height)| format!("{width}x{height}")));
        words.push(format!(
            "sha256 {}…",
            &self.sha256[..self.sha256.len().min(12)]
        ));
        words.join(", ")
    }
}

/// A scheduled post with its one publication.
#[derive(Debug, Deserialize)]
pub(super) struct Post {
    publications: Vec<Publication>,
}

#[derive(Debug, Deserialize)]
struct Publication {
    id: PublicationId,
}

impl Post {
    /// Its publication.
    pub(super) fn publication(&self) -> Option<PublicationId> {
        self.publications.first().map(|p| p.id)
    }
}

impl Client {
    /// A client of the API at `base`; `token` opens the stand-in's account.
    pub(super) fn new(base: Url, key: &str, token: String) -> Result<Self, StartError> {
        #[expect(
            clippy::disallowed_methods,
            reason = "the demo composes its own client"
        )]
        let http = reqwest::Client::builder()
            .connect_timeout(Duration::from_secs(5))
            // The demo stays on this machine, whatever proxy the environment names.
            .no_proxy()
            .build()?;
        Ok(Self {
            http,
            base,
            key: key.to_owned(),
            token,
        })
    }

    pub(super) async fn connect(&self) -> Result<Account, StartError> {
        let body = json!({ "access_token": self.token });
        let request = self.http.post(self.at("v1/accounts")?).json(&body);
        Ok(self.send(request).await?.json().await?)
    }

    pub(super) async fn upload_file(
        &self,
        path: &Path,
        steps: &Steps,
    ) -> Result<Media, StartError> {
        let opened = tokio::fs::File::open(path).await;
        let file = opened.map_err(|error| format!("{}: {error}", path.display()))?;
        let length = file.metadata().await?.len();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let stream = ReaderStream::with_capacity(file, CHUNK);
        self.upload(stream, length, &name, steps).await
    }

    pub(super) async fn upload_bytes(
        &self,
        bytes: &'static [u8],
        name: &str,
        steps: &Steps,
    ) -> Result<Media, StartError> {
        let stream = futures::stream::iter([Ok(Bytes::from_static(bytes))]);
        self.upload(stream, bytes.len() as u64, name, steps).await
    }

    async fn upload<S>(
        &self,
        bytes: S,
        length: u64,
        name: &str,
        steps: &Steps,
    ) -> Result<Media, StartError>
    where
        S: Stream<Item = std::io::Result<Bytes>> + Send + 'static,
    {
        let bar = steps.bytes(length);
        let shown = bar.clone();
        let bytes = bytes.inspect(move |chunk| {
            if let Ok(chunk) = chunk {
                shown.inc(chunk.len() as u64);
            }
        });
        let mut url = self.at("v1/media")?;
        url.query_pairs_mut().append_pair("filename", name);
        let request = self
            .http
            .post(url)
            .header(CONTENT_TYPE, "application/octet-stream")
            .header(CONTENT_LENGTH, length)
            .body(Body::wrap_stream(bytes));
        let answer = self.send(request).await;
        bar.finish_and_clear();
        Ok(answer?.json().await?)
    }

    pub(super) async fn schedule(
        &self,
        account: &Account,
        media: &Media,
        caption: &str,
        due: DateTime<Utc>,
    ) -> Result<Post, StartError> {
        let content = json!({ "kind": "instagram_reel", "media_id": media.id, "caption": caption });
        let body = json!({
            "account_ids": [account.id], "content": content, "publish_at": due.to_rfc3339(),
        });
        let request = self.http.post(self.at("v1/posts")?).json(&body);
        Ok(self.send(request).await?.json().await?)
    }

    pub(super) async fn receipt(&self, post: &Post) -> Result<Value, StartError> {
        let id = post.publication().ok_or("the post has no publication")?;
        let url = self.at(&format!("v1/publications/{id}/receipt"))?;
        Ok(self.send(self.http.get(url)).await?.json().await?)
    }

    fn at(&self, path: &str) -> Result<Url, StartError> {
        Ok(self.base.join(path)?)
    }

    /// Sends with the key; a refusal becomes an error in words.
    async fn send(&self, request: RequestBuilder) -> Result<Response, StartError> {
        let answer = request.bearer_auth(&self.key).send().await;
        let answer = answer.map_err(reqwest::Error::without_url)?;
        if answer.status().is_success() {
            return Ok(answer);
        }
        let problem: Value = answer.json().await.map_err(reqwest::Error::without_url)?;
        Err(words(&problem).into())
    }
}

/// A problem with its findings, in lines.
fn words(problem: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut lines = vec![text(&problem["title"])];
    lines.extend(problem["detail"].as_str().map(str::to_owned));
    for finding in problem["findings"].as_array().into_iter().flatten() {
        let place = finding["field"].as_str().or(finding["rule"].as_str());
        let place = place.unwrap_or_default();
        lines.push(format!("  {place}: {}", text(&finding["message"])));
        lines.extend(finding["fix"].as_str().map(|fix| format!("    → {fix}")));
    }
    lines.join("\n")
}
