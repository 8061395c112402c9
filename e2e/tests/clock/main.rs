//! The clock of the machine jumps by an hour and by a day, both ways, while the real binary runs:
//! nothing goes out early, nothing twice, what is due is held and told, nothing is deleted, and once
//! the clock is right again everything goes on. The clock is bent by `libfaketime`; the platform's
//! stays right.

mod bent;

use std::time::Duration;

use chrono::TimeDelta;
use contentzavod_core::ports::Clock;
use contentzavod_instagram::sandbox::{Entry, Record};
use e2e::api::Api;
use e2e::process::{Binary, Failure};
use e2e::world::World;
use futures::future::join_all;
use serde_json::Value;

use bent::Bent;

const REEL: &[u8] = include_bytes!("../../../contentzavod-preflight/tests/data/reel.mp4");
const PATIENCE: Duration = Duration::from_secs(150);
const TICK: Duration = Duration::from_millis(100);
/// A held post is looked at every minute.
const HELD: &str = "clock.held";

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumps_misfires_nothing() {
    let hours = [1, -1, 24, -24];
    let told = hours.map(|hours| async move { (hours, story(TimeDelta::hours(hours)).await) });
    for (hours, told) in join_all(told).await {
        let told = told.unwrap_or_else(|failure| panic!("{hours:+} h: {failure}"));
        println!("{hours:+} h: {told}");
    }
}

/// One server, and a clock that is wrong for a while.
async fn story(jump: TimeDelta) -> Result<String, Failure> {
    let folder = tempfile::tempdir()?;
    let bent = Bent::new(folder.path())?;
    let mut world = World::new(Binary::find()?, bent.plan()?).await?;
    let media = world.api.upload(REEL).await?;
    let unused = world.api.upload(REEL).await?;
    let token = Api::sandbox_account(&world.sandbox_url, "clock").await?;
    let account = world.api.connect(&token).await?;
    let now = world.clock.now();
    let due = now + TimeDelta::seconds(15);
    for (caption, due) in [
        ("due", due),
        // What a clock that is ahead makes due, with and without being too late.
        ("in an hour", now + TimeDelta::minutes(59)),
        ("in a day", now + TimeDelta::hours(23)),
        ("far", now + TimeDelta::days(9)),
    ] {
        world.api.schedule(&account, &media, caption, due).await?;
    }
    let row = until(&world, "due", |row| row["status"] == "ready").await?;
    // The platform has been heard: from now on the two can be compared.
    bent.jump(jump)?;
    let held = until(&world, "due", |row| row["error"]["code"] == HELD).await;
    let held = held.map_err(|failure| format!("after {row}: {failure}"))?;
    if let Ok(left) = (due + TimeDelta::seconds(3) - world.clock.now()).to_std() {
        tokio::time::sleep(left).await;
    }
    let live = entries(&world)?;
    if !live.is_empty() {
        return Err(format!("sent by a wrong clock: {live:?}").into());
    }
    bent.jump(TimeDelta::zero())?;
    let healed = world.clock.now();
    until(&world, "due", |row| row["status"] == "published").await?;
    let live = entries(&world)?;
    if live.len() != 1 || live[0].at < due {
        return Err(format!("due {due}, live {live:?}").into());
    }
    untouched(&world, &unused).await?;
    world.server.must_run()?;
    let after = live[0].at - healed;
    Ok(format!(
        "held as {}, out {:.1} s after the clock was right again",
        held["status"],
        after.as_seconds_f64()
    ))
}

/// What was not due has only been prepared, nobody was told that it is missed, and no file is gone.
async fn untouched(world: &World, unused: &str) -> Result<(), Failure> {
    for caption in ["in an hour", "in a day", "far"] {
        let row = row(world, caption).await?;
        let status = row["status"].as_str().unwrap_or_default();
        if !["scheduled", "preparing", "processing", "ready"].contains(&status) {
            return Err(format!("{caption:?}: {row}").into());
        }
    }
    let told = world.api.notifications().await?;
    let mut kinds: Vec<&str> = told.iter().filter_map(|n| n["kind"].as_str()).collect();
    kinds.sort_unstable();
    // Told once, and nothing else but what happened.
    if kinds != ["clock_held", "published"] {
        return Err(format!("told: {told:?}").into());
    }
    let media = world.api.all("/v1/media?limit=100").await?;
    let there = media
        .iter()
        .any(|m| m["id"] == unused && m["status"] == "ready");
    there
        .then_some(())
        .ok_or_else(|| format!("a file is gone: {media:?}").into())
}

async fn row(world: &World, caption: &str) -> Result<Value, Failure> {
    let posts = world.api.all("/v1/posts?limit=100").await?;
    let mine = posts.iter().find(|p| p["content"]["caption"] == caption);
    Ok(mine
        .map(|p| p["publications"][0].clone())
        .unwrap_or_default())
}

async fn until(
    world: &World,
    caption: &str,
    there: impl Fn(&Value) -> bool,
) -> Result<Value, Failure> {
    let begun = tokio::time::Instant::now();
    let mut last = Value::Null;
    while begun.elapsed() < PATIENCE {
        last = row(world, caption).await?;
        if there(&last) {
            return Ok(last);
        }
        tokio::time::sleep(TICK).await;
    }
    Err(format!("{caption:?} stays {last}").into())
}

fn entries(world: &World) -> Result<Vec<Entry>, Failure> {
    let records = world.ledger()?;
    Ok(records.iter().filter_map(Record::entry).cloned().collect())
}
