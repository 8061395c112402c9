//! The server: connections, bodies, answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::Request;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::answer::Answer;
use super::routes::{self, Lost};
use super::state::State;

/// Bytes of a request's body at most.
const BODY_MAX: usize = 1024 * 1024;
/// How long a request may take to come in: its head, and then its body.
const IN_WITHIN: Duration = Duration::from_secs(30);
/// How long calls under way may go on when the sandbox stops.
const OUT_WITHIN: Duration = Duration::from_secs(2);

static TRACE: AtomicU64 = AtomicU64::new(1);

/// Takes connections until it is told to stop. Calls under way are answered; those that take too
/// long are cut.
pub(super) async fn serve(
    listener: TcpListener,
    state: Arc<State>,
    mut stopped: watch::Receiver<bool>,
) {
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            // Also when the sandbox was dropped.
            _ = stopped.changed() => break,
            accepted = listener.accept() => match accepted {
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
    }
    drop(listener);
    let _ = timeout(OUT_WITHIN, graceful.shutdown()).await;
    connections.shutdown().await;
    state.close().await;
}

async fn connection(stream: TcpStream, state: Arc<State>, watcher: Watcher) {
    // Answers are small: waiting for more would only cost time.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| respond(Arc::clone(&state), request));
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
    request: Request<Incoming>,
) -> Result<http::Response<Full<Bytes>>, Lost> {
    let (parts, body) = request.into_parts();
    let body = timeout(IN_WITHIN, Limited::new(body, BODY_MAX).collect());
    let answer = match body.await {
        Ok(Ok(body)) => routes::answer(&state, &parts, &body.to_bytes()).await?,
        Ok(Err(_)) => {
            let message = "Please reduce the amount of data you're asking for";
            Answer::error(413, 1, 0, message)
        }
        Err(_) => return Err(Lost),
    };
    let trace = TRACE.fetch_add(1, Ordering::Relaxed);
    Ok(answer.into_response(state.now(), trace))
}
