//! The calls of the story, with nothing between it and the wire.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};

use crate::process::Failure;

/// Calls to a server that may be dead: short, and their failure is an answer.
#[derive(Debug, Clone)]
pub struct Api {
    /// The client of every call.
    pub http: Client,
    /// Where the server answers, without a trailing slash.
    pub base: String,
    key: String,
}

/// Where each post's publication stands, by the post's id, as the API answers it.
pub type Rows = HashMap<String, Value>;

impl Api {
    /// Calls to the server at `base` with this API key.
    #[must_use]
    pub fn new(base: String, key: String) -> Self {
        Self {
            http: client(),
            base,
            key,
        }
    }

    /// Makes an account of the stand-in platform; its token.
    ///
    /// # Errors
    ///
    /// When the call fails, or is refused.
    pub async fn sandbox_account(sandbox: &str, name: &str) -> Result<String, Failure> {
        let call = client()
            .post(format!("{sandbox}/__accounts"))
            .json(&json!({ "username": name }));
        text_of(&sent(call).await?, "access_token")
    }

    /// The same by Facebook Login: the token of a person with the account's Page.
    ///
    /// # Errors
    ///
    /// When the call fails, or is refused.
    pub async fn sandbox_page(sandbox: &str, name: &str) -> Result<String, Failure> {
        let call = client()
            .post(format!("{sandbox}/__accounts"))
            .json(&json!({ "username": name, "login": "facebook" }));
        text_of(&sent(call).await?, "access_token")
    }

    /// Sets the faults of the stand-in platform: the body of `POST /__faults`.
    ///
    /// # Errors
    ///
    /// When the platform does not answer, or refuses it.
    pub async fn faults(sandbox: &str, body: &Value) -> Result<(), Failure> {
        let call = client().post(format!("{sandbox}/__faults")).json(body);
        sent(call).await.map(drop)
    }

    /// It takes work.
    pub async fn ready(&self) -> bool {
        let call = self.http.get(format!("{}/readyz", self.base)).send().await;
        call.is_ok_and(|answer| answer.status().is_success())
    }

    /// Uploads a video; its id.
    ///
    /// # Errors
    ///
    /// When the call fails, or is refused.
    pub async fn upload(&self, bytes: &'static [u8]) -> Result<String, Failure> {
        let call = self.http.post(self.url("/v1/media?filename=reel.mp4"));
        let call = call
            .header("content-type", "application/octet-stream")
            .body(bytes);
        text_of(&self.sent(call).await?, "id")
    }

    /// Connects an account by its token; its id.
    ///
    /// # Errors
    ///
    /// When the call fails, or is refused.
    pub async fn connect(&self, token: &str) -> Result<String, Failure> {
        let call = self.http.post(self.url("/v1/accounts"));
        let account = self.sent(call.json(&json!({ "access_token": token })));
        text_of(&account.await?, "id")
    }

    /// Schedules a Reel; its post's id.
    ///
    /// # Errors
    ///
    /// When the call fails, or is refused.
    pub async fn schedule(
        &self,
        account: &str,
        media: &str,
        caption: &str,
        due: DateTime<Utc>,
    ) -> Result<String, Failure> {
        let post = json!({
            "account_ids": [account],
            "content": { "kind": "instagram_reel", "media_id": media, "caption": caption },
            "publish_at": due.to_rfc3339(),
        });
        let call = self.http.post(self.url("/v1/posts")).json(&post);
        text_of(&self.sent(call).await?, "id")
    }

    /// Every post's publication.
    ///
    /// # Errors
    ///
    /// When the call fails, or is refused.
    pub async fn rows(&self) -> Result<Rows, Failure> {
        let posts = self.all("/v1/posts?limit=100").await?;
        let row = |post: &Value| Ok((text_of(post, "id")?, post["publications"][0].clone()));
        posts.iter().map(row).collect()
    }

    /// The items of every page of a list; its path has a query.
    ///
    /// # Errors
    ///
    /// When a call fails, or is refused.
    pub async fn all(&self, path: &str) -> Result<Vec<Value>, Failure> {
        let mut all = Vec::new();
        let mut from = String::new();
        loop {
            let call = self.http.get(self.url(&format!("{path}{from}")));
            let mut page = self.sent(call).await?;
            if let Some(items) = page["items"].as_array_mut() {
                all.append(items);
            }
            let Some(next) = page["next_cursor"].as_str() else {
                return Ok(all);
            };
            from = format!("&cursor={next}");
        }
    }

    /// The whole inbox.
    ///
    /// # Errors
    ///
    /// When the call fails, or is refused.
    pub async fn notifications(&self) -> Result<Vec<Value>, Failure> {
        let mut all = Vec::new();
        let mut after = "0".to_owned();
        loop {
            let path = format!("/v1/notifications?limit=100&after={after}");
            let mut page = self.sent(self.http.get(self.url(&path))).await?;
            let Some(next) = page["next_cursor"].as_str().map(str::to_owned) else {
                return Ok(all);
            };
            if let Some(items) = page["items"].as_array_mut() {
                all.append(items);
            }
            after = next;
        }
    }

    /// Sends a call with the key; the status and the JSON of whatever answer it gets.
    ///
    /// # Errors
    ///
    /// When there is no answer, or its body is no JSON.
    pub async fn asked(&self, call: RequestBuilder) -> Result<(u16, Value), Failure> {
        let answer = call.bearer_auth(&self.key).send().await?;
        let status = answer.status().as_u16();
        let body = answer.bytes().await?;
        if body.is_empty() {
            return Ok((status, Value::Null));
        }
        Ok((status, serde_json::from_slice(&body)?))
    }

    /// The key of every call.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The address of a path.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Sends a call with the key; the JSON of a successful answer.
    ///
    /// # Errors
    ///
    /// When the call fails, or is refused.
    pub async fn sent(&self, call: RequestBuilder) -> Result<Value, Failure> {
        sent(call.bearer_auth(&self.key)).await
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the story calls the wire itself, not through a client of ours"
)]
fn client() -> Client {
    let client = Client::builder()
        .timeout(Duration::from_secs(10))
        .pool_max_idle_per_host(0);
    client
        .build()
        .expect("a client without settings of its own can be built")
}

async fn sent(call: RequestBuilder) -> Result<Value, Failure> {
    let answer: Response = call.send().await?;
    let status = answer.status();
    let body = answer.text().await?;
    if !status.is_success() {
        return Err(format!("{status}: {body}").into());
    }
    Ok(serde_json::from_str(&body)?)
}

fn text_of(value: &Value, name: &str) -> Result<String, Failure> {
    let text = value[name].as_str();
    text.map(str::to_owned)
        .ok_or_else(|| format!("no {name} in {value}").into())
}
