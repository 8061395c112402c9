//! Scheduling, changing and taking back.

use chrono::TimeDelta;
use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn a_scheduled_post_is_answered_whole() {
    let w = World::new().await;
    let mut body = w.draft_of_post("Доброе утро #reel").await;
    body["publish_at"] = json!("2026-12-02T09:00");
    body["timezone"] = json!("Europe/Moscow");
    body["max_late"] = json!("90m");
    let made = w.post("/v1/posts", &body).await.made();
    assert_eq!(made.body["status"], "scheduled");
    assert_eq!(made.body["timezone"], "Europe/Moscow");
    assert_eq!(made.body["local_time"], "2026-12-02T09:00:00");
    let at = made.body["publish_at"].as_str().unwrap();
    assert!(at.starts_with("2026-12-02T06:00:00"), "{at}");
    assert_eq!(made.body["max_late_seconds"], 5400);
    let content = &made.body["content"];
    assert_eq!(content["kind"], "instagram_reel");
    assert_eq!(content["caption"], "Доброе утро #reel");
    assert_eq!(content["share_to_feed"], true, "the default");
    let publication = &made.body["publications"][0];
    assert_eq!(publication["account_id"], body["account_ids"][0]);
    assert_eq!(publication["status"], "scheduled");
    assert_eq!(publication["sends"], 0);
    let read = w.get(&format!("/v1/posts/{}", made.id())).await.fine();
    assert_eq!(read.body, made.body);
}

#[tokio::test]
async fn content_comes_back_as_it_went_in() {
    let w = World::new().await;
    let mut body = w.draft_of_post("x").await;
    let content = json!({ "kind": "instagram_reel", "media_id": body["content"]["media_id"],
        "caption": "x", "share_to_feed": false, "thumb_offset_ms": 1500,
        "collaborators": ["boris"], "user_tags": ["vera"], "location_id": "1234567",
        "audio_name": "my sound", "ai_generated": true });
    body["content"] = content.clone();
    let made = w.post("/v1/posts", &body).await.made();
    assert_eq!(made.body["content"], content);
    body["content"]["collaborators"] = json!([]);
    body["content"]["trial"] = json!("manual");
    let trial = w.post("/v1/posts", &body).await.made();
    assert_eq!(trial.body["content"]["trial"], "manual");
}

#[tokio::test]
async fn the_same_file_on_the_same_account_within_a_day_is_told() {
    let w = World::new().await;
    let mut body = w.draft_of_post("x").await;
    let told = async |body: &serde_json::Value| {
        let answer = w.post("/v1/posts/validate", body).await.fine();
        assert_eq!(answer.body["valid"], true, "{}", answer.text);
        answer.body["findings"].as_array().unwrap().clone()
    };
    let rules = |findings: &[serde_json::Value]| -> Vec<String> {
        let rules = findings
            .iter()
            .map(|f| f["rule"].as_str().unwrap().to_owned());
        rules.filter(|rule| rule != "container.edit_list").collect()
    };
    assert_eq!(rules(&told(&body).await), [""; 0]);
    let first = w.post("/v1/posts", &body).await.made();
    let at = |hours: i64, seconds: i64| {
        let by = TimeDelta::hours(1 + hours) + TimeDelta::seconds(seconds);
        json!(w.after(by).to_rfc3339())
    };
    // A day apart to the second; the same bytes under another id; the nearer is named.
    body["publish_at"] = at(24, 0);
    body["content"]["media_id"] = json!(w.reel().await);
    let found = told(&body).await;
    assert_eq!(rules(&found), ["media.again"]);
    assert_eq!(found[0]["field"], "content.media_id");
    let actual = found[0]["actual"].as_str().unwrap();
    assert!(
        actual.starts_with("@anna: 20") && actual.ends_with(" UTC"),
        "{actual}"
    );
    // Creating tells it too, and a minute apart both are told.
    body["publish_at"] = at(0, 60);
    assert_eq!(
        rules(&told(&body).await),
        ["publish_at.crowded", "media.again"]
    );
    body["publish_at"] = at(0, 61);
    assert_eq!(rules(&told(&body).await), ["media.again"]);
    // Neither later, nor on another account, nor where the other does not go out.
    body["publish_at"] = at(24, 1);
    assert_eq!(rules(&told(&body).await), [""; 0]);
    body["publish_at"] = at(1, 0);
    let accounts = body["account_ids"].clone();
    body["account_ids"] = json!([w.account("boris").await]);
    assert_eq!(rules(&told(&body).await), [""; 0]);
    body["account_ids"] = accounts;
    w.tell(&format!("/v1/posts/{}/cancel", first.id())).await;
    assert_eq!(rules(&told(&body).await), [""; 0]);
    assert_eq!(
        w.get("/v1/posts").await.body["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn checking_says_what_scheduling_would_and_writes_nothing() {
    let w = World::new().await;
    let mut body = w.draft_of_post("x").await;
    let good = w.post("/v1/posts/validate", &body).await.fine();
    assert_eq!(good.body["valid"], true, "{}", good.text);
    assert!(good.body["publish_at"].is_string());
    body["content"]["caption"] = json!("a".repeat(2201));
    let bad = w.post("/v1/posts/validate", &body).await.fine();
    assert_eq!(bad.body["valid"], false);
    let refused = w
        .post("/v1/posts", &body)
        .await
        .refused(422, "request.invalid");
    assert_eq!(bad.body["findings"], refused.body["findings"]);
    assert_eq!(w.get("/v1/posts").await.body["items"], json!([]));
}

#[tokio::test]
async fn a_post_is_changed_as_a_whole() {
    let w = World::new().await;
    let post = w.scheduled("before").await;
    let path = format!("/v1/posts/{}", post.id());
    let mut content = post.body["content"].clone();
    content["caption"] = json!("after");
    let change = json!({ "content": content, "publish_at": "2026-12-03T10:00:00Z" });
    let changed = w.patch(&path, &change).await.fine();
    assert_eq!(changed.body["content"]["caption"], "after");
    let at = changed.body["publish_at"].as_str().unwrap();
    assert!(at.starts_with("2026-12-03T10:00:00"), "{at}");
    assert_eq!(
        changed.body["publications"][0]["due_at"],
        changed.body["publish_at"]
    );
    content["caption"] = json!("a".repeat(2201));
    let change = json!({ "content": content, "publish_at": "2026-12-04T10:00:00Z" });
    w.patch(&path, &change)
        .await
        .refused(422, "request.invalid");
    assert_eq!(
        w.get(&path).await.body,
        changed.body,
        "nothing is half-written"
    );
}

#[tokio::test]
async fn a_draft_is_filled_in_and_scheduled() {
    let w = World::new().await;
    let mut body = w.draft_of_post("x").await;
    let account = body["account_ids"].take();
    body["account_ids"] = json!([]);
    body["draft"] = json!(true);
    let draft = w.post("/v1/posts", &body).await.made();
    assert_eq!(draft.body["status"], "draft");
    let path = format!("/v1/posts/{}", draft.id());
    let early = w.patch(&path, &json!({ "draft": false })).await;
    let early = early.refused(422, "request.invalid");
    assert_eq!(early.findings(), ["account_ids.empty account_ids"]);
    let change = json!({ "account_ids": account, "draft": false });
    let scheduled = w.patch(&path, &change).await.fine();
    assert_eq!(scheduled.body["status"], "scheduled");
    assert_eq!(scheduled.body["publications"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_cancelled_stays_cancelled_and_what_is_deleted_is_gone() {
    let w = World::new().await;
    let post = w.scheduled("x").await;
    let path = format!("/v1/posts/{}", post.id());
    let cancelled = w.tell(&format!("{path}/cancel")).await.fine();
    assert_eq!(cancelled.body["status"], "cancelled");
    w.tell(&format!("{path}/cancel"))
        .await
        .refused(409, "publication.final");
    w.clock.advance(TimeDelta::hours(2));
    w.engine.step(w.after(TimeDelta::zero())).await.unwrap();
    assert!(w.sandbox.records().is_empty(), "nothing went out");
    assert_eq!(w.delete(&path).await.status, 204);
    w.get(&path).await.refused(404, "post.not_found");
    w.delete(&path).await.refused(404, "post.not_found");
}
