//! The spool against a real folder.

use std::time::Duration;

use aws_lc_rs::digest::SHA256;
use futures::stream;

use super::*;

fn limits() -> SpoolLimits {
    SpoolLimits {
        max_bytes: 8 << 20,
        at_once: 2,
        reserve: 0,
        floor: 0,
    }
}

fn spool(limits: SpoolLimits) -> (tempfile::TempDir, Spool) {
    let dir = tempfile::tempdir().unwrap();
    let spool = Spool::open(dir.path(), limits).unwrap();
    (dir, spool)
}

fn files(dir: &tempfile::TempDir) -> usize {
    std::fs::read_dir(dir.path().join(FOLDER)).unwrap().count()
}

/// The writer removes its file in its own thread: wait for that, not for a time.
async fn until_empty(dir: &tempfile::TempDir) {
    tokio::time::timeout(Duration::from_secs(30), async {
        while files(dir) > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("the folder is emptied");
}

fn body(chunks: Vec<Vec<u8>>) -> impl Stream<Item = io::Result<Bytes>> + Send {
    stream::iter(chunks.into_iter().map(|c| Ok(Bytes::from(c))))
}

#[tokio::test]
async fn every_byte_arrives_in_order_with_its_hash() {
    let (dir, spool) = spool(limits());
    // Odd chunks, so that buffers are cut inside of chunks.
    let chunks: Vec<Vec<u8>> = (0u32..70)
        .map(|n| (0..50_021).map(|i| ((n * 31 + i) % 251) as u8).collect())
        .collect();
    let all = chunks.concat();
    let spooled = spool
        .receive(body(chunks), Some(all.len() as u64))
        .await
        .unwrap();
    assert_eq!(spooled.bytes, all.len() as u64);
    assert_eq!(std::fs::read(&spooled.path).unwrap(), all);
    let hash = aws_lc_rs::digest::digest(&SHA256, &all);
    assert_eq!(spooled.sha256, hex::encode(hash));
    assert_eq!(files(&dir), 1);
    drop(spooled);
    // What nobody adopted goes.
    until_empty(&dir).await;
}

#[tokio::test]
async fn an_adopted_file_stays() {
    let (dir, spool) = spool(limits());
    let spooled = spool.receive(body(vec![vec![1; 10]]), None).await.unwrap();
    let home = dir.path().join("adopted");
    std::fs::rename(&spooled.path, &home).unwrap();
    drop(spooled);
    assert_eq!(std::fs::read(home).unwrap(), vec![1; 10]);
}

#[tokio::test]
async fn a_lying_length_is_refused_both_ways() {
    let (dir, spool) = spool(limits());
    for declared in [9, 11] {
        let error = spool
            .receive(body(vec![vec![1; 10]]), Some(declared))
            .await
            .unwrap_err();
        assert!(
            matches!(error, SpoolError::Length { declared: d, received: 10 } if d == declared),
            "{error:?}"
        );
    }
    until_empty(&dir).await;
}

#[tokio::test]
async fn too_much_is_refused_from_its_declaration_before_a_byte_is_read() {
    let (dir, spool) = spool(limits());
    let untouched = stream::poll_fn(|_| -> std::task::Poll<Option<io::Result<Bytes>>> {
        panic!("the body was read")
    });
    let error = spool.receive(untouched, Some(9 << 20)).await.unwrap_err();
    assert!(matches!(error, SpoolError::TooLarge { limit } if limit == 8 << 20));
    assert_eq!(files(&dir), 0);
}

#[tokio::test]
async fn an_endless_body_is_cut_at_the_limit() {
    let (dir, spool) = spool(limits());
    let endless = stream::repeat_with(|| Ok(Bytes::from(vec![0; 300_000])));
    let error = spool.receive(endless, None).await.unwrap_err();
    assert!(matches!(error, SpoolError::TooLarge { .. }));
    until_empty(&dir).await;
}

#[tokio::test]
async fn a_client_that_breaks_off_leaves_nothing() {
    let (dir, spool) = spool(limits());
    let broken = stream::iter([
        Ok(Bytes::from(vec![1; 2 << 20])),
        Err(io::Error::from(io::ErrorKind::ConnectionReset)),
    ]);
    let error = spool.receive(broken, None).await.unwrap_err();
    assert!(matches!(error, SpoolError::BrokenOff(_)));
    until_empty(&dir).await;
}

#[tokio::test]
async fn a_cancelled_upload_leaves_nothing_and_frees_its_place() {
    let (dir, spool) = spool(SpoolLimits {
        at_once: 1,
        ..limits()
    });
    let (asked, was_asked) = tokio::sync::oneshot::channel();
    let mut asked = Some(asked);
    let never = body(vec![vec![1; 2 << 20]]).chain(stream::poll_fn(move |_| {
        if let Some(asked) = asked.take() {
            asked.send(()).unwrap();
        }
        std::task::Poll::Pending
    }));
    let upload = tokio::spawn({
        let spool = spool.clone();
        async move { spool.receive(never, None).await.map(drop) }
    });
    was_asked.await.unwrap();
    let second = spool.receive(body(vec![vec![1]]), None).await.unwrap_err();
    assert!(matches!(second, SpoolError::Busy));
    upload.abort();
    assert!(upload.await.unwrap_err().is_cancelled());
    until_empty(&dir).await;
    spool.receive(body(vec![vec![1]]), None).await.unwrap();
}

#[tokio::test]
async fn a_drip_takes_no_place() {
    let (dir, spool) = spool(SpoolLimits {
        at_once: 1,
        ..limits()
    });
    let (asked, was_asked) = tokio::sync::oneshot::channel();
    let mut asked = Some(asked);
    let drip = body(vec![vec![1; FIRST - 1]]).chain(stream::poll_fn(move |_| {
        if let Some(asked) = asked.take() {
            asked.send(()).unwrap();
        }
        std::task::Poll::Pending
    }));
    let upload = tokio::spawn({
        let spool = spool.clone();
        async move { spool.receive(drip, None).await.map(drop) }
    });
    was_asked.await.unwrap();
    assert_eq!(files(&dir), 0);
    let kept = spool.receive(body(vec![vec![1]]), None).await.unwrap();
    assert_eq!(kept.bytes, 1);
    upload.abort();
}

#[tokio::test]
async fn a_disk_without_room_is_refused_early() {
    let (dir, spool) = spool(SpoolLimits {
        reserve: u64::MAX / 2,
        ..limits()
    });
    let error = spool
        .receive(body(vec![vec![1; 10]]), Some(10))
        .await
        .unwrap_err();
    let SpoolError::Full(shortage) = error else {
        panic!("{error}");
    };
    assert_eq!(shortage.needed, u64::MAX / 2 + 10);
    assert!(shortage.free > 0);
    assert_eq!(files(&dir), 0);
}

#[tokio::test]
async fn nothing_is_no_upload() {
    let (dir, spool) = spool(limits());
    let error = spool.receive(body(vec![]), Some(0)).await.unwrap_err();
    assert!(matches!(error, SpoolError::Empty));
    until_empty(&dir).await;
}

#[tokio::test]
async fn our_own_limits_speak_through_the_body() {
    let (dir, spool) = spool(limits());
    let slow = stream::iter([Err(BodyFault::TooSlow.into())]);
    let error = spool.receive(slow, None).await.unwrap_err();
    assert!(matches!(error, SpoolError::TooSlow));
    until_empty(&dir).await;
}

#[tokio::test]
async fn what_a_crash_left_is_swept() {
    let (dir, spool) = spool(limits());
    std::fs::write(spool.fresh_path(), b"half").unwrap();
    assert_eq!(spool.sweep().unwrap(), 1);
    assert_eq!(files(&dir), 0);
}

#[tokio::test]
async fn the_reserve_is_kept_although_no_length_was_declared() {
    let limits = SpoolLimits {
        reserve: u64::MAX / 2,
        ..limits()
    };
    let (dir, spool) = spool(limits);
    let error = spool.receive(body(vec![vec![1; 10]]), None).await;
    assert!(matches!(error, Err(SpoolError::Full(_))), "{error:?}");
    until_empty(&dir).await;
}
