//! What stands for the host's own CDN: one file, with HEAD and ranges, on a port of the loopback.

use std::convert::Infallible;

use bytes::Bytes;
use chrono::TimeDelta;
use contentzavod_core::model::Media;
use contentzavod_core::ports::MediaLinks;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{CONTENT_RANGE, CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use url::Url;

use crate::Done;

/// Where the CDN has the file.
#[derive(Debug)]
pub(crate) struct Cdn(Url);

impl MediaLinks for Cdn {
    fn link(&self, _media: &Media, _ttl: TimeDelta) -> Option<Url> {
        Some(self.0.clone())
    }
}

/// Serves a file until the program ends.
pub(crate) async fn serve(file: &'static [u8]) -> Done<Cdn> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = Url::parse(&format!("http://{}/reel.mp4", listener.local_addr()?))?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service =
                service_fn(
                    move |request| async move { Ok::<_, Infallible>(answer(file, &request)) },
                );
            let http = hyper::server::conn::http1::Builder::new();
            tokio::spawn(http.serve_connection(TokioIo::new(stream), service));
        }
    });
    Ok(Cdn(url))
}

fn answer(file: &'static [u8], request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let range = request.headers().get("range");
    let part = range.map(|range| part(file, range.to_str().ok()?));
    let (status, body) = match part {
        None => (StatusCode::OK, file),
        Some(Some((_, part))) => (StatusCode::PARTIAL_CONTENT, part),
        Some(None) => (StatusCode::RANGE_NOT_SATISFIABLE, &[][..]),
    };
    // To a HEAD hyper sends the length without the bytes.
    let mut response = Response::new(Full::new(Bytes::from_static(body)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("video/mp4"));
    if let Some(Some((first, part))) = part {
        let which = format!("bytes {first}-{}/{}", first + part.len() - 1, file.len());
        headers.extend(which.try_into().map(|which| (CONTENT_RANGE, which)));
    }
    response
}

/// Reads `bytes=first-last`: where the part begins, and the part.
fn part(file: &'static [u8], range: &str) -> Option<(usize, &'static [u8])> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
    Some((first, file.get(first..=last.min(file.len() - 1))?))
}
