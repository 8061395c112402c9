//! Races of persons against arming: somebody takes a post back, changes it or disconnects its account
//! at the very moment at which it is armed. Whoever wins, the answer must be true.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::Clock as _;
use contentzavod_instagram::sandbox::{Entry, Record};
use futures::future::try_join_all;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use serde_json::{Value, json};

use crate::api::Api;
use crate::process::{Binary, Failure};
use crate::soak::random::Random;
use crate::world::{Plan, World};

const REEL: &[u8] = include_bytes!("../../contentzavod-preflight/tests/data/reel.mp4");
/// From scheduling to the due time: enough to be ready, which is first asked for after five seconds.
const AHEAD: TimeDelta = TimeDelta::seconds(9);
/// Deeds begin so long before the due time at the earliest, in milliseconds: rows are armed a second
/// before.
const EARLIEST: u64 = 1_150;
/// And so much of it later than that at the latest.
const SPREAD: u64 = 500;
/// Posts that are scheduled at once.
const AT_ONCE: usize = 16;
const PATIENCE: Duration = Duration::from_secs(240);

/// What a person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// Cancels the post.
    Cancel,
    /// Deletes the post.
    Delete,
    /// Changes the caption.
    Edit,
    /// Disconnects the account.
    Disconnect,
}

/// What the races came to.
#[derive(Debug, Default, Clone)]
pub struct Found {
    /// Races that the person won: a 2xx.
    pub won: usize,
    /// Races that the arm won: a 409.
    pub lost: usize,
    /// What must not be, in words.
    pub wrong: Vec<String>,
}

/// One post that is raced for.
struct Racer {
    account: String,
    post: String,
    caption: String,
    due: DateTime<Utc>,
    /// After the due time less [`EARLIEST`].
    delay: Duration,
}

/// A world with accounts for races.
#[derive(Debug)]
pub struct Track {
    /// The processes.
    pub world: World,
    media: String,
    accounts: Vec<String>,
    round: usize,
}

impl Track {
    /// A world with so many accounts.
    ///
    /// # Errors
    ///
    /// When it does not start.
    pub async fn new(binary: Binary, accounts: usize) -> Result<Self, Failure> {
        let mut plan = Plan::default()
            .with("CONTENTZAVOD_PUBLISHING__SETTLE", "2s")
            .with("CONTENTZAVOD_PUBLISHING__SETTLE_TIMEOUT", "2s");
        let arguments = ["--processing", "200", "--quota", "100000"];
        plan.sandbox = arguments.map(str::to_owned).to_vec();
        let world = World::new(binary, plan).await?;
        let media = world.api.upload(REEL).await?;
        let mut track = Self {
            world,
            media,
            accounts: Vec::new(),
            round: 0,
        };
        for n in 0..accounts {
            let account = track.connect(n).await?;
            track.accounts.push(account);
        }
        Ok(track)
    }

    /// The accounts.
    #[must_use]
    pub fn accounts(&self) -> &[String] {
        &self.accounts
    }

    async fn connect(&self, n: usize) -> Result<String, Failure> {
        let token = Api::sandbox_account(&self.world.sandbox_url, &format!("race{n}")).await?;
        self.world.api.connect(&token).await
    }

    /// Schedules a post, and says its id.
    ///
    /// # Errors
    ///
    /// When it is not taken.
    pub async fn schedule(
        &self,
        account: &str,
        caption: &str,
        due: DateTime<Utc>,
    ) -> Result<String, Failure> {
        let api = &self.world.api;
        api.schedule(account, &self.media, caption, due).await
    }

    /// One race on every account, all at about the same moment.
    ///
    /// # Errors
    ///
    /// When it could not be run to its end.
    pub async fn race(
        &mut self,
        deed: Deed,
        random: &mut Random,
        found: &mut Found,
    ) -> Result<(), Failure> {
        self.round += 1;
        let due = self.world.clock.now() + AHEAD;
        let delays: Vec<u64> = self
            .accounts
            .iter()
            .map(|_| random.between(0, SPREAD))
            .collect();
        let entered = self.accounts.iter().zip(delays).enumerate();
        let entered = entered.map(|(n, (account, delay))| self.enter(deed, n, account, due, delay));
        let racers: Vec<Racer> = stream::iter(entered)
            .buffered(AT_ONCE)
            .try_collect()
            .await?;
        let begin = due - TimeDelta::milliseconds(i64::try_from(EARLIEST)?);
        let left = (begin - self.world.clock.now()).to_std();
        tokio::time::sleep(left.map_err(|_| "scheduling took too long")?).await;
        let runs = racers.iter().map(|racer| self.run(deed, racer));
        let answers = try_join_all(runs).await?;
        for (racer, (status, answer)) in racers.iter().zip(answers) {
            let won = status < 300;
            match status {
                200..300 => found.won += 1,
                409 => found.lost += 1,
                _ => found
                    .wrong
                    .push(format!("{}: {status} {answer}", racer.caption)),
            }
            let wrong = self.judge(deed, racer, won).await?;
            found
                .wrong
                .extend(wrong.map(|w| format!("{} ({status}): {w}", racer.caption)));
        }
        if deed == Deed::Disconnect {
            for n in 0..self.accounts.len() {
                self.connect(n).await?;
            }
        }
        Ok(())
    }

    async fn enter(
        &self,
        deed: Deed,
        n: usize,
        account: &str,
        due: DateTime<Utc>,
        delay: u64,
    ) -> Result<Racer, Failure> {
        let caption = format!("{deed:?} {} {n}", self.round);
        Ok(Racer {
            account: account.to_owned(),
            post: self.schedule(account, &caption, due).await?,
            caption,
            due,
            delay: Duration::from_millis(delay),
        })
    }

    async fn run(&self, deed: Deed, racer: &Racer) -> Result<(u16, Value), Failure> {
        tokio::time::sleep(racer.delay).await;
        let api = &self.world.api;
        let post = format!("/v1/posts/{}", racer.post);
        let call = match deed {
            Deed::Cancel => api.http.post(api.url(&format!("{post}/cancel"))),
            Deed::Delete => api.http.delete(api.url(&post)),
            Deed::Disconnect => api
                .http
                .delete(api.url(&format!("/v1/accounts/{}", racer.account))),
            Deed::Edit => api.http.patch(api.url(&post)).json(&json!({ "content": {
                "kind": "instagram_reel", "media_id": self.media, "caption": edited(&racer.caption),
            } })),
        };
        api.asked(call).await
    }

    /// Waits for the end of a race, and says what is wrong with it.
    async fn judge(&self, deed: Deed, racer: &Racer, won: bool) -> Result<Option<String>, Failure> {
        let begun = tokio::time::Instant::now();
        loop {
            let row = self.row(racer).await?;
            let status = row["status"].as_str().unwrap_or("deleted").to_owned();
            // A disconnected account publishes nothing more, and tells nothing of what is live.
            let end = ["published", "cancelled", "deleted"].contains(&status.as_str())
                || deed == Deed::Disconnect
                    && ["waiting_account", "uncertain"].contains(&status.as_str());
            if end && self.world.clock.now() > racer.due + TimeDelta::seconds(2) {
                return self.verdict(deed, racer, won, &status);
            }
            if begun.elapsed() > PATIENCE {
                return Ok(Some(format!("does not end: {row}")));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn verdict(
        &self,
        deed: Deed,
        racer: &Racer,
        won: bool,
        status: &str,
    ) -> Result<Option<String>, Failure> {
        let as_asked = self.live(&racer.caption)?;
        let as_edited = self.live(&edited(&racer.caption))?;
        let live = as_asked.len() + as_edited.len();
        let right = match (deed, won) {
            (Deed::Cancel | Deed::Delete, true) => live == 0 && status != "published",
            (Deed::Edit, true) => as_asked.is_empty() && as_edited.len() == 1,
            // Armed before: it may have gone out, once; waiting for its account, it has not.
            (Deed::Disconnect, _) => live <= usize::from(status != "waiting_account"),
            (_, false) => as_asked.len() == 1 && as_edited.is_empty() && status == "published",
        };
        let mut entries = as_asked.iter().chain(&as_edited);
        let early = entries.any(|entry| entry.at < racer.due);
        Ok((!right || early).then(|| format!("is {status}, live: {as_asked:?} {as_edited:?}")))
    }

    async fn row(&self, racer: &Racer) -> Result<Value, Failure> {
        let api = &self.world.api;
        let call = api.http.get(api.url(&format!("/v1/posts/{}", racer.post)));
        let (_, view) = api.asked(call).await?;
        Ok(view["publications"][0].clone())
    }

    /// What people see of a caption.
    ///
    /// # Errors
    ///
    /// When the ledger cannot be read.
    pub fn live(&self, caption: &str) -> Result<Vec<Entry>, Failure> {
        let records = self.world.ledger()?;
        let entries = records.iter().filter_map(Record::entry);
        Ok(entries.filter(|e| e.caption == caption).cloned().collect())
    }
}

fn edited(caption: &str) -> String {
    format!("{caption} edited")
}
