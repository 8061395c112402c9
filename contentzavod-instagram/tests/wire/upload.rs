//! Pushing a video: headers, where it goes, going on where it broke off, and refusals.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bytes::Bytes;
use contentzavod_core::model::Access;
use contentzavod_core::ports::{ByteStream, CallError, MediaSource, Publisher};
use contentzavod_core::publication::Handle;
use contentzavod_instagram::{InstagramPublisher, Timeouts};
use futures::StreamExt;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use wiremock::matchers::{method, path};
use wiremock::{Mock, Request, ResponseTemplate};

use crate::common::{CANARY, CONTAINER, Platform, access, config, header, json as reply, short};

fn by_facebook() -> Access {
    Access {
        login: "facebook".to_owned(),
        ..access()
    }
}

/// Bytes that tell where they stand.
#[derive(Debug)]
struct Counting(u64);

const PIECE: u64 = 1 << 16;

fn byte(at: u64) -> u8 {
    (at % 251) as u8
}

#[async_trait]
impl MediaSource for Counting {
    fn len(&self) -> u64 {
        self.0
    }

    async fn read_from(&self, offset: u64) -> std::io::Result<ByteStream> {
        let starts: Vec<u64> = (offset..self.0).step_by(PIECE as usize).collect();
        let end = self.0;
        let piece = move |from: u64| {
            let bytes: Vec<u8> = (from..(from + PIECE).min(end)).map(byte).collect();
            Ok(Bytes::from(bytes))
        };
        Ok(futures::stream::iter(starts).map(piece).boxed())
    }
}

fn state(word: &str, phase: Option<Value>) -> Value {
    let mut body = json!({ "id": CONTAINER, "status_code": word });
    if let Some(phase) = phase {
        body["video_status"] = json!({ "uploading_phase": phase,
            "processing_phase": { "status": "not_started" } });
    }
    body
}

fn fresh() -> Value {
    state("IN_PROGRESS", Some(json!({ "status": "not_started" })))
}

/// A platform whose container reads so, and whose upload host answers so.
async fn platform(container: &Value, upload: ResponseTemplate) -> Platform {
    let platform = Platform::new().await;
    let look = Mock::given(method("GET")).and(path(format!("/v25.0/{CONTAINER}")));
    platform
        .mount(look.respond_with(reply(200, container)))
        .await;
    platform
        .mount(Mock::given(method("POST")).respond_with(upload))
        .await;
    platform
}

fn done() -> ResponseTemplate {
    reply(
        200,
        &json!({ "success": true, "message": "Upload successful." }),
    )
}

async fn push(platform: &Platform, to: Option<&str>, bytes: u64) -> Result<(), CallError> {
    let handle = Handle(match to {
        Some(to) => format!("{CONTAINER} {to}"),
        None => CONTAINER.to_owned(),
    });
    let publisher = platform.publisher();
    let pushed = publisher
        .deliver(&by_facebook(), &handle, &Counting(bytes))
        .await;
    pushed.map(|_| ())
}

fn pushes(heard: Vec<Request>) -> Vec<Request> {
    let posts = heard.into_iter().filter(|r| r.method.as_str() == "POST");
    posts.collect()
}

#[tokio::test]
async fn a_push_names_offset_and_size_and_goes_where_the_platform_said() {
    let platform = platform(&fresh(), done()).await;
    let to = format!(
        "{}ig-api-upload/v25.0/{CONTAINER}?x=1",
        platform.config().graph_url
    );
    push(&platform, Some(&to), 200_000).await.unwrap();
    let heard = platform.heard().await;
    let fields = "fields=id%2Cstatus%2Cstatus_code%2Cvideo_status";
    assert_eq!(heard[0].url.query(), Some(fields));
    let [push] = pushes(heard).try_into().unwrap();
    let at = format!("{}?{}", push.url.path(), push.url.query().unwrap());
    assert!(to.ends_with(&at), "{at}");
    let word = format!("OAuth {CANARY}");
    for (name, value) in [
        ("authorization", word.as_str()),
        ("offset", "0"),
        ("file_size", "200000"),
        ("content-length", "200000"),
        ("content-type", "application/octet-stream"),
    ] {
        assert_eq!(header(&push, name), Some(value), "{name}");
    }
    assert_eq!(header(&push, "transfer-encoding"), None);
    let expected: Vec<u8> = (0..200_000).map(byte).collect();
    assert_eq!(push.body, expected);
}

#[tokio::test]
async fn a_push_goes_on_behind_the_bytes_that_are_there() {
    for name in ["bytes_transferred", "bytes_transfered"] {
        // Meta's own sample shows PUBLISHED here.
        for word in ["IN_PROGRESS", "PUBLISHED"] {
            let phase = json!({ "status": "in_progress", name: 50_002 });
            let platform = platform(&state(word, Some(phase)), done()).await;
            push(&platform, None, 200_000).await.unwrap();
            let [push] = pushes(platform.heard().await).try_into().unwrap();
            assert_eq!(header(&push, "offset"), Some("50002"));
            assert_eq!(header(&push, "file_size"), Some("200000"));
            assert_eq!(header(&push, "content-length"), Some("149998"));
            let expected: Vec<u8> = (50_002..200_000).map(byte).collect();
            assert_eq!(push.body, expected, "{name} {word}");
        }
    }
}

#[tokio::test]
async fn what_is_there_is_not_pushed_again() {
    let whole = json!({ "status": "in_progress", "bytes_transferred": 1000 });
    let complete = json!({ "status": "complete" });
    for container in [
        state("IN_PROGRESS", Some(complete)),
        state("IN_PROGRESS", Some(whole)),
        state("FINISHED", None),
        state("ERROR", None),
        state("EXPIRED", None),
    ] {
        let platform = platform(&container, done()).await;
        push(&platform, None, 1000).await.unwrap();
        assert_eq!(platform.heard().await.len(), 1, "{container}");
    }
}

#[tokio::test]
async fn without_a_number_it_begins_at_the_start() {
    let unread = json!({ "error": { "code": 100, "error_subcode": 33 } });
    for container in [
        state("IN_PROGRESS", None),
        state("IN_PROGRESS", Some(json!({ "status": "in_progress" }))),
        state("IN_PROGRESS", Some(json!({ "bytes_transferred": -5 }))),
        unread,
    ] {
        let platform = platform(&container, done()).await;
        push(&platform, None, 1000).await.unwrap();
        let [push] = pushes(platform.heard().await).try_into().unwrap();
        assert_eq!(header(&push, "offset"), Some("0"), "{container}");
    }
}

#[tokio::test]
async fn the_token_goes_to_no_other_host() {
    let platform = platform(&fresh(), done()).await;
    let mut config = platform.config();
    config.facebook_url = "https://graph.facebook.com".parse().unwrap();
    // Nothing is asked before the address is known to be good.
    let publisher = InstagramPublisher::new(config.clone()).unwrap();
    for to in [
        "https://evil.example/ig-api-upload/1",
        "https://facebook.com.evil.example/1",
        "http://rupload.facebook.com/1",
        "https://evilfacebook.com/1",
    ] {
        let handle = Handle(format!("{CONTAINER} {to}"));
        let error = publisher
            .deliver(&by_facebook(), &handle, &Counting(10))
            .await;
        let error = error.unwrap_err();
        assert_eq!(error.fault().code, "instagram.upload.address", "{to}");
    }
    assert_eq!(platform.heard().await.len(), 0);
}

/// An operator's own address wins over what the platform says: a stand-in may name the real host.
#[tokio::test]
async fn the_operators_address_keeps_the_platforms_path() {
    let platform = platform(&fresh(), done()).await;
    let mut config = platform.config();
    config.rupload_url = Some(config.graph_url.join("/rupload/").unwrap());
    let publisher = InstagramPublisher::new(config).unwrap();
    let to = format!("https://rupload.facebook.com/ig-api-upload/v25.0/{CONTAINER}");
    let handle = Handle(format!("{CONTAINER} {to}"));
    let pushed = publisher
        .deliver(&by_facebook(), &handle, &Counting(10))
        .await;
    pushed.unwrap();
    let [push] = pushes(platform.heard().await).try_into().unwrap();
    assert_eq!(
        push.url.path(),
        format!("/rupload/ig-api-upload/v25.0/{CONTAINER}")
    );
}

fn refused(retriable: bool, kind: &str) -> ResponseTemplate {
    let message = "{\"success\":false,\"error\":\"Request processing failed\"}";
    let info = json!({ "retriable": retriable, "type": kind, "message": message });
    reply(400, &json!({ "debug_info": info }))
}

#[tokio::test]
async fn a_refusal_is_read_by_its_type() {
    type Right = fn(&CallError) -> bool;
    let cases: [(ResponseTemplate, Right); 5] = [
        (refused(false, "NotAuthorizedError"), |e| {
            matches!(e, CallError::Token(_))
        }),
        (refused(true, "ProcessingFailedError"), |e| {
            matches!(e, CallError::Transient(_))
        }),
        (refused(false, "ProcessingFailedError"), |e| {
            matches!(e, CallError::Handle(_))
        }),
        // Success must be said.
        (reply(200, &json!({ "id": "1" })), |e| {
            matches!(e, CallError::Unreadable(_))
        }),
        (ResponseTemplate::new(502), |e| {
            matches!(e, CallError::Transient(_))
        }),
    ];
    for (upload, right) in cases {
        let platform = platform(&fresh(), upload).await;
        let error = push(&platform, None, 1000).await.unwrap_err();
        assert!(right(&error), "{error:?}");
    }
}

/// The platform has been seen to finish containers whose upload it had called failed for good.
#[tokio::test]
async fn a_refusal_is_not_trusted_before_the_container_was_asked() {
    let platform = Platform::new().await;
    let look = || Mock::given(method("GET")).and(path(format!("/v25.0/{CONTAINER}")));
    let first = look().respond_with(reply(200, &fresh())).up_to_n_times(1);
    platform.mount(first).await;
    let finished = reply(200, &state("FINISHED", None));
    platform.mount(look().respond_with(finished)).await;
    let upload = Mock::given(method("POST"));
    let upload = upload.respond_with(refused(false, "ProcessingFailedError"));
    platform.mount(upload).await;
    push(&platform, None, 1000).await.unwrap();
    assert_eq!(platform.heard().await.len(), 3);
}

/// A platform on bare TCP that takes uploads and breaks them off.
struct Breaking {
    base: String,
    /// What it has, from the start.
    taken: Arc<Mutex<Vec<u8>>>,
}

/// Answers looks with what it has; breaks an upload off once it has that much.
async fn breaking(breaks: Vec<usize>) -> Breaking {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let taken = Arc::new(Mutex::new(Vec::new()));
    let shared = Arc::clone(&taken);
    tokio::spawn(async move {
        let mut breaks = breaks.into_iter();
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            serve(stream, &shared, &mut breaks).await;
        }
    });
    Breaking { base, taken }
}

async fn serve(
    mut stream: TcpStream,
    taken: &Mutex<Vec<u8>>,
    breaks: &mut impl Iterator<Item = usize>,
) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap().to_lowercase();
    let number = |name: &str| {
        let line = head.lines().find_map(|l| l.strip_prefix(name));
        line.map(|n| n.trim().parse::<usize>().unwrap())
    };
    let answer = if head.starts_with("get") {
        let bytes = taken.lock().unwrap().len();
        let phase = json!({ "status": "in_progress", "bytes_transferred": bytes });
        state("IN_PROGRESS", Some(phase))
    } else {
        let (offset, size) = (number("offset:").unwrap(), number("file_size:").unwrap());
        assert_eq!(offset, taken.lock().unwrap().len(), "not where it stopped");
        assert_eq!(number("content-length:"), Some(size - offset));
        let until = breaks.next().unwrap_or(size);
        let mut piece = vec![0; until - offset];
        stream.read_exact(&mut piece).await.unwrap();
        taken.lock().unwrap().extend(piece);
        if until < size {
            return;
        }
        json!({ "success": true })
    };
    let body = answer.to_string();
    let reply = format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(reply.as_bytes()).await.unwrap();
}

/// The size of the largest Reel there is; every byte must come once and in its place.
#[tokio::test]
async fn a_push_of_300_mb_that_breaks_off_twice_is_taken_up_where_it_stopped() {
    const SIZE: usize = 300_000_000;
    let breaking = breaking(vec![100_000_003, 250_000_001]).await;
    let publisher = InstagramPublisher::new(config(&breaking.base)).unwrap();
    let handle = Handle(CONTAINER.to_owned());
    let source = Counting(SIZE as u64);
    for whole in [false, false, true] {
        let pushed = publisher.deliver(&by_facebook(), &handle, &source).await;
        match pushed {
            Ok(_) => assert!(whole),
            Err(error) => assert!(
                !whole && matches!(error, CallError::Transient(_)),
                "{error:?}"
            ),
        }
    }
    let taken = breaking.taken.lock().unwrap();
    assert_eq!(taken.len(), SIZE);
    let wrong = taken
        .iter()
        .enumerate()
        .find(|(at, b)| **b != byte(*at as u64));
    assert_eq!(wrong, None);
}

#[tokio::test]
async fn a_push_that_nobody_reads_ends() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut kept = Vec::new();
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut first = [0; 3];
            stream.read_exact(&mut first).await.unwrap();
            if &first == b"GET" {
                let mut rest = [0; 4096];
                let _ = stream.read(&mut rest).await.unwrap();
                let body = fresh().to_string();
                let head = format!(
                    "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}",
                    body.len()
                );
                let text = format!("{head}\r\n\r\n{body}");
                stream.write_all(text.as_bytes()).await.unwrap();
            } else {
                kept.push(stream);
            }
        }
    });
    let mut config = config(&base);
    config.timeouts = Timeouts { ..short() };
    let publisher = InstagramPublisher::new(config).unwrap();
    let handle = Handle(CONTAINER.to_owned());
    let source = Counting(100_000_000);
    let error = publisher.deliver(&by_facebook(), &handle, &source).await;
    let error = error.unwrap_err();
    assert!(
        matches!(&error, CallError::Transient(f) if f.code == "instagram.timeout"),
        "{error:?}"
    );
}
