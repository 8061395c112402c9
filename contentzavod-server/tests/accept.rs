//! Connections as clients meet them, on real sockets: who may stay, who is sent away, and how.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use contentzavod_server::accept::body::BodyLimits;
use contentzavod_server::accept::{AcceptLimits, TlsError, serve, tls_config};
use contentzavod_server::api::Refused;
use contentzavod_server::middleware::{Problems, RequestIds};
use futures::StreamExt;
use poem::web::{Data, RemoteAddr};
use poem::{Body, Endpoint, EndpointExt, Request, Route, get, handler, post};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Longer than anything here takes, shorter than a person waits.
const PATIENCE: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(200);

fn limits() -> AcceptLimits {
    AcceptLimits {
        header_timeout: PATIENCE * 3,
        body: BodyLimits {
            max_bytes: 1000,
            idle: SHORT,
            min_progress: 100,
        },
        drain_time: PATIENCE,
        ..AcceptLimits::default()
    }
}

/// Handlers that wait, and are waited for.
#[derive(Debug, Default)]
struct Gate {
    reached: Notify,
    open: Notify,
}

#[handler]
fn hello(request: &Request, remote: &RemoteAddr) -> String {
    assert!(remote.as_socket_addr().is_some());
    format!("hello by {:?}, {}", request.version(), request.scheme())
}

#[handler]
async fn waits(gate: Data<&Arc<Gate>>) -> &'static str {
    gate.reached.notify_one();
    gate.open.notified().await;
    "waited"
}

#[handler]
async fn takes(request: &Request, body: Body) -> poem::Result<String> {
    let declared = request
        .header("content-length")
        .unwrap_or("none")
        .to_owned();
    let bytes = body.into_bytes().await?;
    Ok(format!("{} of {declared}", bytes.len()))
}

#[handler]
fn refuses() -> Refused {
    Refused::unauthorized()
}

#[handler]
fn panics() -> &'static str {
    panic!("the secret cause")
}

/// An answer larger than every buffer on its way.
#[handler]
fn big() -> Body {
    let piece = vec![b'x'; 64 << 10];
    let pieces =
        futures::stream::iter(0..1024).map(move |_| Ok::<_, std::io::Error>(piece.clone()));
    Body::from_bytes_stream(pieces)
}

fn routes(gate: Arc<Gate>) -> impl Endpoint + 'static {
    Route::new()
        .at("/hello", get(hello))
        .at("/waits", get(waits))
        .at("/takes", post(takes))
        .at("/refuses", post(refuses))
        .at("/panics", get(panics))
        .at("/big", get(big))
        .data(gate)
        .with(Problems)
        .with(RequestIds)
}

/// A server on a free port.
struct Server {
    address: SocketAddr,
    gate: Arc<Gate>,
    shutdown: CancellationToken,
    running: JoinHandle<std::io::Result<()>>,
}

async fn start(limits: AcceptLimits) -> Server {
    start_with(limits, None).await
}

async fn start_with(limits: AcceptLimits, tls: Option<Arc<rustls::ServerConfig>>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let gate = Arc::new(Gate::default());
    let shutdown = CancellationToken::new();
    let endpoint = routes(Arc::clone(&gate));
    let running = tokio::spawn(serve(listener, tls, endpoint, limits, shutdown.clone()));
    Server {
        address,
        gate,
        shutdown,
        running,
    }
}

impl Server {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends a request on a connection of its own and reads its answer.
    async fn ask(&self, request: &str) -> String {
        let mut socket = self.connect().await;
        socket.write_all(request.as_bytes()).await.unwrap();
        one(&mut socket).await
    }

    async fn is_served(&self) {
        let answer = self.ask(HELLO).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

const HELLO: &str = "GET /hello HTTP/1.1\r\nhost: x\r\n\r\n";

/// Waits, but not for ever.
async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, what).await.expect("in time")
}

/// Reads one answer with a declared length.
async fn one(socket: &mut (impl AsyncRead + Unpin)) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.split("content-length: ").nth(1).unwrap_or("0");
            let length: usize = length.lines().next().unwrap_or_default().parse().unwrap();
            if body.len() >= length {
                return String::from_utf8(bytes).unwrap();
            }
        }
        let read = soon(socket.read_buf(&mut bytes)).await.unwrap();
        assert!(read > 0, "the connection ended in {text:?}");
    }
}

/// Waits until the server has closed; nothing may come before.
async fn is_closed(socket: &mut (impl AsyncRead + Unpin)) {
    let mut bytes = Vec::new();
    // A reset closes as well as an end.
    drop(soon(socket.read_to_end(&mut bytes)).await);
    assert_eq!(String::from_utf8_lossy(&bytes), "");
}

#[tokio::test]
async fn a_connection_serves_many_requests() {
    let server = start(limits()).await;
    let mut socket = server.connect().await;
    for _ in 0..3 {
        socket.write_all(HELLO.as_bytes()).await.unwrap();
        let answer = one(&mut socket).await;
        assert!(answer.ends_with("hello by HTTP/1.1, http"), "{answer}");
    }
    socket.write_all(POST_10.as_bytes()).await.unwrap();
    let answer = one(&mut socket).await;
    assert!(answer.ends_with("10 of 10"), "{answer}");
}

const POST_10: &str = "POST /takes HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n0123456789";

#[tokio::test]
async fn a_socket_that_says_nothing_is_closed() {
    let server = start(AcceptLimits {
        header_timeout: SHORT,
        ..limits()
    })
    .await;
    let silent = &mut server.connect().await;
    let start = Instant::now();
    is_closed(silent).await;
    assert!(start.elapsed() >= SHORT / 2, "closed at once");

    let after_an_answer = &mut server.connect().await;
    after_an_answer.write_all(HELLO.as_bytes()).await.unwrap();
    one(after_an_answer).await;
    is_closed(after_an_answer).await;

    for said in ["GET / HT", "PRI * HTTP/2.0\r\n", H2_HELLO] {
        let socket = &mut server.connect().await;
        socket.write_all(said.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        drop(soon(socket.read_to_end(&mut bytes)).await);
    }
    server.is_served().await;
}

/// The preface and empty settings.
const H2_HELLO: &str = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

#[tokio::test]
async fn a_head_that_drips_is_closed() {
    let server = start(AcceptLimits {
        header_timeout: SHORT,
        ..limits()
    })
    .await;
    for used in [false, true] {
        let mut socket = server.connect().await;
        if used {
            socket.write_all(HELLO.as_bytes()).await.unwrap();
            one(&mut socket).await;
        }
        let (mut read, mut write) = socket.into_split();
        let drip = async {
            let line = "GET / HTTP/1.1\r\nhost: x\r\n".bytes();
            for byte in line.chain(std::iter::repeat(b'a')) {
                if write.write_all(&[byte]).await.is_err() {
                    break;
                }
                tokio::time::sleep(SHORT / 10).await;
            }
        };
        tokio::select! {
            () = is_closed(&mut read) => {}
            () = drip => {}
        }
    }
}

#[tokio::test]
async fn a_busy_connection_is_not_idle() {
    let server = start(AcceptLimits {
        header_timeout: SHORT,
        ..limits()
    })
    .await;
    let mut socket = server.connect().await;
    let request = HELLO.replace("/hello", "/waits");
    socket.write_all(request.as_bytes()).await.unwrap();
    soon(server.gate.reached.notified()).await;
    tokio::time::sleep(SHORT * 4).await;
    server.gate.open.notify_one();
    let answer = one(&mut socket).await;
    assert!(answer.ends_with("waited"), "{answer}");
}

#[tokio::test]
async fn a_client_that_does_not_read_is_cut_and_one_that_reads_late_is_not() {
    let server = start(AcceptLimits {
        header_timeout: SHORT,
        stall: SHORT * 5,
        ..limits()
    })
    .await;
    let request = HELLO.replace("/hello", "/big");
    let get = async |pause| {
        let mut socket = server.connect().await;
        socket.write_all(request.as_bytes()).await.unwrap();
        tokio::time::sleep(pause).await;
        let mut bytes = Vec::new();
        let end = soon(socket.read_to_end(&mut bytes)).await;
        end.is_ok() && bytes.ends_with(b"\r\n0\r\n\r\n")
    };
    assert!(get(SHORT * 2).await, "longer than a head may take");
    assert!(!get(SHORT * 20).await, "longer than the stall");
}

#[tokio::test]
async fn a_declared_body_is_refused_while_the_client_still_sends() {
    let server = start(limits()).await;
    let (mut read, mut write) = server.connect().await.into_split();
    let sent = 8 << 20;
    let head = format!("POST /takes HTTP/1.1\r\nhost: x\r\ncontent-length: {sent}\r\n\r\n");
    write.write_all(head.as_bytes()).await.unwrap();
    // Not a byte of the body is needed.
    let answer = one(&mut read).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains("body.too_large"), "{answer}");
    assert!(answer.contains("1000 bytes"), "the limit: {answer}");
    // And a client that first sends all of it is heard out.
    soon(write.write_all(&vec![0; sent])).await.unwrap();
    write.write_all(HELLO.as_bytes()).await.unwrap();
    assert!(one(&mut read).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_body_without_a_length_ends_at_the_limit() {
    let server = start(limits()).await;
    let mut socket = server.connect().await;
    let head = "POST /takes HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
    socket.write_all(head.as_bytes()).await.unwrap();
    for _ in 0..11 {
        let chunk = format!("64\r\n{}\r\n", "x".repeat(100));
        socket.write_all(chunk.as_bytes()).await.unwrap();
    }
    let answer = one(&mut socket).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[tokio::test]
async fn an_early_answer_is_read_by_a_client_that_sends_on() {
    let server = start(limits()).await;
    let mut socket = server.connect().await;
    let sent = 4 << 20;
    let head = format!("POST /refuses HTTP/1.1\r\nhost: x\r\ncontent-length: {sent}\r\n\r\n");
    socket.write_all(head.as_bytes()).await.unwrap();
    soon(socket.write_all(&vec![0; sent])).await.unwrap();
    let answer = one(&mut socket).await;
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    socket.write_all(HELLO.as_bytes()).await.unwrap();
    assert!(one(&mut socket).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn draining_has_an_end_that_is_announced() {
    let server = start(AcceptLimits {
        drain_bytes: 10_000,
        drain_time: SHORT,
        ..limits()
    })
    .await;
    let mut socket = server.connect().await;
    let head = "POST /refuses HTTP/1.1\r\nhost: x\r\ncontent-length: 20000\r\n\r\n";
    socket.write_all(head.as_bytes()).await.unwrap();
    let answer = one(&mut socket).await.to_lowercase();
    assert!(answer.contains("connection: close"), "{answer}");
    is_closed(&mut socket).await;
}

#[tokio::test]
async fn a_client_that_asks_before_it_sends_is_not_told_to_continue() {
    let server = start(limits()).await;
    let ask = async |path: &str, length: usize| {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: {length}\r\n\r\n"
        );
        let mut socket = server.connect().await;
        socket.write_all(request.as_bytes()).await.unwrap();
        (one(&mut socket).await, socket)
    };
    for (path, status) in [("/refuses", 401), ("/takes", 413)] {
        let (answer, mut socket) = ask(path, 8 << 20).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
        is_closed(&mut socket).await;
    }
    let (answer, mut socket) = ask("/takes", 10).await;
    assert!(answer.starts_with("HTTP/1.1 100"), "{answer}");
    socket.write_all(b"0123456789").await.unwrap();
    assert!(one(&mut socket).await.ends_with("10 of 10"));
}

#[tokio::test]
async fn a_slow_body_is_answered_408() {
    let server = start(AcceptLimits {
        drain_time: SHORT,
        ..limits()
    })
    .await;
    let mut socket = server.connect().await;
    let head = "POST /takes HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\nsome";
    socket.write_all(head.as_bytes()).await.unwrap();
    let answer = one(&mut socket).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert!(answer.contains("body.too_slow"), "{answer}");
    is_closed(&mut socket).await;
}

#[tokio::test]
async fn one_connection_more_than_the_cap_waits_its_turn() {
    let server = start(AcceptLimits {
        max_connections: 2,
        ..limits()
    })
    .await;
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut socket = server.connect().await;
        socket.write_all(HELLO.as_bytes()).await.unwrap();
        one(&mut socket).await;
        held.push(socket);
    }
    let mut third = server.connect().await;
    third.write_all(HELLO.as_bytes()).await.unwrap();
    let early = tokio::time::timeout(SHORT, third.read_u8()).await;
    assert!(early.is_err(), "served above the cap");
    held.pop();
    assert!(one(&mut third).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_shutdown_lets_an_answer_in_flight_end_and_refuses_new_connections() {
    let server = start(limits()).await;
    let mut idle = server.connect().await;
    idle.write_all(HELLO.as_bytes()).await.unwrap();
    one(&mut idle).await;
    let mut busy = server.connect().await;
    let request = HELLO.replace("/hello", "/waits");
    busy.write_all(request.as_bytes()).await.unwrap();
    soon(server.gate.reached.notified()).await;

    server.shutdown.cancel();
    is_closed(&mut idle).await;
    assert!(TcpStream::connect(server.address).await.is_err());
    assert!(!server.running.is_finished());
    server.gate.open.notify_one();
    let answer = one(&mut busy).await;
    assert!(answer.ends_with("waited"), "{answer}");
    is_closed(&mut busy).await;
    soon(server.running).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_shutdown_does_not_wait_for_requests_that_have_not_come() {
    let server = start(limits()).await;
    let mut kept = server.connect().await;
    kept.write_all(b"GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        .await
        .unwrap();
    one(&mut kept).await;
    let mut begun = server.connect().await;
    begun.write_all(b"GET /hello HT").await.unwrap();
    let mut next = server.connect().await;
    next.write_all(b"GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
        .await
        .unwrap();
    one(&mut next).await;
    next.write_all(b"GET /hello HT").await.unwrap();
    let silent = server.connect().await;
    server.is_served().await;

    let start = Instant::now();
    server.shutdown.cancel();
    soon(server.running).await.unwrap().unwrap();
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
    drop((kept, begun, next, silent));
}

#[tokio::test]
async fn a_shutdown_does_not_wait_longer_than_its_grace() {
    let server = start(AcceptLimits {
        grace: SHORT,
        ..limits()
    })
    .await;
    let mut busy = server.connect().await;
    let request = HELLO.replace("/hello", "/waits");
    busy.write_all(request.as_bytes()).await.unwrap();
    soon(server.gate.reached.notified()).await;
    server.shutdown.cancel();
    is_closed(&mut busy).await;
    soon(server.running).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_panic_is_a_500_problem_and_the_connection_lives_on() {
    let server = start(limits()).await;
    let mut socket = server.connect().await;
    let request = HELLO.replace("/hello", "/panics");
    socket.write_all(request.as_bytes()).await.unwrap();
    let answer = one(&mut socket).await;
    assert!(answer.starts_with("HTTP/1.1 500"), "{answer}");
    assert!(answer.contains("application/problem+json"), "{answer}");
    assert!(answer.contains("\"internal\""), "{answer}");
    assert!(!answer.contains("secret"), "{answer}");
    socket.write_all(HELLO.as_bytes()).await.unwrap();
    assert!(one(&mut socket).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_head_without_measure_is_refused() {
    let server = start(limits()).await;
    let (mut read, mut write) = server.connect().await.into_split();
    let long = format!("GET /hello?{} HTTP/1.1\r\n", "x".repeat(60_000));
    let sending = async {
        let mut sent = write.write_all(long.as_bytes()).await;
        while sent.is_ok() {
            sent = write
                .write_all(format!("a: {}\r\n", "x".repeat(1000)).as_bytes())
                .await;
        }
    };
    let (answer, ()) = tokio::join!(one(&mut read), soon(sending));
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    server.is_served().await;
}

#[tokio::test]
async fn http2_is_served_without_tls() {
    let server = start(limits()).await;
    let socket = hyper_util::rt::TokioIo::new(server.connect().await);
    let answer = h2_get(socket, format!("http://{}/hello", server.address)).await;
    assert_eq!(answer, "hello by HTTP/2.0, http");
}

/// One request over HTTP/2.
async fn h2_get<S>(socket: S, uri: String) -> String
where
    S: hyper::rt::Read + hyper::rt::Write + Send + Unpin + 'static,
{
    use http_body_util::{BodyExt, Empty};
    let tasks = hyper_util::rt::TokioExecutor::new();
    let (mut client, connection) = hyper::client::conn::http2::handshake(tasks, socket)
        .await
        .unwrap();
    tokio::spawn(connection);
    let request = http::Request::get(uri).body(Empty::<bytes::Bytes>::new());
    let answer = soon(client.send_request(request.unwrap())).await.unwrap();
    let body = soon(answer.into_body().collect()).await.unwrap();
    String::from_utf8(body.to_bytes().to_vec()).unwrap()
}

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
