//! Raw bytes for operations that take `application/octet-stream`.
//!
//! Their builders take anything that becomes a [`reqwest::Body`]: bytes in memory as they are,
//! a file through [`file`], any other source of a known length through [`sized`]. The length goes
//! ahead as `Content-Length`, so that the server can refuse what is too large before it is sent.
//!
//! ```no_run
//! # use contentzavod_client::{Client, upload};
//! # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
//! let from_disk = client.media_create().body(upload::file("reel.mp4").await?).send().await?;
//! let from_memory = client.media_create().body(vec![0_u8; 4]).send().await?;
//! # Ok(())
//! # }
//! ```

use std::io::{Error, ErrorKind};
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures::Stream;
use http_body::{Frame, SizeHint};
use reqwest::Body;
use tokio_util::io::ReaderStream;

/// How much is read at a time; tokio reads files on another thread, and small reads cost hops.
const CHUNK: usize = 256 * 1024;

/// A file as a request body, read while it is sent.
///
/// # Errors
///
/// When the file cannot be opened. A file that gets shorter on the way breaks the request off.
pub async fn file(path: impl AsRef<Path>) -> std::io::Result<Body> {
    let file = tokio::fs::File::open(path).await?;
    let length = file.metadata().await?.len();
    Ok(sized(ReaderStream::with_capacity(file, CHUNK), length))
}

/// A stream of known length as a request body.
///
/// Exactly `length` bytes are sent: a longer stream is cut there, a shorter one is an error.
pub fn sized<S>(stream: S, length: u64) -> Body
where
    S: Stream<Item = std::io::Result<Bytes>> + Send + Sync + Unpin + 'static,
{
    Body::wrap(Sized {
        stream,
        left: length,
    })
}

/// A stream that knows how much it has left.
struct Sized<S> {
    stream: S,
    left: u64,
}

impl<S> http_body::Body for Sized<S>
where
    S: Stream<Item = std::io::Result<Bytes>> + Unpin,
{
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let Some(chunk) = ready!(Pin::new(&mut self.stream).poll_next(context)) else {
            let message = format!("the source ended {} bytes early", self.left);
            return Poll::Ready(Some(Err(Error::new(ErrorKind::UnexpectedEof, message))));
        };
        Poll::Ready(Some(chunk.map(|mut chunk| {
            chunk.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
            self.left -= chunk.len() as u64;
            Frame::data(chunk)
        })))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
