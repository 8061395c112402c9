//! One connection: TLS, HTTP/1.1 or HTTP/2, and its end.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::rt::Executor;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use poem::Endpoint;
use poem::web::{LocalAddr, RemoteAddr};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::answer::{Origin, answer};
use super::felt::Felt;
use super::pulse::{Look, Pulse};
use super::serve::AcceptLimits;

/// The largest request head of HTTP/1.1, and what a connection buffers each way.
const BUFFER: usize = 128 << 10;
/// The largest request head of HTTP/2.
const H2_HEAD: u32 = 32 << 10;
/// Requests of one HTTP/2 connection at the same time.
const H2_STREAMS: u32 = 64;
/// Streams a client may open and reset before we looked at them ("rapid reset").
const H2_RESETS: usize = 20;
/// How often an open HTTP/2 connection is asked whether it still lives.
const H2_PING: Duration = Duration::from_secs(30);
/// How long a connection that was told to end may take to do so.
const LINGER: Duration = Duration::from_secs(1);
/// How long a body that does not come, or an answer that is not read, holds the end of the server.
const LAST_WAIT: Duration = Duration::from_secs(5);

/// What all connections of a server share.
pub(super) struct Shared<E> {
    pub(super) endpoint: E,
    pub(super) tls: Option<TlsAcceptor>,
    pub(super) limits: AcceptLimits,
    pub(super) tasks: Tasks,
    /// Answers in flight may end, nothing new begins.
    pub(super) shutdown: CancellationToken,
}

/// Runs what belongs to connections, until it is cut.
#[derive(Debug, Clone)]
pub(super) struct Tasks {
    pub(super) running: TaskTracker,
    /// Ends everything at once.
    pub(super) cut: CancellationToken,
}

impl<F: Future<Output: Send + 'static> + Send + 'static> Executor<F> for Tasks {
    fn execute(&self, future: F) {
        let cut = self.cut.clone();
        self.running.spawn(cut.run_until_cancelled_owned(future));
    }
}

impl<E: Endpoint + 'static> Shared<E> {
    /// The pulse of a connection that begins now.
    pub(super) fn pulse(&self) -> Arc<Pulse> {
        Pulse::new(self.limits.header_timeout, self.limits.stall)
    }

    /// Serves a connection to its end.
    pub(super) async fn serve(
        self: Arc<Self>,
        socket: TcpStream,
        remote: SocketAddr,
        pulse: Arc<Pulse>,
    ) {
        // Answers are small or written in big pieces: waiting to fill a packet only costs time.
        if let Err(error) = socket.set_nodelay(true) {
            tracing::debug!(%error, "no TCP_NODELAY");
        }
        let Ok(local) = socket.local_addr() else {
            return;
        };
        let tls = self.tls.clone();
        let origin = Origin {
            local: LocalAddr(local.into()),
            remote: RemoteAddr(remote.into()),
            scheme: match tls {
                Some(_) => http::uri::Scheme::HTTPS,
                None => http::uri::Scheme::HTTP,
            },
        };
        let socket = Felt::new(socket, Arc::clone(&pulse));
        // In boxes: else a plain connection held room for one with TLS, and each future around them,
        // which is moved as it is begun, held room for them twice.
        let Some(tls) = tls else {
            return Box::pin(self.talk(socket, origin, pulse)).await;
        };
        let handshake = tokio::time::timeout(self.limits.header_timeout, tls.accept(socket));
        match self.shutdown.run_until_cancelled(handshake).await {
            Some(Ok(Ok(socket))) => Box::pin(self.talk(socket, origin, pulse)).await,
            Some(Ok(Err(error))) => tracing::debug!(%error, %remote, "no TLS handshake"),
            Some(Err(_)) => tracing::debug!(%remote, "no TLS handshake in time"),
            None => {}
        }
    }

    /// HTTP over a socket. Each end has one place here: the client's, ours, a deadline.
    async fn talk<S>(self: Arc<Self>, socket: S, origin: Origin, pulse: Arc<Pulse>)
    where
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
    {
        let (shared, felt) = (Arc::clone(&self), Arc::clone(&pulse));
        let service = service_fn(move |request| {
            let (shared, origin, busy) = (Arc::clone(&shared), origin.clone(), felt.begin());
            async move { answer(&shared.endpoint, request, origin, &shared.limits, busy).await }
        });
        let builder = builder(self.tasks.clone());
        let mut connection = pin!(builder.serve_connection(TokioIo::new(socket), service));
        let mut watch = pin!(sleep_until(Instant::now()));
        let mut ending = false;
        loop {
            tokio::select! {
                ended = connection.as_mut() => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, "a connection broke");
                    }
                    return;
                }
                () = self.shutdown.cancelled(), if !ending => {
                    ending = true;
                    connection.as_mut().graceful_shutdown();
                    // hyper waits for a head that has begun; the process does not.
                    watch.as_mut().reset(pulse.hurry(LINGER, LAST_WAIT));
                }
                () = watch.as_mut() => match pulse.look() {
                    Look::Again(at) => watch.as_mut().reset(at),
                    Look::Idle if !ending => {
                        ending = true;
                        connection.as_mut().graceful_shutdown();
                        watch.as_mut().reset(Instant::now() + LINGER);
                    }
                    Look::Idle | Look::Stalled => return,
                }
            }
        }
    }
}

fn builder(tasks: Tasks) -> auto::Builder<Tasks> {
    let mut builder = auto::Builder::new(tasks);
    builder
        .http1()
        .timer(TokioTimer::new())
        // The pulse sees to it, and better.
        .header_read_timeout(None)
        .max_buf_size(BUFFER);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(H2_HEAD)
        .max_concurrent_streams(H2_STREAMS)
        .max_pending_accept_reset_streams(H2_RESETS)
        .keep_alive_interval(H2_PING);
    builder
}
