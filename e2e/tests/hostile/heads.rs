//! Heads without measure or sense.

use crate::story::{is_well, usage, world};
use crate::wire::{connect, flood, says, says_to_all, statuses};

const MEMORY_KIB: u64 = 32 << 10;

#[tokio::test]
async fn floods_of_headers_are_refused() {
    let mut world = world().await;
    world.api.rows().await.unwrap();
    let before = usage(&world);
    let get = b"GET /v1/posts HTTP/1.1\r\nhost: x\r\n";
    let many: String = (0..10_000).map(|n| format!("x-{n}: 1\r\n")).collect();
    let many = many + "\r\n";
    let long = format!("x-long: {}\r\n", "a".repeat(8 << 20));
    let wide = format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "a".repeat(8 << 20));
    let path = format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "a".repeat(70_000));
    for (head, rest, expected) in [
        (&get[..], many.as_bytes(), 431),
        (get, long.as_bytes(), 431),
        (b"", wide.as_bytes(), 431),
        (b"", path.as_bytes(), 414),
    ] {
        let answer = flood(connect(&world).await, head, rest, 1).await;
        assert_eq!(statuses(&answer), [expected], "{answer}");
    }
    let after = usage(&world);
    assert!(
        after.peak_kib < before.peak_kib + MEMORY_KIB,
        "{before}, then {after}"
    );
    is_well(&mut world).await;
}

/// Or nothing: the connection was just closed.
fn are_refusals(answers: &str) -> bool {
    statuses(answers).iter().all(|s| (400..500).contains(s))
}

#[tokio::test]
async fn absurd_heads_are_refused_or_closed() {
    let mut world = world().await;
    let deep = format!("/{}", "../".repeat(5_000));
    let paths = [
        "/../../etc/passwd",
        "/%00",
        "/%ff%fe",
        "/m/..%2f..%2fdata",
        "/v1/posts/%0d%0aset-cookie:a",
        "//",
        "/v1/posts?limit=99999999999999999999",
        "/v1/media/\\..\\x",
        "http://elsewhere/v1/posts",
        "*",
        &deep,
    ];
    let heads =
        paths.map(|path| format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"));
    let answers = says_to_all(&world, heads.iter().map(String::as_bytes)).await;
    for (path, answer) in paths.iter().zip(answers) {
        let shown = &path[..path.len().min(40)];
        assert!(are_refusals(&answer), "{shown}: {answer}");
        assert!(
            !answer.contains("root:") && !answer.contains("set-cookie"),
            "{shown}: {answer}"
        );
    }
    let absurd: [&[u8]; 9] = [
        b"\0\0\0\0\r\n\r\n",
        b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: x\r\n folded\r\n\r\n",
        b"G\xffT / HTTP/1.1\r\n\r\n",
        b"CONNECT elsewhere:443 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    ];
    for (bytes, answer) in absurd.iter().zip(says_to_all(&world, absurd).await) {
        assert!(
            are_refusals(&answer),
            "{:?}: {answer}",
            String::from_utf8_lossy(bytes)
        );
    }
    is_well(&mut world).await;
}

#[tokio::test]
async fn pipelined_refusals_are_all_answered_in_order() {
    let mut world = world().await;
    let one = "GET /v1/posts HTTP/1.1\r\nhost: x\r\n\r\nGET /nowhere HTTP/1.1\r\nhost: x\r\n\r\n";
    let last = "GET /v1/posts HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let all = one.repeat(500) + last;
    let statuses = statuses(&says(&world, all.as_bytes()).await);
    let expected: Vec<u16> = [401, 404].repeat(500).into_iter().chain([401]).collect();
    assert_eq!(statuses, expected);
    is_well(&mut world).await;
}
