//! The calls of the story, with nothing between it and the wire.

use std::collections::HashMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use e2e::process::Failure;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};

/// Calls to a server that may be dead: short, and their failure is an answer.
#[derive(Debug, Clone)]
pub(crate) struct Api {
    http: Client,
    base: String,
    key: String,
}

/// Where each post's publication stands, by the post's id, as the API answers it.
pub(crate) type Rows = HashMap<String, Value>;

impl Api {
    pub(crate) fn new(base: String, key: String) -> Self {
        Self {
            http: client(),
            base,
            key,
        }
    }

    /// Makes an account of the stand-in platform; its token.
    pub(crate) async fn sandbox_account(sandbox: &str, name: &str) -> Result<String, Failure> {
        let call = client()
            .post(format!("{sandbox}/__accounts"))
            .json(&json!({ "username": name }));
        text_of(&sent(call).await?, "access_token")
    }

    /// Half of the publish calls take a while: then kills meet calls that are under way.
    pub(crate) async fn slow_publishing(sandbox: &str) -> Result<(), Failure> {
        let rule = json!({ "stage": "publish", "fault": "slow", "ms": 400, "probability": 0.5 });
        let call = client()
            .post(format!("{sandbox}/__faults"))
            .json(&json!({ "rules": [rule] }));
        sent(call).await.map(drop)
    }

    /// It takes work.
    pub(crate) async fn ready(&self) -> bool {
        let call = self.http.get(format!("{}/readyz", self.base)).send().await;
        call.is_ok_and(|answer| answer.status().is_success())
    }

    pub(crate) async fn upload(&self, bytes: &'static [u8]) -> Result<String, Failure> {
        let call = self.http.post(self.url("/v1/media?filename=reel.mp4"));
        let call = call
            .header("content-type", "application/octet-stream")
            .body(bytes);
        text_of(&self.sent(call).await?, "id")
    }

    pub(crate) async fn connect(&self, token: &str) -> Result<String, Failure> {
        let call = self.http.post(self.url("/v1/accounts"));
        let account = self.sent(call.json(&json!({ "access_token": token })));
        text_of(&account.await?, "id")
    }

    pub(crate) async fn schedule(
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
    pub(crate) async fn rows(&self) -> Result<Rows, Failure> {
        let list = self.http.get(self.url("/v1/posts?limit=100"));
        let list = self.sent(list).await?;
        let posts = list["items"].as_array().ok_or("a list without items")?;
        let row = |post: &Value| Ok((text_of(post, "id")?, post["publications"][0].clone()));
        posts.iter().map(row).collect()
    }

    /// The whole inbox.
    pub(crate) async fn notifications(&self) -> Result<Vec<Value>, Failure> {
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

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    async fn sent(&self, call: RequestBuilder) -> Result<Value, Failure> {
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
    client.build().unwrap()
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
