//! Every way to get no answer, and what each proves.

use contentzavod_core::ports::{CallError, PublishError, Publisher};
use contentzavod_instagram::{InstagramPublisher, Timeouts};
use serde_json::json;
use tokio::net::TcpSocket;
use wiremock::ResponseTemplate;

use crate::common::{MEDIA, Platform, Raw, Then, access, config, handle, request, short};

/// The publish call of a publisher, and the code of the fault.
async fn publish(publisher: &InstagramPublisher) -> (PublishError, String) {
    let answer = publisher.publish(&access(), &handle()).await;
    let error = answer.unwrap_err();
    let code = match &error {
        PublishError::NotSent(f) | PublishError::Spam(f) => f.code.clone(),
        PublishError::Refused { fault, .. } | PublishError::Unknown { fault, .. } => {
            fault.code.clone()
        }
        other => panic!("{other:?}"),
    };
    (error, code)
}

fn is_unanswered(error: &PublishError) -> bool {
    matches!(
        error,
        PublishError::Unknown {
            answered: false,
            ..
        }
    )
}

fn http(status: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n\r\n{body}").into_bytes()
}

/// An address that refuses connections for as long as the socket lives: bound, not listening.
fn closed() -> (TcpSocket, String) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let base = format!("http://{}", socket.local_addr().unwrap());
    (socket, base)
}

#[tokio::test]
async fn a_refused_connection_is_proof_that_nothing_left() {
    let (_socket, base) = closed();
    let publisher = InstagramPublisher::new(config(&base)).unwrap();
    let (error, code) = publish(&publisher).await;
    assert!(matches!(error, PublishError::NotSent(_)), "{error:?}");
    assert_eq!(code, "instagram.unreachable");
    let error = publisher.create(&access(), &request("c")).await;
    assert!(matches!(error, Err(CallError::Transient(_))));
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_proof_too() {
    let publisher = InstagramPublisher::new(config("http://nowhere.invalid")).unwrap();
    let (error, _) = publish(&publisher).await;
    assert!(matches!(error, PublishError::NotSent(_)), "{error:?}");
}

#[tokio::test]
async fn a_handshake_that_does_not_come_about_is_proof_too() {
    for then in [
        Then::Close,
        Then::Silence,
        Then::Write(http("200 OK", "{}")),
    ] {
        let raw = Raw::new(then).await;
        let mut config = config(&raw.base.replace("http:", "https:"));
        config.timeouts.connect = short().connect;
        let publisher = InstagramPublisher::new(config).unwrap();
        let (error, code) = publish(&publisher).await;
        assert!(matches!(error, PublishError::NotSent(_)), "{error:?}");
        assert_eq!(code, "instagram.unreachable");
    }
}

#[tokio::test]
async fn a_connection_closed_after_the_call_proves_nothing() {
    let mut raw = Raw::new(Then::Close).await;
    let (error, code) = publish(&raw.publisher()).await;
    assert!(is_unanswered(&error), "{error:?}");
    assert_eq!(code, "instagram.broken");
    // It left once and was not repeated.
    assert!(raw.arrived.recv().await.unwrap() > 0);
    assert!(raw.arrived.try_recv().is_err());
}

#[tokio::test]
async fn a_reset_within_the_call_proves_nothing() {
    // A socket dropped with bytes unread resets the connection.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        stream.readable().await.unwrap();
        drop(stream);
    });
    let publisher = InstagramPublisher::new(config(&base)).unwrap();
    let (error, code) = publish(&publisher).await;
    server.await.unwrap();
    assert!(is_unanswered(&error), "{error:?}");
    assert_eq!(code, "instagram.broken");
}

#[tokio::test]
async fn half_an_answer_is_none() {
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\":\"179".to_vec();
    let raw = Raw::new(Then::Write(cut)).await;
    let (error, code) = publish(&raw.publisher()).await;
    assert!(is_unanswered(&error), "{error:?}");
    assert_eq!(code, "instagram.broken");
    let garbage = Raw::new(Then::Write(b"SSH-2.0-OpenSSH\r\n".to_vec())).await;
    let (error, _) = publish(&garbage.publisher()).await;
    assert!(is_unanswered(&error), "{error:?}");
}

#[tokio::test]
async fn silence_ends_at_the_limit_and_proves_nothing() {
    let half = b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{".to_vec();
    for then in [Then::Silence, Then::Keep(half)] {
        let mut raw = Raw::new(then).await;
        let mut config = config(&raw.base);
        config.timeouts = Timeouts {
            // A busy machine may take its time to connect; that is not what is tested.
            connect: config.timeouts.connect,
            ..short()
        };
        let publisher = InstagramPublisher::new(config).unwrap();
        let (error, code) = publish(&publisher).await;
        assert!(is_unanswered(&error), "{error:?}");
        assert_eq!(code, "instagram.timeout");
        assert!(raw.arrived.recv().await.unwrap() > 0);
        let error = publisher.status(&access(), &handle()).await.unwrap_err();
        assert!(matches!(&error, CallError::Transient(f) if f.code == "instagram.timeout"));
        let error = publisher
            .create(&access(), &request("c"))
            .await
            .unwrap_err();
        assert!(matches!(&error, CallError::Transient(f) if f.code == "instagram.timeout"));
    }
}

#[tokio::test]
async fn publish_never_uses_a_kept_connection() {
    let mut raw = Raw::new(Then::Keep(http(
        "200 OK",
        &json!({ "id": MEDIA }).to_string(),
    )))
    .await;
    let publisher = raw.publisher();
    for _ in 0..3 {
        publisher.publish(&access(), &handle()).await.unwrap();
    }
    // One connection each, each with one whole call on it.
    for _ in 0..3 {
        assert!(raw.arrived.recv().await.unwrap() > 0);
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let target = Platform::says(200, &json!({ "id": MEDIA })).await;
        let there = target.config().graph_url.to_string();
        let template = ResponseTemplate::new(status).insert_header("location", there.as_str());
        let platform = Platform::answers(template).await;
        let publisher = platform.publisher();
        let (error, _) = publish(&publisher).await;
        assert!(is_unanswered(&error), "{error:?}");
        let error = publisher.quota(&access()).await.unwrap_err();
        assert_eq!(error.fault().code, format!("instagram.http.{status}"));
        assert_eq!(target.heard().await.len(), 0);
    }
}

#[tokio::test]
async fn bodies_are_read_to_one_megabyte() {
    let fits = json!({ "id": MEDIA, "pad": "x".repeat(900_000) });
    let platform = Platform::says(200, &fits).await;
    assert!(
        platform
            .publisher()
            .publish(&access(), &handle())
            .await
            .is_ok()
    );
    let long = json!({ "id": MEDIA, "pad": "x".repeat(1_100_000) });
    let platform = Platform::says(200, &long).await;
    let (error, code) = publish(&platform.publisher()).await;
    assert!(is_unanswered(&error), "{error:?}");
    assert_eq!(code, "instagram.too_large");
}

#[tokio::test]
async fn an_endless_body_is_cut_although_nobody_announced_it() {
    let mut endless = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for _ in 0..40 {
        endless.extend_from_slice(b"10000\r\n");
        endless.extend_from_slice(&[b' '; 0x1_0000]);
        endless.extend_from_slice(b"\r\n");
    }
    // Its end never comes: only the cap ends the call.
    let raw = Raw::new(Then::Keep(endless)).await;
    let (error, code) = publish(&raw.publisher()).await;
    assert!(is_unanswered(&error), "{error:?}");
    assert_eq!(code, "instagram.too_large");
}

#[tokio::test]
async fn json_as_deep_as_the_sea_is_no_answer() {
    let deep = "[".repeat(200_000);
    let platform = Platform::answers(ResponseTemplate::new(200).set_body_string(deep)).await;
    let (error, _) = publish(&platform.publisher()).await;
    assert!(is_unanswered(&error), "{error:?}");
}
