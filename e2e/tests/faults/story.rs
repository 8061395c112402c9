//! One post, one fault, and the end of it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_client::Client;
use contentzavod_client::types::{
    AccountStatus, Content, InstagramReel, NewAccount, NewPost, Publication,
    PublicationStatus as Status,
};
use contentzavod_core::ports::Clock;
use contentzavod_core::testing::ManualClock;
use contentzavod_instagram::sandbox::{
    Entry, Fault, FaultPlan, Record, Rule, Sandbox, SecondPublish, Stage,
};
use e2e::server::Server;
use uuid::Uuid;

use crate::rows::{Row, When};

const REEL: &[u8] = include_bytes!("../../../contentzavod-server/assets/reel.mp4");
/// A story that is longer goes nowhere.
const STEPS: usize = 1_000;
/// Steps after the end: nothing more may happen.
const AFTER: usize = 5;

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
    /// The fault did strike.
    pub(crate) struck: bool,
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

/// A server, and an Instagram for it. Each of its stories has an account of its own.
pub(crate) struct World {
    server: Server,
    sandbox: Sandbox,
    client: Client,
    stories: usize,
}

/// A post on its way.
struct Story<'a> {
    world: &'a World,
    username: String,
    account: Uuid,
    way: Vec<Status>,
}

impl World {
    pub(crate) async fn begin() -> Self {
        let clock = Arc::new(ManualClock::new());
        let sandbox = Sandbox::builder().clock(clock.clone());
        let sandbox = sandbox.start().await.unwrap();
        let server = Server::start(sandbox.url().as_str(), clock).await.unwrap();
        let client = server.client("Anna").await.unwrap();
        Self {
            server,
            sandbox,
            client,
            stories: 0,
        }
    }

    /// Tells the story of a row.
    pub(crate) async fn tell(&mut self, row: &Row) -> Outcome {
        self.stories += 1;
        let username = format!("story.{}", self.stories);
        // Only Facebook Login pushes.
        let pushes = row.stage == Stage::Upload;
        let account = self.connect(&username, pushes).await;
        let story = Story {
            world: self,
            username,
            account,
            way: Vec::new(),
        };
        story.told(row).await
    }

    /// Connects an account, or connects it again with a new token.
    async fn connect(&self, username: &str, pushes: bool) -> Uuid {
        let token = if pushes {
            self.sandbox.add_page(username)
        } else {
            self.sandbox.add_account(username)
        };
        let body = NewAccount::builder().access_token(token);
        let account = self.client.account_create().body(body).send().await;
        account.unwrap().id
    }

    fn now(&self) -> DateTime<Utc> {
        self.server.clock.now()
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
        for _ in 0..5_000 {
            let records = self.sandbox.records();
            let over: Vec<&str> = records.iter().filter_map(pulled).collect();
            let mut made = records.iter().filter_map(to_be_pulled);
            if made.all(|container| over.contains(&container)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        panic!("a fetch does not end: {:?}", self.sandbox.records());
    }
}

impl Story<'_> {
    async fn told(mut self, row: &Row) -> Outcome {
        let world = self.world;
        let (post, sha256) = self.schedule().await;
        let looking = row.when == When::Looking;
        let (first, then) = self.plans(row);
        self.plan(first);
        // Strikes once the outcome is looked for.
        let mut then = Some(then).filter(|rules| !rules.is_empty());
        let (mut struck, mut reconnected) = (false, false);
        // A step ends with the clock at what comes next; what it did, it did before.
        let mut stepped = world.now();
        for _ in 0..STEPS {
            let seen = self.look(post).await;
            if !looking || then.is_none() {
                struck |= world.sandbox.faults().rules[0].count == Some(0);
            }
            if seen.status == Status::Uncertain
                && let Some(rules) = then.take()
            {
                self.plan(rules);
            }
            if ended(&seen) {
                break;
            }
            if !reconnected && self.needs_a_token(seen.status).await {
                world
                    .connect(&self.username, row.stage == Stage::Upload)
                    .await;
                reconnected = true;
            }
            stepped = world.now();
            world.step().await;
        }
        for _ in 0..AFTER {
            world.step().await;
        }
        let seen = self.look(post).await;
        let ledger = world.sandbox.ledger().into_iter();
        Outcome {
            end: seen.status,
            code: seen.error.map(|error| error.code),
            sends: seen.sends,
            remote_id: seen.remote_id,
            due: seen.due_at,
            sha256,
            ledger: ledger.filter(|e| e.username == self.username).collect(),
            way: self.way,
            took: stepped - seen.due_at,
            struck: struck || world.sandbox.faults().rules[0].count == Some(0),
        }
    }

    /// The rules from the start, and those once the publication is uncertain.
    fn plans(&self, row: &Row) -> (Vec<Rule>, Vec<Rule>) {
        let rule = vec![row.rule(&self.username)];
        if row.when == When::First {
            return (rule, row.others(&self.username));
        }
        let mut lost = Rule::times(Stage::Publish, Fault::ReplyLost, 1);
        lost.account = Some(self.username.clone());
        (vec![lost], rule)
    }

    /// A second publish goes live once more: nothing hides one.
    fn plan(&self, rules: Vec<Rule>) {
        self.world.sandbox.set_faults(FaultPlan {
            second_publish: SecondPublish::Duplicate,
            ..rules.into()
        });
    }

    /// A post in an hour, and the SHA-256 of its video.
    async fn schedule(&self) -> (Uuid, String) {
        let (client, server) = (&self.world.client, &self.world.server);
        let upload = client.media_create().filename("reel.mp4");
        let media = upload.body(REEL.to_vec()).send().await.unwrap();
        let reel = InstagramReel::builder().media_id(media.id).caption("Hello");
        let reel: InstagramReel = reel.try_into().unwrap();
        let body = NewPost::builder()
            .account_ids(vec![self.account])
            .content(Content::from(reel))
            .publish_at(server.after(TimeDelta::hours(1)));
        let post = client.post_create().body(body).send().await.unwrap();
        (post.id, media.sha256.clone())
    }

    async fn look(&mut self, post: Uuid) -> Publication {
        let post = self.world.client.post_get().id(post).send().await.unwrap();
        let seen = post.into_inner().publications.remove(0);
        if self.way.last() != Some(&seen.status) {
            self.way.push(seen.status);
        }
        seen
    }

    /// The account asks for a person. One whose post is live and not found yet may, too.
    async fn needs_a_token(&self, status: Status) -> bool {
        let waits = [Status::WaitingAccount, Status::Uncertain, Status::Published];
        if !waits.contains(&status) {
            return false;
        }
        let account = self.world.client.account_get().id(self.account);
        account.send().await.unwrap().status == AccountStatus::Reauthorize
    }
}

/// The container whose files have come.
fn pulled(record: &Record) -> Option<&str> {
    match record {
        Record::Pull(pulled) => Some(&pulled.container),
        _ => None,
    }
}

/// The container whose video is fetched; a pushed one comes when it comes.
fn to_be_pulled(record: &Record) -> Option<&str> {
    match record {
        Record::Create(made) if !made.options.contains_key("upload_type") => Some(&made.container),
        _ => None,
    }
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
