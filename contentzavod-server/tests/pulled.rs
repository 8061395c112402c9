//! Files as a platform fetches them: over a real connection, from a real folder.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail with their test")]

use std::net::SocketAddr;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::MediaId;
use contentzavod_core::ports::Blobs;
use contentzavod_core::testing::ManualClock;
use contentzavod_server::accept::{AcceptLimits, serve};
use contentzavod_server::media::serve::{Wanted, routes, wanted};
use contentzavod_server::media::{LinkKey, SignedLinks};
use contentzavod_server::middleware::{Problems, RequestIds};
use contentzavod_store::blobs::LocalBlobs;
use poem::{EndpointExt, Route};
use proptest::prelude::*;
use reqwest::{Method, Response};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

const ID: MediaId = MediaId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_00AB));
const LENGTH: usize = 1_500_017;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

/// A server with one file in its folder.
struct Shelf {
    address: SocketAddr,
    links: SignedLinks,
    clock: Arc<ManualClock>,
    blobs: LocalBlobs,
    bytes: Vec<u8>,
    http: reqwest::Client,
    _dir: TempDir,
}

async fn shelf() -> Shelf {
    let dir = tempfile::tempdir().unwrap();
    let blobs = LocalBlobs::open(dir.path().join("media")).unwrap();
    let bytes: Vec<u8> = (0..LENGTH).map(|n| (n * 31 + n / 251) as u8).collect();
    let spooled = dir.path().join("spooled");
    std::fs::write(&spooled, &bytes).unwrap();
    blobs.adopt(ID, &spooled).await.unwrap();

    let clock = Arc::new(ManualClock::at(now()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let base = format!("http://{address}").parse().unwrap();
    let links = SignedLinks::new(base, LinkKey::derive(b"master"), clock.clone());
    let files = routes(links.clone(), Arc::new(blobs.clone()));
    let endpoint = Route::new().at("/m/:token", files);
    let endpoint = endpoint.with(Problems).with(RequestIds);
    let (limits, never) = (AcceptLimits::default(), CancellationToken::new());
    tokio::spawn(serve(listener, None, endpoint, limits, never));
    #[expect(
        clippy::disallowed_methods,
        reason = "a test talks to a server of its own"
    )]
    let http = reqwest::Client::new();
    Shelf {
        address,
        links,
        clock,
        blobs,
        bytes,
        http,
        _dir: dir,
    }
}

impl Shelf {
    fn token(&self) -> String {
        let until = now() + TimeDelta::hours(25);
        self.links.seal(ID, "video/mp4", until)
    }

    async fn ask(&self, method: Method, token: &str, headers: &[(&str, &str)]) -> Response {
        let url = format!("http://{}/m/{token}", self.address);
        let mut request = self.http.request(method, url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send().await.unwrap()
    }

    async fn get(&self, headers: &[(&str, &str)]) -> Response {
        self.ask(Method::GET, &self.token(), headers).await
    }
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    let value = response.headers().get(name);
    value.map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_whole_file_comes_with_everything_a_platform_needs() {
    let shelf = shelf().await;
    let tag = format!("\"{}\"", ID.0.simple());
    for method in [Method::GET, Method::HEAD] {
        // A range is no matter of HEAD.
        let range: &[_] = match method {
            Method::HEAD => &[("range", "bytes=0-9")],
            _ => &[],
        };
        let response = shelf.ask(method.clone(), &shelf.token(), range).await;
        assert_eq!(response.status(), 200, "{method}");
        for (name, value) in [
            ("content-type", "video/mp4"),
            ("content-length", &LENGTH.to_string()),
            ("accept-ranges", "bytes"),
            ("etag", &tag),
            ("x-content-type-options", "nosniff"),
            ("content-disposition", "attachment"),
            ("cache-control", "private"),
            ("content-range", ""),
            ("transfer-encoding", ""),
        ] {
            assert_eq!(header(&response, name), value, "{method} {name}");
        }
        let body = response.bytes().await.unwrap();
        let expected: &[u8] = match method {
            Method::HEAD => b"",
            _ => &shelf.bytes,
        };
        assert!(body == expected, "{method}: {} bytes", body.len());
    }
}

#[tokio::test]
async fn a_range_is_exactly_its_bytes() {
    let shelf = shelf().await;
    let last = LENGTH - 1;
    for (asked, first, end) in [
        ("bytes=0-0".to_owned(), 0, 1),
        ("bytes=0-1023".to_owned(), 0, 1024),
        ("bytes=700000-".to_owned(), 700_000, LENGTH),
        (format!("bytes={last}-"), last, LENGTH),
        ("bytes=-5".to_owned(), LENGTH - 5, LENGTH),
        ("bytes=-99999999".to_owned(), 0, LENGTH),
        ("bytes=10-99999999".to_owned(), 10, LENGTH),
    ] {
        let response = shelf.get(&[("range", &asked)]).await;
        assert_eq!(response.status(), 206, "{asked}");
        let place = format!("bytes {first}-{}/{LENGTH}", end - 1);
        assert_eq!(header(&response, "content-range"), place, "{asked}");
        let length = (end - first).to_string();
        assert_eq!(header(&response, "content-length"), length, "{asked}");
        assert_eq!(header(&response, "content-type"), "video/mp4", "{asked}");
        let body = response.bytes().await.unwrap();
        assert!(body == shelf.bytes[first..end], "{asked}");
    }
}

#[tokio::test]
async fn a_range_outside_is_refused_with_the_length() {
    let shelf = shelf().await;
    for asked in [format!("bytes={LENGTH}-"), "bytes=-0".to_owned()] {
        let response = shelf.get(&[("range", &asked)]).await;
        assert_eq!(response.status(), 416, "{asked}");
        assert_eq!(
            header(&response, "content-range"),
            format!("bytes */{LENGTH}")
        );
        assert!(response.text().await.unwrap().contains("range.outside"));
    }
}

#[tokio::test]
async fn what_is_no_single_range_is_answered_whole() {
    let shelf = shelf().await;
    for asked in [
        "bytes=0-1,5-9",
        "bytes=9-5",
        "bytes=",
        "lines=0-1",
        "bytes=a-b",
    ] {
        let response = shelf.get(&[("range", asked)]).await;
        assert_eq!(response.status(), 200, "{asked}");
        assert_eq!(header(&response, "content-length"), LENGTH.to_string());
    }
}

#[tokio::test]
async fn a_range_goes_on_only_with_the_same_file() {
    let shelf = shelf().await;
    let tag = format!("\"{}\"", ID.0.simple());
    let weak = format!("W/{tag}");
    let cases = [
        (tag.as_str(), 206),
        (&weak, 200),
        ("\"other\"", 200),
        ("Wed, 25 Nov 2026 00:00:00 GMT", 200),
    ];
    for (tag, status) in cases {
        let headers = [("range", "bytes=0-9"), ("if-range", tag)];
        assert_eq!(shelf.get(&headers).await.status(), status, "{tag}");
    }
}

#[tokio::test]
async fn forged_expired_and_deleted_look_the_same() {
    let shelf = shelf().await;
    let mut answers = Vec::new();
    let mut ask = async |token: &str| {
        for method in [Method::GET, Method::HEAD] {
            let response = shelf.ask(method, token, &[("range", "bytes=0-9")]).await;
            assert_eq!(response.status(), 404);
        }
        let request = ("x-request-id", "same");
        let answer = shelf.ask(Method::GET, token, &[request]).await;
        answers.push(answer.text().await.unwrap());
    };
    let token = shelf.token();
    let (cut, forged) = (&token[..70], format!("B{}", &token[1..]));
    for bad in [cut, &forged, "x", "%00", "..%2F..%2Fetc"] {
        ask(bad).await;
    }
    let unknown = MediaId(Uuid::from_u128(7));
    let until = now() + TimeDelta::hours(25);
    ask(&shelf.links.seal(unknown, "video/mp4", until)).await;
    shelf.clock.jump(until);
    ask(&token).await;
    shelf.clock.jump(now());
    assert_eq!(shelf.get(&[]).await.status(), 200);
    shelf.blobs.delete(ID).await.unwrap();
    ask(&token).await;
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert!(answers[0].contains("media.not_found"), "{answers:?}");
}

#[tokio::test]
async fn other_methods_are_not_taken() {
    let shelf = shelf().await;
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let response = shelf.ask(method, &shelf.token(), &[]).await;
        assert_eq!(response.status(), 405);
    }
}

#[tokio::test]
async fn an_empty_file_is_a_file() {
    let shelf = shelf().await;
    let (id, dir) = (MediaId(Uuid::from_u128(1)), tempfile::tempdir().unwrap());
    let spooled = dir.path().join("empty");
    std::fs::write(&spooled, b"").unwrap();
    shelf.blobs.adopt(id, &spooled).await.unwrap();
    let token = shelf
        .links
        .seal(id, "image/jpeg", now() + TimeDelta::hours(1));
    let response = shelf.ask(Method::GET, &token, &[]).await;
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "content-length"), "0");
    let response = shelf
        .ask(Method::GET, &token, &[("range", "bytes=0-")])
        .await;
    assert_eq!(response.status(), 416);
}

proptest! {
    /// Whatever a header says, a part has at least one byte and lies inside the file.
    #[test]
    fn a_part_lies_inside_the_file(header in "(bytes)?=?[-, 0-9a-z]{0,30}", length in 0..100u64) {
        if let Wanted::Part(range) = wanted(&header, length) {
            prop_assert!(range.start < range.end && range.end <= length);
        }
    }

    /// Any text is read without a panic.
    #[test]
    fn any_text_is_read(header in "\\PC*", length: u64) {
        drop(wanted(&header, length));
    }

    /// The three forms say what an honest slice says.
    #[test]
    fn the_three_forms_mean_what_they_say(first in 0..60u64, last in 0..60u64, length in 0..50u64) {
        let file: Vec<u64> = (0..length).collect();
        let part = |bytes: Vec<u64>| match (bytes.first(), bytes.last()) {
            (Some(first), Some(last)) => Wanted::Part(*first..last + 1),
            _ => Wanted::Outside,
        };
        let from: Vec<u64> = file.iter().copied().filter(|n| *n >= first).collect();
        prop_assert_eq!(wanted(&format!("bytes={first}-"), length), part(from.clone()));
        let between = from.into_iter().filter(|n| *n <= last).collect();
        let expected = if first <= last { part(between) } else { Wanted::Whole };
        prop_assert_eq!(wanted(&format!("Bytes={first}-{last}"), length), expected);
        let tail = file.iter().copied().filter(|n| n + first >= length).collect();
        prop_assert_eq!(wanted(&format!("bytes=-{first}"), length), part(tail));
    }

    /// Numbers that fit nowhere are merely large.
    #[test]
    fn huge_numbers_are_merely_large(digits in "[1-9][0-9]{20,40}") {
        prop_assert_eq!(wanted(&format!("bytes={digits}-"), 10), Wanted::Outside);
        prop_assert_eq!(wanted(&format!("bytes=3-{digits}"), 10), Wanted::Part(3..10));
        prop_assert_eq!(wanted(&format!("bytes=-{digits}"), 10), Wanted::Part(0..10));
    }
}
