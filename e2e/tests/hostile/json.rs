//! JSON without measure.

use crate::story::{is_well, usage, world};
use crate::wire::{connect, flood, post, statuses};

const MIB: usize = 1 << 20;
/// 300 MB that are kept nowhere; what an allocator keeps is less.
const MEMORY_KIB: u64 = 8 << 10;

#[tokio::test]
async fn three_hundred_megabytes_of_json_are_refused_and_not_kept() {
    let mut world = world().await;
    world.api.rows().await.unwrap();
    let piece = vec![b' '; MIB];
    let mut chunk = format!("{MIB:x}\r\n").into_bytes();
    chunk.extend([&piece[..], b"\r\n"].concat());
    let before = usage(&world);
    for (length, piece) in [
        (format!("content-length: {}\r\n", 300 * MIB), &piece),
        ("transfer-encoding: chunked\r\n".to_owned(), &chunk),
    ] {
        let head = post(
            &world,
            "/v1/posts",
            &format!("content-type: application/json\r\n{length}"),
        );
        let answer = flood(connect(&world).await, head.as_bytes(), piece, 300).await;
        assert_eq!(statuses(&answer), [413], "{answer}");
        assert!(answer.contains("application/problem+json"), "{answer}");
        assert!(
            answer.contains("\"body.too_large\"") && answer.ends_with('}'),
            "{answer}"
        );
        let after = usage(&world);
        assert!(
            after.peak_kib < before.peak_kib + MEMORY_KIB,
            "{before}, then {after}"
        );
    }
    is_well(&mut world).await;
}

#[tokio::test]
async fn json_two_hundred_thousand_deep_is_refused() {
    let mut world = world().await;
    let deep = 200_000;
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        // As deep as the size allows; within it 400, beyond it 413.
        let body = open.repeat(deep) + "1" + &close.repeat(deep);
        let within = body.len() <= 256 << 10;
        let call = world.api.http.post(world.api.url("/v1/posts"));
        let call = call
            .bearer_auth(world.api.key())
            .header("content-type", "application/json");
        let answer = call.body(body).send().await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        assert_eq!(status, if within { 400 } else { 413 }, "{text}");
    }
    // Without its ends it fits, and the depth is what is refused.
    let half = "[".repeat(deep);
    let call = world.api.http.post(world.api.url("/v1/posts"));
    let call = call
        .bearer_auth(world.api.key())
        .header("content-type", "application/json");
    let answer = call.body(half).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 400);
    let text = answer.text().await.unwrap();
    assert!(text.contains("nested too deeply"), "{text}");
    is_well(&mut world).await;
}
