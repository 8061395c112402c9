//! The log of requests, as calls of the API leave it.

use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{World, read};

/// A secret in every place a caller could put one.
const CANARY: &str = "IGAAcanaryCanaryCanaryCanaryCanaryCanaryCanary";

impl World {
    /// The log so far: its text, and its lines.
    fn log(&self) -> (String, Vec<Value>) {
        self.requests.flush();
        let file = self.folder.path().join("logs/requests-2026-12-01.jsonl");
        let text = std::fs::read_to_string(file).unwrap();
        let lines = text.lines().map(|line| serde_json::from_str(line).unwrap());
        let lines = lines.collect();
        (text, lines)
    }
}

#[tokio::test]
async fn each_request_is_a_line_that_says_who_did_what() {
    let w = World::new().await;
    let me = w.get("/v1/users/me").await.fine();
    w.get("/healthz").await.fine();
    w.get("/nowhere").await.refused(404, "route.not_found");
    w.request_as("cz_live_x", Method::GET, "/v1/posts")
        .send()
        .await
        .unwrap();
    let (_, lines) = w.log();
    assert_eq!(lines.len(), 4, "{lines:#?}");
    assert_eq!(lines[0]["at"], "2026-12-01T09:00:00.000Z");
    assert_eq!(
        lines[0]["request_id"],
        me.headers["x-request-id"].to_str().unwrap()
    );
    assert_eq!(lines[0]["method"], "GET");
    assert_eq!(lines[0]["route"], "/v1/users/me");
    assert_eq!(lines[0]["status"], 200);
    assert!(lines[0]["millis"].as_f64().unwrap() > 0.0);
    assert_eq!(lines[0]["user_id"], me.body["id"]);
    let keys = w.get("/v1/api-keys").await.fine();
    assert_eq!(lines[0]["key_id"], keys.body["items"][0]["id"]);
    assert_eq!(lines[1]["route"], "/healthz");
    assert!(lines[1].get("user_id").is_none(), "{}", lines[1]);
    assert_eq!(
        (&lines[2]["route"], &lines[2]["status"]),
        (&json!("(none)"), &json!(404))
    );
    assert_eq!(
        (&lines[3]["route"], &lines[3]["status"]),
        (&json!("/v1/posts"), &json!(401))
    );
    assert!(lines[3].get("user_id").is_none(), "{}", lines[3]);
}

#[tokio::test]
async fn no_secret_lands_in_it_wherever_a_caller_puts_it() {
    let w = World::new().await;
    let path = |template: &str| template.replace("{}", CANARY);
    let mut calls = 0;
    for template in [
        "/m/{}",
        "/v1/posts/{}",
        "/{}",
        "/v1/accounts?access_token={}&limit={}",
    ] {
        let call = w.request(Method::GET, &path(template));
        let call = call.header("cookie", format!("session={CANARY}"));
        call.header("x-forwarded-for", CANARY).send().await.unwrap();
        calls += 1;
    }
    w.request_as(CANARY, Method::GET, "/v1/users/me")
        .send()
        .await
        .unwrap();
    let method: Method = CANARY.parse().unwrap();
    w.request(method, "/v1/posts").send().await.unwrap();
    w.post("/v1/accounts", &json!({ "access_token": CANARY }))
        .await;
    // An id that could break a line, or that is no id.
    let call = w.request(Method::GET, "/healthz");
    read(
        call.header("x-request-id", format!("{CANARY} \""))
            .send()
            .await
            .unwrap(),
    )
    .await;
    let (text, lines) = w.log();
    assert_eq!(lines.len(), calls + 4, "{text}");
    for part in [CANARY, "canary", "127.0.0.1", &w.key] {
        assert!(!text.contains(part), "{part} in {text}");
    }
    assert!(lines.iter().all(|line| line["status"].is_u64()), "{text}");
}
