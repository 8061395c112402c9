//! What a well-behaved client gets, and what hyper refuses.

use tokio::io::AsyncWriteExt;

use crate::world::{HELLO, h2_get, limits, one, soon, start};

const POST_10: &str = "POST /takes HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n0123456789";

#[tokio::test]
async fn a_connection_serves_many_requests() {
    let server = start(limits()).await;
    let mut socket = server.connect().await;
    for _ in 0..3 {
        socket.write_all(HELLO.as_bytes()).await.unwrap();
        let answer = one(&mut socket).await;
        assert!(answer.ends_with("hello by HTTP/1.1, http"), "{answer}");
    }
    socket.write_all(POST_10.as_bytes()).await.unwrap();
    let answer = one(&mut socket).await;
    assert!(answer.ends_with("10 of 10"), "{answer}");
}

#[tokio::test]
async fn a_panic_is_a_500_problem_and_the_connection_lives_on() {
    let server = start(limits()).await;
    let mut socket = server.connect().await;
    let request = HELLO.replace("/hello", "/panics");
    socket.write_all(request.as_bytes()).await.unwrap();
    let answer = one(&mut socket).await;
    assert!(answer.starts_with("HTTP/1.1 500"), "{answer}");
    assert!(answer.contains("application/problem+json"), "{answer}");
    assert!(answer.contains("\"internal\""), "{answer}");
    assert!(!answer.contains("secret"), "{answer}");
    socket.write_all(HELLO.as_bytes()).await.unwrap();
    assert!(one(&mut socket).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_head_without_measure_is_refused() {
    let server = start(limits()).await;
    let (mut read, mut write) = server.connect().await.into_split();
    let long = format!("GET /hello?{} HTTP/1.1\r\n", "x".repeat(60_000));
    let sending = async {
        let mut sent = write.write_all(long.as_bytes()).await;
        while sent.is_ok() {
            sent = write
                .write_all(format!("a: {}\r\n", "x".repeat(1000)).as_bytes())
                .await;
        }
    };
    let (answer, ()) = tokio::join!(one(&mut read), soon(sending));
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    server.is_served().await;
}

#[tokio::test]
async fn http2_is_served_without_tls() {
    let server = start(limits()).await;
    let socket = hyper_util::rt::TokioIo::new(server.connect().await);
    let answer = h2_get(socket, format!("http://{}/hello", server.address)).await;
    assert_eq!(answer, "hello by HTTP/2.0, http");
}
