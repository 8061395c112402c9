//! Request bodies under guard: a counting limit, a minimum progress, and a little draining.
//!
//! What breaks a limit arrives at the reader as an `io::Error` that holds a [`BodyFault`], so that
//! whoever reads (JSON payload, upload spool) ends, and the answer can say what happened.

use std::error::Error;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep};

/// A limit of ours that a body broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BodyFault {
    /// More bytes than this server takes at all.
    #[error("the body is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// Too few bytes in too much time.
    #[error("the body came too slowly")]
    TooSlow,
}

impl BodyFault {
    /// Finds a fault in an error or anything it wraps.
    #[must_use]
    pub fn find(error: &(dyn Error + 'static)) -> Option<Self> {
        let mut next = Some(error);
        while let Some(error) = next {
            if let Some(fault) = error.downcast_ref::<Self>() {
                return Some(*fault);
            }
            // The source of an `io::Error` is what its inner error wraps, not the inner error itself.
            next = match error
                .downcast_ref::<io::Error>()
                .and_then(io::Error::get_ref)
            {
                Some(inner) => Some(inner),
                None => error.source(),
            };
        }
        None
    }
}

impl From<BodyFault> for io::Error {
    fn from(fault: BodyFault) -> Self {
        Self::other(fault)
    }
}

/// The limits of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BodyLimits {
    /// Most bytes of any body.
    pub max_bytes: u64,
    /// The time in which `min_progress` bytes must come, counted while the reader waits for them.
    pub idle: Duration,
    /// See `idle`.
    pub min_progress: u64,
}

/// What is left of a body whose reader ended early, so that it can be drained.
pub type Leftover<B> = Arc<Mutex<Option<B>>>;

/// A body under guard.
#[derive(Debug)]
pub struct GuardedBody<B> {
    inner: Option<B>,
    left: Leftover<B>,
    limits: BodyLimits,
    seen: u64,
    /// Bytes since the window opened.
    progress: u64,
    /// The end of the window; none is open before the reader has waited.
    window: Option<Pin<Box<Sleep>>>,
}

impl<B: Body> GuardedBody<B> {
    /// Guards a body; an unread rest of it goes to `left` when the guard is dropped.
    pub fn new(inner: B, limits: BodyLimits, left: Leftover<B>) -> Self {
        Self {
            inner: Some(inner),
            left,
            limits,
            seen: 0,
            progress: 0,
            window: None,
        }
    }

    fn too_large(&self) -> io::Error {
        BodyFault::TooLarge {
            limit: self.limits.max_bytes,
        }
        .into()
    }

    /// Nothing came: too slow, once the window has run out.
    fn wait(&mut self, cx: &mut Context<'_>) -> Poll<io::Error> {
        let idle = self.limits.idle;
        let window = self.window.get_or_insert_with(|| {
            self.progress = 0;
            Box::pin(tokio::time::sleep_until(Instant::now() + idle))
        });
        ready!(window.as_mut().poll(cx));
        Poll::Ready(BodyFault::TooSlow.into())
    }

    /// Something came.
    fn count(&mut self, bytes: u64) -> io::Result<()> {
        self.seen += bytes;
        if self.seen > self.limits.max_bytes {
            return Err(self.too_large());
        }
        self.progress += bytes;
        if self.progress >= self.limits.min_progress {
            self.window = None;
        }
        Ok(())
    }
}

impl<B> Body for GuardedBody<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = &mut *self;
        let Some(inner) = this.inner.as_mut() else {
            return Poll::Ready(None);
        };
        // A declared length above the limit is refused before a byte is asked for.
        if inner.size_hint().lower() > this.limits.max_bytes - this.seen {
            return Poll::Ready(Some(Err(this.too_large())));
        }
        match Pin::new(inner).poll_frame(cx) {
            Poll::Pending => this.wait(cx).map(|error| Some(Err(error))),
            Poll::Ready(Some(Ok(frame))) => {
                let bytes = frame.data_ref().map_or(0, Bytes::len) as u64;
                Poll::Ready(Some(this.count(bytes).map(|()| frame)))
            }
            Poll::Ready(Some(Err(error))) => {
                this.inner = None;
                Poll::Ready(Some(Err(io::Error::other(error))))
            }
            Poll::Ready(None) => {
                this.inner = None;
                Poll::Ready(None)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.as_ref().map(Body::size_hint).unwrap_or_default()
    }
}

impl<B> Drop for GuardedBody<B> {
    fn drop(&mut self) {
        let rest = self.inner.take();
        *self.left.lock().unwrap_or_else(PoisonError::into_inner) = rest;
    }
}

/// Reads a rest away, up to a number of bytes and a time, so that a client that is still sending
/// reads our answer instead of a reset connection.
pub async fn drain<B>(rest: B, max_bytes: u64, max_time: Duration)
where
    B: Body<Data = Bytes> + Unpin,
{
    let mut rest = rest;
    let mut read = 0u64;
    let reading = async {
        while read <= max_bytes {
            match std::future::poll_fn(|cx| Pin::new(&mut rest).poll_frame(cx)).await {
                Some(Ok(frame)) => read += frame.data_ref().map_or(0, Bytes::len) as u64,
                Some(Err(_)) | None => break,
            }
        }
    };
    // Out of time is an end like any other: the connection is closed then.
    drop(tokio::time::timeout(max_time, reading).await);
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::StreamExt as _;
    use http_body_util::{BodyExt, Full, StreamBody};

    fn limits(max_bytes: u64) -> BodyLimits {
        BodyLimits {
            max_bytes,
            idle: Duration::from_secs(30),
            min_progress: 100,
        }
    }

    type Dyn = http_body_util::combinators::UnsyncBoxBody<Bytes, io::Error>;

    fn guarded(body: Dyn, max_bytes: u64) -> (GuardedBody<Dyn>, Leftover<Dyn>) {
        let left = Leftover::default();
        (
            GuardedBody::new(body, limits(max_bytes), left.clone()),
            left,
        )
    }

    fn whole(bytes: usize) -> Dyn {
        let full = Full::new(Bytes::from(vec![0; bytes]));
        full.map_err(|never| match never {}).boxed_unsync()
    }

    /// One byte every ten seconds, without a declared length.
    fn drip() -> Dyn {
        let stream = futures::stream::unfold((), |()| async {
            tokio::time::sleep(Duration::from_secs(10)).await;
            Some((Ok(Frame::data(Bytes::from_static(b"x"))), ()))
        });
        StreamBody::new(stream).boxed_unsync()
    }

    #[tokio::test]
    async fn the_limit_counts_what_comes_and_what_is_declared() {
        let (body, _) = guarded(whole(10), 10);
        assert_eq!(body.collect().await.unwrap().to_bytes().len(), 10);

        let (body, left) = guarded(whole(11), 10);
        let error = body.collect().await.unwrap_err();
        let fault = BodyFault::TooLarge { limit: 10 };
        assert_eq!(BodyFault::find(&error), Some(fault));
        let rest = left.lock().unwrap().take().expect("the rest is kept");
        assert_eq!(rest.collect().await.unwrap().to_bytes().len(), 11);
    }

    #[tokio::test(start_paused = true)]
    async fn a_drip_is_too_slow_although_never_idle() {
        let (body, _) = guarded(drip(), 1000);
        let error = body.collect().await.unwrap_err();
        assert_eq!(BodyFault::find(&error), Some(BodyFault::TooSlow));
    }

    #[tokio::test(start_paused = true)]
    async fn time_the_reader_takes_is_not_counted() {
        let stream = futures::stream::iter(0..3)
            .then(|_| async { Ok(Frame::data(Bytes::from(vec![0; 200]))) });
        let (mut body, _) = guarded(StreamBody::new(stream).boxed_unsync(), 1000);
        for _ in 0..3 {
            tokio::time::sleep(Duration::from_secs(3600)).await;
            body.frame().await.unwrap().unwrap();
        }
        assert!(body.frame().await.is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn draining_ends_by_time_and_by_bytes() {
        let start = Instant::now();
        drain(drip(), 1 << 20, Duration::from_secs(15)).await;
        assert_eq!(start.elapsed(), Duration::from_secs(15), "virtual time");

        let frames = Arc::new(Mutex::new(0));
        let given = frames.clone();
        let endless = futures::stream::repeat_with(move || {
            *given.lock().unwrap() += 1;
            Ok::<_, io::Error>(Frame::data(Bytes::from(vec![0; 1000])))
        });
        let endless = StreamBody::new(endless).boxed_unsync();
        drain(endless, 5000, Duration::from_secs(1)).await;
        assert_eq!(
            *frames.lock().unwrap(),
            6,
            "the one that passed the limit is the last"
        );
    }

    #[test]
    fn a_fault_is_found_through_wrappers() {
        let error = io::Error::other(io::Error::from(BodyFault::TooSlow));
        let error = poem::error::ReadBodyError::Io(io::Error::other(error));
        assert_eq!(BodyFault::find(&error), Some(BodyFault::TooSlow));
        assert_eq!(BodyFault::find(&io::Error::other("else")), None);
    }
}
