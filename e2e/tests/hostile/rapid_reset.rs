//! HTTP/2 in the clear: streams opened and reset by the thousand (CVE-2023-44487), and headers
//! continued without end.

use crate::story::{is_well, usage, world};
use crate::wire::{connect, flood};

const MEMORY_KIB: u64 = 32 << 10;
const HELLO: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
/// GET / over http at `x`.
const GET: &[u8] = &[0x82, 0x86, 0x84, 0x41, 1, b'x'];
const DATA_END_HEADERS_END: u8 = 0x5;

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let head = [&length[1..], &[kind, flags], &stream.to_be_bytes()].concat();
    [&head, payload].concat()
}

#[tokio::test]
async fn streams_opened_and_reset_end_the_connection_and_nothing_else() {
    let mut world = world().await;
    world.api.rows().await.unwrap();
    let before = usage(&world);
    let mut bytes = HELLO.to_vec();
    for n in 0..20_000 {
        let stream = 2 * n + 1;
        bytes.extend(frame(1, DATA_END_HEADERS_END, stream, GET));
        bytes.extend(frame(3, 0, stream, &8_u32.to_be_bytes()));
    }
    // Until the server closes: a connection that were kept would be a failure in time.
    flood(connect(&world).await, &bytes, b"", 0).await;
    let after = usage(&world);
    assert!(
        after.peak_kib < before.peak_kib + MEMORY_KIB,
        "{before}, then {after}"
    );
    is_well(&mut world).await;
}

#[tokio::test]
async fn headers_continued_without_end_are_cut() {
    let mut world = world().await;
    world.api.rows().await.unwrap();
    let before = usage(&world);
    let mut head = HELLO.to_vec();
    head.extend(frame(1, 0x1, 1, GET));
    // A literal header field that is not indexed, over and over.
    let field = [&[0, 1, b'a', 100][..], &[b'b'; 100]].concat();
    let piece = frame(9, 0, 1, &field.repeat(150));
    flood(connect(&world).await, &head, &piece, 10_000).await;
    let after = usage(&world);
    assert!(
        after.peak_kib < before.peak_kib + MEMORY_KIB,
        "{before}, then {after}"
    );
    is_well(&mut world).await;
}
