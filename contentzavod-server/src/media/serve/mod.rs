//! `GET` and `HEAD /m/{token}`: a platform fetches a file, whole or in ranges.
//!
//! Whatever is wrong with a token or its file, the answer is the same 404. Files never change under
//! their id, so the id is the strong ETag, and a range continues the same bytes.

mod range;

use std::ops::Range;
use std::sync::Arc;

use contentzavod_core::crash::{self, Point};
use contentzavod_core::ports::{BlobError, Blobs};
use futures::StreamExt as _;
use poem::http::header::{self, HeaderName, HeaderValue};
use poem::http::{Method, StatusCode};
use poem::{Body, Endpoint, Request, Response, RouteMethod};

pub use range::{Wanted, wanted};

use super::SignedLinks;
use super::token::Opened;
use crate::api::Refused;

/// The name of the path parameter: mount [`routes`] at `/m/:token`.
const TOKEN: &str = "token";

/// The files under signed links, to be mounted at `/m/:token`.
#[must_use]
pub fn routes(links: SignedLinks, blobs: Arc<dyn Blobs>) -> impl Endpoint<Output = Response> {
    let files = Files { links, blobs };
    RouteMethod::new().get(files.clone()).head(files)
}

#[derive(Debug, Clone)]
struct Files {
    links: SignedLinks,
    blobs: Arc<dyn Blobs>,
}

impl Endpoint for Files {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        Ok(self.answer(&request).await?)
    }
}

impl Files {
    async fn answer(&self, request: &Request) -> Result<Response, Refused> {
        let token = request.raw_path_param(TOKEN).unwrap_or_default();
        let opened = self.links.open(token, self.links.now()).ok_or_else(gone)?;
        let length = self.blobs.length(opened.media).await.map_err(refusal)?;
        let tag = format!("\"{}\"", opened.media.0.simple());
        // Ranges are a matter of GET alone.
        let asked = request.header(header::RANGE).filter(|_| {
            let whole_if = request.header(header::IF_RANGE);
            request.method() == Method::GET && whole_if.is_none_or(|is| is == tag)
        });
        let (status, range) = match asked.map_or(Wanted::Whole, |range| wanted(range, length)) {
            Wanted::Whole => (StatusCode::OK, 0..length),
            Wanted::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
            Wanted::Outside => return Err(outside(length)),
        };
        let body = if request.method() == Method::HEAD {
            Body::empty()
        } else {
            self.bytes(&opened, range.clone()).await?
        };
        let mut response = headers(&opened, &tag, &range).status(status).body(body);
        if status == StatusCode::PARTIAL_CONTENT {
            let place = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            put(&mut response, header::CONTENT_RANGE, &place);
        }
        Ok(response)
    }

    async fn bytes(&self, opened: &Opened, range: Range<u64>) -> Result<Body, Refused> {
        let stream = self.blobs.range(opened.media, range).await;
        let stream = stream.map_err(refusal)?;
        Ok(Body::from_bytes_stream(
            stream.inspect(|_| crash::at(Point::Pulling, "")),
        ))
    }
}

fn headers(opened: &Opened, tag: &str, range: &Range<u64>) -> poem::ResponseBuilder {
    Response::builder()
        .content_type(opened.content_type)
        .header(header::CONTENT_LENGTH, range.end - range.start)
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::ETAG, tag)
        // What was uploaded is never shown as a page of this server.
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CONTENT_DISPOSITION, "attachment")
        .header(header::CACHE_CONTROL, "private")
}

fn put(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// The one answer to tokens that are forged, expired, or of a file that is deleted.
fn gone() -> Refused {
    Refused::not_found("media")
}

fn refusal(error: BlobError) -> Refused {
    match error {
        BlobError::Missing => gone(),
        error => error.into(),
    }
}

fn outside(length: u64) -> Refused {
    let refused = Refused::from(BlobError::Range);
    match HeaderValue::from_str(&format!("bytes */{length}")) {
        Ok(value) => refused.header(header::CONTENT_RANGE, value),
        Err(_) => refused,
    }
}
