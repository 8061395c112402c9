//! The server: connections, bodies, answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::Request;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::answer::Answer;
use super::routes::{self, Lost};
use super::state::State;

const BODY_MAX: usize = 1024 * 1024;
const HEADERS_WITHIN: Duration = Duration::from_secs(30);

static TRACE: AtomicU64 = AtomicU64::new(1);

/// Takes connections until it is told to stop; then all of them are cut.
pub(super) async fn serve(
    listener: TcpListener,
    state: Arc<State>,
    mut stopped: watch::Receiver<bool>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stopped.changed() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, Arc::clone(&state)));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection was not taken");
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
    connections.shutdown().await;
}

async fn connection(stream: TcpStream, state: Arc<State>) {
    // Answers are small: waiting for more would only cost time.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| respond(Arc::clone(&state), request));
    let served = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection of the sandbox ended");
    }
}

async fn respond(
    state: Arc<State>,
    request: Request<Incoming>,
) -> Result<http::Response<Full<Bytes>>, Lost> {
    let (parts, body) = request.into_parts();
    let answer = match Limited::new(body, BODY_MAX).collect().await {
        Ok(body) => routes::answer(&state, &parts, &body.to_bytes()).await?,
        Err(_) => Answer::error(
            413,
            1,
            0,
            "Please reduce the amount of data you're asking for",
        ),
    };
    let trace = TRACE.fetch_add(1, Ordering::Relaxed);
    Ok(answer.into_response(state.clock.now(), trace))
}
