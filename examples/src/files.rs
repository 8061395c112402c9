//! A host's own file server, because Instagram fetches a video instead of taking it.
//!
//! A host that has a CDN or S3 links needs none of this, only its own [`MediaLinks`]. What a
//! platform asks of an address is small: HEAD tells length and type, GET with a range gives a part
//! and says which. A real one serves HTTPS and gives out links that cannot be guessed and that end.

use std::convert::Infallible;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use chrono::TimeDelta;
use contentzavod_core::model::{Media, MediaId};
use contentzavod_core::ports::{BlobError, Blobs, MediaLinks};
use futures::TryStreamExt;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, RANGE};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use url::Url;

/// Addresses of files on a [`serve`]d port.
#[derive(Debug)]
pub struct Links(Url);

impl MediaLinks for Links {
    fn link(&self, media: &Media, _ttl: TimeDelta) -> Option<Url> {
        self.0.join(&media.id.to_string()).ok()
    }
}

/// Serves the files on a free port of the loopback until the program ends.
///
/// # Errors
///
/// When no port can be had.
pub async fn serve(blobs: Arc<dyn Blobs>) -> Result<Links, Box<dyn std::error::Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = Url::parse(&format!("http://{}/", listener.local_addr()?))?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let blobs = Arc::clone(&blobs);
            let service = service_fn(move |request| {
                let blobs = Arc::clone(&blobs);
                async move { Ok::<_, Infallible>(answer(&*blobs, &request).await) }
            });
            let http = hyper::server::conn::http1::Builder::new();
            tokio::spawn(http.serve_connection(TokioIo::new(stream), service));
        }
    });
    Ok(Links(url))
}

async fn answer(blobs: &dyn Blobs, request: &Request<Incoming>) -> Response<Full<Bytes>> {
    file(blobs, request).await.unwrap_or_else(|status| {
        let mut refusal = Response::new(Full::default());
        *refusal.status_mut() = status;
        refusal
    })
}

async fn file(
    blobs: &dyn Blobs,
    request: &Request<Incoming>,
) -> Result<Response<Full<Bytes>>, StatusCode> {
    let id: Result<MediaId, _> = request.uri().path().trim_start_matches('/').parse();
    let id = id.map_err(|_| StatusCode::NOT_FOUND)?;
    let length = blobs.length(id).await.map_err(refusal)?;
    let range = request.headers().get(RANGE).map(|range| {
        let range = range.to_str().ok().and_then(|text| part(text, length));
        range.ok_or(StatusCode::RANGE_NOT_SATISFIABLE)
    });
    let range = range.transpose()?;
    let status = if range.is_some() {
        StatusCode::PARTIAL_CONTENT
    } else {
        StatusCode::OK
    };
    let range = range.unwrap_or(0..length);
    let mut response = Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "video/mp4")
        .header(CONTENT_LENGTH, range.end - range.start);
    if status == StatusCode::PARTIAL_CONTENT {
        let which = format!("bytes {}-{}/{length}", range.start, range.end - 1);
        response = response.header(CONTENT_RANGE, which);
    }
    let body = if request.method() == Method::HEAD {
        Bytes::new()
    } else {
        let stream = blobs.range(id, range).await.map_err(refusal)?;
        let pieces: Result<Vec<Bytes>, _> = stream.try_collect().await;
        let pieces = pieces.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
        pieces.concat().into()
    };
    response
        .body(Full::new(body))
        .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

#[expect(clippy::needless_pass_by_value, reason = "maps an error")]
fn refusal(error: BlobError) -> StatusCode {
    match error {
        BlobError::Missing => StatusCode::NOT_FOUND,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Reads `bytes=first-last`, the only form that crawlers of platforms send.
fn part(text: &str, length: u64) -> Option<Range<u64>> {
    let (first, last) = text.strip_prefix("bytes=")?.split_once('-')?;
    let first = first.parse().ok()?;
    let end = match last {
        "" => length,
        last => last.parse::<u64>().ok()?.checked_add(1)?.min(length),
    };
    (first < end).then_some(first..end)
}
