//! Pages and filters.

use std::collections::HashSet;

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::world::World;

async fn ids(w: &World, query: &str) -> Vec<String> {
    let page = w.get(&format!("/v1/posts?{query}")).await.fine();
    let items = page.body["items"].as_array().unwrap().iter();
    items
        .map(|p| p["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn pages_follow_one_another_without_gap_or_repetition() {
    let w = World::new().await;
    let mut body = w.draft_of_post("x").await;
    let mut made = Vec::new();
    for hour in 1..=7 {
        body["publish_at"] = json!(w.after(TimeDelta::hours(hour / 2 + 1)).to_rfc3339());
        made.push(w.post("/v1/posts", &body).await.made().id());
    }
    let (mut seen, mut query) = (Vec::new(), "limit=3".to_owned());
    loop {
        let page = w.get(&format!("/v1/posts?{query}")).await.fine();
        let items = page.body["items"].as_array().unwrap();
        seen.extend(items.iter().map(|p| p["id"].as_str().unwrap().to_owned()));
        match &page.body["next_cursor"] {
            Value::String(next) => query = format!("limit=3&cursor={next}"),
            _ => break,
        }
    }
    assert_eq!(seen.len(), 7);
    let (seen, made): (HashSet<_>, HashSet<_>) =
        (seen.into_iter().collect(), made.into_iter().collect());
    assert_eq!(seen, made);
}

#[tokio::test]
async fn filters_narrow_the_list() {
    let w = World::new().await;
    let first = w.scheduled("first").await;
    let mut body = w.draft_of_post("second").await;
    body["account_ids"] = json!([w.account("boris").await]);
    body["publish_at"] = json!(w.after(TimeDelta::hours(5)).to_rfc3339());
    let second = w.post("/v1/posts", &body).await.made();
    w.tell(&format!("/v1/posts/{}/cancel", second.id()))
        .await
        .fine();
    assert_eq!(ids(&w, "status=cancelled").await, [second.id()]);
    assert_eq!(ids(&w, "status=scheduled").await, [first.id()]);
    let account = second.body["publications"][0]["account_id"]
        .as_str()
        .unwrap();
    assert_eq!(
        ids(&w, &format!("account_id={account}")).await,
        [second.id()]
    );
    let cut = w
        .after(TimeDelta::hours(3))
        .format("%Y-%m-%dT%H:%M:%SZ")
        .to_string();
    assert_eq!(ids(&w, &format!("from={cut}")).await, [second.id()]);
    assert_eq!(ids(&w, &format!("to={cut}")).await, [first.id()]);
    assert_eq!(ids(&w, "").await, [second.id(), first.id()]);
}

#[tokio::test]
async fn a_cursor_belongs_to_its_list() {
    let w = World::new().await;
    for _ in 0..2 {
        let body = w.draft_of_post("x").await;
        w.post("/v1/posts", &body).await.made();
    }
    for (list, other) in [("posts", "media"), ("media", "posts")] {
        let page = w.get(&format!("/v1/{list}?limit=1")).await.fine();
        let next = page.body["next_cursor"].as_str().expect("another page");
        let path = |list| format!("/v1/{list}?cursor={next}");
        w.get(&path(list)).await.fine();
        let answer = w.get(&path(other)).await;
        let refused = answer.refused(422, "parameter.invalid");
        assert_eq!(refused.findings(), ["cursor.foreign cursor"]);
    }
}

#[tokio::test]
async fn a_parameter_that_cannot_be_read_is_named() {
    let w = World::new().await;
    for (query, status, field) in [
        ("limit=0", 422, "limit"),
        ("limit=101", 422, "limit"),
        ("cursor=nonsense", 422, "cursor"),
        ("limit=many", 400, "limit"),
        ("status=lost", 400, "status"),
        ("from=yesterday", 400, "from"),
        ("account_id=7", 400, "account_id"),
    ] {
        let answer = w.get(&format!("/v1/posts?{query}")).await;
        assert_eq!(answer.status, status, "{query}: {}", answer.text);
        assert_eq!(
            answer.body["findings"][0]["field"], field,
            "{}",
            answer.text
        );
    }
    let answer = w.get("/v1/notifications?after=x").await;
    assert_eq!(
        answer.refused(422, "parameter.invalid").findings(),
        ["cursor.foreign after"]
    );
    let answer = w
        .get("/v1/posts/nonsense")
        .await
        .refused(400, "path.invalid");
    assert_eq!(answer.body["findings"][0]["field"], "id");
}
