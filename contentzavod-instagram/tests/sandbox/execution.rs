//! Faults that say something about execution: the ledger says the same.

use std::time::Duration;

use chrono::TimeDelta;
use contentzavod_instagram::sandbox::{Fault, FaultPlan, LateReply, Rule, Stage};
use serde_json::{Value, json};

use crate::bench::{Bench, bench};
use crate::raw;

/// A plan as somebody would send it.
fn plan(rules: &Value) -> FaultPlan {
    serde_json::from_value(json!({ "rules": rules })).expect("a plan")
}

async fn until(mut done: impl FnMut() -> bool) {
    let done = async {
        while !done() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let done = tokio::time::timeout(Duration::from_secs(30), done).await;
    done.expect("it happens");
}

/// What a publish comes to on the wire: a status with code and subcode, a page, or no answer.
#[derive(Debug, PartialEq)]
enum Said {
    Nothing,
    Page(u16),
    Error(u16, i64, i64),
    Other(u16),
}

async fn said(b: &Bench, container: &str) -> Said {
    let Some(raw) = raw::publish(b, container).await else {
        return Said::Nothing;
    };
    if raw.header("content-type").expect("a kind").contains("html") {
        return Said::Page(raw.status());
    }
    let body: Value = serde_json::from_slice(&raw.body).unwrap_or_default();
    let number = |name: &str| body["error"][name].as_i64();
    match number("code") {
        Some(code) => Said::Error(raw.status(), code, number("error_subcode").unwrap_or(0)),
        None => Said::Other(raw.status()),
    }
}

/// Faults of a publish, what they say on the wire, and whether it is live.
#[rustfmt::skip]
const PUBLISH: &[(&str, Said, bool)] = &[
    (r#"{"fault": "reply_lost"}"#, Said::Nothing, true),
    (r#"{"fault": "dropped"}"#, Said::Nothing, false),
    (r#"{"fault": "server_error", "after": true}"#, Said::Error(500, 2, 0), true),
    (r#"{"fault": "server_error", "after": false}"#, Said::Error(500, 2, 0), false),
    (r#"{"fault": "server_error", "status": 502, "after": true}"#, Said::Page(502), true),
    (r#"{"fault": "server_error", "status": 503, "after": false}"#, Said::Page(503), false),
    (r#"{"fault": "spam", "live": true}"#, Said::Error(403, 4, 2_207_051), true),
    (r#"{"fault": "spam", "live": false}"#, Said::Error(403, 4, 2_207_051), false),
    (r#"{"fault": "quota"}"#, Said::Error(403, 9, 2_207_042), false),
    (r#"{"fault": "not_ready"}"#, Said::Error(400, 9007, 2_207_027), false),
    (r#"{"fault": "restricted"}"#, Said::Error(400, 25, 2_207_050), false),
    (r#"{"fault": "read_refused"}"#, Said::Error(400, 100, 33), false),
    (r#"{"fault": "garbage", "body": "html"}"#, Said::Page(200), true),
    (r#"{"fault": "container_error", "subcode": 2207076}"#, Said::Error(400, 9007, 2_207_027), false),
    (r#"{"fault": "expired"}"#, Said::Error(400, 24, 2_207_008), false),
];

#[tokio::test]
async fn a_publish_is_executed_or_not_as_its_fault_says() {
    let b = bench().await;
    for (fault, told, live) in PUBLISH {
        let fault: Value = serde_json::from_str(fault).unwrap();
        let before = b.sandbox.ledger().len();
        let container = b.ready("demo", "Hello").await;
        let mut rule = fault.clone();
        rule["stage"] = json!("publish");
        rule["count"] = json!(1);
        b.sandbox.set_faults(plan(&json!([rule])));
        assert_eq!(said(&b, &container).await, *told, "{fault}");
        let new = b.sandbox.ledger().split_off(before);
        let of: Vec<_> = new.iter().map(|entry| entry.container.as_str()).collect();
        let expected = if *live {
            vec![container.as_str()]
        } else {
            vec![]
        };
        assert_eq!(of, expected, "{fault}");
        // Used up: what is left decides.
        let lasting = ["container_error", "expired"].map(|f| json!(f));
        let next = said(&b, &container).await;
        let good = !*live && !lasting.contains(&fault["fault"]);
        assert_eq!(next == Said::Other(200), good, "{fault}: {next:?}");
    }
}

/// At every other call too: made or not as it says.
#[tokio::test]
async fn a_container_is_made_or_not_as_its_fault_says() {
    let b = bench().await;
    for (fault, made) in [
        (json!({ "fault": "reply_lost" }), true),
        (json!({ "fault": "dropped" }), false),
        (json!({ "fault": "server_error", "after": true }), true),
        (
            json!({ "fault": "server_error", "status": 502, "after": false }),
            false,
        ),
        (json!({ "fault": "spam", "live": false }), false),
        (json!({ "fault": "restricted" }), false),
        (json!({ "fault": "half" }), true),
    ] {
        let containers = || {
            let records = b.sandbox.records();
            records.iter().filter(|r| r.kind() == "create").count()
        };
        let before = containers();
        let mut rule = fault.clone();
        rule["stage"] = json!("create");
        rule["count"] = json!(1);
        b.sandbox.set_faults(plan(&json!([rule])));
        let video = b.files.url("reel.mp4");
        let form = format!("media_type=REELS&video_url={video}");
        let raw = raw::call(&b, "/v25.0/me/media", Some(&form)).await;
        assert_ne!(raw.as_ref().map(raw::Raw::status), Some(201));
        assert_eq!(containers() - before, usize::from(made), "{fault}");
    }
}

#[tokio::test]
async fn a_late_call_gets_its_end_first_and_is_executed_when_its_time_has_come() {
    let b = bench().await;
    for reply in [LateReply::Closed, LateReply::Timeout, LateReply::Held] {
        let before = b.sandbox.ledger().len();
        let container = b.ready("demo", "Hello").await;
        let late = Fault::Late { ms: 5_000, reply };
        b.sandbox
            .set_faults(vec![Rule::times(Stage::Publish, late, 1)].into());
        let began = b.now();
        if reply == LateReply::Held {
            let mut stream = raw::connect(&b).await;
            let form = format!("creation_id={container}");
            raw::write(&mut stream, "/v25.0/me/media_publish", Some(&form)).await;
            until(|| b.sandbox.faults().rules[0].count == Some(0)).await;
            let nothing = raw::read(&mut stream);
            let nothing = tokio::time::timeout(Duration::from_millis(50), nothing).await;
            assert!(nothing.is_err(), "it is held: {nothing:?}");
            // The caller goes away, which changes nothing.
            drop(stream);
        } else {
            let told = said(&b, &container).await;
            let end = match reply {
                LateReply::Timeout => Said::Page(504),
                _ => Said::Nothing,
            };
            assert_eq!(told, end);
        }
        assert_eq!(b.sandbox.ledger().len(), before, "not executed yet");
        assert_eq!(b.status(&container).await.0, "FINISHED");
        until(|| {
            b.clock.advance(TimeDelta::milliseconds(500));
            b.sandbox.ledger().len() > before
        })
        .await;
        let entry = b.sandbox.ledger().pop().unwrap();
        assert_eq!(entry.container, container);
        assert!(entry.at >= began + TimeDelta::seconds(5), "{entry:?}");
        assert_eq!(b.status(&container).await.0, "PUBLISHED");
    }
}

#[tokio::test]
async fn a_slow_call_is_executed_though_its_caller_has_hung_up() {
    let b = bench().await;
    let container = b.ready("demo", "Hello").await;
    let slow = Fault::Slow { ms: 5_000 };
    b.sandbox
        .set_faults(vec![Rule::times(Stage::Publish, slow, 1)].into());
    let mut stream = raw::connect(&b).await;
    let form = format!("creation_id={container}");
    raw::write(&mut stream, "/v25.0/me/media_publish", Some(&form)).await;
    until(|| b.sandbox.faults().rules[0].count == Some(0)).await;
    drop(stream);
    assert_eq!(b.status(&container).await.0, "FINISHED");
    until(|| {
        b.clock.advance(TimeDelta::milliseconds(500));
        !b.sandbox.ledger().is_empty()
    })
    .await;
    assert_eq!(b.sandbox.ledger()[0].container, container);
}

/// Where several strike, the order of their steps decides and not that of their rules.
#[tokio::test]
async fn faults_of_one_call_act_in_their_order() {
    let b = bench().await;
    for (rules, told, live) in [
        // Instead of executing comes before the answer is lost.
        (
            json!([{ "stage": "publish", "fault": "reply_lost" }, { "stage": "publish", "fault": "not_ready" }]),
            Said::Error(400, 9007, 2_207_027),
            false,
        ),
        // Of one step the first rule decides.
        (
            json!([{ "stage": "publish", "fault": "not_ready" }, { "stage": "publish", "fault": "dropped" }]),
            Said::Error(400, 9007, 2_207_027),
            false,
        ),
        (
            json!([{ "stage": "publish", "fault": "spam", "live": true }, { "stage": "publish", "fault": "reply_lost" }]),
            Said::Error(403, 4, 2_207_051),
            true,
        ),
        // Not executed, and garbage all the same.
        (
            json!([{ "stage": "publish", "fault": "garbage", "body": "html" }, { "stage": "publish", "fault": "read_refused" }]),
            Said::Page(200),
            false,
        ),
    ] {
        let before = b.sandbox.ledger().len();
        let container = b.ready("demo", "Hello").await;
        b.sandbox.set_faults(plan(&rules));
        assert_eq!(said(&b, &container).await, told, "{rules}");
        assert_eq!(
            b.sandbox.ledger().len() - before,
            usize::from(live),
            "{rules}"
        );
    }
}
