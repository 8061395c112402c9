//! How it fetches files.

use serde_json::json;

use crate::bench::bench;
use crate::web;

#[tokio::test]
async fn head_first_and_then_range_by_range() {
    let b = bench().await;
    let container = b.create("demo", "big.mp4", "big").await;
    let pulled = b.pulled(&container).await;
    assert_eq!(pulled.sha256, Some(web::sha256(&web::BIG)));
    assert_eq!(pulled.bytes, web::BIG.len() as u64);
    assert_eq!((pulled.error, pulled.subcode), (None, None));
    let expected = [
        "HEAD big.mp4",
        "GET big.mp4 bytes=0-4194303",
        "GET big.mp4 bytes=4194304-8388607",
        "GET big.mp4 bytes=8388608-9437190",
    ];
    assert_eq!(b.files.asked(), expected);
}

#[tokio::test]
async fn a_cover_is_fetched_too() {
    let b = bench().await;
    for (cover, subcode) in [
        ("cover.jpg", None),
        ("noise.jpg", Some(2_207_083)),
        // It says itself that it is no picture.
        ("reel.mp4", Some(2_207_052)),
        ("missing.jpg", Some(2_207_052)),
    ] {
        let mut reel = b.reel("reel.mp4", "Hello");
        reel["cover_url"] = json!(b.files.url(cover));
        let container = b.post("/v25.0/me/media", &reel).await.id();
        assert_eq!(b.pulled(&container).await.subcode, subcode, "{cover}");
    }
}

#[tokio::test]
async fn what_cannot_be_fetched_is_an_error_of_the_container() {
    let b = bench().await;
    for (file, subcode) in [
        ("missing.mp4", 2_207_052),
        ("empty.mp4", 2_207_052),
        ("moved.mp4", 2_207_052),
        ("page.html", 2_207_052),
        ("wrong.mp4", 2_207_077),
        ("whole.mp4", 2_207_077),
        ("short.mp4", 2_207_077),
        ("huge.mp4", 2_207_082),
        ("noise.mp4", 2_207_026),
        ("cover.jpg", 2_207_052),
    ] {
        let container = b.create("demo", file, "Hello").await;
        let pulled = b.pulled(&container).await;
        assert_eq!(
            (pulled.subcode, pulled.sha256),
            (Some(subcode), None),
            "{file}"
        );
        let why = pulled.error.unwrap();
        assert!(!why.contains(file), "addresses are secrets: {why}");
        let text = format!("Error: Media upload has failed with error code {subcode}");
        assert_eq!(b.status(&container).await, ("ERROR".into(), text), "{file}");
        let refused = b.publish("demo", &container).await;
        assert_eq!(refused.error(), (9007, 2_207_027), "{file}");
    }
    let asked = b.files.asked();
    assert!(
        !asked.iter().any(|line| line.contains("reel.mp4")),
        "no redirects: {asked:?}"
    );
    let short = asked.iter().filter(|line| line.contains("short.mp4"));
    assert_eq!(
        short.count(),
        2,
        "what broke off is not asked for again: {asked:?}"
    );
    assert!(b.sandbox.ledger().is_empty());
}

#[tokio::test]
async fn where_nobody_listens_nothing_is_fetched() {
    let b = bench().await;
    let mut reel = b.reel("reel.mp4", "Hello");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    reel["video_url"] = json!(format!("http://{}/a.mp4", listener.local_addr().unwrap()));
    drop(listener);
    let container = b.post("/v25.0/me/media", &reel).await.id();
    let pulled = b.pulled(&container).await;
    assert_eq!(pulled.subcode, Some(2_207_052));
    let why = pulled.error.unwrap();
    assert!(!why.contains("a.mp4"), "addresses are secrets: {why}");
}
