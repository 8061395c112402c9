//! The cap on connections.

use contentzavod_server::accept::AcceptLimits;
use contentzavod_server::accept::body::BodyLimits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::world::{HELLO, PATIENCE, SHORT, limits, one, soon, start};

#[tokio::test]
async fn one_connection_more_than_the_cap_waits_its_turn() {
    let server = start(AcceptLimits {
        max_connections: 2,
        ..limits()
    })
    .await;
    let waits = HELLO.replace("/hello", "/waits");
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut socket = server.connect().await;
        socket.write_all(waits.as_bytes()).await.unwrap();
        soon(server.gate.reached.notified()).await;
        held.push(socket);
    }
    let mut third = server.connect().await;
    third.write_all(HELLO.as_bytes()).await.unwrap();
    let early = tokio::time::timeout(SHORT * 10, third.read_u8()).await;
    assert!(early.is_err(), "served above the cap");
    server.gate.open.notify_waiters();
    assert!(one(&mut third).await.starts_with("HTTP/1.1 200"));
    for mut socket in held {
        let answer = one(&mut socket).await;
        assert!(answer.ends_with("waited"), "{answer}");
    }
}

/// Whatever it is that they do not do, and with deadlines that are far away.
#[tokio::test]
async fn connections_that_only_wait_lock_nobody_out() {
    let limits = AcceptLimits {
        max_connections: 4,
        stall: PATIENCE * 3,
        body: BodyLimits {
            idle: PATIENCE * 3,
            ..limits().body
        },
        ..limits()
    };
    let server = start(limits).await;
    let body = "POST /takes HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n1";
    let big = HELLO.replace("/hello", "/big");
    for said in ["", "GET / HT", HELLO, body, &big] {
        let mut waiting = Vec::new();
        for _ in 0..4 {
            let mut socket = server.connect().await;
            socket.write_all(said.as_bytes()).await.unwrap();
            waiting.push(socket);
        }
        let served = server.ask(HELLO).await;
        assert!(served.starts_with("HTTP/1.1 200"), "{said:?}: {served}");
        drop(waiting);
    }
}
