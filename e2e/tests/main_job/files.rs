//! A host's own file server: blobs over HTTP with HEAD and ranges, and links to them.

use std::sync::Arc;

use bytes::Bytes;
use chrono::TimeDelta;
use contentzavod_core::model::{Media, MediaId};
use contentzavod_core::ports::{Blobs, MediaLinks};
use contentzavod_store::blobs::LocalBlobs;
use futures::TryStreamExt;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use url::Url;

/// Links of the file server.
#[derive(Debug)]
pub(crate) struct Links(Url);

impl MediaLinks for Links {
    fn link(&self, media: &Media, _ttl: TimeDelta) -> Option<Url> {
        self.0.join(&media.id.to_string()).ok()
    }
}

pub(crate) async fn serve(blobs: Arc<LocalBlobs>) -> Links {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let blobs = Arc::clone(&blobs);
            let service = service_fn(move |request| {
                let blobs = Arc::clone(&blobs);
                async move { Ok::<_, std::convert::Infallible>(answer(&blobs, &request).await) }
            });
            tokio::spawn(
                hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service),
            );
        }
    });
    Links(Url::parse(&url).unwrap())
}

async fn answer(blobs: &LocalBlobs, request: &Request<Incoming>) -> Response<Full<Bytes>> {
    let id: MediaId = request.uri().path()[1..].parse().unwrap();
    let length = blobs.length(id).await.unwrap();
    let response = Response::builder().header("content-type", "video/mp4");
    if request.method() == "HEAD" {
        let response = response.header("content-length", length);
        return response.body(Full::default()).unwrap();
    }
    let range = request.headers()["range"].to_str().unwrap();
    let (first, last) = range["bytes=".len()..].split_once('-').unwrap();
    let which = format!("bytes {first}-{last}/{length}");
    let range = first.parse().unwrap()..last.parse::<u64>().unwrap() + 1;
    let stream = blobs.range(id, range).await.unwrap();
    let bytes: Vec<Bytes> = stream.try_collect().await.unwrap();
    response
        .status(206)
        .header("content-range", which)
        .body(Full::new(bytes.concat().into()))
        .unwrap()
}
