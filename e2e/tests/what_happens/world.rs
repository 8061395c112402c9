//! A server, an Instagram for it, and one person with one account.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use contentzavod_client::Client;
use contentzavod_client::types::{Content, InstagramReel, NewAccount, NewPost};
use contentzavod_core::model::{AccountId, Actor, PostId, Publication};
use contentzavod_core::testing::ManualClock;
use contentzavod_instagram::sandbox::{FaultPlan, Rule, Sandbox};
use e2e::server::Server;
use secrecy::ExposeSecret;
use serde_json::Value;
use uuid::Uuid;

const REEL: &[u8] = include_bytes!("../../../contentzavod-server/assets/reel.mp4");
const USERNAME: &str = "anna.reels";

/// Everything of one play.
pub(crate) struct World {
    pub(crate) server: Server,
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
    pub(crate) actor: Actor,
    pub(crate) account: Uuid,
    key: String,
    http: reqwest::Client,
}

impl World {
    pub(crate) async fn begin(strict: bool) -> Self {
        let clock = Arc::new(ManualClock::new());
        let sandbox = Sandbox::builder().clock(clock.clone());
        let sandbox = sandbox.start().await.unwrap();
        let strict = strict.then(|| ("CONTENTZAVOD_PUBLISHING__STRICT".into(), "true".into()));
        let graph = sandbox.url();
        let server = Server::start_with(graph.as_str(), clock, strict)
            .await
            .unwrap();
        let actor = server.zavod.create_user("Anna").await.unwrap();
        let (_, key) = server.zavod.create_key(actor, "play").await.unwrap();
        let key = key.expose_secret().to_owned();
        let client = Client::with_api_key(&server.base, key.as_str()).unwrap();
        let account = Uuid::nil();
        let mut world = Self {
            server,
            sandbox,
            client,
            actor,
            account,
            key,
            http: http(),
        };
        world.connect().await;
        world
    }

    /// Connects the account, or connects it again with a new token.
    pub(crate) async fn connect(&mut self) {
        let token = self.sandbox.add_account(USERNAME);
        let body = NewAccount::builder().access_token(token);
        let account = self.client.account_create().body(body).send().await;
        self.account = account.unwrap().id;
    }

    pub(crate) async fn disconnect(&self) {
        let account = AccountId(self.account);
        self.server
            .zavod
            .disconnect(self.actor, account)
            .await
            .unwrap();
    }

    /// Replaces the faults; they strike no other account, for there is none.
    pub(crate) fn faults(&self, rules: &str) {
        let rules: Vec<Rule> = serde_json::from_str(rules).unwrap();
        self.sandbox.set_faults(FaultPlan::from(rules));
    }

    /// A post in an hour.
    pub(crate) async fn schedule(&self, max_late: Option<&str>) -> PostId {
        let upload = self.client.media_create().filename("reel.mp4");
        let media = upload.body(REEL.to_vec()).send().await.unwrap();
        let reel = InstagramReel::builder().media_id(media.id).caption("Hello");
        let reel: InstagramReel = reel.try_into().unwrap();
        let body = NewPost::builder()
            .account_ids(vec![self.account])
            .content(Content::from(reel))
            .max_late(max_late.map(str::to_owned))
            .publish_at(self.server.after(TimeDelta::hours(1)));
        let post = self.client.post_create().body(body).send().await.unwrap();
        PostId(post.id)
    }

    /// The post's publication as it stands in the database.
    pub(crate) async fn look(&self, post: PostId) -> Publication {
        let view = self.server.zavod.post(self.actor, post).await.unwrap();
        view.publications.into_iter().next().unwrap()
    }

    /// The post's publication as the API tells it in a language.
    pub(crate) async fn told(&self, post: PostId, lang: &str) -> Value {
        let url = format!("{}/v1/posts/{}", self.server.base, post.0);
        let answer = self.http.get(url).bearer_auth(&self.key);
        let answer = answer.header("accept-language", lang).send().await.unwrap();
        let mut answer: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        answer["publications"][0].take()
    }

    /// A change of the post: its status and body.
    pub(crate) async fn change(
        &self,
        method: reqwest::Method,
        path: &str,
        body: &Value,
    ) -> (u16, Value) {
        let url = format!("{}{path}", self.server.base);
        let request = self.http.request(method, url).bearer_auth(&self.key);
        let request = request.header("content-type", "application/json");
        let answer = request.body(body.to_string()).send().await.unwrap();
        let status = answer.status().as_u16();
        let body = answer.bytes().await.unwrap();
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    /// Lets the engine do what is due. A call that waits for the clock gets time; with `crash` the
    /// engine dies within the call that the first rule strikes. True when it died.
    pub(crate) async fn step(&self, crash: bool) -> bool {
        let mut step = std::pin::pin!(self.server.step());
        let mut waited = 0;
        let died = loop {
            tokio::select! {
                stepped = &mut step => {
                    stepped.unwrap();
                    break false;
                }
                () = tokio::time::sleep(Duration::from_millis(20)) => {
                    if crash && self.struck() {
                        break true;
                    }
                    waited += 1;
                    if waited % 10 == 0 {
                        self.server.clock.advance(TimeDelta::seconds(1));
                    }
                }
            }
        };
        self.fetched().await;
        died
    }

    /// The first rule has struck.
    fn struck(&self) -> bool {
        let plan = self.sandbox.faults();
        plan.rules.first().is_some_and(|rule| rule.count == Some(0))
    }

    /// Fetches take real time: the clock waits for those that are under way.
    async fn fetched(&self) {
        for _ in 0..5_000 {
            let records = self.sandbox.records();
            let of = |kind: &str| records.iter().filter(|r| r.kind() == kind).count();
            if of("create") == of("pull") {
                return;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        panic!("a fetch does not end: {:?}", self.sandbox.records());
    }
}

#[expect(clippy::disallowed_methods, reason = "a test owns its HTTP client")]
fn http() -> reqwest::Client {
    reqwest::Client::new()
}
