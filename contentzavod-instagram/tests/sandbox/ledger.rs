//! The ledger: what it holds, when it is written, and what a restart makes of it.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use contentzavod_core::testing::ManualClock;
use contentzavod_instagram::sandbox::{Record, Sandbox};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

use crate::bench::{Bench, bench, bench_at};
use crate::web;

async fn on_file(clock: &Arc<ManualClock>, path: &Path) -> Bench {
    bench_at(Arc::clone(clock), |b| b.ledger_file(path.to_owned())).await
}

fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.is_empty() || text.ends_with('\n'));
    let line = |line| serde_json::from_str(line).unwrap();
    text.lines().map(line).collect()
}

#[tokio::test]
async fn it_holds_creates_fetches_and_publications_in_order() {
    let b = bench().await;
    let container = b.ready("demo", "Hello 👋").await;
    let media = b.publish("demo", &container).await.id();
    let user = b.get("/me?fields=user_id").await.body["user_id"].clone();
    let entry = b.sandbox.ledger().remove(0);
    let shown = b.send(b.request(Method::GET, "/__ledger")).await.body;
    let common = json!({ "ig_user": user, "username": "demo", "container": container });
    let mut create = json!({ "kind": "create", "at": "2026-12-01T09:00:00Z", "caption": "Hello 👋",
            "options": { "media_type": "REELS" } });
    let mut publish = json!({
        "kind": "publish", "at": "2026-12-01T09:00:01.500Z", "media": media,
        "permalink": entry.permalink, "caption": "Hello 👋", "sha256": web::sha256(web::REEL),
        "time": 1, "duplicate": false,
    });
    for record in [&mut create, &mut publish] {
        let object = record.as_object_mut().unwrap();
        object.extend(common.as_object().unwrap().clone());
    }
    let pull = json!({
        "kind": "pull", "at": "2026-12-01T09:00:00Z", "container": container,
        "bytes": web::REEL.len(), "sha256": web::sha256(web::REEL), "error": null,
        "subcode": null,
    });
    assert_eq!(shown, json!([create, pull, publish]));
    let only = b
        .send(b.request(Method::GET, "/__ledger?kind=publish"))
        .await;
    assert_eq!(only.body, json!([publish]));
    assert_eq!(b.sandbox.records()[2], Record::Publish(entry));
}

#[tokio::test]
async fn each_answer_finds_its_line_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.jsonl");
    let b = on_file(&Arc::new(ManualClock::new()), &path).await;
    let container = b.create("demo", "reel.mp4", "Hello").await;
    let create = &lines(&path)[0];
    assert_eq!(
        (&create["kind"], &create["container"]),
        (&json!("create"), &json!(container))
    );
    b.pulled(&container).await;
    b.clock.advance(TimeDelta::seconds(2));
    let media = b.publish("demo", &container).await.id();
    let written = lines(&path);
    let kinds: Vec<_> = written.iter().map(|line| line["kind"].clone()).collect();
    assert_eq!(kinds, ["create", "pull", "publish"]);
    assert_eq!(written[2]["media"], json!(media));
    assert_eq!(
        json!(b.sandbox.records()),
        json!(written),
        "the file says the same"
    );
}

#[tokio::test]
async fn a_restart_takes_everything_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.jsonl");
    let clock = Arc::new(ManualClock::new());
    let b = on_file(&clock, &path).await;
    let live = b.ready("demo", "live").await;
    let media = b.publish("demo", &live).await.id();
    let waiting = b.ready("demo", "waiting").await;
    let broken = b.create("demo", "missing.mp4", "broken").await;
    b.pulled(&broken).await;
    let before = b.sandbox.records();
    b.sandbox.stop().await;
    assert_eq!(lines(&path).len(), before.len(), "stopping writes the rest");

    let b = on_file(&clock, &path).await;
    assert_eq!(b.sandbox.records(), before);
    assert_eq!(b.status(&live).await.0, "PUBLISHED");
    assert_eq!(b.status(&broken).await.0, "ERROR");
    let link = b.get(&format!("/{media}?fields=permalink")).await;
    assert_eq!(
        link.body["permalink"],
        json!(b.sandbox.ledger()[0].permalink)
    );
    assert_eq!(b.publish("demo", &live).await.error(), (9007, 2_207_027));
    let next = b.publish("demo", &waiting).await.id();
    assert_ne!(next, media, "ids go on");
    let quota = b.get("/me/content_publishing_limit").await;
    assert_eq!(quota.body["data"][0]["quota_usage"], 2);
    // Ids that were given out once are not given out again, whatever the clock says.
    let container = |record: Record| match record {
        Record::Create(made) => Some(made.container),
        _ => None,
    };
    let given: Vec<String> = b
        .sandbox
        .records()
        .into_iter()
        .filter_map(container)
        .collect();
    b.sandbox.stop().await;
    let b = on_file(&Arc::new(ManualClock::new()), &path).await;
    let new = b.create("demo", "reel.mp4", "new").await;
    assert!(!given.contains(&new), "{new} in {given:?}");
}

#[tokio::test]
async fn a_line_that_was_cut_off_is_dropped_and_another_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.jsonl");
    let clock = Arc::new(ManualClock::new());
    let b = on_file(&clock, &path).await;
    let container = b.ready("demo", "Hello").await;
    b.publish("demo", &container).await.id();
    b.sandbox.stop().await;
    let whole = lines(&path);
    let append = |text: &str| {
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    };
    append(r#"{"kind":"publish","at":"2026-"#);
    let b = on_file(&clock, &path).await;
    assert_eq!(json!(b.sandbox.records()), json!(whole));
    b.create("demo", "reel.mp4", "next").await;
    b.sandbox.stop().await;
    assert_eq!(lines(&path)[..3], whole[..]);
    assert_eq!(lines(&path)[3]["caption"], "next");

    append("what is this\n");
    let count = lines_of_text(&path);
    let refused = Sandbox::builder().ledger_file(path.clone()).start().await;
    let error = refused.expect_err("a broken ledger").to_string();
    assert!(error.contains(&format!("line {count}")), "{error}");
    assert_eq!(lines_of_text(&path), count, "and nothing was touched");
}

fn lines_of_text(path: &Path) -> usize {
    std::fs::read_to_string(path).unwrap().lines().count()
}

#[tokio::test]
async fn a_fetch_that_a_kill_cut_off_has_failed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.jsonl");
    let clock = Arc::new(ManualClock::new());
    let b = on_file(&clock, &path).await;
    // Somebody who takes the call and says nothing.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut reel = b.reel("reel.mp4", "Hello");
    reel["video_url"] = json!(format!("http://{}/a.mp4", silent.local_addr().unwrap()));
    let container = b.post("/v25.0/me/media", &reel).await.id();
    let (mut crawler, _) = silent.accept().await.unwrap();
    assert_eq!(b.status(&container).await.0, "IN_PROGRESS");
    b.sandbox.stop().await;
    let mut asked = String::new();
    let hung_up = crawler.read_to_string(&mut asked);
    let hung_up = tokio::time::timeout(Duration::from_secs(10), hung_up).await;
    assert!(hung_up.is_ok(), "a fetch goes on after the stop");
    assert!(asked.starts_with("HEAD /a.mp4"), "{asked}");
    let b = on_file(&clock, &path).await;
    let text = "Error: Media upload has failed with error code 2207052";
    assert_eq!(b.status(&container).await, ("ERROR".into(), text.into()));
}
