//! Many at once, and going down.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use contentzavod_core::testing::ManualClock;
use contentzavod_instagram::sandbox::{Fault, Rule, Stage};
use futures::StreamExt;
use futures::future::join_all;
use futures::stream;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::bench::{Bench, bench, bench_at};

/// A publish call over a connection of its own that is already there.
async fn publish_over(mut stream: TcpStream, name: &str, container: &str) -> Value {
    let body = format!("creation_id={container}");
    let head = format!(
        "POST /v25.0/me/media_publish HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n\
         Authorization: Bearer sandbox-{name}\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
    serde_json::from_str(body).unwrap()
}

async fn connect(b: &Bench) -> TcpStream {
    let url = b.sandbox.url();
    let address = (url.host_str().unwrap(), url.port().unwrap());
    TcpStream::connect(address).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_accounts_publish_at_once() {
    // Both ends of each connection are files of this process, which may often have 1024.
    const MANY: usize = 400;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.jsonl");
    let clock = Arc::new(ManualClock::new());
    let b = bench_at(clock, |builder| builder.ledger_file(path.clone())).await;
    let names: Vec<String> = (0..MANY).map(|n| format!("many.{n}")).collect();
    let made = names.iter().map(|name| b.create(name, "reel.mp4", name));
    let containers: Vec<String> = stream::iter(made).buffered(16).collect().await;
    for container in &containers {
        assert_eq!(b.pulled(container).await.error, None);
    }
    b.clock.advance(TimeDelta::seconds(2));
    // All are connected before the first of them calls.
    let streams = join_all((0..MANY).map(|_| connect(&b))).await;
    let calls = streams.into_iter().zip(names.iter().zip(&containers));
    let calls = calls.map(|(stream, (name, container))| publish_over(stream, name, container));
    let answers = join_all(calls).await;
    let text = std::fs::read_to_string(&path).unwrap();
    let ledger = b.sandbox.ledger();
    assert_eq!(ledger.len(), MANY);
    for (name, answer) in names.iter().zip(&answers) {
        let mine = ledger.iter().filter(|entry| entry.username == *name);
        let mine: Vec<_> = mine
            .map(|entry| (json!(entry.media), &entry.caption))
            .collect();
        assert_eq!(mine, [(answer["id"].clone(), name)]);
    }
    let written = text
        .lines()
        .filter(|line| line.contains(r#""kind":"publish""#));
    assert_eq!(written.count(), MANY, "each was written before its answer");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_calls_for_one_container_publish_it_once() {
    let b = bench().await;
    let container = b.ready("demo", "Hello").await;
    let calls = join_all((0..50).map(|_| b.publish("demo", &container))).await;
    let live = calls.iter().filter(|reply| reply.status == 200).count();
    assert_eq!((live, b.sandbox.ledger().len()), (1, 1));
}

#[tokio::test]
async fn stopping_answers_the_calls_under_way_and_frees_the_port() {
    let b = bench().await;
    let container = b.ready("demo", "Hello").await;
    let slow = Fault::Slow { ms: 1_000 };
    b.sandbox
        .set_faults(vec![Rule::times(Stage::Publish, slow, 1)].into());
    let (clock, address) = (Arc::clone(&b.clock), b.sandbox.url());
    let form = json!({ "creation_id": container });
    let publish = b.request(Method::POST, "/me/media_publish");
    let publish = publish.bearer_auth("sandbox-demo").form(&form).send();
    let publish = tokio::spawn(publish);
    while b.sandbox.faults().rules[0].count != Some(0) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let idle = connect(&b).await;
    let (sandbox, http) = (b.sandbox, b.http);
    let stopping = tokio::spawn(sandbox.stop());
    let gone = async || http.get(address.clone()).send().await;
    while !gone().await.is_err_and(|error| error.is_connect()) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    // It takes no calls any more, and this one is still under way.
    clock.advance(TimeDelta::seconds(1));
    let answer = publish.await.unwrap().expect("an answer");
    assert_eq!(answer.status(), 200);
    stopping.await.unwrap();
    drop(idle);
}
