//! The end of a server.

use std::time::{Duration, Instant};

use contentzavod_server::accept::AcceptLimits;
use contentzavod_server::accept::body::BodyLimits;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::world::{HELLO, PATIENCE, SHORT, is_closed, limits, one, soon, start};

#[tokio::test]
async fn a_shutdown_lets_an_answer_in_flight_end_and_refuses_new_connections() {
    let server = start(limits()).await;
    let mut idle = server.connect().await;
    idle.write_all(HELLO.as_bytes()).await.unwrap();
    one(&mut idle).await;
    let mut busy = server.connect().await;
    let request = HELLO.replace("/hello", "/waits");
    busy.write_all(request.as_bytes()).await.unwrap();
    soon(server.gate.reached.notified()).await;

    server.shutdown.cancel();
    is_closed(&mut idle).await;
    assert!(TcpStream::connect(server.address).await.is_err());
    assert!(!server.running.is_finished());
    server.gate.open.notify_one();
    let answer = one(&mut busy).await;
    assert!(answer.ends_with("waited"), "{answer}");
    is_closed(&mut busy).await;
    soon(server.running).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_shutdown_does_not_wait_for_requests_that_have_not_come() {
    let server = start(limits()).await;
    let mut kept = server.connect().await;
    kept.write_all(b"GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        .await
        .unwrap();
    one(&mut kept).await;
    let mut begun = server.connect().await;
    begun.write_all(b"GET /hello HT").await.unwrap();
    let mut next = server.connect().await;
    next.write_all(b"GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        .await
        .unwrap();
    one(&mut next).await;
    next.write_all(b"GET /hello HT").await.unwrap();
    let silent = server.connect().await;
    server.is_served().await;

    let start = Instant::now();
    server.shutdown.cancel();
    soon(server.running).await.unwrap().unwrap();
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
    drop((kept, begun, next, silent));
}

#[tokio::test]
async fn a_shutdown_does_not_wait_longer_than_its_grace() {
    let server = start(AcceptLimits {
        grace: SHORT,
        ..limits()
    })
    .await;
    let mut busy = server.connect().await;
    let request = HELLO.replace("/hello", "/waits");
    busy.write_all(request.as_bytes()).await.unwrap();
    soon(server.gate.reached.notified()).await;
    server.shutdown.cancel();
    is_closed(&mut busy).await;
    soon(server.running).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_shutdown_does_not_wait_long_for_a_body_that_does_not_come() {
    let server = start(AcceptLimits {
        grace: PATIENCE * 3,
        body: BodyLimits {
            idle: PATIENCE * 3,
            ..limits().body
        },
        ..limits()
    })
    .await;
    let head = "POST /takes HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n1";
    let mut stalled = server.connect().await;
    stalled.write_all(head.as_bytes()).await.unwrap();
    server.is_served().await;
    server.shutdown.cancel();
    is_closed(&mut stalled).await;
    soon(server.running).await.unwrap().unwrap();
}
