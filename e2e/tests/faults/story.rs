//! One post, one fault, and the end of it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_client::Client;
use contentzavod_client::types::{
    Content, InstagramReel, NewAccount, NewPost, Publication, PublicationStatus as Status,
};
use contentzavod_core::ports::Clock;
use contentzavod_core::testing::ManualClock;
use contentzavod_instagram::sandbox::{Entry, Fault, Record, Rule, Sandbox, Stage};
use e2e::server::Server;
use uuid::Uuid;

use crate::rows::{Row, When};

const REEL: &[u8] = include_bytes!("../../../contentzavod-server/assets/reel.mp4");
/// A story that is longer goes nowhere.
const STEPS: usize = 1_000;
/// Steps after the end: nothing more may happen.
const AFTER: usize = 15;

/// How a story ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) end: Status,
    pub(crate) code: Option<String>,
    pub(crate) sends: u32,
    pub(crate) remote_id: Option<String>,
    pub(crate) due: DateTime<Utc>,
    pub(crate) sha256: String,
    pub(crate) ledger: Vec<Entry>,
    /// Every state it was seen in, in order.
    pub(crate) way: Vec<Status>,
    /// From the due time until it was first seen at its end.
    pub(crate) took: TimeDelta,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way: Vec<String> = self.way.iter().map(ToString::to_string).collect();
        let (end, code) = (self.end.to_string(), self.code.as_deref().unwrap_or(""));
        write!(
            f,
            "{end:<14} {:>5} {:>6} {} (+{} s) {code}",
            self.sends,
            self.ledger.len(),
            way.join(" > "),
            self.took.num_seconds(),
        )
    }
}

struct Story {
    server: Server,
    sandbox: Sandbox,
    client: Client,
    way: Vec<Status>,
}

/// Tells the story of a row.
pub(crate) async fn tell(row: &Row) -> Outcome {
    let mut story = Story::begin().await;
    story.connect().await;
    let (post, sha256) = story.schedule().await;
    story.sandbox.set_faults(match row.when {
        When::First => vec![row.rule()].into(),
        When::Looking => vec![Rule::times(Stage::Publish, Fault::ReplyLost, 1)].into(),
    });
    let mut looking = row.when == When::Looking;
    let mut reconnected = false;
    // A step ends with the clock at what comes next; what it did, it did before.
    let mut stepped = story.now();
    for _ in 0..STEPS {
        let seen = story.look(post).await;
        if looking && seen.status == Status::Uncertain {
            story.sandbox.set_faults(vec![row.rule()].into());
            looking = false;
        }
        let waits = matches!(seen.status, Status::WaitingAccount | Status::Uncertain);
        if waits && !reconnected && story.needs_a_token().await {
            story.connect().await;
            reconnected = true;
        }
        if ended(&seen) {
            break;
        }
        stepped = story.now();
        story.step().await;
    }
    for _ in 0..AFTER {
        story.step().await;
    }
    let seen = story.look(post).await;
    let outcome = Outcome {
        end: seen.status,
        code: seen.error.map(|error| error.code),
        sends: seen.sends,
        remote_id: seen.remote_id,
        due: seen.due_at,
        sha256,
        ledger: story.sandbox.ledger(),
        way: story.way,
        took: stepped - seen.due_at,
    };
    story.sandbox.stop().await;
    outcome
}

/// Nothing more is to come, as far as the API says.
fn ended(seen: &Publication) -> bool {
    match seen.status {
        Status::Published => seen.remote_id.is_some(),
        end => matches!(
            end,
            Status::NeedsReview | Status::Failed | Status::Missed | Status::Cancelled
        ),
    }
}

impl Story {
    async fn begin() -> Self {
        let clock = Arc::new(ManualClock::new());
        let sandbox = Sandbox::builder().clock(clock.clone());
        let sandbox = sandbox.start().await.unwrap();
        let server = Server::start(sandbox.url().as_str(), clock).await.unwrap();
        let client = server.client("Anna").await.unwrap();
        Self {
            server,
            sandbox,
            client,
            way: Vec::new(),
        }
    }

    /// Connects the account, or connects it again with a new token.
    async fn connect(&self) {
        let token = self.sandbox.add_account("anna");
        let body = NewAccount::builder().access_token(token);
        self.client
            .account_create()
            .body(body)
            .send()
            .await
            .unwrap();
    }

    fn now(&self) -> DateTime<Utc> {
        self.server.clock.now()
    }

    async fn needs_a_token(&self) -> bool {
        let accounts = self.client.account_list().send().await.unwrap();
        let status = accounts.items[0].status;
        status == contentzavod_client::types::AccountStatus::Reauthorize
    }

    /// A post in an hour, and the SHA-256 of its video.
    async fn schedule(&self) -> (Uuid, String) {
        let upload = self.client.media_create().filename("reel.mp4");
        let media = upload.body(REEL.to_vec()).send().await.unwrap();
        let account = self.client.account_list().send().await.unwrap().items[0].id;
        let reel = InstagramReel::builder().media_id(media.id).caption("Hello");
        let reel: InstagramReel = reel.try_into().unwrap();
        let body = NewPost::builder()
            .account_ids(vec![account])
            .content(Content::from(reel))
            .publish_at(self.server.after(TimeDelta::hours(1)));
        let post = self.client.post_create().body(body).send().await.unwrap();
        (post.id, media.sha256.clone())
    }

    async fn look(&mut self, post: Uuid) -> Publication {
        let post = self.client.post_get().id(post).send().await.unwrap();
        let seen = post.into_inner().publications.remove(0);
        if self.way.last() != Some(&seen.status) {
            self.way.push(seen.status);
        }
        seen
    }

    /// Lets the engine do what is due. A call that waits for the clock gets time.
    async fn step(&self) {
        let mut step = std::pin::pin!(self.server.step());
        loop {
            tokio::select! {
                stepped = &mut step => {
                    stepped.unwrap();
                    break;
                }
                () = tokio::time::sleep(Duration::from_millis(200)) => {
                    self.server.clock.advance(TimeDelta::seconds(1));
                }
            }
        }
        self.fetched().await;
    }

    /// Fetches take real time: the clock waits for those that are under way.
    async fn fetched(&self) {
        for _ in 0..2_000 {
            let records = self.sandbox.records();
            let of = |kind: &str| {
                records
                    .iter()
                    .filter(|r: &&Record| r.kind() == kind)
                    .count()
            };
            if of("create") == of("pull") {
                return;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        panic!("a fetch does not end: {:?}", self.sandbox.records());
    }
}
