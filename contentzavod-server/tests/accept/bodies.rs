//! Bodies that are too large, too slow, or not wanted.

use contentzavod_server::accept::AcceptLimits;
use tokio::io::AsyncWriteExt;

use crate::world::{HELLO, SHORT, is_closed, limits, one, soon, start};

#[tokio::test]
async fn a_declared_body_is_refused_while_the_client_still_sends() {
    let server = start(limits()).await;
    let (mut read, mut write) = server.connect().await.into_split();
    let sent = 8 << 20;
    let head = format!("POST /takes HTTP/1.1\r\nhost: x\r\ncontent-length: {sent}\r\n\r\n");
    write.write_all(head.as_bytes()).await.unwrap();
    // Not a byte of the body is needed.
    let answer = one(&mut read).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains("body.too_large"), "{answer}");
    assert!(answer.contains("1000 bytes"), "the limit: {answer}");
    // And a client that first sends all of it is heard out.
    soon(write.write_all(&vec![0; sent])).await.unwrap();
    write.write_all(HELLO.as_bytes()).await.unwrap();
    assert!(one(&mut read).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_body_without_a_length_ends_at_the_limit() {
    let server = start(limits()).await;
    let mut socket = server.connect().await;
    let head = "POST /takes HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
    socket.write_all(head.as_bytes()).await.unwrap();
    for _ in 0..11 {
        let chunk = format!("64\r\n{}\r\n", "x".repeat(100));
        socket.write_all(chunk.as_bytes()).await.unwrap();
    }
    let answer = one(&mut socket).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[tokio::test]
async fn an_early_answer_is_read_by_a_client_that_sends_on() {
    let server = start(limits()).await;
    let mut socket = server.connect().await;
    let sent = 4 << 20;
    let head = format!("POST /refuses HTTP/1.1\r\nhost: x\r\ncontent-length: {sent}\r\n\r\n");
    socket.write_all(head.as_bytes()).await.unwrap();
    soon(socket.write_all(&vec![0; sent])).await.unwrap();
    let answer = one(&mut socket).await;
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    socket.write_all(HELLO.as_bytes()).await.unwrap();
    assert!(one(&mut socket).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn draining_has_an_end_that_is_announced() {
    let server = start(AcceptLimits {
        drain_bytes: 10_000,
        drain_time: SHORT,
        ..limits()
    })
    .await;
    let mut socket = server.connect().await;
    let head = "POST /refuses HTTP/1.1\r\nhost: x\r\ncontent-length: 20000\r\n\r\n";
    socket.write_all(head.as_bytes()).await.unwrap();
    let answer = one(&mut socket).await.to_lowercase();
    assert!(answer.contains("connection: close"), "{answer}");
    is_closed(&mut socket).await;
}

#[tokio::test]
async fn a_client_that_asks_before_it_sends_is_not_told_to_continue() {
    let server = start(limits()).await;
    let ask = async |path: &str, length: usize| {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: {length}\r\n\r\n"
        );
        let mut socket = server.connect().await;
        socket.write_all(request.as_bytes()).await.unwrap();
        (one(&mut socket).await, socket)
    };
    for (path, status) in [("/refuses", 401), ("/takes", 413)] {
        let (answer, mut socket) = ask(path, 8 << 20).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
        is_closed(&mut socket).await;
    }
    let (answer, mut socket) = ask("/takes", 10).await;
    assert!(answer.starts_with("HTTP/1.1 100"), "{answer}");
    socket.write_all(b"0123456789").await.unwrap();
    assert!(one(&mut socket).await.ends_with("10 of 10"));
}

#[tokio::test]
async fn a_slow_body_is_answered_408() {
    let server = start(AcceptLimits {
        drain_time: SHORT,
        ..limits()
    })
    .await;
    let mut socket = server.connect().await;
    let head = "POST /takes HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\nsome";
    socket.write_all(head.as_bytes()).await.unwrap();
    let answer = one(&mut socket).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("body.too_slow"), "{answer}");
    is_closed(&mut socket).await;
}

#[tokio::test]
async fn nothing_follows_a_body_of_two_lengths() {
    let server = start(limits()).await;
    let chunked = "transfer-encoding: chunked\r\n";
    for lengths in [
        format!("content-length: 6\r\n{chunked}"),
        format!("{chunked}content-length: 6\r\n"),
    ] {
        let mut socket = server.connect().await;
        let sent = format!("POST /takes HTTP/1.1\r\nhost: x\r\n{lengths}\r\n0\r\n\r\n{HELLO}");
        socket.write_all(sent.as_bytes()).await.unwrap();
        let answer = one(&mut socket).await;
        assert!(answer.ends_with("0 of none"), "{answer}");
        assert!(
            answer.to_lowercase().contains("connection: close"),
            "{answer}"
        );
        is_closed(&mut socket).await;
    }
}
