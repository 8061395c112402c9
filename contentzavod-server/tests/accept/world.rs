//! A server on a free port, handlers that wait, and a client that reads what comes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use contentzavod_server::accept::body::BodyLimits;
use contentzavod_server::accept::{AcceptLimits, serve};
use contentzavod_server::api::Refused;
use contentzavod_server::middleware::{Problems, RequestIds};
use futures::StreamExt;
use poem::web::{Data, RemoteAddr};
use poem::{Body, Endpoint, EndpointExt, Request, Route, get, handler, post};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Longer than anything here takes, shorter than a person waits.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
pub(crate) const SHORT: Duration = Duration::from_millis(200);

pub(crate) fn limits() -> AcceptLimits {
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
pub(crate) struct Gate {
    pub(crate) reached: Notify,
    pub(crate) open: Notify,
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

pub(crate) fn routes(gate: Arc<Gate>) -> impl Endpoint + 'static {
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
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) gate: Arc<Gate>,
    pub(crate) shutdown: CancellationToken,
    pub(crate) running: JoinHandle<std::io::Result<()>>,
}

pub(crate) async fn start(limits: AcceptLimits) -> Server {
    start_with(limits, None).await
}

pub(crate) async fn start_with(
    limits: AcceptLimits,
    tls: Option<Arc<rustls::ServerConfig>>,
) -> Server {
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
    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends a request on a connection of its own and reads its answer.
    pub(crate) async fn ask(&self, request: &str) -> String {
        let mut socket = self.connect().await;
        socket.write_all(request.as_bytes()).await.unwrap();
        one(&mut socket).await
    }

    pub(crate) async fn is_served(&self) {
        let answer = self.ask(HELLO).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

pub(crate) const HELLO: &str = "GET /hello HTTP/1.1\r\nhost: x\r\n\r\n";

/// Waits, but not for ever.
pub(crate) async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(PATIENCE, what).await.expect("in time")
}

/// Reads one answer with a declared length.
pub(crate) async fn one(socket: &mut (impl AsyncRead + Unpin)) -> String {
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
pub(crate) async fn is_closed(socket: &mut (impl AsyncRead + Unpin)) {
    let mut bytes = Vec::new();
    // A reset closes as well as an end.
    drop(soon(socket.read_to_end(&mut bytes)).await);
    assert_eq!(String::from_utf8_lossy(&bytes), "");
}

/// One request over HTTP/2.
pub(crate) async fn h2_get<S>(socket: S, uri: String) -> String
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
