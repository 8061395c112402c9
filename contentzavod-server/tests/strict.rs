//! JSON bodies are read strictly: every mistake at once, and nothing that is not JSON.

use contentzavod_server::api::Strict;
use contentzavod_server::middleware::Problems;
use poem::{Endpoint, EndpointExt, Request, Response};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi, OpenApiService, Union};
use serde_json::{Value, json};
use uuid::Uuid;

#[derive(Debug, Object)]
struct Reel {
    media_id: Uuid,
    caption: Option<String>,
    offset_ms: Option<u64>,
    tags: Option<Vec<String>>,
}

#[derive(Debug, Union)]
#[oai(one_of, discriminator_name = "kind", rename_all = "snake_case")]
enum Content {
    InstagramReel(Reel),
}

#[derive(Debug, Object)]
struct Body {
    account_ids: Vec<Uuid>,
    /// Documented: the reference is wrapped then.
    content: Content,
    draft: Option<bool>,
}

struct Api;

#[expect(
    clippy::unused_async,
    reason = "poem-openapi takes async handlers only"
)]
#[OpenApi]
impl Api {
    #[oai(path = "/", method = "post")]
    async fn take(&self, body: Strict<Body>) -> Json<usize> {
        let Content::InstagramReel(reel) = body.0.content;
        Json(body.0.account_ids.len() + reel.tags.map_or(0, |t| t.len()))
    }
}

async fn call(kind: &str, body: impl Into<poem::Body>) -> Response {
    let request = Request::builder()
        .method(poem::http::Method::POST)
        .content_type(kind)
        .body(body);
    let app = OpenApiService::new(Api, "t", "1").with(Problems);
    app.get_response(request).await
}

/// The status and `rule field` of every finding.
async fn send(body: impl Into<poem::Body>) -> (u16, String, Vec<String>) {
    let response = call("application/json", body).await;
    let status = response.status().as_u16();
    let text = response.into_body().into_string().await.expect("readable");
    let value: Value = serde_json::from_str(&text).expect("readable");
    let findings = value["findings"].as_array().cloned().unwrap_or_default();
    let word = |v: &Value| v.as_str().unwrap_or("-").to_owned();
    let findings = findings
        .iter()
        .map(|f| format!("{} {}", word(&f["rule"]), word(&f["field"])))
        .collect();
    (status, text, findings)
}

const ID: &str = "018f4b1e-0000-7000-8000-000000000001";

#[tokio::test]
async fn what_fits_is_taken_null_like_absent() {
    let content = json!({"kind": "instagram_reel", "media_id": ID, "caption": null, "tags": ["a"]});
    let body = json!({"account_ids": [ID], "content": content, "draft": null});
    let (status, text, _) = send(body.to_string()).await;
    assert_eq!((status, text.as_str()), (200, "2"));
}

#[tokio::test]
async fn every_mistake_is_named_at_once() {
    let content = json!({"kind": "instagram_reel", "caption": 5, "captoin": "x",
        "offset_ms": -1, "tags": ["a", 7]});
    let body = json!({"account_ids": ["nope"], "content": content, "draft": "yes"});
    let (status, text, mut findings) = send(body.to_string()).await;
    findings.sort();
    assert_eq!(status, 422);
    let wanted = [
        "field.format account_ids[0]",
        "field.missing content.media_id",
        "field.type content.caption",
        "field.type content.offset_ms",
        "field.type content.tags[1]",
        "field.type draft",
        "field.unknown content.captoin",
    ];
    assert_eq!(findings, wanted);
    assert!(text.contains("Did you mean `caption`?"), "{text}");
}

#[tokio::test]
async fn an_unknown_or_missing_kind_names_the_known_ones() {
    for (kind, finding) in [
        (json!({"kind": "story"}), "field.value content.kind"),
        (json!({"kind": 1}), "field.type content.kind"),
        (json!({}), "field.missing content.kind"),
        (json!([]), "field.type content"),
    ] {
        let body = json!({"account_ids": [], "content": kind});
        let (status, _, findings) = send(body.to_string()).await;
        assert_eq!((status, findings), (422, vec![finding.to_owned()]));
    }
}

#[tokio::test]
async fn no_json_is_400_and_too_much_is_413() {
    let deep = "[".repeat(200_000);
    for body in ["", "{", "nonsense", deep.as_str()] {
        let (status, text, _) = send(body.to_owned()).await;
        assert_eq!(status, 400, "{text}");
        assert!(text.contains("body.not_json"), "{text}");
    }
    let (status, text, _) = send(format!("\"{}\"", "x".repeat(256 << 10))).await;
    assert_eq!(status, 413, "{text}");
    let (status, ..) = send("[1]").await;
    assert_eq!(status, 422, "an array where an object belongs");
}

#[tokio::test]
async fn another_content_type_is_415() {
    for kind in ["text/plain", "application/octet-stream"] {
        assert_eq!(call(kind, "{}").await.status().as_u16(), 415);
    }
}
