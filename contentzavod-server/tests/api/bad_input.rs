//! One 422 with all findings, and nothing is written.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{Answer, World, read};

/// The refusal of a post, after which there still is none.
async fn refused(w: &World, body: &Value) -> Answer {
    let answer = w.post("/v1/posts", body).await;
    let answer = answer.refused(422, "request.invalid");
    assert_eq!(w.get("/v1/posts").await.body["items"], json!([]));
    answer
}

#[tokio::test]
async fn everything_that_is_wrong_is_named_at_once() {
    let w = World::new().await;
    let good = w.draft_of_post("x").await;
    let account = &good["account_ids"][0];
    let nothing = "018f4b1e-0000-7000-8000-00000000dead";
    let tags: String = (0..31).map(|n| format!("#t{n} ")).collect();
    let mentions: String = (0..21).map(|n| format!("@m{n} ")).collect();
    let caption = format!("{tags}{mentions}{}", "a".repeat(2200));
    let content = json!({ "kind": "instagram_reel", "media_id": good["content"]["media_id"],
        "caption": caption, "collaborators": ["@a", "b", "c", "d"], "thumb_offset_ms": 60_000 });
    let body = json!({ "account_ids": [account, account, nothing], "content": content,
        "publish_at": "2020-01-01T00:00:00Z", "max_late": "8d" });
    let wanted = [
        "account.not_found account_ids[2]",
        "account_ids.duplicate account_ids[1]",
        "caption.hashtags content.caption",
        "caption.too_long content.caption",
        "caption.mentions content.caption",
        "max_late.range max_late",
        "publish_at.past publish_at",
    ];
    let found = refused(&w, &body).await.findings();
    for finding in wanted {
        assert!(
            found.contains(&finding.to_owned()),
            "{finding} not in {found:?}"
        );
    }
    let about = |field: &str| found.iter().filter(|f| f.contains(field)).count();
    assert_eq!(about("content.collaborators"), 2, "@ and count: {found:?}");
    assert_eq!(about("content.thumb_offset_ms"), 1, "{found:?}");
}

#[tokio::test]
async fn unknown_missing_and_wrong_typed_fields_are_named_at_once() {
    let w = World::new().await;
    let content = json!({ "kind": "instagram_reel", "caption": 5, "captoin": "x" });
    let body = json!({ "content": content, "draft": "yes", "publish_at": 1, "extra": {} });
    let answer = w
        .post("/v1/posts", &body)
        .await
        .refused(422, "body.invalid");
    let wanted = [
        "field.missing account_ids",
        "field.missing content.media_id",
        "field.type content.caption",
        "field.type draft",
        "field.type publish_at",
        "field.unknown content.captoin",
        "field.unknown extra",
    ];
    assert_eq!(answer.findings(), wanted);
}

#[tokio::test]
async fn mistakes_of_form_and_of_sense_come_in_one_answer() {
    let w = World::new().await;
    let mut body = w.draft_of_post(&"a".repeat(2201)).await;
    body["captoin"] = json!("x");
    body["max_late"] = json!(6);
    body["publish_at"] = json!("2020-01-01T00:00:00Z");
    body["content"]["user_tags"] = json!(["vera", 7]);
    let answer = w
        .post("/v1/posts", &body)
        .await
        .refused(422, "body.invalid");
    let wanted = [
        "caption.too_long content.caption",
        "field.type content.user_tags[1]",
        "field.type max_late",
        "field.unknown captoin",
        "publish_at.past publish_at",
    ];
    assert_eq!(answer.findings(), wanted);
    assert_eq!(w.get("/v1/posts").await.body["items"], json!([]));
}

#[tokio::test]
async fn times_that_cannot_be_are_named() {
    let w = World::new().await;
    let good = w.draft_of_post("x").await;
    for (at, zone, finding) in [
        ("tomorrow", "UTC", "publish_at.format publish_at"),
        ("2026-13-01T00:00", "UTC", "publish_at.format publish_at"),
        (
            "2027-03-28T02:30",
            "Europe/Berlin",
            "publish_at.gap publish_at",
        ),
        (
            "2999-01-01T00:00:00Z",
            "UTC",
            "publish_at.too_far publish_at",
        ),
        ("2026-11-30T00:00:00Z", "UTC", "publish_at.past publish_at"),
        (
            "2026-12-02T00:00",
            "Mars/Olympus",
            "timezone.unknown timezone",
        ),
    ] {
        let mut body = good.clone();
        body["publish_at"] = json!(at);
        body["timezone"] = json!(zone);
        let answer = refused(&w, &body).await;
        assert_eq!(answer.findings(), [finding], "{at} {zone}");
    }
    let mut body = good;
    body["publish_at"] = json!("2027-03-28T02:30");
    body["timezone"] = json!("Europe/Berlin");
    let gap = refused(&w, &body).await.text;
    assert!(
        gap.contains("01:59:00+01:00") && gap.contains("03:00:00+02:00"),
        "{gap}"
    );
}

#[tokio::test]
async fn no_accounts_and_foreign_things_are_named() {
    let w = World::new().await;
    let good = w.draft_of_post("x").await;
    let mut body = good.clone();
    body["account_ids"] = json!([]);
    assert_eq!(
        refused(&w, &body).await.findings(),
        ["account_ids.empty account_ids"]
    );
    let other = w.person("Boris").await;
    let request = w.request_as(&other, Method::POST, "/v1/posts").json(&good);
    let answer = read(request.send().await.unwrap()).await;
    let wanted = [
        "account.not_found account_ids[0]",
        "media.not_found content.media_id",
    ];
    assert_eq!(answer.refused(422, "request.invalid").findings(), wanted);
}

#[tokio::test]
async fn without_a_public_address_scheduling_names_the_ways_out() {
    let w = World::hidden().await;
    let body = w.draft_of_post("x").await;
    let answer = refused(&w, &body).await;
    let findings = answer.body["findings"].as_array().unwrap();
    assert_eq!(
        findings[0]["rule"], "delivery.no_public_url",
        "{}",
        answer.text
    );
    assert!(findings[0]["fix"].as_str().unwrap().contains("PUBLIC_URL"));
}

#[tokio::test]
async fn bodies_that_are_no_json_or_too_large_are_told_apart() {
    let w = World::new().await;
    let send = async |body: String| {
        let request = w.request(Method::POST, "/v1/posts");
        let request = request.header("content-type", "application/json");
        read(request.body(body).send().await.unwrap()).await
    };
    for text in ["", "{", "nonsense"] {
        send(text.to_owned()).await.refused(400, "body.not_json");
    }
    send("[".repeat(200_000))
        .await
        .refused(400, "body.not_json");
    let large = format!("\"{}\"", "x".repeat(256 << 10));
    send(large).await.refused(413, "body.too_large");
    let huge = format!("\"{}\"", "x".repeat(20 << 20));
    send(huge).await.refused(413, "body.too_large");
}

#[tokio::test]
async fn a_time_a_little_in_the_past_is_now() {
    let w = World::new().await;
    let mut body = w.draft_of_post("x").await;
    body["publish_at"] = json!(w.after(TimeDelta::seconds(-30)).to_rfc3339());
    w.post("/v1/posts", &body).await.made();
}
