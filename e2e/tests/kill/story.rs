//! The story around the kills: scheduling before, waiting after.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use contentzavod_core::ports::Clock;
use e2e::api::{Api, Rows};
use e2e::process::{Binary, Failure};
use e2e::world::{self, World};
use serde_json::{Value, json};

use crate::plan::{self, ACCOUNTS, Planned, Random};

const REEL: &[u8] = include_bytes!("../../../contentzavod-preflight/tests/data/reel.mp4");

pub(crate) async fn world() -> Result<World, Failure> {
    let plan = world::Plan::default()
        .with("CONTENTZAVOD_PUBLISHING__SETTLE", "5s")
        .with("CONTENTZAVOD_PUBLISHING__SETTLE_TIMEOUT", "5s");
    World::new(Binary::find()?, plan).await
}

/// Schedules the posts, each with a caption of its own, on the accounts in turn.
pub(crate) async fn schedule(world: &World, random: &mut Random) -> Result<Vec<Planned>, Failure> {
    // Half of the publish calls take a while: then kills meet calls that are under way.
    let slow = json!({ "stage": "publish", "fault": "slow", "ms": 400, "probability": 0.5 });
    Api::faults(&world.sandbox_url, &json!({ "rules": [slow] })).await?;
    let mut accounts = Vec::with_capacity(ACCOUNTS);
    for n in 0..ACCOUNTS {
        let token = Api::sandbox_account(&world.sandbox_url, &format!("kill{n}")).await?;
        accounts.push(world.api.connect(&token).await?);
    }
    let media = world.api.upload(REEL).await?;
    let mut posts = Vec::with_capacity(plan::POSTS);
    let due_times = plan::due_times(random, world.clock.now());
    for (n, due) in due_times.into_iter().enumerate() {
        let caption = format!("post {n}");
        let account = &accounts[n % ACCOUNTS];
        let id = world.api.schedule(account, &media, &caption, due).await?;
        posts.push(Planned { id, caption, due });
    }
    Ok(posts)
}

/// Waits until every post is published, with the platform's id, or its person must act.
pub(crate) async fn until_settled(
    world: &mut World,
    posts: &[Planned],
    limit: Instant,
) -> Result<Rows, Failure> {
    loop {
        world.server.must_run()?;
        let rows = world.api.rows().await.unwrap_or_else(|_| HashMap::new());
        let open = posts
            .iter()
            .filter(|p| !rows.get(&p.id).is_some_and(settled));
        let open: Vec<&Planned> = open.collect();
        if open.is_empty() {
            return Ok(rows);
        }
        if Instant::now() >= limit {
            let log = world.server.log_tail();
            return Err(format!("not settled: {open:#?} of {rows:#?}\n{log}").into());
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

fn settled(row: &Value) -> bool {
    match row["status"].as_str() {
        Some("published") => row["remote_id"].is_string(),
        Some("failed" | "missed" | "needs_review" | "cancelled") => true,
        _ => false,
    }
}
