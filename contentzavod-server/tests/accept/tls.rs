//! HTTPS, and what is wrong with its files.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use chrono::TimeDelta;
use contentzavod_core::testing::ManualClock;
use contentzavod_server::accept::{AcceptLimits, Certificates, TlsError, tls_config};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

use crate::world::{HELLO, SHORT, Server, h2_get, is_closed, limits, one, soon, start_with};

pub(crate) fn data(name: &str) -> std::path::PathBuf {
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

/// A hello of a client that knows nothing newer than a version; 3.2 is TLS 1.1. Clients of that time
/// did not all say which signatures they read.
fn hello_of(minor: u8, signatures: bool) -> Vec<u8> {
    let mut hello = vec![3, minor];
    hello.extend([7; 32]);
    // No session; two suites of that time; no compression.
    hello.extend([0, 0, 4, 0xc0, 0x13, 0xc0, 0x09, 1, 0]);
    if signatures {
        // One extension: ECDSA with SHA-256, and RSA.
        hello.extend([0, 10, 0, 13, 0, 6, 0, 4, 4, 3, 4, 1]);
    }
    let length = u8::try_from(hello.len()).unwrap();
    let mut record = vec![22, 3, 1, 0, length + 4, 1, 0, 0, length];
    record.extend(hello);
    record
}

#[tokio::test]
async fn what_is_older_than_tls_1_2_is_refused_by_name() {
    let tls = tls_config(&data("localhost.cert.pem"), &data("localhost.key.pem")).unwrap();
    let server = start_with(limits(), Some(tls)).await;
    for (minor, signatures) in [(0, true), (1, true), (2, true), (1, false), (2, false)] {
        let mut old = server.connect().await;
        old.write_all(&hello_of(minor, signatures)).await.unwrap();
        let mut answer = Vec::new();
        drop(soon(old.read_to_end(&mut answer)).await);
        // An alert, fatal, and nothing else: protocol_version, or handshake_failure.
        let reason = if signatures { 70 } else { 40 };
        assert_eq!(answer.first(), Some(&21), "3.{minor}: {answer:?}");
        let alert = Some(&[2, reason][..]);
        assert_eq!(answer.get(5..), alert, "3.{minor}: {answer:?}");
    }
    // The same hello with a version that is spoken is not refused for that.
    let mut newer = server.connect().await;
    newer.write_all(&hello_of(3, true)).await.unwrap();
    let mut answer = [0; 7];
    soon(newer.read_exact(&mut answer)).await.unwrap();
    assert_ne!((answer[0], answer[6]), (21, 70), "{answer:?}");
}

#[tokio::test]
async fn tls_1_2_and_1_3_are_spoken() {
    let tls = tls_config(&data("localhost.cert.pem"), &data("localhost.key.pem")).unwrap();
    let server = start_with(limits(), Some(tls)).await;
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let socket = tls_with(server.address, &[version], &["localhost.cert.pem"]).await;
        let socket = socket.unwrap();
        assert_eq!(socket.get_ref().1.protocol_version(), Some(version.version));
    }
}

/// A handshake with these versions, trusting these certificates.
pub(crate) async fn tls_with(
    server: SocketAddr,
    versions: &[&'static rustls::SupportedProtocolVersion],
    trusted: &[&str],
) -> std::io::Result<tokio_rustls::client::TlsStream<TcpStream>> {
    let mut roots = rustls::RootCertStore::empty();
    for name in trusted {
        roots
            .add(CertificateDer::from_pem_file(data(name)).unwrap())
            .unwrap();
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let client = tokio_rustls::TlsConnector::from(Arc::new(config));
    let name = ServerName::try_from("localhost").unwrap();
    let socket = TcpStream::connect(server).await?;
    soon(client.connect(name, socket)).await
}

/// Files that are renewed, a server that serves them, and its clock.
struct Renewed {
    folder: tempfile::TempDir,
    certificates: Arc<Certificates>,
    server: Server,
}

impl Renewed {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (file, name) in [("cert", "localhost.cert.pem"), ("key", "localhost.key.pem")] {
            std::fs::copy(data(name), folder.path().join(file)).unwrap();
        }
        let path = |file: &str| folder.path().join(file);
        let certificates = Certificates::open(&path("cert"), &path("key")).unwrap();
        let tls = certificates.config().unwrap();
        let server = start_with(limits(), Some(tls)).await;
        Self {
            folder,
            certificates,
            server,
        }
    }

    fn put(&self, file: &str, name: &str) {
        std::fs::copy(data(name), self.folder.path().join(file)).unwrap();
    }

    async fn shown(&self) -> &'static str {
        shown(self.server.address).await
    }
}

/// Which certificate a client is shown.
pub(crate) async fn shown(server: SocketAddr) -> &'static str {
    let both = ["localhost.cert.pem", "other.cert.pem"];
    let versions = [&rustls::version::TLS13];
    let socket = tls_with(server, &versions, &both).await.unwrap();
    let shown = socket.get_ref().1.peer_certificates().unwrap()[0].clone();
    let of = |name: &&&str| CertificateDer::from_pem_file(data(name)).unwrap() == shown;
    both.iter().find(of).unwrap()
}

#[tokio::test]
async fn a_renewed_certificate_is_served_without_a_new_start() {
    let renewed = Renewed::new().await;
    let clock = Arc::new(ManualClock::new());
    let shutdown = CancellationToken::new();
    let follow = Arc::clone(&renewed.certificates).follow(clock.clone(), shutdown.clone());
    let following = tokio::spawn(follow);
    assert_eq!(renewed.shown().await, "localhost.cert.pem");
    // A connection that is open lives on.
    let mut open = tls_connect(&renewed.server, &["http/1.1"]).await;
    renewed.put("cert", "other.cert.pem");
    renewed.put("key", "other.key.pem");
    assert_eq!(
        renewed.shown().await,
        "localhost.cert.pem",
        "nobody has looked yet"
    );
    let renews = async {
        while renewed.shown().await != "other.cert.pem" {
            clock.advance(TimeDelta::seconds(30));
        }
    };
    soon(renews).await;
    open.write_all(HELLO.as_bytes()).await.unwrap();
    assert!(one(&mut open).await.ends_with("https"));
    // Whoever asks need not wait for the clock.
    renewed.put("cert", "localhost.cert.pem");
    renewed.put("key", "localhost.key.pem");
    renewed.certificates.ask();
    soon(async { while renewed.shown().await != "localhost.cert.pem" {} }).await;
    shutdown.cancel();
    soon(following).await.unwrap();
}

#[tokio::test]
async fn a_pair_that_cannot_be_used_is_told_once_and_the_old_one_stays() {
    let renewed = Renewed::new().await;
    let look = || renewed.certificates.look();
    assert!(!look().unwrap(), "nothing has changed");
    // Half of a renewal.
    renewed.put("cert", "other.cert.pem");
    assert!(matches!(look(), Err(TlsError::Mismatch { .. })));
    assert!(!look().unwrap(), "it was told");
    assert_eq!(renewed.shown().await, "localhost.cert.pem");
    std::fs::write(renewed.folder.path().join("key"), "-----BEGIN").unwrap();
    assert!(matches!(look(), Err(TlsError::Nothing { .. })));
    std::fs::remove_file(renewed.folder.path().join("key")).unwrap();
    assert!(matches!(look(), Err(TlsError::Read { .. })));
    assert!(!look().unwrap(), "it was told");
    assert_eq!(renewed.shown().await, "localhost.cert.pem");
    // The other half.
    renewed.put("key", "other.key.pem");
    assert!(look().unwrap());
    assert_eq!(renewed.shown().await, "other.cert.pem");
    let shown = format!("{:?}", renewed.certificates);
    assert!(
        !shown.contains("PRIVATE") && !shown.contains('['),
        "{shown}"
    );
}
