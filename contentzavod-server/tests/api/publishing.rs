//! From a post to its receipt, and what a person does when it does not go well.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_instagram::sandbox::{Fault, FaultPlan, Rule, Stage};
use serde_json::json;

use crate::world::World;

fn faults(rules: Vec<Rule>) -> FaultPlan {
    FaultPlan {
        rules,
        ..FaultPlan::default()
    }
}

#[tokio::test]
async fn the_receipt_says_what_the_ledger_says() {
    let w = World::new().await;
    let post = w.scheduled("Good morning").await;
    let early = w
        .get(&format!("/v1/publications/{}/receipt", post.publication()))
        .await;
    early.refused(409, "publication.state");
    w.until(&post.id(), "published").await;
    w.engine.step(w.after(TimeDelta::zero())).await.unwrap();
    let path = format!("/v1/publications/{}/receipt", post.publication());
    let receipt = w.get(&path).await.fine();
    let disposition = receipt.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("attachment; filename=\"receipt-"));
    let ledger = w.sandbox.ledger();
    assert_eq!(ledger.len(), 1);
    assert_eq!(receipt.body["sha256"], ledger[0].sha256);
    assert_eq!(receipt.body["remote_id"], ledger[0].media);
    assert_eq!(receipt.body["container_id"], ledger[0].container);
    assert_eq!(receipt.body["permalink"], ledger[0].permalink);
    let due: DateTime<Utc> = receipt.body["due_at"].as_str().unwrap().parse().unwrap();
    assert!(ledger[0].at >= due, "never early");
    let read = w.get(&format!("/v1/posts/{}", post.id())).await.fine();
    let publication = &read.body["publications"][0];
    assert_eq!(publication["status"], "published");
    assert_eq!(publication["sends"], 1);
    assert_eq!(publication["permalink"], ledger[0].permalink);
}

#[tokio::test]
async fn the_inbox_tells_it_in_the_persons_language_and_once() {
    let w = World::new().await;
    w.put("/v1/users/me", &json!({ "locale": "ru" }))
        .await
        .fine();
    let post = w.scheduled("x").await;
    w.until(&post.id(), "published").await;
    let inbox = w.get("/v1/notifications").await.fine();
    let items = inbox.body["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{}", inbox.text);
    assert_eq!(items[0]["kind"], "published");
    assert_eq!(items[0]["message"], "Публикация вышла.");
    assert_eq!(items[0]["post_id"], post.body["id"]);
    let after = inbox.body["next_cursor"].as_str().unwrap();
    let rest = w
        .get(&format!("/v1/notifications?after={after}"))
        .await
        .fine();
    assert_eq!(rest.body, json!({ "items": [] }));
}

#[tokio::test]
async fn what_is_armed_is_neither_cancelled_nor_changed_nor_deleted() {
    let w = World::new().await;
    let lost = Rule::always(Stage::Publish, Fault::ReplyLost);
    let unread = [Stage::Status, Stage::Recent].map(|s| Rule::always(s, Fault::ReadRefused));
    let post = w.scheduled("x").await;
    w.until(&post.id(), "publishing").await;
    for _ in 0..200 {
        let row = &w.get(&format!("/v1/posts/{}", post.id())).await.body["publications"][0];
        if row["status"] == "ready" {
            break;
        }
        w.engine.step(w.after(TimeDelta::zero())).await.unwrap();
        w.clock.advance(TimeDelta::seconds(1));
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    let [status, recent] = unread;
    w.sandbox.set_faults(faults(vec![lost, status, recent]));
    w.until(&post.id(), "uncertain").await;
    let path = format!("/v1/posts/{}", post.id());
    let refused = w.tell(&format!("{path}/cancel")).await;
    let refused = refused.refused(409, "publication.past_arming");
    assert_eq!(
        refused.body["findings"][0]["actual"],
        post.body["publications"][0]["id"]
    );
    let change = json!({ "publish_at": "2026-12-09T00:00:00Z" });
    w.patch(&path, &change)
        .await
        .refused(409, "publication.past_arming");
    w.delete(&path)
        .await
        .refused(409, "publication.past_arming");
    let row = format!("/v1/publications/{}", post.publication());
    w.tell(&format!("{row}/cancel"))
        .await
        .refused(409, "publication.past_arming");
    w.sandbox.set_faults(FaultPlan::default());
    let found = w.until(&post.id(), "published").await;
    assert_eq!(found.body["publications"][0]["sends"], 1);
    assert_eq!(w.sandbox.ledger().len(), 1, "found, not sent again");
}

#[tokio::test]
async fn whom_instagram_does_not_tell_a_person_tells() {
    let w = World::new().await;
    let post = w.scheduled("x").await;
    w.until(&post.id(), "publishing").await;
    let path = format!("/v1/publications/{}/resolve", post.publication());
    let early = w.post(&path, &json!({ "outcome": "leave" })).await;
    early.refused(409, "publication.state");
    let bad = w.post(&path, &json!({ "outcome": "perhaps" })).await;
    assert_eq!(
        bad.refused(422, "body.invalid").findings(),
        ["field.value outcome"]
    );
    for _ in 0..200 {
        w.engine.step(w.after(TimeDelta::zero())).await.unwrap();
        let row = &w.get(&format!("/v1/posts/{}", post.id())).await.body["publications"][0];
        if row["status"] == "ready" {
            break;
        }
        w.clock.advance(TimeDelta::seconds(1));
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    let unread = [Stage::Status, Stage::Recent, Stage::Permalink];
    let mut rules: Vec<_> = unread.map(|s| Rule::always(s, Fault::ReadRefused)).into();
    rules.push(Rule::always(Stage::Publish, Fault::ReplyLost));
    w.sandbox.set_faults(faults(rules));
    let asked = w.until(&post.id(), "needs_review").await;
    assert_eq!(asked.body["publications"][0]["error"]["action"], "resolve");
    let inbox = w.get("/v1/notifications").await.body;
    assert_eq!(inbox["items"][0]["kind"], "needs_review");
    let again = w.post(&path, &json!({ "outcome": "not_live" })).await;
    again.refused(409, "publication.risk");
    let link = "https://www.instagram.com/reel/abc/";
    let live = json!({ "outcome": "live", "permalink": link });
    let live = w.post(&path, &live).await.fine();
    assert_eq!(live.body["status"], "published");
    assert_eq!(live.body["permalink"], link);
}

#[tokio::test]
async fn what_was_missed_is_retried_with_a_fresh_yes() {
    let w = World::new().await;
    let post = w.scheduled("x").await;
    w.clock.advance(TimeDelta::hours(8));
    let missed = w.until(&post.id(), "missed").await;
    assert_eq!(missed.body["publications"][0]["sends"], 0);
    assert_eq!(
        w.get("/v1/notifications").await.body["items"][0]["kind"],
        "missed"
    );
    let path = format!("/v1/publications/{}/retry", post.publication());
    let past = w
        .post(&path, &json!({ "publish_at": "2020-01-01T00:00:00Z" }))
        .await;
    past.refused(422, "request.invalid");
    let row = w.post(&path, &json!({})).await.fine();
    assert_eq!(row.body["status"], "scheduled");
    w.until(&post.id(), "published").await;
    assert_eq!(w.sandbox.ledger().len(), 1);
    let again = w.post(&path, &json!({})).await;
    again.refused(409, "publication.state");
}

#[tokio::test]
async fn after_its_file_went_a_retry_takes_another() {
    let w = World::new().await;
    let post = w.scheduled("x").await;
    w.clock.advance(TimeDelta::hours(8));
    w.until(&post.id(), "missed").await;
    w.clock.advance(TimeDelta::hours(3));
    w.engine.step(w.after(TimeDelta::zero())).await.unwrap();
    let path = format!("/v1/publications/{}/retry", post.publication());
    let gone = w
        .post(&path, &json!({}))
        .await
        .refused(422, "request.invalid");
    assert_eq!(gone.findings(), ["media.gone media_id"]);
    let media = w.reel().await;
    w.post(&path, &json!({ "media_id": media })).await.fine();
    w.until(&post.id(), "published").await;
}
