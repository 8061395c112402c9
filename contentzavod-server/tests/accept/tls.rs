//! HTTPS, and what is wrong with its files.

use std::path::Path;
use std::sync::Arc;

use contentzavod_server::accept::{AcceptLimits, TlsError, tls_config};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::world::{HELLO, SHORT, Server, h2_get, is_closed, limits, one, soon, start_with};

fn data(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name)
}

/// A client that trusts the test's certificate and speaks these protocols.
fn tls_client(protocols: &[&str]) -> tokio_rustls::TlsConnector {
    let mut roots = rustls::RootCertStore::empty();
    let cert = CertificateDer::from_pem_file(data("localhost.cert.pem")).unwrap();
    roots.add(cert).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|p| p.as_bytes().to_vec()).collect();
    Arc::new(config).into()
}

async fn tls_connect(
    server: &Server,
    protocols: &[&str],
) -> impl AsyncRead + AsyncWrite + Unpin + Send + 'static {
    let name = ServerName::try_from("localhost").unwrap();
    let socket = server.connect().await;
    soon(tls_client(protocols).connect(name, socket))
        .await
        .unwrap()
}

#[tokio::test]
async fn tls_speaks_both_versions_of_http() {
    let tls = tls_config(&data("localhost.cert.pem"), &data("localhost.key.pem")).unwrap();
    let server = start_with(limits(), Some(tls)).await;
    let mut socket = tls_connect(&server, &["http/1.1"]).await;
    socket.write_all(HELLO.as_bytes()).await.unwrap();
    let answer = one(&mut socket).await;
    assert!(answer.ends_with("hello by HTTP/1.1, https"), "{answer}");

    let socket = tls_connect(&server, &["h2"]).await;
    let socket = hyper_util::rt::TokioIo::new(socket);
    let answer = h2_get(socket, "https://localhost/hello".to_owned()).await;
    assert_eq!(answer, "hello by HTTP/2.0, https");
}

#[tokio::test]
async fn a_handshake_that_does_not_come_is_closed() {
    let tls = tls_config(&data("localhost.cert.pem"), &data("localhost.key.pem")).unwrap();
    let limits = AcceptLimits {
        header_timeout: SHORT,
        ..limits()
    };
    let server = start_with(limits, Some(tls)).await;
    is_closed(&mut server.connect().await).await;
    let mut half = server.connect().await;
    half.write_all(&[22, 3, 1]).await.unwrap();
    is_closed(&mut half).await;
    // A handshake, and then nothing.
    is_closed(&mut tls_connect(&server, &["http/1.1"]).await).await;
    // Plain text is no handshake.
    let mut plain = server.connect().await;
    plain.write_all(HELLO.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    drop(soon(plain.read_to_end(&mut bytes)).await);
}

#[test]
fn what_is_wrong_with_tls_files_is_named_and_never_shown() {
    let (cert, key) = (data("localhost.cert.pem"), data("localhost.key.pem"));
    let secret = std::fs::read_to_string(&key).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let broken = dir.path().join("broken.pem");
    std::fs::write(
        &broken,
        secret
            .replace("-----BEGIN ", "-----BEGIN")
            .replace("M", "?"),
    )
    .unwrap();
    let absent = dir.path().join("absent.pem");
    let cases = [
        (&cert, &absent, "absent.pem cannot be read"),
        (&absent, &key, "absent.pem cannot be read"),
        (&key, &key, "localhost.key.pem holds no certificate"),
        (&cert, &cert, "localhost.cert.pem holds no private key"),
        (&cert, &broken, "broken.pem holds no private key"),
        (
            &cert,
            &data("other.key.pem"),
            "other.key.pem does not belong to",
        ),
    ];
    let line = secret.lines().nth(1).unwrap();
    for (cert, key, expected) in cases {
        let error: TlsError = tls_config(cert, key).unwrap_err();
        let (text, debug) = (error.to_string(), format!("{error:?}"));
        assert!(text.contains(expected), "{text}");
        assert!(
            !text.contains(line) && !debug.contains(&line[1..]),
            "{debug}"
        );
    }
}
