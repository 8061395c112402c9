//! One request: its body under guard, its answer, and what is left of the body drained.

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderValue};
use http_body::{Body, Frame, SizeHint};
use http_body_util::combinators::BoxBody;
use hyper::body::Incoming;
use poem::web::{LocalAddr, RemoteAddr};
use poem::{Endpoint, Request};
use tokio::time::Instant;

use super::body::{self, GuardedBody, Leftover};
use super::pulse::Busy;
use super::serve::AcceptLimits;

/// A body as poem holds it.
type PoemBody = BoxBody<Bytes, io::Error>;

/// Where a request came in.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub(super) local: LocalAddr,
    pub(super) remote: RemoteAddr,
    pub(super) scheme: http::uri::Scheme,
}

/// Answers one request. `busy` lives until the answer is out and the rest of the body is drained.
pub(super) async fn answer<E: Endpoint>(
    endpoint: &E,
    request: hyper::Request<Incoming>,
    origin: Origin,
    limits: &AcceptLimits,
    busy: Arc<Busy>,
) -> Result<hyper::Response<Counted>, Infallible> {
    let left = Leftover::default();
    let promise = promised(request.headers());
    let old = request.version() < http::Version::HTTP_2;
    let request = (request, origin.local, origin.remote, origin.scheme);
    let request = guard(request.into(), limits, &left, &busy);

    let response = endpoint.get_response(request).await;
    let mut response = hyper::Response::from(response);

    let rest = left.lock().unwrap_or_else(PoisonError::into_inner).take();
    // A client that waits for our leave to send its body gets the answer instead: nothing to drain.
    if let Some(rest) = rest.filter(|rest| !rest.is_end_stream() && (rest.asked || !promise)) {
        if old && rest.size_hint().lower() > limits.drain_bytes {
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(header::CONNECTION, close);
        }
        let (bytes, time, busy) = (limits.drain_bytes, limits.drain_time, Arc::clone(&busy));
        // Beside the answer, which leaves now. It ends with its connection at the latest.
        tokio::spawn(async move {
            body::drain(rest, bytes, time).await;
            drop(busy);
        });
    }
    Ok(response.map(|body| Counted { body, _busy: busy }))
}

/// Whether the client sends its body only after a `100 Continue`.
fn promised(headers: &HeaderMap) -> bool {
    let expect = headers.get(header::EXPECT);
    expect.is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"100-continue"))
}

/// Puts the body under guard. Its declared length stays known, to poem and in the header.
fn guard(
    mut request: Request,
    limits: &AcceptLimits,
    left: &Leftover<Rest>,
    busy: &Arc<Busy>,
) -> Request {
    let inner = PoemBody::from(request.take_body());
    if inner.is_end_stream() {
        request.set_body(inner);
        return request;
    }
    let rest = Rest {
        inner,
        asked: false,
        busy: Arc::clone(busy),
        enough: limits.body.min_progress,
        progress: 0,
        waits: None,
    };
    let guarded = GuardedBody::new(rest, limits.body, Arc::clone(left));
    request.set_body(BoxBody::new(guarded));
    request
}

/// A body that knows whether anything was ever asked of it, and tells when it keeps us waiting.
#[derive(Debug)]
struct Rest {
    inner: PoemBody,
    asked: bool,
    busy: Arc<Busy>,
    /// So many bytes end a wait: fewer are a drip.
    enough: u64,
    /// Bytes since the wait began.
    progress: u64,
    waits: Option<Instant>,
}

impl Rest {
    /// Nothing came.
    fn wait(&mut self) {
        if self.waits.is_none() {
            self.progress = 0;
            self.waits = Some(Instant::now());
        }
        self.busy.waits(self.waits);
    }

    /// Something came, so now it is we who work.
    fn work(&mut self, bytes: u64) {
        self.progress += bytes;
        if self.progress >= self.enough {
            self.waits = None;
        }
        self.busy.waits(None);
    }
}

impl Body for Rest {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = &mut *self;
        this.asked = true;
        let frame = Pin::new(&mut this.inner).poll_frame(cx);
        match &frame {
            Poll::Pending => this.wait(),
            Poll::Ready(Some(Ok(frame))) => {
                this.work(frame.data_ref().map_or(0, Bytes::len) as u64);
            }
            Poll::Ready(_) => this.work(0),
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

/// The body of an answer; while it lives, its connection is busy.
#[derive(Debug)]
pub(super) struct Counted {
    body: PoemBody,
    _busy: Arc<Busy>,
}

impl Body for Counted {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
