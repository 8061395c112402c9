//! Connections.

use std::convert::Infallible;
use std::sync::Arc;

use http_body_util::{BodyExt as _, Limited};
use hyper::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::answer::{self, Answer};
use super::{State, routes};

const BODY_MAX: usize = 64 * 1024;

/// Takes connections until it is dropped; they end with it.
pub(crate) async fn serve(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else { continue };
                let state = Arc::clone(&state);
                connections.spawn(async move {
                    let service = service_fn(move |request| respond(Arc::clone(&state), request));
                    let connection = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), service);
                    if let Err(error) = connection.await {
                        tracing::debug!(%error, "a connection of the stand-in ended");
                    }
                });
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn respond(state: Arc<State>, request: Request<Incoming>) -> Result<Answer, Infallible> {
    let (parts, body) = request.into_parts();
    Ok(match Limited::new(body, BODY_MAX).collect().await {
        Ok(body) => routes::answer(&state, &parts, &body.to_bytes()),
        Err(_) => answer::with(413, "text/plain", "too much"),
    })
}
