//! Bodies whose length two readers could take differently: what stands behind is never a request.

use crate::story::{is_well, world};
use crate::wire::{post, says_to_all, statuses};

/// What an attacker hides. Were it served, its answer would be a 404 of its own.
const HIDDEN: &str = "GET /hidden HTTP/1.1\r\nhost: x\r\n\r\n";

#[tokio::test]
async fn a_hidden_request_is_never_served() {
    let mut world = world().await;
    let length = HIDDEN.len() + 5;
    let both = format!("content-length: {length}\r\ntransfer-encoding: chunked\r\n");
    let reversed = format!("transfer-encoding: chunked\r\ncontent-length: {length}\r\n");
    let shapes = [
        both.as_str(),
        &reversed,
        "transfer-encoding: chunked\r\ncontent-length: 0\r\n",
        "content-length: 5\r\ncontent-length: 6\r\n",
        "content-length: 5, 6\r\n",
        "content-length: +5\r\n",
        "content-length: -1\r\n",
        "content-length: 0x5\r\n",
        "content-length : 5\r\n",
        "content-length: 99999999999999999999999\r\n",
        "transfer-encoding: chunked, identity\r\n",
        "transfer-encoding: identity\r\n",
        "transfer-encoding: xchunked\r\n",
        "transfer-encoding : chunked\r\n",
        "transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n",
        "transfer-encoding:\u{b}chunked\r\n",
    ];
    let calls = shapes.map(|shape| {
        let lines = format!("content-type: application/json\r\n{shape}");
        post(&world, "/v1/posts", &lines) + "0\r\n\r\n" + HIDDEN
    });
    let answers = says_to_all(&world, calls.iter().map(String::as_bytes)).await;
    for (shape, answer) in shapes.iter().zip(answers) {
        let statuses = statuses(&answer);
        assert_eq!(statuses.len(), 1, "{shape}: {answer}");
        let refused = (400..500).contains(&statuses[0]) && statuses[0] != 404;
        assert!(refused, "{shape}: {answer}");
    }
    is_well(&mut world).await;
}

#[tokio::test]
async fn broken_chunks_are_refused() {
    let mut world = world().await;
    let head = post(
        &world,
        "/v1/posts",
        "content-type: application/json\r\ntransfer-encoding: chunked\r\n",
    );
    let long = format!("5;{}\r\n", "a".repeat(1 << 20));
    let chunks = [
        "x\r\n",
        "-1\r\n",
        "ffffffffffffffffff\r\n",
        "5\r\nabcdefgh\r\n",
        "5\n12345\n0\n\n",
        &long,
    ];
    let calls = chunks.map(|chunk| head.clone() + chunk + HIDDEN);
    let answers = says_to_all(&world, calls.iter().map(String::as_bytes)).await;
    for (chunk, answer) in chunks.iter().zip(answers) {
        let shown = &chunk[..chunk.len().min(20)];
        let statuses = statuses(&answer);
        assert!(statuses.len() <= 1, "{shown:?}: {answer}");
        let refused = |status: &u16| (400..500).contains(status) && *status != 404;
        assert!(statuses.iter().all(refused), "{shown:?}: {answer}");
    }
    is_well(&mut world).await;
}
