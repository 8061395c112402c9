//! The engine through the real Graph client against the sandbox over HTTP.

use std::sync::Arc;

use chrono::TimeDelta;
use contentzavod_core::ports::{Clock, Connector, PublishError, Published, Publisher};
use contentzavod_core::testing::ManualClock;
use contentzavod_instagram::sandbox::{Fault, FaultPlan, Rule, Sandbox, SecondPublish, Stage};
use contentzavod_instagram::{GraphConfig, InstagramConnector, InstagramPublisher};
use serde_json::{Value, json};

mod web;

const REEL: &[u8] = include_bytes!("../../contentzavod-preflight/tests/data/reel.mp4");

struct Bench {
    clock: Arc<ManualClock>,
    sandbox: Sandbox,
    publisher: InstagramPublisher,
    connector: InstagramConnector,
    files: web::Files,
}

async fn bench() -> Bench {
    let clock = Arc::new(ManualClock::new());
    let sandbox = Sandbox::builder()
        .clock(clock.clone())
        .quota(3)
        .start()
        .await
        .expect("the sandbox answers");
    let config = GraphConfig {
        graph_url: sandbox.url(),
        ..GraphConfig::default()
    };
    Bench {
        clock,
        sandbox,
        publisher: InstagramPublisher::new(config.clone()).expect("the sandbox answers"),
        connector: InstagramConnector::new(config).expect("the sandbox answers"),
        files: web::serve(REEL).await,
    }
}

impl Bench {
    async fn access(&self, name: &str) -> contentzavod_core::model::Access {
        let token = self.sandbox.add_account(name).into();
        let who = self
            .connector
            .identify(&token)
            .await
            .expect("the sandbox answers")
            .value;
        assert_eq!(who.username, name);
        web::access(&who.remote_user_id, token)
    }

    /// A container that is ready to be published.
    async fn ready(
        &self,
        access: &contentzavod_core::model::Access,
    ) -> contentzavod_core::publication::Handle {
        let request = web::request(&self.files.url, "Hello");
        let handle = self
            .publisher
            .create(access, &request)
            .await
            .expect("the sandbox answers")
            .value;
        // The fetch runs in real time, a look or two; processing takes the clock's.
        for _ in 0..2000 {
            self.clock.advance(TimeDelta::seconds(2));
            let status = self
                .publisher
                .status(access, &handle)
                .await
                .expect("the sandbox answers")
                .value;
            match status.state {
                contentzavod_core::ports::HandleState::Finished => return handle,
                contentzavod_core::ports::HandleState::InProgress => {
                    tokio::task::yield_now().await;
                }
                other => panic!("{other:?}: {status:?}"),
            }
        }
        panic!("the video was never fetched");
    }

    fn faults(&self, stage: Stage, fault: Fault) {
        let rule = Rule {
            stage,
            fault,
            count: Some(1),
            probability: None,
            account: None,
        };
        self.sandbox.set_faults(FaultPlan {
            rules: vec![rule],
            ..FaultPlan::default()
        });
    }
}

#[tokio::test]
async fn a_reel_is_fetched_published_and_in_the_ledger_with_its_hash() {
    let b = bench().await;
    let access = b.access("demo").await;
    let handle = b.ready(&access).await;
    let Published::Live(id) = b.publisher.publish(&access, &handle).await.unwrap().value else {
        panic!("not live");
    };
    let ledger = b.sandbox.ledger();
    assert_eq!(ledger.len(), 1);
    assert_eq!(
        (ledger[0].media.as_str(), ledger[0].caption.as_str()),
        (id.as_str(), "Hello")
    );
    assert_eq!(ledger[0].sha256, web::sha256(REEL));
    let link = b.publisher.permalink(&access, &id).await.unwrap().value;
    assert_eq!(link.permalink, ledger[0].permalink);
    assert_eq!(
        link.published_at.map(|at| at.timestamp()),
        Some(b.clock.now().timestamp())
    );
    let recent = b.publisher.recent(&access).await.unwrap().value;
    assert_eq!(recent[0].id, id);
    assert_eq!(b.publisher.quota(&access).await.unwrap().value.used, 1);
    let asked = b.files.asked();
    assert_eq!(asked[0], "HEAD");
    assert!(asked[1].starts_with("GET bytes=0-"), "{asked:?}");
}

#[tokio::test]
async fn a_second_publish_does_what_the_switch_says() {
    let b = bench().await;
    let access = b.access("demo").await;
    for (second, live) in [
        (SecondPublish::Refuse, 1),
        (SecondPublish::SameId, 1),
        (SecondPublish::Duplicate, 2),
    ] {
        let before = b.sandbox.ledger().len();
        // A day later the quota is whole again.
        b.clock.advance(TimeDelta::hours(25));
        b.sandbox.set_faults(FaultPlan {
            second_publish: second,
            ..FaultPlan::default()
        });
        let handle = b.ready(&access).await;
        b.publisher.publish(&access, &handle).await.unwrap();
        let again = b.publisher.publish(&access, &handle).await;
        assert_eq!(again.is_ok(), second != SecondPublish::Refuse, "{again:?}");
        let new = b.sandbox.ledger().len() - before;
        assert_eq!(new, live, "{second:?}");
    }
}

#[tokio::test]
async fn the_switches_lose_replies_refuse_reads_and_are_slow() {
    let b = bench().await;
    let access = b.access("demo").await;
    let handle = b.ready(&access).await;
    b.faults(Stage::Status, Fault::ReadRefused);
    assert!(b.publisher.status(&access, &handle).await.is_err());
    assert!(
        b.publisher.status(&access, &handle).await.is_ok(),
        "once only"
    );
    b.faults(Stage::Publish, Fault::ReplyLost);
    let lost = b.publisher.publish(&access, &handle).await;
    assert!(
        matches!(
            lost,
            Err(PublishError::Unknown {
                answered: false,
                ..
            })
        ),
        "{lost:?}"
    );
    assert_eq!(b.sandbox.ledger().len(), 1, "executed all the same");
    b.faults(Stage::Quota, Fault::Slow { ms: 5_000 });
    let quota = b.publisher.quota(&access);
    let clock = Arc::clone(&b.clock);
    let (quota, ()) = tokio::join!(quota, async {
        // Time stands still until the call waits.
        for _ in 0..50 {
            tokio::task::yield_now().await;
            clock.advance(TimeDelta::seconds(1));
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
    });
    assert!(quota.is_ok());
}

#[tokio::test]
async fn what_the_platform_refuses_is_refused() {
    let b = bench().await;
    let access = b.access("demo").await;
    let other = b.access("other").await;
    let handle = b.ready(&access).await;
    assert!(
        b.publisher.publish(&other, &handle).await.is_err(),
        "somebody else's container"
    );
    let missing = web::request(&b.files.missing(), "Hello");
    let broken = b.publisher.create(&access, &missing).await.unwrap().value;
    let mut seen = None;
    for _ in 0..2000 {
        let status = b.publisher.status(&access, &broken).await.unwrap().value;
        if status.state != contentzavod_core::ports::HandleState::InProgress {
            seen = Some(status.state);
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(seen, Some(contentzavod_core::ports::HandleState::Error));
    b.clock.advance(TimeDelta::hours(25));
    let status = b.publisher.status(&access, &handle).await.unwrap().value;
    assert_eq!(status.state, contentzavod_core::ports::HandleState::Expired);
    for _ in 0..3 {
        let handle = b.ready(&access).await;
        b.publisher.publish(&access, &handle).await.unwrap();
    }
    let handle = b.ready(&access).await;
    let full = b.publisher.publish(&access, &handle).await;
    assert!(
        matches!(full, Err(PublishError::Refused { .. })),
        "{full:?}"
    );
}

#[tokio::test]
async fn wrong_calls_are_caught() {
    let b = bench().await;
    let http = web::client();
    let url = |path: &str| b.sandbox.url().join(path).unwrap();
    let post = async |path: &str, form: Value| -> Value {
        let request = http.post(url(path)).bearer_auth("sandbox-demo").form(&form);
        request.send().await.unwrap().json().await.unwrap()
    };
    let me: Value = http
        .get(url("/v25.0/me?fields=user_id"))
        .bearer_auth("sandbox-demo")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let media = format!("/v25.0/{}/media", me["user_id"].as_str().unwrap());
    let good = json!({ "media_type": "REELS", "video_url": b.files.url });
    assert!(post(&media, good.clone()).await["id"].is_string());
    for (name, value) in [
        ("nonsense", json!("1")),
        ("media_type", json!("VIDEO")),
        ("video_url", json!("nowhere")),
        ("share_to_feed", json!("yes")),
        ("thumb_offset", json!("-1")),
        ("collaborators", json!(r#"["a","b","c","d"]"#)),
    ] {
        let mut form = good.clone();
        form[name] = value;
        assert_eq!(post(&media, form).await["error"]["code"], 100, "{name}");
    }
    assert!(b.sandbox.ledger().is_empty());
}

#[tokio::test]
async fn a_bad_token_is_refused_and_the_own_calls_answer() {
    let b = bench().await;
    let http = web::client();
    let url = |path: &str| b.sandbox.url().join(path).unwrap();
    let bad: Value = http
        .get(url("/v25.0/me"))
        .bearer_auth("nonsense")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(bad["error"]["code"], 190);
    let plan = json!({ "rules": [{ "stage": "me", "fault": "read_refused", "count": 1 }] });
    let set = http
        .post(url("/__faults"))
        .json(&plan)
        .send()
        .await
        .unwrap();
    assert_eq!(set.status(), 200);
    let wrong = http
        .post(url("/__faults"))
        .json(&json!({ "rulez": [] }))
        .send()
        .await
        .unwrap();
    assert_eq!(wrong.status(), 422);
    let ledger: Value = http
        .get(url("/__ledger"))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(ledger, json!([]));
}
