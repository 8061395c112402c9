//! The one home where an HTTP client is built and where HTTP errors become ours.
//!
//! No call is repeated, no redirect followed, no body read past 1 MB, and every error loses its
//! address before anyone sees it: addresses may carry tokens.

use std::error::Error as _;
use std::fmt;
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::HeaderMap;
use tokio::time::timeout;

use super::config::{ConfigError, GraphConfig};

/// More than any answer of the platform needs.
const BODY_MAX: usize = 1_000_000;

/// The HTTP clients.
#[derive(Clone)]
pub(crate) struct Http {
    /// Keeps connections: for everything that may be asked again.
    pooled: reqwest::Client,
    /// A new connection for each call: for the call that must not be in doubt. On a kept
    /// connection that the platform has just closed, a request is lost with nothing to tell
    /// whether it arrived; a connection that does not come about is proof that nothing left.
    fresh: reqwest::Client,
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Http")
    }
}

/// Which connection a call goes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Connection {
    /// A kept one, if there is any.
    Pooled,
    /// A new one.
    Fresh,
}

/// What came back: the status, the headers, and the whole body.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// Why nothing usable came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lost {
    /// No connection came about: nothing of the request was written.
    NotSent(String),
    /// The time was up.
    Timeout,
    /// The connection broke, before the answer or within it.
    Broken(String),
    /// The answer's body is longer than any answer of the platform.
    TooLarge,
    /// The request could not be put together: nothing was written.
    Unbuilt(String),
}

impl Http {
    pub(crate) fn new(config: &GraphConfig) -> Result<Self, ConfigError> {
        Ok(Self {
            pooled: build(config, None)?,
            fresh: build(config, Some(0))?,
        })
    }

    pub(crate) fn client(&self, connection: Connection) -> &reqwest::Client {
        match connection {
            Connection::Pooled => &self.pooled,
            Connection::Fresh => &self.fresh,
        }
    }

    /// Performs one request once, within `limit` from start to the last byte of the body.
    pub(crate) async fn send(
        &self,
        connection: Connection,
        request: reqwest::RequestBuilder,
        limit: Duration,
    ) -> Result<Reply, Lost> {
        let request = request.timeout(limit).build().map_err(unbuilt)?;
        let answer = self.client(connection).execute(request).await;
        let mut answer = answer.map_err(lost)?;
        let status = answer.status().as_u16();
        let headers = std::mem::take(answer.headers_mut());
        let body = read_body(answer).await?;
        Ok(Reply {
            status,
            headers,
            body,
        })
    }

    /// Performs one request once, for as long as its body moves: it ends when nothing did for
    /// `idle`. `moved` counts the body's bytes.
    pub(crate) async fn push(
        &self,
        request: reqwest::RequestBuilder,
        moved: &AtomicU64,
        idle: Duration,
    ) -> Result<Reply, Lost> {
        let request = request.build().map_err(unbuilt)?;
        let mut call = pin!(async {
            let mut answer = self.pooled.execute(request).await.map_err(lost)?;
            let status = answer.status().as_u16();
            let headers = std::mem::take(answer.headers_mut());
            let body = read_body(answer).await?;
            Ok(Reply {
                status,
                headers,
                body,
            })
        });
        loop {
            let before = moved.load(Ordering::Relaxed);
            match timeout(idle, &mut call).await {
                Ok(reply) => return reply,
                Err(_) if moved.load(Ordering::Relaxed) == before => return Err(Lost::Timeout),
                Err(_) => {}
            }
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one home of the HTTP client of this crate"
)]
fn build(config: &GraphConfig, idle: Option<usize>) -> Result<reqwest::Client, ConfigError> {
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("contentzavod/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(config.timeouts.connect)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        // A small compressed answer could unfold beyond the cap.
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate();
    if config.is_local() {
        // A proxy that the environment names cannot reach a stand-in on this machine.
        builder = builder.no_proxy();
    }
    if let Some(idle) = idle {
        builder = builder.pool_max_idle_per_host(idle);
    }
    builder
        .build()
        .map_err(|e| ConfigError::Http(words(&e.without_url())))
}

async fn read_body(mut answer: reqwest::Response) -> Result<Bytes, Lost> {
    let announced = answer.content_length().unwrap_or(0);
    if usize::try_from(announced).map_or(true, |n| n > BODY_MAX) {
        return Err(Lost::TooLarge);
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = answer.chunk().await.map_err(half)? {
        if body.len() + chunk.len() > BODY_MAX {
            return Err(Lost::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn unbuilt(error: reqwest::Error) -> Lost {
    Lost::Unbuilt(words(&error.without_url()))
}

/// Before the answer's head. `is_connect` covers name lookup, TCP, TLS and a proxy's refusal: in
/// none of them has a byte of the request been written.
fn lost(error: reqwest::Error) -> Lost {
    let error = error.without_url();
    if error.is_connect() {
        Lost::NotSent(words(&error))
    } else {
        half(error)
    }
}

/// Within the answer.
fn half(error: reqwest::Error) -> Lost {
    let error = error.without_url();
    if error.is_timeout() {
        Lost::Timeout
    } else {
        Lost::Broken(words(&error))
    }
}

/// The innermost cause says most: "connection refused" rather than "error sending request".
fn words(error: &reqwest::Error) -> String {
    let mut cause = error.source();
    let mut text = error.to_string();
    while let Some(inner) = cause {
        text = inner.to_string();
        cause = inner.source();
    }
    text
}
