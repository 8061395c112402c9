//! Uploads over loopback: what arrives, and what is said about its length.

use contentzavod_client::{Client, upload};
use wiremock::matchers::{header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

const KEY: &str = "cz_live_test";

/// A server that takes one upload and tells what it got.
async fn server() -> MockServer {
    let server = MockServer::start().await;
    let media = serde_json::json!({
        "id": "01890000-0000-7000-8000-000000000000", "bytes": 0, "sha256": "", "kind": "video",
        "status": "ready", "findings": [], "created_at": "2026-12-01T09:00:00Z",
    });
    Mock::given(method("POST"))
        .and(path("/v1/media"))
        .and(query_param("filename", "reel.mp4"))
        .and(header("authorization", format!("Bearer {KEY}").as_str()))
        .respond_with(ResponseTemplate::new(201).set_body_json(media))
        .mount(&server)
        .await;
    server
}

async fn send(server: &MockServer, body: reqwest::Body) -> Result<(), String> {
    let client = Client::with_api_key(&server.uri(), KEY).expect("a client");
    let upload = client.media_create().filename("reel.mp4").body(body);
    upload.send().await.map(drop).map_err(|error| match error {
        contentzavod_client::Error::CommunicationError(error) => chain(&error),
        other => format!("{other:?}"),
    })
}

/// An error with everything that caused it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

#[tokio::test]
async fn a_file_arrives_whole_with_its_length_ahead() {
    let bytes: Vec<u8> = (0..1_000_003_u32).map(|n| n.to_le_bytes()[0]).collect();
    let folder = tempfile::tempdir().unwrap();
    let reel = folder.path().join("reel.mp4");
    std::fs::write(&reel, &bytes).unwrap();
    let server = server().await;

    send(&server, upload::file(&reel).await.unwrap())
        .await
        .unwrap();

    let requests = server.received_requests().await.unwrap();
    assert!(requests[0].body == bytes, "the bytes differ");
    assert_eq!(requests[0].headers["content-length"], "1000003");
    assert_eq!(
        requests[0].headers["content-type"],
        "application/octet-stream"
    );
}

#[tokio::test]
async fn a_stream_is_cut_at_its_length() {
    let server = server().await;
    let chunks = ["abc", "def"].map(|chunk| Ok(chunk.into()));

    send(&server, upload::sized(futures::stream::iter(chunks), 4))
        .await
        .unwrap();

    assert_eq!(server.received_requests().await.unwrap()[0].body, b"abcd");
}

#[tokio::test]
async fn a_stream_that_ends_early_is_an_error() {
    let server = server().await;
    let chunks = ["abc"].map(|chunk| Ok(chunk.into()));

    let error = send(&server, upload::sized(futures::stream::iter(chunks), 4))
        .await
        .unwrap_err();

    assert!(error.contains("ended 1 bytes early"), "{error}");
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_missing_file_is_an_error_of_the_file() {
    let error = upload::file("no/such/reel.mp4").await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
}
