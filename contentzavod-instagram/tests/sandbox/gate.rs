//! Connections that are refused.

use std::io::ErrorKind;

use chrono::TimeDelta;
use contentzavod_instagram::sandbox::{Fault, Rule, Stage};
use reqwest::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::bench::{Bench, bench};
use crate::raw;

/// What a new connection comes to: an answer, a reset, or nobody.
#[derive(Debug, PartialEq)]
enum Met {
    Answer,
    Reset,
    Nobody,
}

async fn meet(b: &Bench) -> Met {
    let url = b.sandbox.url();
    let address = (url.host_str().unwrap(), url.port().unwrap());
    let mut stream = match TcpStream::connect(address).await {
        Ok(stream) => stream,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
            return Met::Nobody;
        }
    };
    let call = b"GET /me HTTP/1.1\r\nHost: sandbox\r\nAuthorization: Bearer sandbox-demo\r\n\
                 Connection: close\r\n\r\n";
    let mut answer = Vec::new();
    let told = match stream.write_all(call).await {
        Ok(()) => stream.read_to_end(&mut answer).await.map(drop),
        Err(error) => Err(error),
    };
    match told {
        Ok(()) => {
            assert!(answer.starts_with(b"HTTP/1.1 200"), "{answer:?}");
            Met::Answer
        }
        Err(_) => {
            assert!(answer.is_empty(), "{answer:?}");
            Met::Reset
        }
    }
}

const fn refuse(connections: u32, secs: u64) -> Fault {
    Fault::RefuseConnection { connections, secs }
}

#[tokio::test]
async fn so_many_connections_after_a_call_are_reset() {
    let b = bench().await;
    let rule = Rule::times(Stage::Quota, refuse(2, 0), 1);
    b.sandbox.set_faults(vec![rule].into());
    assert_eq!(meet(&b).await, Met::Answer);
    let quota = b.get("/me/content_publishing_limit").await;
    assert_eq!(quota.status, 200, "the call itself is answered");
    let met = [meet(&b).await, meet(&b).await, meet(&b).await];
    assert_eq!(met, [Met::Reset, Met::Reset, Met::Answer]);
}

#[tokio::test]
async fn kept_connections_end_and_nothing_is_executed_over_them() {
    let b = bench().await;
    let container = b.ready("demo", "Hello").await;
    let mut kept = raw::connect(&b).await;
    let call = b"GET /me HTTP/1.1\r\nHost: sandbox\r\nAuthorization: Bearer sandbox-demo\r\n\r\n";
    kept.write_all(call).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"}") {
        assert_ne!(kept.read_buf(&mut answer).await.unwrap(), 0);
    }
    let rule = Rule::times(Stage::Publish, refuse(1, 0), 1);
    b.sandbox.set_faults(vec![rule].into());
    let live = raw::publish(&b, &container).await.unwrap();
    assert_eq!((live.status(), b.sandbox.ledger().len()), (200, 1));
    // Ended by the other side, or the call that comes over it is not heard.
    let _ = kept.write_all(call).await;
    assert!(raw::read(&mut kept).await.is_none());
}

#[tokio::test]
async fn nobody_listens_for_so_long() {
    let b = bench().await;
    let rule = Rule::times(Stage::Me, refuse(1, 60), 1);
    b.sandbox.set_faults(vec![rule].into());
    assert_eq!(meet(&b).await, Met::Answer);
    assert_eq!(meet(&b).await, Met::Nobody);
    b.clock.advance(TimeDelta::seconds(59));
    assert_eq!(meet(&b).await, Met::Nobody);
    b.clock.advance(TimeDelta::seconds(1));
    let mut met = meet(&b).await;
    while met == Met::Nobody {
        // The port is opened by a task that has just been woken.
        tokio::task::yield_now().await;
        met = meet(&b).await;
    }
    assert_eq!(met, Met::Reset);
    assert_eq!(meet(&b).await, Met::Answer);
}

#[tokio::test]
async fn a_new_plan_lets_connections_in_again() {
    let b = bench().await;
    let rule = Rule::times(Stage::Me, refuse(5, 3600), 1);
    b.sandbox.set_faults(vec![rule].into());
    assert_eq!(meet(&b).await, Met::Answer);
    assert_eq!(meet(&b).await, Met::Nobody);
    b.sandbox.set_faults(Vec::new().into());
    let mut met = meet(&b).await;
    while met == Met::Nobody {
        tokio::task::yield_now().await;
        met = meet(&b).await;
    }
    assert_eq!(met, Met::Answer);
    assert_eq!(meet(&b).await, Met::Answer);
}

#[tokio::test]
async fn connections_are_refused_by_count_and_by_chance() {
    let b = bench().await;
    let rule = Rule::times(Stage::Connection, refuse(1, 0), 2);
    b.sandbox.set_faults(vec![rule].into());
    let met = [meet(&b).await, meet(&b).await, meet(&b).await];
    assert_eq!(met, [Met::Reset, Met::Reset, Met::Answer]);
    let mut runs = Vec::new();
    for _ in 0..2 {
        let rule = Rule::chance(Stage::Connection, refuse(1, 0), 0.3);
        b.sandbox.set_faults(vec![rule].into());
        let mut run = Vec::new();
        for _ in 0..200 {
            run.push(meet(&b).await == Met::Reset);
        }
        runs.push(run);
    }
    assert_eq!(runs[0], runs[1]);
    let struck = runs[0].iter().filter(|reset| **reset).count();
    assert!((35..=85).contains(&struck), "{struck} of 200");
}

#[tokio::test]
async fn a_sandbox_that_nobody_reaches_can_be_stopped() {
    let b = bench().await;
    let rule = Rule::times(Stage::Me, refuse(0, 3600), 1);
    b.sandbox.set_faults(vec![rule].into());
    assert_eq!(meet(&b).await, Met::Answer);
    assert_eq!(meet(&b).await, Met::Nobody);
    b.sandbox.stop().await;
}

/// A plan that meets new connections is not escaped over kept ones.
#[tokio::test]
async fn a_plan_for_connections_ends_the_kept_ones() {
    let b = bench().await;
    assert_eq!(b.get("/me").await.status, 200);
    let plan = json!({ "rules": [
        { "stage": "connection", "fault": "refuse_connection", "connections": 1, "count": 1 },
    ] });
    let set = b.request(Method::POST, "/__faults").json(&plan);
    assert_eq!(b.send(set).await.status, 200);
    let lost = b.request(Method::GET, "/me").bearer_auth("sandbox-demo");
    lost.send().await.expect_err("no answer");
}
