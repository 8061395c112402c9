//! Answers that are spoilt on their way, seen on the wire.

use std::time::Duration;

use chrono::TimeDelta;
use contentzavod_instagram::sandbox::{Fault, Garbage, Rule, Stage};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

use crate::bench::{Bench, bench};
use crate::raw::{self, Raw};

/// A publish whose answer a fault spoils, and the id that it would have told.
async fn spoilt(b: &Bench, fault: Fault) -> (Raw, String) {
    let before = b.sandbox.ledger().len();
    let container = b.ready("demo", "Hello").await;
    b.sandbox
        .set_faults(vec![Rule::times(Stage::Publish, fault, 1)].into());
    let raw = raw::publish(b, &container).await.expect("an answer");
    let new = b.sandbox.ledger().split_off(before);
    assert_eq!(new.len(), 1, "{fault:?}: it was executed");
    (raw, new[0].media.clone())
}

#[tokio::test]
async fn garbage_comes_with_200() {
    let b = bench().await;
    for body in [
        Garbage::Noise,
        Garbage::Html,
        Garbage::Empty,
        Garbage::Cut,
        Garbage::DuplicateKeys,
    ] {
        let (raw, media) = spoilt(&b, Fault::Garbage { body }).await;
        assert_eq!(raw.status(), 200, "{body:?}");
        let text = String::from_utf8(raw.body.clone());
        match body {
            Garbage::Noise => assert!(text.is_err()),
            Garbage::Html => assert!(text.unwrap().starts_with("<!DOCTYPE html>")),
            Garbage::Empty => assert!(raw.body.is_empty()),
            Garbage::Cut => {
                let whole = json!({ "id": media }).to_string();
                assert_eq!(text.unwrap(), whole[..whole.len() / 2]);
            }
            Garbage::DuplicateKeys => {
                assert_eq!(text.unwrap(), format!(r#"{{"id":"{media}","id":"0"}}"#));
            }
        }
        let length: usize = raw.header("content-length").unwrap().parse().unwrap();
        assert_eq!(length, raw.body.len(), "{body:?}");
    }
}

#[tokio::test]
async fn half_of_an_answer_comes() {
    let b = bench().await;
    let (raw, media) = spoilt(&b, Fault::Half).await;
    let whole = json!({ "id": media }).to_string();
    let length: usize = raw.header("content-length").unwrap().parse().unwrap();
    assert_eq!(length, whole.len());
    assert_eq!(raw.body, &whole.as_bytes()[..length / 2]);
}

#[tokio::test]
async fn a_huge_answer_is_json_of_so_many_megabytes() {
    let b = bench().await;
    let (raw, media) = spoilt(&b, Fault::Huge { mb: 3 }).await;
    assert_eq!(raw.header("content-length"), None);
    assert!(raw.body.len() > 3 << 20);
    // The same through a client that puts the chunks together.
    let container = b.ready("demo", "Hello").await;
    let list = Rule::times(Stage::Recent, Fault::Huge { mb: 3 }, 1);
    b.sandbox.set_faults(vec![list].into());
    let reply = b.get("/me/media").await;
    assert_eq!(reply.body["data"][0]["id"], json!(media));
    assert_eq!(reply.body["padding"].as_str().unwrap().len(), 3 << 20);
    assert_eq!(b.status(&container).await.0, "FINISHED");
}

#[tokio::test]
async fn a_slow_body_comes_byte_by_byte() {
    let b = bench().await;
    let slow = Rule::times(Stage::Me, Fault::SlowBody { ms: 200 }, 1);
    b.sandbox.set_faults(vec![slow].into());
    let mut stream = raw::connect(&b).await;
    raw::write(&mut stream, "/me?fields=username", None).await;
    let mut seen = Vec::new();
    let mut one = async |seen: &mut Vec<u8>| {
        let read = stream.read_buf(seen);
        let read = tokio::time::timeout(Duration::from_millis(100), read).await;
        read.map(|read| read.unwrap()).ok()
    };
    while !seen.ends_with(b"\r\n\r\n") {
        one(&mut seen).await;
    }
    let head = seen.len();
    assert_eq!(one(&mut seen).await, None, "not before the clock has moved");
    let began = b.now();
    loop {
        match one(&mut seen).await {
            Some(0) => break,
            Some(_) => {}
            None => b.clock.advance(TimeDelta::milliseconds(200)),
        }
    }
    let body: Value = serde_json::from_slice(&seen[head..]).unwrap();
    assert_eq!(body["username"], "demo");
    let bytes = i32::try_from(seen.len() - head).unwrap();
    let took = b.now() - began;
    assert!(took >= TimeDelta::milliseconds(200) * bytes, "{took}");
}

#[tokio::test]
async fn the_date_is_wrong_by_so_much() {
    let b = bench().await;
    for (secs, date) in [
        (7_200, "Tue, 01 Dec 2026 11:00:00 GMT"),
        (-86_400, "Mon, 30 Nov 2026 09:00:00 GMT"),
    ] {
        let wrong = Rule::times(Stage::Me, Fault::WrongDate { secs }, 1);
        b.sandbox.set_faults(vec![wrong].into());
        assert_eq!(b.get("/me").await.headers["date"], date);
        let right = "Tue, 01 Dec 2026 09:00:00 GMT";
        assert_eq!(b.get("/me").await.headers["date"], right);
    }
}
