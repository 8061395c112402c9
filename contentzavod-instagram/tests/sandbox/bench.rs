//! A sandbox on a clock that stands still, a file server, and raw calls.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::Clock;
use contentzavod_core::testing::ManualClock;
use contentzavod_instagram::sandbox::{Builder, Pulled, Record, Sandbox};
use reqwest::header::HeaderMap;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::web::{self, Files};

/// Nothing here takes so long; what does, hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a raw call came to.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Reply {
    /// Code and subcode of an error in Meta's shape.
    pub(crate) fn error(&self) -> (i64, i64) {
        let error = &self.body["error"];
        for name in ["message", "type", "fbtrace_id"] {
            assert!(error[name].is_string(), "{self:?}");
        }
        let subcode = error["error_subcode"].as_i64().unwrap_or(0);
        (error["code"].as_i64().expect("a code"), subcode)
    }

    pub(crate) fn id(&self) -> String {
        assert_eq!(self.status, 200, "{self:?}");
        self.body["id"].as_str().expect("an id as text").to_owned()
    }
}

pub(crate) struct Bench {
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) sandbox: Sandbox,
    pub(crate) files: Files,
    pub(crate) http: reqwest::Client,
}

pub(crate) async fn bench() -> Bench {
    bench_with(|builder| builder).await
}

pub(crate) async fn bench_with(set: impl FnOnce(Builder) -> Builder) -> Bench {
    let clock = Arc::new(ManualClock::new());
    bench_at(clock, set).await
}

#[expect(clippy::disallowed_methods, reason = "a test's own client")]
pub(crate) async fn bench_at(
    clock: Arc<ManualClock>,
    set: impl FnOnce(Builder) -> Builder,
) -> Bench {
    let builder = set(Sandbox::builder().clock(clock.clone()));
    Bench {
        clock,
        sandbox: builder.start().await.expect("a free port"),
        files: web::serve().await,
        http: reqwest::Client::new(),
    }
}

impl Bench {
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = self.sandbox.url().join(path).expect("a path");
        self.http.request(method, url)
    }

    pub(crate) async fn send(&self, request: RequestBuilder) -> Reply {
        let answer = request.send().await.expect("an answer");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let text = answer.text().await.expect("a body");
        Reply {
            status,
            headers,
            body: serde_json::from_str(&text).expect("JSON"),
        }
    }

    pub(crate) async fn get_as(&self, name: &str, path: &str) -> Reply {
        let request = self.request(Method::GET, path);
        self.send(request.bearer_auth(format!("sandbox-{name}")))
            .await
    }

    pub(crate) async fn post_as(&self, name: &str, path: &str, form: &Value) -> Reply {
        let request = self.request(Method::POST, path).form(form);
        self.send(request.bearer_auth(format!("sandbox-{name}")))
            .await
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.get_as("demo", path).await
    }

    pub(crate) async fn post(&self, path: &str, form: &Value) -> Reply {
        self.post_as("demo", path, form).await
    }

    /// The parameters of a Reel.
    pub(crate) fn reel(&self, file: &str, caption: &str) -> Value {
        json!({ "media_type": "REELS", "video_url": self.files.url(file), "caption": caption })
    }

    pub(crate) async fn create(&self, name: &str, file: &str, caption: &str) -> String {
        let reel = self.reel(file, caption);
        self.post_as(name, "/v25.0/me/media", &reel).await.id()
    }

    /// What fetching a container's files came to; waits until it is over.
    pub(crate) async fn pulled(&self, container: &str) -> Pulled {
        let over = async {
            loop {
                let pulls = self.sandbox.records();
                let mut pulls = pulls.into_iter().filter_map(|record| match record {
                    Record::Pull(pull) if pull.container == container => Some(pull),
                    _ => None,
                });
                if let Some(pull) = pulls.next() {
                    return pull;
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        let over = tokio::time::timeout(PATIENCE, over).await;
        over.expect("the fetch ends")
    }

    /// A container that can be published.
    pub(crate) async fn ready(&self, name: &str, caption: &str) -> String {
        let container = self.create(name, "reel.mp4", caption).await;
        self.pulled(&container).await;
        self.clock.advance(TimeDelta::milliseconds(1500));
        container
    }

    pub(crate) async fn publish(&self, name: &str, container: &str) -> Reply {
        let form = json!({ "creation_id": container });
        self.post_as(name, "/v25.0/me/media_publish", &form).await
    }

    /// The state of a container, as the platform words it.
    pub(crate) async fn status(&self, container: &str) -> (String, String) {
        let reply = self
            .get(&format!("/v25.0/{container}?fields=status_code,status"))
            .await;
        assert_eq!((reply.status, reply.id()), (200, container.to_owned()));
        let text = |name: &str| reply.body[name].as_str().expect("text").to_owned();
        (text("status_code"), text("status"))
    }
}
