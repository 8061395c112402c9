//! Every operation of the published document, each with the least that it takes.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::browser::Browser;
use crate::world::World;

/// Nobody's.
pub(crate) const MISSING: Uuid = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);

/// An operation of the document.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) method: Method,
    /// `/v1/posts/{id}`.
    pub(crate) path: String,
    /// What it takes, if it takes anything: the kind of the body.
    kind: Option<String>,
}

/// What is sent along.
#[derive(Debug, Clone)]
pub(crate) enum Body {
    None,
    Json(Value),
    Bytes,
}

/// The document's operations.
pub(crate) async fn all(w: &World) -> Vec<Operation> {
    let document = w.browser().get("/openapi.json").await.must(200).json();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let kinds = operation["requestBody"]["content"].as_object();
            all.push(Operation {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_ascii_uppercase().parse().unwrap(),
                path: path.clone(),
                kind: kinds.map(|kinds| kinds.keys().next().unwrap().clone()),
            });
        }
    }
    assert!(all.len() > 40, "{} operations", all.len());
    // Whoever may do it is not there for another.
    all.sort_by_key(|operation| operation.id == "me_delete");
    all
}

/// The content of a post that is nobody's.
pub(crate) fn reel(media: Uuid) -> Value {
    json!({ "kind": "instagram_reel", "media_id": media, "caption": "Hello" })
}

impl Operation {
    /// The least that it takes. A new operation with a body gets its line here.
    pub(crate) fn body(&self) -> Body {
        let Some(kind) = &self.kind else {
            return Body::None;
        };
        if !kind.starts_with("application/json") {
            return Body::Bytes;
        }
        Body::Json(match self.id.as_str() {
            "me_update" => json!({ "name": "Somebody" }),
            "workspace_create" => json!({ "name": "Another" }),
            "member_update" | "invitation_create" => json!({ "role": "viewer" }),
            "api_key_create" => json!({ "name": "ci" }),
            "account_connect" | "api_key_rotate" | "post_update" | "publication_retry" => {
                json!({})
            }
            "account_create" => json!({ "access_token": "IGAAnobodys" }),
            "post_create" | "post_validate" => {
                json!({ "account_ids": [MISSING], "content": reel(MISSING) })
            }
            "publication_resolve" => json!({ "outcome": "leave" }),
            other => panic!("{other} takes a body: say here which is the least"),
        })
    }

    /// The path with ids that are nobody's.
    pub(crate) fn missing(&self) -> String {
        let path = self.path.replace("{id}", &MISSING.to_string());
        let path = path.replace("{provider}", "google");
        let path = path.replace("{subject}", "nobody");
        assert!(!path.contains('{'), "{path}: what is its parameter?");
        path
    }

    pub(crate) fn has_parameter(&self) -> bool {
        self.path.contains('{')
    }
}

/// Whoever calls.
#[derive(Clone)]
pub(crate) enum Caller {
    Browser(Browser),
    Key(Browser, String),
}

impl Caller {
    /// Calls; the status, and what it says.
    pub(crate) async fn call(
        &mut self,
        method: &Method,
        path: &str,
        body: &Body,
    ) -> (StatusCode, String) {
        let mut headers = vec![("accept", "application/json")];
        let bytes = match body {
            Body::None => None,
            Body::Json(value) => {
                headers.push(("content-type", "application/json"));
                Some(value.to_string().into_bytes())
            }
            Body::Bytes => {
                headers.push(("content-type", "application/octet-stream"));
                Some(b"no video at all".to_vec())
            }
        };
        let bearer;
        let browser = match self {
            Self::Browser(browser) => {
                headers.push(("sec-fetch-site", "same-origin"));
                browser
            }
            Self::Key(browser, key) => {
                bearer = format!("Bearer {key}");
                headers.push(("authorization", &bearer));
                browser
            }
        };
        let answer = browser.send(method.clone(), path, &headers, bytes).await;
        (answer.status, answer.body)
    }

    /// The same for an operation as it is.
    pub(crate) async fn tries(&mut self, operation: &Operation) -> (StatusCode, String) {
        let (path, body) = (operation.missing(), operation.body());
        self.call(&operation.method, &path, &body).await
    }
}

/// The code of a refusal.
pub(crate) fn code(body: &str) -> String {
    let problem: Value = serde_json::from_str(body).unwrap_or_default();
    problem["code"].as_str().unwrap_or_default().to_owned()
}
