//! The switches.

use std::time::Duration;

use chrono::TimeDelta;
use contentzavod_instagram::sandbox::{Fault, FaultPlan, Rule, SecondPublish, Stage};
use reqwest::Method;
use serde_json::{Value, json};

use crate::bench::{Bench, bench, bench_with};

#[tokio::test]
async fn a_lost_reply_was_executed() {
    let b = bench().await;
    let container = b.ready("demo", "Hello").await;
    let plan = vec![Rule::times(Stage::Publish, Fault::ReplyLost, 1)];
    b.sandbox.set_faults(plan.into());
    let form = json!({ "creation_id": container });
    let publish = b.request(Method::POST, "/v25.0/me/media_publish");
    let lost = publish.bearer_auth("sandbox-demo").form(&form).send().await;
    let error = lost.expect_err("no answer");
    assert!(!error.is_connect() && !error.is_timeout(), "{error:?}");
    let ledger = b.sandbox.ledger();
    assert_eq!(
        (ledger.len(), ledger[0].container.as_str()),
        (1, container.as_str())
    );
    assert_eq!(b.status(&container).await.0, "PUBLISHED");
    let list = b.get("/v25.0/me/media").await;
    assert_eq!(list.body["data"][0]["id"], json!(ledger[0].media));
}

#[tokio::test]
async fn reads_are_refused_where_and_as_often_as_told() {
    let b = bench().await;
    let container = b.ready("demo", "Hello").await;
    let mut other = Rule::times(Stage::Recent, Fault::ReadRefused, 1);
    other.account = Some("other".to_owned());
    let rules = vec![Rule::times(Stage::Status, Fault::ReadRefused, 2), other];
    b.sandbox.set_faults(rules.into());
    let path = format!("/v25.0/{container}?fields=status_code");
    for _ in 0..2 {
        let refused = b.get(&path).await;
        assert_eq!((refused.status, refused.error()), (400, (100, 33)));
    }
    assert_eq!(b.get(&path).await.body["status_code"], "FINISHED");
    let list = "/v25.0/me/media";
    assert_eq!(b.get(list).await.status, 200, "meant for another account");
    assert_eq!(b.get_as("other", list).await.error(), (100, 33));
    assert_eq!(b.get_as("other", list).await.status, 200);
    // A refused publish is not executed.
    let rules = vec![Rule::times(Stage::Publish, Fault::ReadRefused, 1)];
    b.sandbox.set_faults(rules.into());
    assert_eq!(b.publish("demo", &container).await.error(), (100, 33));
    assert!(b.sandbox.ledger().is_empty());
    let left: Vec<_> = b.sandbox.faults().rules.iter().map(|r| r.count).collect();
    assert_eq!(left, [Some(0)]);
}

#[tokio::test]
async fn a_slow_call_waits_for_the_clock() {
    let b = bench().await;
    let container = b.ready("demo", "Hello").await;
    let slow = Fault::Slow { ms: 5_000 };
    b.sandbox
        .set_faults(vec![Rule::times(Stage::Publish, slow, 1)].into());
    let began = b.now();
    let publish = b.publish("demo", &container);
    let clock = async {
        // The rule is used up when the call waits.
        while b.sandbox.faults().rules[0].count != Some(0) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(b.sandbox.ledger().is_empty(), "not executed yet");
        while b.sandbox.ledger().is_empty() {
            b.clock.advance(TimeDelta::seconds(1));
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let (reply, ()) = tokio::join!(publish, clock);
    reply.id();
    assert!(b.sandbox.ledger()[0].at >= began + TimeDelta::seconds(5));
}

#[tokio::test]
async fn a_second_publish_does_what_the_switch_says() {
    let b = bench().await;
    for (second, live) in [
        (SecondPublish::Refuse, 1),
        (SecondPublish::SameId, 1),
        (SecondPublish::Duplicate, 3),
    ] {
        let before = b.sandbox.ledger().len();
        b.sandbox.set_faults(FaultPlan {
            second_publish: second,
            ..FaultPlan::default()
        });
        let container = b.ready("demo", "Hello").await;
        let first = b.publish("demo", &container).await.id();
        let again = [
            b.publish("demo", &container).await,
            b.publish("demo", &container).await,
        ];
        for reply in &again {
            match second {
                SecondPublish::Refuse => assert_eq!(reply.error(), (9007, 2_207_027)),
                SecondPublish::SameId => assert_eq!(reply.id(), first),
                SecondPublish::Duplicate => assert_ne!(reply.id(), first),
            }
        }
        let new = b.sandbox.ledger().split_off(before);
        let times: Vec<_> = new.iter().map(|e| (e.time, e.duplicate)).collect();
        let expected = [(1, false), (2, true), (3, true)];
        assert_eq!(times, expected[..live], "{second:?}");
    }
}

/// Which of an account's calls a plan refuses.
async fn pattern(b: &Bench, name: &str, calls: usize) -> Vec<bool> {
    let mut refused = Vec::new();
    for _ in 0..calls {
        refused.push(b.get_as(name, "/v25.0/me/media").await.status != 200);
    }
    refused
}

#[tokio::test]
async fn chance_repeats_with_its_seed_however_accounts_interleave() {
    let mut rule = Rule::always(Stage::Recent, Fault::ReadRefused);
    rule.probability = Some(0.5);
    let plan = |seed| FaultPlan {
        seed: Some(seed),
        ..vec![rule.clone()].into()
    };
    let b = bench().await;
    b.sandbox.set_faults(plan(7));
    let alone = pattern(&b, "demo", 40).await;
    let struck = alone.iter().filter(|refused| **refused).count();
    assert!((5..=35).contains(&struck), "{alone:?}");
    b.sandbox.set_faults(plan(7));
    let (first, other) = (
        pattern(&b, "demo", 20).await,
        pattern(&b, "other", 40).await,
    );
    assert_eq!([first, pattern(&b, "demo", 20).await].concat(), alone);
    assert_ne!(other, alone, "accounts do not share their luck");
    b.sandbox.set_faults(plan(8));
    assert_ne!(pattern(&b, "demo", 40).await, alone);
    // The sandbox's own seed serves plans without one, and is shown.
    let b = bench_with(|builder| builder.seed(7)).await;
    b.sandbox.set_faults(vec![rule.clone()].into());
    assert_eq!(b.sandbox.faults().seed, Some(7));
    assert_eq!(pattern(&b, "demo", 40).await, alone);
}

#[tokio::test]
async fn a_plan_is_set_and_shown_over_http() {
    let b = bench_with(|builder| builder.seed(3)).await;
    let set = async |plan: &Value| {
        let request = b.request(Method::POST, "/__faults");
        b.send(request.json(plan)).await
    };
    let plan = json!({ "seed": 9, "second_publish": "same_id", "rules": [
        { "stage": "publish", "fault": "reply_lost", "count": 1, "account": "demo" },
        { "stage": "status", "fault": "read_refused", "probability": 0.25 },
        { "stage": "create", "fault": "slow", "ms": 20 },
    ] });
    assert_eq!(set(&plan).await.body, plan);
    let shown = b.send(b.request(Method::GET, "/__faults")).await;
    assert_eq!(shown.body, plan);
    assert_eq!(b.sandbox.faults().rules[2].fault, Fault::Slow { ms: 20 });
    for wrong in [
        json!({ "rulez": [] }),
        json!({ "second_publish": "maybe" }),
        json!({ "rules": [{ "stage": "publish" }] }),
        json!({ "rules": [{ "stage": "publish", "fault": "no_such" }] }),
        json!({ "rules": [{ "stage": "no_such", "fault": "reply_lost" }] }),
        json!({ "rules": [{ "stage": "publish", "fault": "slow" }] }),
        json!({ "rules": [{ "stage": "publish", "fault": "reply_lost", "cuont": 1 }] }),
        json!({ "rules": [{ "stage": "publish", "fault": "reply_lost", "probability": 2 }] }),
    ] {
        let reply = set(&wrong).await;
        assert_eq!(reply.status, 422, "{wrong}: {reply:?}");
    }
    assert_eq!(
        b.sandbox.faults().rules.len(),
        3,
        "a wrong plan changes nothing"
    );
    let none = json!({ "seed": 3, "second_publish": "refuse", "rules": [] });
    assert_eq!(set(&json!({})).await.body, none);
}
