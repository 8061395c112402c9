//! Sockets that say nothing, drip, or do not read.

use std::time::Instant;

use contentzavod_server::accept::AcceptLimits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::world::{HELLO, SHORT, is_closed, limits, one, soon, start};

/// The preface and empty settings.
const H2_HELLO: &str = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

#[tokio::test]
async fn a_socket_that_says_nothing_is_closed() {
    let server = start(AcceptLimits {
        header_timeout: SHORT,
        ..limits()
    })
    .await;
    let silent = &mut server.connect().await;
    let start = Instant::now();
    is_closed(silent).await;
    assert!(start.elapsed() >= SHORT / 2, "closed at once");

    let after_an_answer = &mut server.connect().await;
    after_an_answer.write_all(HELLO.as_bytes()).await.unwrap();
    one(after_an_answer).await;
    is_closed(after_an_answer).await;

    for said in ["GET / HT", "PRI * HTTP/2.0\r\n", H2_HELLO] {
        let socket = &mut server.connect().await;
        socket.write_all(said.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        drop(soon(socket.read_to_end(&mut bytes)).await);
    }
    server.is_served().await;
}

#[tokio::test]
async fn a_head_that_drips_is_closed() {
    let server = start(AcceptLimits {
        header_timeout: SHORT,
        ..limits()
    })
    .await;
    for used in [false, true] {
        let mut socket = server.connect().await;
        if used {
            socket.write_all(HELLO.as_bytes()).await.unwrap();
            one(&mut socket).await;
        }
        let (mut read, mut write) = socket.into_split();
        let drip = async {
            let line = "GET / HTTP/1.1\r\nhost: x\r\n".bytes();
            for byte in line.chain(std::iter::repeat(b'a')) {
                if write.write_all(&[byte]).await.is_err() {
                    break;
                }
                tokio::time::sleep(SHORT / 10).await;
            }
        };
        tokio::select! {
            () = is_closed(&mut read) => {}
            () = drip => {}
        }
    }
}

#[tokio::test]
async fn a_busy_connection_is_not_idle() {
    let server = start(AcceptLimits {
        header_timeout: SHORT,
        ..limits()
    })
    .await;
    let mut socket = server.connect().await;
    let request = HELLO.replace("/hello", "/waits");
    socket.write_all(request.as_bytes()).await.unwrap();
    soon(server.gate.reached.notified()).await;
    tokio::time::sleep(SHORT * 4).await;
    server.gate.open.notify_one();
    let answer = one(&mut socket).await;
    assert!(answer.ends_with("waited"), "{answer}");
}

#[tokio::test]
async fn a_client_that_does_not_read_is_cut_and_one_that_reads_late_is_not() {
    let server = start(AcceptLimits {
        header_timeout: SHORT,
        stall: SHORT * 5,
        ..limits()
    })
    .await;
    let request = HELLO.replace("/hello", "/big");
    let get = async |pause| {
        let mut socket = server.connect().await;
        socket.write_all(request.as_bytes()).await.unwrap();
        tokio::time::sleep(pause).await;
        let mut bytes = Vec::new();
        let end = soon(socket.read_to_end(&mut bytes)).await;
        end.is_ok() && bytes.ends_with(b"\r\n0\r\n\r\n")
    };
    assert!(get(SHORT * 2).await, "longer than a head may take");
    assert!(!get(SHORT * 20).await, "longer than the stall");
}
