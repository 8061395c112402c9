//! A server that stands still (SIGSTOP) while posts fall due, and goes on as if no time had passed.

use std::process::Command;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::Clock as _;
use contentzavod_instagram::sandbox::{Entry, Record};

use crate::api::Api;
use crate::process::{Binary, Failure};
use crate::world::{Plan, World};

const REEL: &[u8] = include_bytes!("../../contentzavod-preflight/tests/data/reel.mp4");
/// Posts of a round, each on an account of its own, due a quarter of a second apart.
const POSTS: usize = 24;
const APART: TimeDelta = TimeDelta::milliseconds(250);
/// From scheduling to the first due time.
const AHEAD: TimeDelta = TimeDelta::seconds(8);
/// What was armed and not sent is looked at after 15, 45 and 105 s.
const PATIENCE: Duration = Duration::from_secs(240);

/// What was seen of the rounds.
#[derive(Debug, Default, Clone)]
pub struct Seen {
    /// Posts that went out, each once.
    pub published: usize,
    /// What must not be, in words.
    pub wrong: Vec<String>,
    /// How late the latest was.
    pub latest: TimeDelta,
    /// From the end of the standstill until everything was known to be live, at most.
    pub recovered: Duration,
}

/// Lets a server stand still so often and so long, each time in the midst of due times.
///
/// # Errors
///
/// When it could not be run to its end.
pub async fn run(binary: Binary, times: usize, still: Duration) -> Result<Seen, Failure> {
    let mut plan = Plan::default()
        .with("CONTENTZAVOD_PUBLISHING__SETTLE", "2s")
        .with("CONTENTZAVOD_PUBLISHING__SETTLE_TIMEOUT", "2s");
    plan.sandbox = ["--processing", "200"].map(str::to_owned).to_vec();
    let mut world = World::new(binary, plan).await?;
    let media = world.api.upload(REEL).await?;
    let mut accounts = Vec::new();
    for n in 0..POSTS {
        let token = Api::sandbox_account(&world.sandbox_url, &format!("still{n}")).await?;
        accounts.push(world.api.connect(&token).await?);
    }
    let mut seen = Seen::default();
    for round in 0..times {
        let first = world.clock.now() + AHEAD;
        let mut posts = Vec::new();
        for (n, account) in accounts.iter().enumerate() {
            let due = first + APART * i32::try_from(n)?;
            let caption = format!("round {round} post {n}");
            world.api.schedule(account, &media, &caption, due).await?;
            posts.push((caption, due));
        }
        // Some are out, some are armed, some are being sent, some are not yet armed.
        let middle = first + APART * i32::try_from(POSTS / 2)?;
        let left = middle - world.clock.now();
        tokio::time::sleep(left.to_std().unwrap_or_default()).await;
        signal(&world, "STOP")?;
        tokio::time::sleep(still).await;
        signal(&world, "CONT")?;
        let went_on = tokio::time::Instant::now();
        settled(&mut world, &posts).await?;
        seen.recovered = seen.recovered.max(went_on.elapsed());
        judge(&world, &posts, &mut seen)?;
    }
    Ok(seen)
}

fn signal(world: &World, name: &str) -> Result<(), Failure> {
    let pid = world.server.id().to_string();
    let status = Command::new("kill")
        .arg(format!("-{name}"))
        .arg(pid)
        .status()?;
    status
        .success()
        .then_some(())
        .ok_or_else(|| format!("kill -{name}: {status}").into())
}

/// Waits until the server says that every post is published.
async fn settled(world: &mut World, posts: &[(String, DateTime<Utc>)]) -> Result<(), Failure> {
    let begun = tokio::time::Instant::now();
    loop {
        world.server.must_run()?;
        let rows = world
            .api
            .all("/v1/posts?limit=100")
            .await
            .unwrap_or_default();
        let published = |caption: &str| {
            let mine = rows.iter().find(|p| p["content"]["caption"] == caption);
            mine.is_some_and(|p| p["status"] == "published")
        };
        if posts.iter().all(|(caption, _)| published(caption)) {
            return Ok(());
        }
        if begun.elapsed() > PATIENCE {
            let open: Vec<_> = rows.iter().filter(|p| p["status"] != "published").collect();
            return Err(format!("not settled: {open:?}").into());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn judge(world: &World, posts: &[(String, DateTime<Utc>)], seen: &mut Seen) -> Result<(), Failure> {
    let records = world.ledger()?;
    let entries: Vec<&Entry> = records.iter().filter_map(Record::entry).collect();
    for (caption, due) in posts {
        let mine: Vec<&&Entry> = entries.iter().filter(|e| e.caption == *caption).collect();
        match mine.as_slice() {
            [one] if one.at >= *due => {
                seen.published += 1;
                seen.latest = seen.latest.max(one.at - *due);
            }
            other => seen.wrong.push(format!("{caption} due {due}: {other:?}")),
        }
    }
    Ok(())
}
