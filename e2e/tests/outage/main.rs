//! Instagram is gone for an hour around the due times of many posts, then back: each goes out once
//! if it may still, the others are missed and their person is asked, and what was kept waiting goes
//! out one after another on each account, never all at once. Time is a manual clock's.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_client::Client;
use contentzavod_client::types::{
    Content, InstagramReel, NewAccount, NewPost, PublicationStatus as Status,
};
use contentzavod_core::ports::Clock as _;
use contentzavod_core::testing::ManualClock;
use contentzavod_instagram::sandbox::{Entry, FaultPlan, Record, Rule, Sandbox};
use e2e::server::Server;
use serde_json::json;
use uuid::Uuid;

const REEL: &[u8] = include_bytes!("../../../contentzavod-server/assets/reel.mp4");
const ACCOUNTS: usize = 6;
/// Minutes after the start at which posts of every account are due; two at some of them.
const DUE: [i64; 9] = [40, 55, 62, 75, 90, 90, 105, 118, 150];
const OUTAGE: (i64, i64) = (60, 120);
/// How late the posts of every other account may be.
const SHORT: TimeDelta = TimeDelta::minutes(20);
/// How long a publish call takes once it is executed.
const CALL: TimeDelta = TimeDelta::milliseconds(800);

struct World {
    server: Server,
    sandbox: Sandbox,
    client: Client,
    begin: DateTime<Utc>,
}

struct Post {
    id: Uuid,
    username: String,
    caption: String,
    due: DateTime<Utc>,
    latest: DateTime<Utc>,
}

impl World {
    async fn begin() -> Self {
        let clock = Arc::new(ManualClock::new());
        let sandbox = Sandbox::builder()
            .clock(clock.clone())
            .start()
            .await
            .unwrap();
        let begin = clock.now();
        let server = Server::start(sandbox.url().as_str(), clock).await.unwrap();
        let client = server.client("Anna").await.unwrap();
        Self {
            server,
            sandbox,
            client,
            begin,
        }
    }

    fn at(&self, minutes: i64) -> DateTime<Utc> {
        self.begin + TimeDelta::minutes(minutes)
    }

    async fn posts(&self) -> Vec<Post> {
        let mut posts = Vec::new();
        for n in 0..ACCOUNTS {
            let username = format!("outage{n}");
            let token = self.sandbox.add_account(&username);
            let body = NewAccount::builder().access_token(token);
            let account = self
                .client
                .account_create()
                .body(body)
                .send()
                .await
                .unwrap()
                .id;
            let media = self
                .client
                .media_create()
                .filename("reel.mp4")
                .body(REEL.to_vec());
            let media = media.send().await.unwrap().id;
            for (number, minutes) in DUE.into_iter().enumerate() {
                let due = self.at(minutes);
                let caption = format!("{username} {number}");
                let short = n % 2 == 1;
                let reel = InstagramReel::builder()
                    .media_id(media)
                    .caption(caption.as_str());
                let reel: InstagramReel = reel.try_into().unwrap();
                let body = NewPost::builder()
                    .account_ids(vec![account])
                    .content(Content::from(reel))
                    .max_late(short.then(|| "20m".to_owned()))
                    .publish_at(due.to_rfc3339());
                let id = self
                    .client
                    .post_create()
                    .body(body)
                    .send()
                    .await
                    .unwrap()
                    .id;
                let latest = due + if short { SHORT } else { TimeDelta::hours(6) };
                posts.push(Post {
                    id,
                    username: username.clone(),
                    caption,
                    due,
                    latest,
                });
            }
        }
        posts
    }

    /// Lets the engine work until a time. A call that waits for the clock gets time.
    async fn until(&self, time: DateTime<Utc>) {
        while self.server.clock.now() < time {
            let mut step = std::pin::pin!(self.server.step());
            loop {
                tokio::select! {
                    stepped = &mut step => break stepped.unwrap(),
                    () = tokio::time::sleep(Duration::from_millis(50)) => {
                        self.server.clock.advance(TimeDelta::seconds(1));
                    }
                }
            }
            self.fetched().await;
        }
    }

    async fn fetched(&self) {
        for _ in 0..5_000 {
            let records = self.sandbox.records();
            let of = |kind: &str| records.iter().filter(|r| r.kind() == kind).count();
            if of("create") == of("pull") {
                return;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        panic!("a fetch does not end");
    }

    fn live(&self) -> Vec<Entry> {
        let records = self.sandbox.records();
        records.iter().filter_map(Record::entry).cloned().collect()
    }

    async fn status(&self, post: &Post) -> Status {
        let view = self.client.post_get().id(post.id).send().await.unwrap();
        view.publications[0].status
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_without_instagram_loses_doubles_and_bursts_nothing() {
    let world = World::begin().await;
    let posts = world.posts().await;
    world.until(world.at(OUTAGE.0)).await;
    let secs = (OUTAGE.1 - OUTAGE.0) * 60;
    // Publish calls take their time: two at once on one account would show.
    let rules = json!([
        { "stage": "connection", "fault": "refuse_connection", "secs": secs, "count": 1 },
        { "stage": "publish", "fault": "slow", "ms": CALL.num_milliseconds() },
    ]);
    let rules: Vec<Rule> = serde_json::from_value(rules).unwrap();
    world.sandbox.set_faults(FaultPlan::from(rules));
    world.until(world.at(240)).await;
    let live = world.live();
    let gone = |at: DateTime<Utc>| at > world.at(OUTAGE.0) && at < world.at(OUTAGE.1);
    assert!(
        !live.iter().any(|entry| gone(entry.at)),
        "nobody was there: {live:#?}"
    );
    let mut missed = 0;
    for post in &posts {
        let mine: Vec<&Entry> = live.iter().filter(|e| e.caption == post.caption).collect();
        let status = world.status(post).await;
        let words = format!("{} due {} is {status}: {mine:?}", post.caption, post.due);
        // It could not have gone out before the end of the outage.
        if gone(post.due) && post.latest < world.at(OUTAGE.1) {
            assert!(mine.is_empty() && status == Status::Missed, "{words}");
            missed += 1;
        } else {
            assert!(mine.len() == 1 && status == Status::Published, "{words}");
            assert!(
                mine[0].at >= post.due && mine[0].at <= post.latest,
                "{words}"
            );
        }
    }
    assert!(missed > 0, "nobody was too late");
    asked(&world, missed).await;
    one_after_another(&posts, &live);
}

/// Whoever was too late is asked what is to be done, once.
async fn asked(world: &World, missed: usize) {
    let inbox = world
        .client
        .notification_list()
        .limit(100)
        .send()
        .await
        .unwrap();
    let told = inbox.items.iter().filter(|n| n.kind == "missed");
    assert_eq!(told.count(), missed);
}

/// The calls of one account follow each other.
fn one_after_another(posts: &[Post], live: &[Entry]) {
    let mut by_account: BTreeMap<&str, Vec<DateTime<Utc>>> = BTreeMap::new();
    for entry in live {
        let post = posts.iter().find(|p| p.caption == entry.caption).unwrap();
        by_account.entry(&post.username).or_default().push(entry.at);
    }
    for (username, mut times) in by_account {
        times.sort_unstable();
        let close = times.windows(2).find(|pair| pair[1] - pair[0] < CALL);
        assert!(close.is_none(), "{username} sends two at once: {times:?}");
    }
}
