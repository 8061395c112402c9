//! One post per key.

use reqwest::Method;
use reqwest::header::HeaderValue;
use serde_json::{Value, json};

use crate::world::{Answer, World, read};

async fn send(w: &World, key: &str, body: &Value) -> Answer {
    let request = w.request(Method::POST, "/v1/posts");
    let request = request.header("idempotency-key", key).json(body);
    read(request.send().await.unwrap()).await
}

#[tokio::test]
async fn the_same_key_gives_the_first_answer_byte_for_byte() {
    let w = World::new().await;
    let body = w.draft_of_post("x").await;
    let first = send(&w, "k1", &body).await.made();
    assert!(!first.headers.contains_key("idempotency-replayed"));
    w.tell(&format!("/v1/posts/{}/cancel", first.id()))
        .await
        .fine();
    let again = send(&w, "k1", &body).await.made();
    assert_eq!(again.headers["idempotency-replayed"], "true");
    assert_eq!(again.text, first.text);
    assert_eq!(again.headers["content-type"], first.headers["content-type"]);
    let posts = w.get("/v1/posts").await.body;
    assert_eq!(posts["items"].as_array().unwrap().len(), 1);
    let another = send(&w, "k2", &body).await.made();
    assert_ne!(another.id(), first.id());
}

#[tokio::test]
async fn a_key_belongs_to_its_request() {
    let w = World::new().await;
    let mut body = w.draft_of_post("x").await;
    send(&w, "k", &body).await.made();
    body["content"]["caption"] = json!("another");
    send(&w, "k", &body)
        .await
        .refused(422, "idempotency_key.reused");
    for key in ["with space", &"x".repeat(256)] {
        let refused = send(&w, key, &body).await.refused(422, "parameter.invalid");
        assert_eq!(
            refused.findings(),
            ["idempotency_key.format Idempotency-Key"]
        );
    }
}

#[tokio::test]
async fn a_key_that_cannot_be_kept_is_refused_and_nothing_is_scheduled() {
    let w = World::new().await;
    let body = w.draft_of_post("x").await;
    let raw = |bytes: &[u8]| HeaderValue::from_bytes(bytes).unwrap();
    for keys in [
        vec![raw("ключ".as_bytes())],
        vec![raw(b"\xff")],
        vec![raw(b"")],
        vec![raw(b"k1"), raw(b"k2")],
    ] {
        let mut request = w.request(Method::POST, "/v1/posts");
        for key in &keys {
            request = request.header("idempotency-key", key);
        }
        let answer = read(request.json(&body).send().await.unwrap()).await;
        let refused = answer.refused(422, "parameter.invalid");
        let rule = "idempotency_key.format Idempotency-Key";
        assert_eq!(refused.findings(), [rule], "{keys:?}");
    }
    let posts = w.get("/v1/posts").await.body;
    assert_eq!(posts["items"], json!([]));
}

#[tokio::test]
async fn a_refused_request_leaves_its_key_free() {
    let w = World::new().await;
    let mut body = w.draft_of_post("x").await;
    let good = body["account_ids"].take();
    body["account_ids"] = json!([]);
    send(&w, "k", &body).await.refused(422, "request.invalid");
    body["account_ids"] = good;
    send(&w, "k", &body).await.made();
}

#[tokio::test]
async fn many_at_once_make_one_post() {
    let w = World::new().await;
    let body = w.draft_of_post("x").await;
    let sends = (0..64).map(|_| send(&w, "k", &body));
    let answers = futures::future::join_all(sends).await;
    let first = &answers[0].text;
    assert!(answers.iter().all(|a| a.status == 201 && a.text == *first));
    let fresh = answers
        .iter()
        .filter(|a| !a.headers.contains_key("idempotency-replayed"));
    assert_eq!(fresh.count(), 1);
    let posts = w.get("/v1/posts").await.body;
    assert_eq!(posts["items"].as_array().unwrap().len(), 1);
}
