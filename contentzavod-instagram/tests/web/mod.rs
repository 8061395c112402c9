//! A small file server with HEAD and ranges, and what a request needs.

use std::sync::{Arc, Mutex};

use contentzavod_core::model::{
    Access, AccountId, Content, Media, MediaId, MediaKind, MediaStatus, Reel, Secret, WorkspaceId,
    id::uuid_v7,
};
use contentzavod_core::ports::{Clock, PublishRequest};
use contentzavod_core::testing::ManualClock;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use sha2::{Digest, Sha256};
use url::Url;

/// Where a file is served, and what was asked for it.
pub(crate) struct Files {
    pub(crate) url: Url,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Files {
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nobody panicked").clone()
    }

    pub(crate) fn missing(&self) -> Url {
        self.url.join("/missing").expect("an address")
    }
}

pub(crate) async fn serve(bytes: &'static [u8]) -> Files {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let log = Arc::clone(&log);
            let service = service_fn(move |request| {
                let response = answer(&request, bytes, &log);
                async move { Ok::<_, std::convert::Infallible>(response) }
            });
            tokio::spawn(
                hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service),
            );
        }
    });
    let url = Url::parse(&format!("http://{address}/reel.mp4")).expect("an address");
    Files { url, asked }
}

fn answer(
    request: &Request<Incoming>,
    bytes: &'static [u8],
    log: &Mutex<Vec<String>>,
) -> Response<Full<Bytes>> {
    let range = request.headers().get("range").and_then(|v| v.to_str().ok());
    let line = format!("{} {}", request.method(), range.unwrap_or_default());
    log.lock()
        .expect("nobody panicked")
        .push(line.trim().to_owned());
    let mut response = Response::builder().header("content-type", "video/mp4");
    if request.uri().path() != "/reel.mp4" {
        return response
            .status(404)
            .body(Full::default())
            .expect("a response");
    }
    if request.method() == "HEAD" {
        response = response.header("content-length", bytes.len());
        return response.body(Full::default()).expect("a response");
    }
    let (first, last) = range
        .and_then(|r| r.strip_prefix("bytes="))
        .and_then(|r| r.split_once('-'))
        .map_or((0, bytes.len() - 1), |(a, b)| {
            (a.parse().expect("a number"), b.parse().expect("a number"))
        });
    let part = Bytes::from_static(&bytes[first..=last]);
    response
        .status(206)
        .body(Full::new(part))
        .expect("a response")
}

#[expect(clippy::disallowed_methods, reason = "a test's own client")]
pub(crate) fn client() -> reqwest::Client {
    reqwest::Client::new()
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

pub(crate) fn access(remote_user_id: &str, token: Secret) -> Access {
    Access {
        account: AccountId(uuid_v7(ManualClock::new().now())),
        login: "instagram".to_owned(),
        remote_user_id: remote_user_id.to_owned(),
        token,
    }
}

pub(crate) fn request(url: &Url, caption: &str) -> PublishRequest {
    let now = ManualClock::new().now();
    let media = Media {
        id: MediaId(uuid_v7(now)),
        workspace: WorkspaceId(uuid_v7(now)),
        kind: MediaKind::Video,
        status: MediaStatus::Ready,
        filename: None,
        content_type: "video/mp4".to_owned(),
        bytes: 1,
        sha256: String::new(),
        duration_ms: Some(4000),
        width: Some(720),
        height: Some(1280),
        findings: Vec::new(),
        expires_at: None,
        created_at: now,
    };
    PublishRequest {
        content: Content::InstagramReel(Reel::new(media.id, caption)),
        media,
        cover: None,
        media_url: Some(url.clone()),
        cover_url: None,
    }
}
