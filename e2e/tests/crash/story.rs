//! One story: a post is on its way, the server dies at a point, starts again, and the post goes out
//! once. What counts is the platform's ledger.

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::crash::Point;
use contentzavod_core::ports::Clock;
use contentzavod_instagram::sandbox::{Entry, Record};
use e2e::api::Api;
use e2e::process::{Binary, Failure};
use e2e::world::{Plan, World};
use serde_json::{Value, json};

use crate::zones;

const REEL: &[u8] = include_bytes!("../../../contentzavod-preflight/tests/data/reel.mp4");
const TICK: Duration = Duration::from_millis(50);
/// So long after the start of a story its post is due.
const DUE: TimeDelta = TimeDelta::seconds(4);
/// A row that was armed is looked at after 15, 45 and 105 s before it is sent again.
const PATIENCE: Duration = Duration::from_secs(240);
/// A post that kills the server is given up after three lost leases.
const LIVES_MAX: usize = 8;

/// What the platform does with the publish call.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    /// It drops the connection and executes nothing.
    Dropped,
    /// It executes the call and drops the connection.
    ReplyLost,
}

/// Where the server dies, and what else goes wrong.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Story {
    point: Point,
    fault: Option<Fault>,
    way: Way,
}

/// What is told.
#[derive(Debug, Clone, Copy)]
enum Way {
    /// It dies there once.
    Once,
    /// It dies there in every life.
    Poison,
    /// The rules of the post's time zone have changed before it dies there.
    Zones,
}

/// What was seen of a story.
#[derive(Debug)]
pub(crate) struct Seen {
    /// How often the server died at its point.
    pub(crate) deaths: usize,
    /// From the new start to the end of the post.
    pub(crate) took: Duration,
    /// The state it ended in.
    pub(crate) state: String,
}

impl Story {
    /// Dies at a point once.
    pub(crate) const fn at(point: Point) -> Self {
        Self {
            point,
            fault: None,
            way: Way::Once,
        }
    }

    /// With a fault of the platform.
    pub(crate) const fn with(mut self, fault: Fault) -> Self {
        self.fault = Some(fault);
        self
    }

    /// Dies there in every life.
    pub(crate) const fn poison(mut self) -> Self {
        self.way = Way::Poison;
        self
    }

    /// After the rules of the post's time zone have changed.
    pub(crate) const fn zones(mut self) -> Self {
        self.way = Way::Zones;
        self
    }

    /// Where it dies.
    pub(crate) const fn point(&self) -> Point {
        self.point
    }

    /// Tells the story and judges it.
    pub(crate) async fn tell(self) -> Result<Seen, Failure> {
        let binary = Binary::at(Path::new(env!("CARGO_BIN_EXE_contentzavod_crashing")));
        let mut plan = Plan::default()
            .with("CONTENTZAVOD_PUBLISHING__SETTLE", "2s")
            .with("CONTENTZAVOD_PUBLISHING__SETTLE_TIMEOUT", "2s");
        plan.sandbox = ["--processing", "200"].map(str::to_owned).to_vec();
        let mut stage = Stage::new(World::new(binary, plan).await?).await?;
        match self.way {
            Way::Once => self.once(&mut stage).await,
            Way::Poison => self.poisoned(&mut stage).await,
            Way::Zones => zones::moved(self.point, &mut stage).await,
        }
    }

    /// The server dies once, and goes on.
    async fn once(self, stage: &mut Stage) -> Result<Seen, Failure> {
        if let Some(fault) = self.fault {
            stage.strike(fault).await?;
        }
        stage.arm(self.point, "the post").await?;
        let due = stage.world.clock.now() + DUE;
        let account = stage.accounts[0].clone();
        // The answer may be lost with the server: the same key is asked again.
        let lost = stage.schedule(&account, "the post", due).await.is_err();
        stage.until_dead(self.point).await?;
        stage.disarm().await?;
        if lost {
            stage.schedule(&account, "the post", due).await?;
        }
        let took = tokio::time::Instant::now();
        let row = stage.until("the post", "published").await?;
        let live = stage.live("the post")?;
        if live.len() != 1 || live[0].at < due {
            return Err(format!("due {due}, live {live:?}").into());
        }
        if row["remote_id"].as_str() != Some(&live[0].media) {
            return Err(format!("{row} is not {:?}", live[0]).into());
        }
        stage.until_linked("the post", &live[0].permalink).await?;
        stage.one_post_each().await?;
        Ok(Seen {
            deaths: 1,
            took: took.elapsed(),
            state: "published".to_owned(),
        })
    }

    /// The server dies of one post in every life; another post goes out all the same.
    async fn poisoned(self, stage: &mut Stage) -> Result<Seen, Failure> {
        stage.arm(self.point, "poison").await?;
        let due = stage.world.clock.now() + DUE;
        let (first, second) = (stage.accounts[0].clone(), stage.accounts[1].clone());
        stage.schedule(&second, "the post", due).await?;
        // It may be dead before it answers.
        let lost = stage.schedule(&first, "poison", due).await.is_err();
        let mut deaths = 0;
        let took = tokio::time::Instant::now();
        while stage.dies_before_failed(self.point, lost).await? {
            deaths += 1;
            if deaths > LIVES_MAX {
                return Err(format!("it still dies of the post after {deaths} lives").into());
            }
            stage.world.start_again()?;
        }
        stage.until("the post", "published").await?;
        let (poison, post) = (stage.live("poison")?, stage.live("the post")?);
        if !poison.is_empty() || post.len() != 1 || deaths == 0 {
            return Err(format!("{deaths} deaths, live: {poison:?}, {post:?}").into());
        }
        Ok(Seen {
            deaths,
            took: took.elapsed(),
            state: "failed".to_owned(),
        })
    }
}

/// Both processes, with a video and two accounts.
pub(crate) struct Stage {
    pub(crate) world: World,
    pub(crate) media: String,
    pub(crate) accounts: Vec<String>,
}

impl Stage {
    async fn new(world: World) -> Result<Self, Failure> {
        let media = world.api.upload(REEL).await?;
        let mut accounts = Vec::new();
        for name in ["first", "second"] {
            let token = Api::sandbox_account(&world.sandbox_url, name).await?;
            accounts.push(world.api.connect(&token).await?);
        }
        Ok(Self {
            world,
            media,
            accounts,
        })
    }

    async fn strike(&self, fault: Fault) -> Result<(), Failure> {
        let name = match fault {
            Fault::Dropped => "dropped",
            Fault::ReplyLost => "reply_lost",
        };
        let rule = json!({ "stage": "publish", "fault": name, "count": 1 });
        Api::faults(&self.world.sandbox_url, &json!({ "rules": [rule] })).await
    }

    /// The next lives die at the point; this one ends now.
    async fn arm(&mut self, point: Point, caption: &str) -> Result<(), Failure> {
        self.aim(point, caption);
        self.world.kill_and_restart()?;
        self.world.until_ready().await
    }

    /// The next lives die at the point.
    pub(crate) fn aim(&mut self, point: Point, caption: &str) {
        let mark = self.mark();
        let plan = self.world.plan_mut();
        *plan = std::mem::take(plan)
            .with("ZAVOD_CRASH_AT", point.as_str())
            .with("ZAVOD_CRASH_MARK", mark);
        // These know no caption.
        let anybody = [
            Point::ArmUncommitted,
            Point::ArmCommitted,
            Point::AnswerUncommitted,
            Point::Pulling,
            Point::ZonesFollowed,
        ];
        if !anybody.contains(&point) {
            *plan = std::mem::take(plan).with("ZAVOD_CRASH_ONLY", caption);
        }
    }

    /// The next life dies of nothing.
    pub(crate) async fn disarm(&mut self) -> Result<(), Failure> {
        let plan = self.world.plan_mut();
        plan.server
            .retain(|(name, _)| !name.to_string_lossy().starts_with("ZAVOD_CRASH_"));
        self.world.start_again()?;
        self.world.until_ready().await
    }

    fn mark(&self) -> std::path::PathBuf {
        self.world.folder().join("crashed")
    }

    /// Schedules with a key that is the caption: asked twice it is one post.
    async fn schedule(
        &self,
        account: &str,
        caption: &str,
        due: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let api = &self.world.api;
        let post = json!({
            "account_ids": [account],
            "content": { "kind": "instagram_reel", "media_id": self.media, "caption": caption },
            "publish_at": due.to_rfc3339(),
        });
        let call = api.http.post(api.url("/v1/posts")).json(&post);
        let key = caption.replace(' ', "-");
        api.sent(call.header("idempotency-key", key))
            .await
            .map(drop)
    }

    /// Waits for the server's death, which must be the one that was asked for.
    pub(crate) async fn until_dead(&mut self, point: Point) -> Result<(), Failure> {
        let begun = tokio::time::Instant::now();
        while self.world.server.must_run().is_ok() {
            if begun.elapsed() > PATIENCE {
                return Err(format!("it never came to {}", point.as_str()).into());
            }
            tokio::time::sleep(TICK).await;
        }
        self.died_there(point)
    }

    /// It died at its point and of nothing else. The mark is used up.
    fn died_there(&mut self, point: Point) -> Result<(), Failure> {
        let mark = std::fs::read_to_string(self.mark()).unwrap_or_default();
        if mark != point.as_str() {
            let log = self.world.server.log_tail();
            return Err(format!("it ended without coming to {}: {log}", point.as_str()).into());
        }
        std::fs::remove_file(self.mark())?;
        Ok(())
    }

    /// Waits for the death of one more life, or for the end of the post that kills.
    async fn dies_before_failed(&mut self, point: Point, lost: bool) -> Result<bool, Failure> {
        let begun = tokio::time::Instant::now();
        while begun.elapsed() < PATIENCE {
            if self.world.server.must_run().is_err() {
                self.died_there(point)?;
                return Ok(true);
            }
            match self.row("poison").await {
                Ok(Some(row)) if row["status"] == "failed" => return Ok(false),
                Ok(None) if lost => return Err("the post was answered and is not there".into()),
                _ => tokio::time::sleep(TICK).await,
            }
        }
        Err("the post that kills neither killed nor ended".into())
    }

    /// The publication of a caption, if there is one.
    async fn row(&self, caption: &str) -> Result<Option<Value>, Failure> {
        let posts = self.world.api.all("/v1/posts?limit=100").await?;
        let mine = posts.iter().find(|p| p["content"]["caption"] == caption);
        Ok(mine.map(|post| post["publications"][0].clone()))
    }

    /// Waits until a post has come to a state.
    pub(crate) async fn until(&mut self, caption: &str, state: &str) -> Result<Value, Failure> {
        let begun = tokio::time::Instant::now();
        let mut last = Value::Null;
        while begun.elapsed() < PATIENCE {
            self.world.server.must_run()?;
            if let Ok(Some(row)) = self.row(caption).await {
                if row["status"] == state {
                    return Ok(row);
                }
                last = row;
            }
            tokio::time::sleep(TICK * 4).await;
        }
        Err(format!("{caption:?} is not {state}: {last}").into())
    }

    /// Waits until the post shows its address on the platform.
    pub(crate) async fn until_linked(&self, caption: &str, permalink: &str) -> Result<(), Failure> {
        let begun = tokio::time::Instant::now();
        while begun.elapsed() < PATIENCE {
            let row = self.row(caption).await?;
            if row.is_some_and(|row| row["permalink"] == permalink) {
                return Ok(());
            }
            tokio::time::sleep(TICK * 4).await;
        }
        Err(format!("{caption:?} never shows {permalink}").into())
    }

    /// What people see of a caption.
    pub(crate) fn live(&self, caption: &str) -> Result<Vec<Entry>, Failure> {
        let records = self.world.ledger()?;
        let entries = records.iter().filter_map(Record::entry);
        Ok(entries.filter(|e| e.caption == caption).cloned().collect())
    }

    /// Nobody's post is there twice.
    pub(crate) async fn one_post_each(&self) -> Result<(), Failure> {
        let posts = self.world.api.all("/v1/posts?limit=100").await?;
        match posts.len() {
            1 => Ok(()),
            many => Err(format!("{many} posts of one request").into()),
        }
    }
}
