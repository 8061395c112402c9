//! A server on a free port, and a client with a key.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::engine::Engine;
use contentzavod_core::ports::Clock;
use contentzavod_core::service::Contentzavod;
use contentzavod_core::testing::ManualClock;
use contentzavod_instagram::sandbox::Sandbox;
use contentzavod_server::accept::{self, AcceptLimits};
use contentzavod_server::app;
use contentzavod_server::compose::compose;
use contentzavod_server::config::{self, Overrides};
use contentzavod_server::data_dir::DataDir;
use contentzavod_server::encode::Worker;
use contentzavod_server::telemetry::{Metrics, RequestLog};
use reqwest::{Method, RequestBuilder, Response};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

pub(crate) const REEL: &[u8] = include_bytes!("../../assets/reel.mp4");

pub(crate) struct World {
    pub(crate) base: String,
    pub(crate) key: String,
    pub(crate) zavod: Contentzavod,
    pub(crate) engine: Engine,
    pub(crate) encoder: Option<Worker>,
    pub(crate) sandbox: Sandbox,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) requests: RequestLog,
    pub(crate) folder: tempfile::TempDir,
    pub(crate) http: reqwest::Client,
    shutdown: CancellationToken,
}

/// Where a server is reached from outside.
#[derive(Debug, Clone, Copy)]
enum Reach {
    Nowhere,
    Here,
    Https,
}

/// An answer that was read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
    pub(crate) body: Value,
}

impl World {
    /// A server that platforms can reach.
    pub(crate) async fn new() -> Self {
        Self::start(Reach::Here, &[]).await
    }

    /// A server with settings.
    pub(crate) async fn with(settings: &[(&str, &str)]) -> Self {
        Self::start(Reach::Here, settings).await
    }

    /// A server without a public address.
    pub(crate) async fn hidden() -> Self {
        Self::start(Reach::Nowhere, &[]).await
    }

    /// A server that the world reaches by HTTPS, through something that ends it.
    pub(crate) async fn secure(settings: &[(&str, &str)]) -> Self {
        Self::start(Reach::Https, settings).await
    }

    async fn start(reach: Reach, settings: &[(&str, &str)]) -> Self {
        drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
        let clock = Arc::new(ManualClock::new());
        let folder = tempfile::tempdir().unwrap();
        let sandbox = Sandbox::builder().clock(clock.clone());
        let sandbox = sandbox.start().await.unwrap();
        let overrides = Overrides {
            data_dir: Some(folder.path().to_owned()),
            sandbox: Some(sandbox.url().to_string()),
            ..Overrides::default()
        };
        // What a test does in a moment is more than anybody may, and the clock stands still.
        let unlimited = ["API", "UPLOAD", "SIGN_IN"];
        let unlimited =
            unlimited.map(|name| (format!("CONTENTZAVOD_LIMITS__{name}"), "off".into()));
        let set = settings.iter();
        let set = set.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let set: BTreeMap<String, String> = unlimited.into_iter().chain(set).collect();
        let set = set.into_iter();
        let settings = config::load(&overrides, set, None).unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let public = match reach {
            Reach::Nowhere => None,
            Reach::Here => Some(base.parse().unwrap()),
            Reach::Https => Some("https://zavod.example".parse().unwrap()),
        };
        let dir = DataDir::open(folder.path()).unwrap();
        let composed = compose(&settings, &dir, clock.clone(), public)
            .await
            .unwrap();
        let encoder = composed.encoder();
        let mut parts = composed.app_parts(Some(Metrics::install().unwrap()));
        let requests = RequestLog::start(dir.logs(), settings.log.retention, clock.clone());
        let requests = requests.unwrap();
        parts.guard.requests = Some(requests.clone());
        let endpoint = app(parts);
        let shutdown = CancellationToken::new();
        let limits = AcceptLimits::default();
        let serving = accept::serve(listener, None, endpoint, limits, shutdown.clone());
        tokio::spawn(serving);
        let mut world = Self {
            base,
            key: String::new(),
            zavod: composed.zavod,
            engine: composed.engine,
            encoder,
            sandbox,
            clock,
            requests,
            folder,
            http: http(),
            shutdown,
        };
        world.key = world.person("Anna").await;
        world
    }

    /// A person with a workspace of their own; their key.
    pub(crate) async fn person(&self, name: &str) -> String {
        let actor = self.zavod.create_user(name).await.unwrap();
        let (_, secret) = self.zavod.create_key(actor, "test").await.unwrap();
        secret.expose_secret().to_owned()
    }

    /// A request with the key of the first person.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.request_as(&self.key, method, path)
    }

    pub(crate) fn request_as(&self, key: &str, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.base);
        self.http.request(method, url).bearer_auth(key)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        read(self.request(Method::GET, path).send().await.unwrap()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        read(self.request(Method::DELETE, path).send().await.unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        let request = self.request(Method::POST, path).json(body);
        read(request.send().await.unwrap()).await
    }

    /// A POST without a body.
    pub(crate) async fn tell(&self, path: &str) -> Answer {
        read(self.request(Method::POST, path).send().await.unwrap()).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Answer {
        let request = self.request(Method::PATCH, path).json(body);
        read(request.send().await.unwrap()).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Answer {
        let request = self.request(Method::PUT, path).json(body);
        read(request.send().await.unwrap()).await
    }

    pub(crate) async fn upload(&self, bytes: &[u8]) -> Answer {
        let request = self.request(Method::POST, "/v1/media?filename=reel.mp4");
        let request = request.header("content-type", "application/octet-stream");
        read(request.body(bytes.to_vec()).send().await.unwrap()).await
    }

    /// An uploaded Reel's id.
    pub(crate) async fn reel(&self) -> String {
        self.upload(REEL).await.made().id()
    }

    /// A connected account's id.
    pub(crate) async fn account(&self, name: &str) -> String {
        let token = self.sandbox.add_account(name);
        let body = json!({ "access_token": token });
        self.post("/v1/accounts", &body).await.made().id()
    }

    /// A time on the tests' clock.
    pub(crate) fn after(&self, by: TimeDelta) -> DateTime<Utc> {
        self.clock.now() + by
    }

    /// A post with a caption in an hour, ready to be sent.
    pub(crate) async fn draft_of_post(&self, caption: &str) -> Value {
        let (account, media) = (self.account("anna").await, self.reel().await);
        json!({
            "account_ids": [account],
            "content": { "kind": "instagram_reel", "media_id": media, "caption": caption },
            "publish_at": self.after(TimeDelta::hours(1)).to_rfc3339(),
        })
    }

    /// A scheduled post.
    pub(crate) async fn scheduled(&self, caption: &str) -> Answer {
        let body = self.draft_of_post(caption).await;
        self.post("/v1/posts", &body).await.made()
    }

    /// Lets time pass in steps until the post has a status.
    pub(crate) async fn until(&self, post: &str, status: &str) -> Answer {
        for _ in 0..2000 {
            let next = self.engine.step(self.clock.now()).await.unwrap().next;
            let answer = self.get(&format!("/v1/posts/{post}")).await;
            if answer.body["status"] == status {
                return answer;
            }
            self.settle(next).await;
        }
        panic!(
            "never {status}: {}",
            self.get(&format!("/v1/posts/{post}")).await.text
        );
    }

    /// The sandbox fetches in real time: the clock goes on in small steps while it does.
    async fn settle(&self, next: Option<DateTime<Utc>>) {
        let now = self.clock.now();
        let next = next.filter(|next| *next > now);
        self.clock
            .advance_to(next.unwrap_or(now + TimeDelta::seconds(5)));
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}

impl Answer {
    /// Asserts 201.
    pub(crate) fn made(self) -> Self {
        assert_eq!(self.status, 201, "{}", self.text);
        self
    }

    /// Asserts 200.
    pub(crate) fn fine(self) -> Self {
        assert_eq!(self.status, 200, "{}", self.text);
        self
    }

    /// Asserts a problem of a status and code.
    pub(crate) fn refused(self, status: u16, code: &str) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.body["code"], code, "{}", self.text);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        let id = self.headers["x-request-id"].to_str().unwrap();
        assert_eq!(self.body["request_id"], id);
        self
    }

    pub(crate) fn id(&self) -> String {
        self.body["id"].as_str().unwrap().to_owned()
    }

    /// `rule field` of every finding, sorted.
    pub(crate) fn findings(&self) -> Vec<String> {
        let findings = self.body["findings"].as_array().unwrap().iter();
        let word = |v: &Value| v.as_str().unwrap_or("-").to_owned();
        let mut all: Vec<_> = findings
            .map(|f| format!("{} {}", word(&f["rule"]), word(&f["field"])))
            .collect();
        all.sort();
        all
    }

    /// The first publication of a post.
    pub(crate) fn publication(&self) -> String {
        let id = &self.body["publications"][0]["id"];
        id.as_str().unwrap().to_owned()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test's client is made here alone"
)]
fn http() -> reqwest::Client {
    reqwest::Client::new()
}

pub(crate) async fn read(response: Response) -> Answer {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or(Value::Null);
    Answer {
        status,
        headers,
        text,
        body,
    }
}
