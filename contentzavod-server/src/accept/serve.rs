//! The accept loop: sockets in, hyper in front of a poem endpoint, a graceful end.
//!
//! poem's own server reads without a deadline; this one ends what only holds a connection open.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use poem::{Endpoint, Middleware};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::body::BodyLimits;
use super::connection::{Shared, Tasks};
use super::seats::Seats;
use crate::middleware::Panics;

/// The first pause after a failed accept; it doubles up to [`PAUSE_MAX`].
const PAUSE: Duration = Duration::from_millis(20);
const PAUSE_MAX: Duration = Duration::from_secs(1);

/// Limits of connections and bodies.
#[derive(Debug, Clone)]
pub struct AcceptLimits {
    /// Connections at the same time. One more takes the place of that which has waited longest for
    /// its client (for a request, for more of a body, for an answer to be read), if it has for a
    /// second; where all are worked on, it waits.
    pub max_connections: usize,
    /// The time for a TLS handshake, and then for a whole request head, also between two requests.
    pub header_timeout: Duration,
    /// How long a client may take no byte of an answer that waits to be sent.
    pub stall: Duration,
    /// Limits of every request's body.
    pub body: BodyLimits,
    /// How much of an unread body is read away, so that a client that still sends reads the answer.
    pub drain_bytes: u64,
    /// How long that goes on.
    pub drain_time: Duration,
    /// How long answers in flight may take to end after a shutdown began.
    pub grace: Duration,
}

impl Default for AcceptLimits {
    /// 1024 connections, 10 s for a head, 30 s without a byte taken; bodies up to 1 GiB that bring
    /// 32 KiB in 30 s; 64 MiB and 5 s of draining; 30 s of grace.
    fn default() -> Self {
        Self {
            max_connections: 1024,
            header_timeout: Duration::from_secs(10),
            stall: Duration::from_secs(30),
            body: BodyLimits {
                max_bytes: 1 << 30,
                idle: Duration::from_secs(30),
                min_progress: 32 << 10,
            },
            drain_bytes: 64 << 20,
            drain_time: Duration::from_secs(5),
            grace: Duration::from_secs(30),
        }
    }
}

/// Serves until `shutdown`; then stops accepting, lets answers in flight end (at most `grace`), returns.
///
/// Dropping the future cuts all connections.
///
/// # Errors
///
/// Only when the listener is not one: failures to accept are waited out.
pub async fn serve<E: Endpoint + 'static>(
    listener: TcpListener,
    tls: Option<Arc<rustls::ServerConfig>>,
    endpoint: E,
    limits: AcceptLimits,
    shutdown: CancellationToken,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    let grace = limits.grace;
    let tasks = Tasks {
        running: TaskTracker::new(),
        cut: CancellationToken::new(),
    };
    let _cut_on_drop = tasks.cut.clone().drop_guard();
    let shared = Arc::new(Shared {
        endpoint: Panics.transform(endpoint),
        tls: tls.map(TlsAcceptor::from),
        limits,
        tasks: tasks.clone(),
        shutdown: shutdown.clone(),
    });
    tracing::info!(%address, "listening");
    shutdown
        .run_until_cancelled(accept_all(&listener, &shared))
        .await;
    // From here on the operating system refuses new connections.
    drop(listener);
    tasks.running.close();
    if tokio::time::timeout(grace, tasks.running.wait())
        .await
        .is_err()
    {
        tracing::warn!(tasks = tasks.running.len(), "answers in flight are cut");
        tasks.cut.cancel();
        tasks.running.wait().await;
    }
    tracing::info!(%address, "no longer listening");
    Ok(())
}

/// Accepts connections, as many as there are seats, for ever.
async fn accept_all<E: Endpoint + 'static>(listener: &TcpListener, shared: &Arc<Shared<E>>) {
    let seats = Seats::new(shared.limits.max_connections);
    loop {
        let (socket, remote) = accept(listener).await;
        let pulse = shared.pulse();
        let seat = seats.take(&pulse).await;
        let connection = Box::pin(Arc::clone(shared).serve(socket, remote, pulse));
        hyper::rt::Executor::execute(&shared.tasks, async move {
            seat.until_asked_for(connection).await;
        });
    }
}

/// The next connection. A failure may concern one client only, or the process out of files for a
/// while: never a reason to stop.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    let mut pause = PAUSE;
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if of_one_client(&error) => tracing::debug!(%error, "a client left"),
            Err(error) => {
                tracing::warn!(%error, "no connection can be accepted");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(PAUSE_MAX);
            }
        }
    }
}

fn of_one_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}
