//! A small file server with HEAD and ranges, and with every way of doing it wrong.

use std::convert::Infallible;
use std::sync::{Arc, LazyLock, Mutex};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use sha2::{Digest, Sha256};
use url::Url;

pub(crate) const REEL: &[u8] =
    include_bytes!("../../../contentzavod-preflight/tests/data/reel.mp4");

/// Two whole ranges of the crawler and a bit.
pub(crate) static BIG: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut bytes: Vec<u8> = REEL.iter().copied().cycle().take(9 << 20).collect();
    bytes.extend_from_slice(b"the end");
    bytes
});

/// Where files are served, and what was asked for.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    base: Url,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Files {
    pub(crate) fn url(&self, name: &str) -> Url {
        self.base.join(name).expect("an address")
    }

    /// Requests so far, as `GET reel.mp4 bytes=0-99`.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("nobody panicked").clone()
    }
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

pub(crate) async fn serve() -> Files {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0");
    let listener = listener.await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let files = Files {
        base: Url::parse(&format!("http://{address}/")).expect("an address"),
        asked: Arc::default(),
    };
    let asked = Arc::clone(&files.asked);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let asked = Arc::clone(&asked);
            let service = service_fn(move |request| {
                let response = answer(&request, &asked);
                async move { Ok::<_, Infallible>(response) }
            });
            let http = hyper::server::conn::http1::Builder::new();
            tokio::spawn(http.serve_connection(TokioIo::new(stream), service));
        }
    });
    files
}

fn answer(request: &Request<Incoming>, asked: &Mutex<Vec<String>>) -> Response<Full<Bytes>> {
    let range = request.headers().get("range");
    let range = range.and_then(|v| v.to_str().ok()).unwrap_or_default();
    let name = request.uri().path().trim_start_matches('/');
    let line = format!("{} {name} {range}", request.method());
    let mut asked = asked.lock().expect("nobody panicked");
    asked.push(line.trim_end().to_owned());
    let head = request.method() == "HEAD";
    let mut answer = of(name, head, range);
    let kind = match name.rsplit('.').next() {
        Some("jpg") => "image/jpeg",
        Some("html") => "text/html",
        _ => "video/mp4",
    };
    let kind = kind.parse().expect("a header");
    answer.headers_mut().insert("content-type", kind);
    answer
}

fn of(name: &str, head: bool, range: &str) -> Response<Full<Bytes>> {
    match name {
        "reel.mp4" | "page.html" => file(REEL, head, range),
        // Answers with another place of the file.
        "wrong.mp4" if head => with_length(REEL.len()),
        "wrong.mp4" => {
            let mut answer = part(REEL, 0, REEL.len() - 1);
            let wrong = format!("bytes 1-{}/{}", REEL.len(), REEL.len() + 1);
            let wrong = wrong.parse().expect("a header");
            answer.headers_mut().insert("content-range", wrong);
            answer
        }
        "big.mp4" => file(&BIG, head, range),
        "noise.mp4" | "noise.jpg" => file(b"<html>sign in first</html>", head, range),
        "cover.jpg" => file(&[0xFF, 0xD8, 0xFF, 0xE0, 0, 0], head, range),
        // Says more than it has.
        "short.mp4" if head => with_length(REEL.len() + 1),
        "short.mp4" => part(REEL, 0, REEL.len() - 1),
        "huge.mp4" if head => with_length(300_000_001),
        "empty.mp4" if head => with_length(0),
        // Does not know ranges.
        "whole.mp4" if head => with_length(REEL.len()),
        "whole.mp4" => Response::new(Full::from(REEL)),
        "moved.mp4" => status(StatusCode::FOUND, ("location", "/reel.mp4")),
        _ => status(StatusCode::NOT_FOUND, ("content-type", "text/plain")),
    }
}

fn file(bytes: &[u8], head: bool, range: &str) -> Response<Full<Bytes>> {
    if head {
        return with_length(bytes.len());
    }
    let (first, last) = range
        .strip_prefix("bytes=")
        .and_then(|r| r.split_once('-'))
        .expect("a range");
    let at = |text: &str| text.parse().expect("a number");
    part(bytes, at(first), at(last))
}

fn part(bytes: &[u8], first: usize, last: usize) -> Response<Full<Bytes>> {
    let range = format!("bytes {first}-{last}/{}", bytes.len());
    let body = Bytes::copy_from_slice(&bytes[first..=last]);
    let response = Response::builder().status(StatusCode::PARTIAL_CONTENT);
    let response = response.header("content-range", range);
    response.body(Full::new(body)).expect("a response")
}

fn with_length(length: usize) -> Response<Full<Bytes>> {
    let response = Response::builder().header("content-length", length);
    response.body(Full::default()).expect("a response")
}

fn status(status: StatusCode, header: (&str, &str)) -> Response<Full<Bytes>> {
    let response = Response::builder().status(status);
    let response = response.header(header.0, header.1);
    response.body(Full::default()).expect("a response")
}
