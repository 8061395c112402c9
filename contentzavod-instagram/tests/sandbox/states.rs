//! Faults that last: tokens, quotas, containers, and the list that lags.

use chrono::TimeDelta;
use contentzavod_instagram::sandbox::{Fault, Rule, Stage};
use reqwest::Method;
use serde_json::json;

use crate::bench::{Bench, bench};

fn once(b: &Bench, stage: Stage, fault: Fault) {
    b.sandbox
        .set_faults(vec![Rule::times(stage, fault, 1)].into());
}

#[tokio::test]
async fn a_dead_token_stays_dead_until_one_is_made() {
    let b = bench().await;
    let container = b.ready("demo", "Hello").await;
    let second = json!({ "username": "demo", "token": "IGAAsecond" });
    b.send(b.request(Method::POST, "/__accounts").json(&second))
        .await;
    for subcode in [463, 460, 0] {
        once(&b, Stage::Publish, Fault::TokenDeath { subcode });
        let dead = b.publish("demo", &container).await;
        assert_eq!((dead.status, dead.error()), (400, (190, subcode.into())));
        // Every call and every token of the account, whatever becomes of the plan.
        b.sandbox.set_faults(Vec::new().into());
        assert_eq!(b.get("/v25.0/me").await.error(), (190, subcode.into()));
        let path = "/refresh_access_token?grant_type=ig_refresh_token";
        assert_eq!(b.get(path).await.error(), (190, subcode.into()));
        let other = b.request(Method::GET, "/me").bearer_auth("IGAAsecond");
        assert_eq!(b.send(other).await.status, 400);
        assert_eq!(b.get_as("other", "/me").await.status, 200);
        assert!(b.sandbox.ledger().is_empty());
        let new = json!({ "username": "demo" });
        let made = b.send(b.request(Method::POST, "/__accounts").json(&new));
        assert_eq!(made.await.status, 200);
        assert_eq!(b.get("/v25.0/me").await.status, 200);
    }
    b.publish("demo", &container).await.id();
}

#[tokio::test]
async fn a_quota_is_used_up_for_a_call_or_for_a_while() {
    let b = bench().await;
    let container = b.ready("demo", "Hello").await;
    let usage = async || {
        let reply = b.get("/me/content_publishing_limit?fields=quota_usage");
        reply.await.body["data"][0]["quota_usage"].clone()
    };
    let refused = (9, 2_207_042);
    once(&b, Stage::Quota, Fault::Quota { secs: 0 });
    assert_eq!((usage().await, usage().await), (json!(50), json!(0)));
    once(&b, Stage::Publish, Fault::Quota { secs: 0 });
    assert_eq!(b.publish("demo", &container).await.error(), refused);
    assert_eq!(usage().await, json!(0));

    once(&b, Stage::Quota, Fault::Quota { secs: 3600 });
    assert_eq!(usage().await, json!(50));
    assert_eq!(b.publish("demo", &container).await.error(), refused);
    b.clock.advance(TimeDelta::seconds(3599));
    assert_eq!(usage().await, json!(50));
    let other = b.get_as("other", "/me/content_publishing_limit").await;
    assert_eq!(other.body["data"][0]["quota_usage"], 0);
    b.clock.advance(TimeDelta::seconds(1));
    assert_eq!(usage().await, json!(0));
    assert!(b.sandbox.ledger().is_empty());
    b.publish("demo", &container).await.id();
    assert_eq!(usage().await, json!(1));
}

#[tokio::test]
async fn a_container_turns_error() {
    let b = bench().await;
    let text = "Error: Media upload has failed with error code 2207076";
    let error = Fault::ContainerError { subcode: 2_207_076 };
    once(&b, Stage::Create, error);
    let made = b.create("demo", "reel.mp4", "Hello").await;
    b.pulled(&made).await;
    assert_eq!(b.status(&made).await.0, "IN_PROGRESS");
    b.clock.advance(TimeDelta::milliseconds(1500));
    assert_eq!(b.status(&made).await, ("ERROR".into(), text.into()));
    assert_eq!(b.publish("demo", &made).await.error(), (9007, 2_207_027));

    let read = b.ready("demo", "Hello").await;
    assert_eq!(b.status(&read).await.0, "FINISHED");
    once(&b, Stage::Status, error);
    assert_eq!(b.status(&read).await, ("ERROR".into(), text.into()));
    assert_eq!(b.publish("demo", &read).await.error(), (9007, 2_207_027));
    assert!(b.sandbox.ledger().is_empty());

    // Live all the same.
    let live = b.ready("demo", "Hello").await;
    let media = b.publish("demo", &live).await.id();
    once(&b, Stage::Status, error);
    assert_eq!(b.status(&live).await.0, "ERROR");
    assert_eq!(b.status(&live).await.0, "ERROR", "and stays so");
    assert_eq!(b.get("/me/media").await.body["data"][0]["id"], json!(media));
    // Others are well.
    let next = b.ready("demo", "Hello").await;
    assert_eq!(b.status(&next).await.0, "FINISHED");
}

#[tokio::test]
async fn a_container_expires_sooner() {
    let b = bench().await;
    once(&b, Stage::Create, Fault::Expired { secs: 60 });
    let container = b.ready("demo", "Hello").await;
    assert_eq!(b.status(&container).await.0, "FINISHED");
    b.clock.advance(TimeDelta::seconds(58));
    assert_eq!(b.status(&container).await.0, "FINISHED");
    b.clock.advance(TimeDelta::milliseconds(500));
    assert_eq!(b.status(&container).await.0, "EXPIRED");
    assert_eq!(b.publish("demo", &container).await.error(), (24, 2_207_008));
    let container = b.ready("demo", "Hello").await;
    once(&b, Stage::Status, Fault::Expired { secs: 0 });
    assert_eq!(b.status(&container).await.0, "EXPIRED");
    assert!(b.sandbox.ledger().is_empty());
}

#[tokio::test]
async fn the_list_lags() {
    let b = bench().await;
    let old = b.ready("demo", "old").await;
    let old = b.publish("demo", &old).await.id();
    b.clock.advance(TimeDelta::seconds(120));
    let new = b.ready("demo", "new").await;
    let new = b.publish("demo", &new).await.id();
    let lag = Fault::ListLag { secs: 60 };
    let rules = [Stage::Recent, Stage::Permalink].map(|stage| Rule::always(stage, lag));
    b.sandbox.set_faults(rules.to_vec().into());
    let list = async || b.get("/me/media?limit=1").await.body["data"].clone();
    let link = async || b.get(&format!("/{new}?fields=permalink")).await.status;
    assert_eq!(list().await, json!([{ "id": old }]), "live and not shown");
    assert_eq!(link().await, 400);
    assert_eq!(b.sandbox.ledger().len(), 2, "the ledger knows it");
    b.clock.advance(TimeDelta::seconds(59));
    assert_eq!(list().await, json!([{ "id": old }]));
    b.clock.advance(TimeDelta::seconds(1));
    assert_eq!(list().await, json!([{ "id": new }]));
    assert_eq!(link().await, 200);
}
