//! The server: connections, bodies, answers.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::Request;
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::answer::Answer;
use super::gate::{Order, Orders};
use super::routes::{self, Lost};
use super::spoil::Body;
use super::state::State;
use super::upload;

/// Bytes of a request's body at most.
const BODY_MAX: usize = 1024 * 1024;
/// How long a request may take to come in: its head, and then its body.
const IN_WITHIN: Duration = Duration::from_secs(30);
/// How long calls under way may go on when the sandbox stops.
const OUT_WITHIN: Duration = Duration::from_secs(2);

/// Connections that may wait to be taken.
const BACKLOG: u32 = 1024;

static TRACE: AtomicU64 = AtomicU64::new(1);

/// Takes connections until it is told to stop. Calls under way are answered; those that take too
/// long are cut.
pub(super) async fn serve(
    listener: TcpListener,
    state: Arc<State>,
    mut orders: Orders,
    mut stopped: watch::Receiver<bool>,
) {
    let mut graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut listening = Some(listener);
    while let Some(listener) = listening.take() {
        tokio::select! {
            // Orders first: what comes after them meets them.
            biased;
            // Also when the sandbox was dropped.
            _ = stopped.changed() => break,
            Some(order) = orders.recv() => {
                let kept = std::mem::replace(&mut graceful, GracefulShutdown::new());
                connections.spawn(kept.shutdown());
                listening = obeyed(listener, &state, order, &mut stopped).await;
                continue;
            }
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) if state.resets() => reset(&stream),
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, Arc::clone(&state), graceful.watcher()));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection was not taken");
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
        listening = Some(listener);
    }
    let _ = timeout(OUT_WITHIN, graceful.shutdown()).await;
    connections.shutdown().await;
    state.close().await;
}

/// Listens to nobody for as long as an order says; `None` when it was stopped meanwhile.
async fn obeyed(
    listener: TcpListener,
    state: &State,
    mut order: Order,
    stopped: &mut watch::Receiver<bool>,
) -> Option<TcpListener> {
    let socket = if order.shut.is_zero() {
        Ok(listener)
    } else {
        let address = listener.local_addr();
        // The system refuses what comes, as it does where nothing runs.
        drop(listener);
        Err(address.and_then(kept))
    };
    let _ = order.done.send(());
    let socket = match socket {
        Ok(listener) => return Some(listener),
        Err(Ok(socket)) => socket,
        Err(Err(error)) => {
            tracing::error!(%error, "the port is lost");
            return None;
        }
    };
    tokio::select! {
        _ = stopped.changed() => None,
        _ = order.opened.changed() => listen(socket),
        () = state.clock.sleep(order.shut) => listen(socket),
    }
}

/// The port is ours, and nobody listens.
fn kept(address: SocketAddr) -> std::io::Result<TcpSocket> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()
    } else {
        TcpSocket::new_v6()
    }?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

fn listen(socket: TcpSocket) -> Option<TcpListener> {
    let listener = socket.listen(BACKLOG);
    listener
        .inspect_err(|error| tracing::error!(%error, "the port is lost"))
        .ok()
}

/// Ends a connection so that the other side hears of it at once.
fn reset(stream: &TcpStream) {
    let _ = stream.set_zero_linger();
}

async fn connection(stream: TcpStream, state: Arc<State>, watcher: Watcher) {
    // Answers are small: waiting for more would only cost time.
    let _ = stream.set_nodelay(true);
    let age = state.gate.age();
    let service = service_fn(|request| respond(Arc::clone(&state), age, request));
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(IN_WITHIN)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        tracing::debug!(%error, "a connection of the sandbox ended");
    }
}

async fn respond(
    state: Arc<State>,
    age: u64,
    request: Request<Incoming>,
) -> Result<http::Response<Body>, Lost> {
    let (parts, body) = request.into_parts();
    // A connection of before: nobody is at its other end any more.
    if state.gate.age() != age && !parts.uri.path().starts_with("/__") {
        return Err(Lost);
    }
    let path: Vec<&str> = parts.uri.path().split('/').skip(1).collect();
    // Whatever stands before it: a stand-in's base may have a path.
    if let Some(at) = path.iter().position(|part| *part == upload::PATH)
        && parts.method == http::Method::POST
    {
        let answer = upload::answer(&state, &parts, &path[at..], body).await?;
        return Ok(sent(&state, answer));
    }
    let body = timeout(IN_WITHIN, Limited::new(body, BODY_MAX).collect());
    let answer = match body.await {
        Ok(Ok(body)) => routes::answer(&state, &parts, &body.to_bytes()).await?,
        Ok(Err(_)) => {
            let message = "Please reduce the amount of data you're asking for";
            Answer::error(413, 1, 0, message)
        }
        Err(_) => return Err(Lost),
    };
    Ok(sent(&state, answer))
}

fn sent(state: &State, answer: Answer) -> http::Response<Body> {
    let trace = TRACE.fetch_add(1, Ordering::Relaxed);
    answer.into_response(&state.clock, trace)
}
