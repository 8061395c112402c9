//! The rules of a time zone changed between two lives of the server: posts that were scheduled by the
//! wall clock go where it says, also when the server dies of it half-way, and are told of once.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::crash::Point;
use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::ports::store::{PostChange, PostStore, PostView, PublicationChange};
use contentzavod_core::ports::{Clock, SystemClock};
use contentzavod_server::data_dir::DataDir;
use contentzavod_store::SqliteStore;
use e2e::process::Failure;
use serde_json::json;

use crate::story::{Seen, Stage};

const CAPTION: &str = "by the wall clock";
/// The two lives begin before it.
const DUE: TimeDelta = TimeDelta::seconds(25);
/// What other rules made of the same wall clock.
const OFF: TimeDelta = TimeDelta::hours(1);
/// Rules that no version has.
const OTHERS: &str = "1970a";

/// Tells it.
pub(crate) async fn moved(point: Point, stage: &mut Stage) -> Result<Seen, Failure> {
    let due = whole_seconds(stage.world.clock.now() + DUE);
    schedule(stage, due).await?;
    stage.world.server.kill()?;
    reckon_by_other_rules(stage).await?;
    stage.aim(point, CAPTION);
    stage.world.start_again()?;
    stage.until_dead(point).await?;
    stage.disarm().await?;
    let took = tokio::time::Instant::now();
    // An hour later it would be, had it stayed where other rules put it.
    let row = stage.until(CAPTION, "published").await?;
    let live = stage.live(CAPTION)?;
    if live.len() != 1 || live[0].at < due || row["remote_id"] != live[0].media {
        return Err(format!("due {due}, {row}, live {live:?}").into());
    }
    let told = stage.world.api.notifications().await?;
    let told: Vec<_> = told.iter().filter(|n| n["kind"] == "moved").collect();
    if told.len() != 1 || told[0]["post_id"].is_null() {
        return Err(format!("told {told:?}").into());
    }
    stage.one_post_each().await?;
    Ok(Seen {
        deaths: 1,
        took: took.elapsed(),
        state: "published".to_owned(),
    })
}

fn whole_seconds(time: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(time.timestamp(), 0).unwrap_or(time)
}

/// Schedules a post by the wall clock of a zone that never changes it.
async fn schedule(stage: &Stage, due: DateTime<Utc>) -> Result<(), Failure> {
    let local = due.naive_utc() + TimeDelta::hours(9);
    let api = &stage.world.api;
    let post = json!({
        "account_ids": [stage.accounts[0]],
        "content": { "kind": "instagram_reel", "media_id": stage.media, "caption": CAPTION },
        "publish_at": local.format("%Y-%m-%dT%H:%M:%S").to_string(),
        "timezone": "Asia/Tokyo",
    });
    let call = api.http.post(api.url("/v1/posts")).json(&post);
    let made = api.sent(call).await?;
    let at: DateTime<Utc> = made["publish_at"].as_str().unwrap_or_default().parse()?;
    if at != due {
        return Err(format!("{made} is not due {due}").into());
    }
    Ok(())
}

/// Leaves the database as a server with other rules would have: there the wall clock's time was
/// another instant.
async fn reckon_by_other_rules(stage: &Stage) -> Result<(), Failure> {
    let path = DataDir::open(&stage.world.data())?.database();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let store = SqliteStore::open_existing(&path, clock, MediaTtl::default()).await?;
    let mut waiting = store.posts_by_wall_clock(None, 10).await?;
    let view = waiting.pop().ok_or("no post waits by the wall clock")?;
    if !store.change(vec![later(view)], None).await? {
        return Err("somebody else has changed the post".into());
    }
    store.set_zone_rules(OTHERS).await?;
    store.close().await;
    Ok(())
}

fn later(view: PostView) -> PostChange {
    let mut post = view.post;
    post.publish_at = post.publish_at.map(|at| at + OFF);
    let rows = view.publications.into_iter().map(|row| {
        let mut next = row.progress;
        next.due_at += OFF;
        // Nothing is staged so early.
        next.next_at = next.next_at.map(|at| at + OFF / 2);
        PublicationChange {
            id: row.id,
            rev: row.rev,
            next,
            caption_key: None,
            notices: Vec::new(),
        }
    });
    PostChange {
        publications: rows.collect(),
        post,
        add: Vec::new(),
        remove: Vec::new(),
        delete: false,
    }
}
