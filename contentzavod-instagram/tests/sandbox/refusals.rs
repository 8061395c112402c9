//! What the platform refuses, and with which code.

use reqwest::Method;
use serde_json::{Value, json};

use crate::bench::bench;

fn names(count: usize) -> Value {
    let names: Vec<String> = (0..count).map(|n| format!("friend.{n}")).collect();
    json!(json!(names).to_string())
}

fn tags(count: usize) -> Value {
    let tag = |n| json!({ "username": format!("friend.{n}") });
    let tags: Vec<Value> = (0..count).map(tag).collect();
    json!(json!(tags).to_string())
}

fn words(mark: &str, count: usize) -> Value {
    json!(format!("{mark}word ").repeat(count))
}

#[tokio::test]
async fn parameters_that_are_taken() {
    let b = bench().await;
    let taken = [
        ("caption", json!("я".repeat(2200))),
        ("caption", words("@", 20)),
        ("caption", words("#", 30)),
        ("collaborators", names(3)),
        ("user_tags", tags(20)),
        ("share_to_feed", json!("false")),
        ("thumb_offset", json!("0")),
        ("location_id", json!("110")),
        ("audio_name", json!("Song")),
        ("is_ai_generated", json!("true")),
        (
            "trial_params",
            json!(r#"{"graduation_strategy":"SS_PERFORMANCE"}"#),
        ),
        ("cover_url", json!(b.files.url("cover.jpg"))),
    ];
    for (name, value) in taken {
        let mut reel = b.reel("reel.mp4", "Hello");
        reel[name] = value;
        b.post("/v25.0/me/media", &reel).await.id();
    }
}

#[tokio::test]
async fn parameters_that_are_refused() {
    let b = bench().await;
    let refused = [
        ("nonsense", json!("1"), (100, 0)),
        ("media_type", json!("STORIES"), (100, 2_207_023)),
        ("media_type", json!("VIDEO"), (100, 2_207_089)),
        ("media_type", Value::Null, (100, 2_207_023)),
        ("video_url", json!("nowhere"), (100, 0)),
        ("video_url", json!("ftp://example.org/a.mp4"), (100, 0)),
        ("video_url", Value::Null, (100, 0)),
        ("cover_url", json!("nowhere"), (100, 0)),
        ("caption", json!("я".repeat(2201)), (36_004, 2_207_010)),
        ("caption", words("@", 21), (100, 2_207_040)),
        ("caption", words("#", 31), (100, 0)),
        ("collaborators", names(4), (100, 0)),
        ("collaborators", json!("friend"), (100, 0)),
        ("collaborators", json!("[1]"), (100, 0)),
        ("collaborators", json!(r#"["@friend"]"#), (110, 2_207_018)),
        ("user_tags", tags(21), (100, 2_207_040)),
        ("user_tags", json!(r#"["name"]"#), (100, 0)),
        ("share_to_feed", json!("yes"), (100, 0)),
        ("thumb_offset", json!("-1"), (100, 0)),
        ("thumb_offset", json!("1.5"), (100, 0)),
        ("location_id", json!("here"), (100, 0)),
        ("audio_name", json!(" "), (100, 0)),
        ("is_ai_generated", json!("maybe"), (100, 0)),
        ("trial_params", json!("MANUAL"), (100, 0)),
    ];
    for (name, value, error) in refused {
        let mut reel = b.reel("reel.mp4", "Hello");
        reel[name] = value.clone();
        // In JSON: `null` is as good as missing.
        let request = b.request(Method::POST, "/v25.0/me/media");
        let request = request.bearer_auth("sandbox-demo").json(&reel);
        let reply = b.send(request).await;
        assert_eq!(
            (reply.status, reply.error()),
            (400, error),
            "{name}={value}"
        );
    }
    assert!(
        b.sandbox.records().is_empty(),
        "what is refused makes nothing"
    );
}

#[tokio::test]
async fn calls_that_are_none() {
    let b = bench().await;
    for (method, path) in [
        (Method::GET, "/"),
        (Method::GET, "/v25.0/me/nothing"),
        (Method::PUT, "/v25.0/me/media"),
        (Method::DELETE, "/v25.0/17920000000000001"),
    ] {
        let request = b.request(method, path).bearer_auth("sandbox-demo");
        assert_eq!(b.send(request).await.error(), (2500, 0), "{path}");
    }
    let publish = "/v25.0/me/media_publish";
    assert_eq!(b.post(publish, &json!({})).await.error(), (100, 0));
    let unknown = b.publish("demo", "17880000000000001").await;
    assert_eq!(unknown.error(), (24, 2_207_008));
    let odd = json!({ "creation_id": "1", "idempotency_key": "x" });
    assert_eq!(b.post(publish, &odd).await.error(), (100, 0));
    let large = json!({ "caption": "x".repeat(1 << 20) });
    assert_eq!(b.post("/v25.0/me/media", &large).await.status, 413);
    assert!(b.sandbox.records().is_empty());
}
