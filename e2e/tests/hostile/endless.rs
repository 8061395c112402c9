//! Uploads that are too large, whether they say so or never end.

use e2e::slow::usage::Usage;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::story::{PATIENCE, is_well, parts, until, usage, world};
use crate::wire::{connect, flood, post, statuses};

const MIB: usize = 1 << 20;
const MEMORY_KIB: u64 = 32 << 10;

/// A piece of what begins like a video whose index stands behind: only its length can refuse it.
fn piece() -> Vec<u8> {
    let mut piece = b"\0\0\0\x10ftypisom\0\0\x02\0\0\0\0\0mdat".to_vec();
    piece.resize(MIB, 0);
    piece
}

#[tokio::test]
async fn five_gigabytes_are_refused_from_their_declaration() {
    let mut world = world().await;
    let lines = format!("content-length: {}\r\n", 5_u64 << 30);
    let head = post(&world, "/v1/media", &lines);
    let mut socket = connect(&world).await;
    socket.write_all(head.as_bytes()).await.unwrap();
    // Not a byte of the body was sent, and none is needed.
    let mut answer = vec![0; 12];
    let read = tokio::time::timeout(PATIENCE, socket.read_exact(&mut answer));
    read.await.expect("in time").unwrap();
    assert_eq!(answer, b"HTTP/1.1 413");
    assert_eq!(parts(&world), 0);
    drop(socket);
    is_well(&mut world).await;
}

#[tokio::test]
async fn an_upload_without_end_is_cut_at_the_limit() {
    let mut world = world().await;
    world.api.rows().await.unwrap();
    let head = post(&world, "/v1/media", "transfer-encoding: chunked\r\n");
    let mut chunk = format!("{MIB:x}\r\n").into_bytes();
    chunk.extend(piece());
    chunk.extend(b"\r\n");
    let before = usage(&world);
    // Instagram takes 300 MiB, and 64 MiB are read away after the answer.
    let answer = flood(connect(&world).await, head.as_bytes(), &chunk, 1_200).await;
    assert_eq!(statuses(&answer), [422], "{answer}");
    assert!(
        answer.contains("file.size") && answer.ends_with('}'),
        "{answer}"
    );
    until("the part is removed", || parts(&world) == 0).await;
    let after: Usage = usage(&world);
    assert!(
        after.peak_kib < before.peak_kib + MEMORY_KIB,
        "{before}, then {after}"
    );
    is_well(&mut world).await;
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let mut world = world().await;
    let head = post(&world, "/v1/media", "content-length: 50000000\r\n");
    let mut socket = connect(&world).await;
    socket.write_all(head.as_bytes()).await.unwrap();
    socket.write_all(&piece().repeat(4)).await.unwrap();
    until("a part is there", || parts(&world) == 1).await;
    socket.set_zero_linger().unwrap();
    drop(socket);
    until("the part is removed", || parts(&world) == 0).await;
    is_well(&mut world).await;
}
