//! A recording stand-in, and the values that the tests share.

use std::time::Duration;

use chrono::{DateTime, TimeZone, Utc};
use contentzavod_core::model::{
    Access, AccountId, Content, Media, MediaId, MediaKind, MediaStatus, Reel, Secret, WorkspaceId,
};
use contentzavod_core::ports::PublishRequest;
use contentzavod_core::publication::Handle;
use contentzavod_instagram::{GraphConfig, InstagramConnector, InstagramPublisher, Timeouts};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// Stands in every token of these tests: must never be seen outside of a request.
pub(crate) const CANARY: &str = "IGAAcanary0123456789";
pub(crate) const USER: &str = "17841400000000001";
pub(crate) const CONTAINER: &str = "17889000000000001";
pub(crate) const MEDIA: &str = "17920000000000001";
/// The clock of the stand-in.
pub(crate) const DATE: &str = "Fri, 20 Nov 2026 10:00:00 GMT";

pub(crate) fn date() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 20, 10, 0, 0).unwrap()
}

/// The platform's stand-in.
pub(crate) struct Platform {
    server: MockServer,
}

impl Platform {
    pub(crate) async fn new() -> Self {
        Self {
            server: MockServer::start().await,
        }
    }

    /// Answers everything with this.
    pub(crate) async fn answers(template: ResponseTemplate) -> Self {
        let platform = Self::new().await;
        platform.now_answers(template).await;
        platform
    }

    /// Answers everything with this JSON.
    pub(crate) async fn says(status: u16, body: &Value) -> Self {
        Self::answers(json(status, body)).await
    }

    /// Forgets what it answered and heard.
    pub(crate) async fn now_answers(&self, template: ResponseTemplate) {
        self.server.reset().await;
        self.mount(Mock::given(any()).respond_with(template)).await;
    }

    pub(crate) async fn mount(&self, mock: Mock) {
        self.server.register(mock).await;
    }

    pub(crate) fn config(&self) -> GraphConfig {
        config(&self.server.uri())
    }

    pub(crate) fn publisher(&self) -> InstagramPublisher {
        InstagramPublisher::new(self.config()).unwrap()
    }

    pub(crate) fn connector(&self) -> InstagramConnector {
        InstagramConnector::new(self.config()).unwrap()
    }

    pub(crate) async fn heard(&self) -> Vec<Request> {
        self.server.received_requests().await.unwrap()
    }

    /// The one call it heard.
    pub(crate) async fn only(&self) -> Request {
        let mut heard = self.heard().await;
        assert_eq!(heard.len(), 1, "one call, one request");
        heard.remove(0)
    }
}

pub(crate) fn json(status: u16, body: &Value) -> ResponseTemplate {
    ResponseTemplate::new(status)
        .insert_header("date", DATE)
        .set_body_json(body)
}

pub(crate) fn config(base: &str) -> GraphConfig {
    GraphConfig {
        graph_url: Url::parse(base).unwrap(),
        oauth_url: Url::parse(base).unwrap().join("/oauth-host/").unwrap(),
        facebook_url: Url::parse(base).unwrap(),
        version: "v25.0".to_owned(),
        ..GraphConfig::default()
    }
}

pub(crate) fn token() -> Secret {
    Secret::from(CANARY.to_owned())
}

pub(crate) fn access() -> Access {
    Access {
        account: AccountId::generate(date()),
        login: "instagram".to_owned(),
        remote_user_id: USER.to_owned(),
        token: token(),
    }
}

pub(crate) fn handle() -> Handle {
    Handle(CONTAINER.to_owned())
}

pub(crate) fn media(kind: MediaKind) -> Media {
    Media {
        id: MediaId::generate(date()),
        workspace: WorkspaceId::generate(date()),
        kind,
        status: MediaStatus::Ready,
        filename: None,
        content_type: "video/mp4".to_owned(),
        bytes: 1000,
        sha256: "00".repeat(32),
        original_sha256: None,
        duration_ms: (kind == MediaKind::Video).then_some(12_000),
        width: Some(1080),
        height: Some(1920),
        findings: Vec::new(),
        expires_at: None,
        created_at: date(),
    }
}

/// A request for a Reel that breaks no rule.
pub(crate) fn request(caption: &str) -> PublishRequest {
    let media = media(MediaKind::Video);
    PublishRequest {
        content: Content::InstagramReel(Reel::new(media.id, caption)),
        login: None,
        media,
        cover: None,
        media_url: Some(link("/m/video-token")),
        cover_url: None,
    }
}

pub(crate) fn reel(request: &mut PublishRequest) -> &mut Reel {
    match &mut request.content {
        Content::InstagramReel(reel) => reel,
        other => panic!("{other:?} is no Reel"),
    }
}

pub(crate) fn link(path: &str) -> Url {
    Url::parse("https://media.example.org")
        .unwrap()
        .join(path)
        .unwrap()
}

pub(crate) fn pairs(text: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text).into_owned().collect()
}

pub(crate) fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers.get(name).map(|v| v.to_str().unwrap())
}

/// What a raw server does after it has read a request.
#[derive(Debug, Clone)]
pub(crate) enum Then {
    /// Writes this and closes.
    Write(Vec<u8>),
    /// Writes this and keeps the connection.
    Keep(Vec<u8>),
    /// Closes without a word.
    Close,
    /// Never answers.
    Silence,
}

/// A server on bare TCP, for what no HTTP server would do.
pub(crate) struct Raw {
    pub(crate) base: String,
    /// One number per connection: bytes of the request that arrived on it.
    pub(crate) arrived: tokio::sync::mpsc::UnboundedReceiver<usize>,
}

impl Raw {
    pub(crate) async fn new(then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (seen, arrived) = tokio::sync::mpsc::unbounded_channel();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, then.clone(), seen.clone()));
            }
        });
        Self { base, arrived }
    }

    pub(crate) fn publisher(&self) -> InstagramPublisher {
        InstagramPublisher::new(config(&self.base)).unwrap()
    }
}

async fn serve(mut stream: TcpStream, then: Then, seen: tokio::sync::mpsc::UnboundedSender<usize>) {
    let read = read_request(&mut stream).await;
    seen.send(read).ok();
    match then {
        Then::Write(bytes) => {
            stream.write_all(&bytes).await.ok();
            stream.shutdown().await.ok();
        }
        Then::Keep(bytes) => {
            stream.write_all(&bytes).await.ok();
            // Until the other side closes.
            read_request(&mut stream).await;
        }
        Then::Close => {}
        Then::Silence => std::future::pending().await,
    }
}

/// Reads to the end of the body that the head announces.
async fn read_request(stream: &mut TcpStream) -> usize {
    let mut all = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let n = stream.read(&mut buffer).await.unwrap_or(0);
        all.extend_from_slice(&buffer[..n]);
        if n == 0 || is_whole(&all) {
            return all.len();
        }
    }
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .filter_map(|l| l.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, n)| n.trim().parse().unwrap());
    body.len() >= length
}

/// Long enough for a loopback call, short enough for a test that waits for it to end.
pub(crate) fn short() -> Timeouts {
    let short = Duration::from_millis(400);
    Timeouts {
        connect: short,
        read: short,
        create: short,
        publish: short,
        upload_idle: short,
    }
}
