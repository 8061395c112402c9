//! Every request has an id: in the answer, in the log, and in what a person sends to support.

use contentzavod_core::model::random::base62;
use poem::http::HeaderValue;
use poem::{Endpoint, IntoResponse, Middleware, Request, Response, Result};
use tracing::Instrument;

/// The header that carries the id both ways.
pub const HEADER: &str = "x-request-id";
const LENGTH_MAX: usize = 64;

tokio::task_local! {
    static CURRENT: String;
}

/// The id of the request that this task answers.
#[must_use]
pub fn current() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}

/// Takes the client's id where it is harmless, else makes one.
#[derive(Debug, Clone, Copy, Default)]
pub struct RequestIds;

/// The endpoint behind [`RequestIds`].
#[derive(Debug)]
pub struct WithRequestId<E>(E);

impl<E: Endpoint> Middleware<E> for RequestIds {
    type Output = WithRequestId<E>;

    fn transform(&self, endpoint: E) -> Self::Output {
        WithRequestId(endpoint)
    }
}

impl<E: Endpoint> Endpoint for WithRequestId<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let id = request
            .header(HEADER)
            .filter(|id| harmless(id))
            .map_or_else(|| base62(20), str::to_owned);
        let span = tracing::info_span!("request", id = %id);
        let answer = async {
            match self.0.call(request).await {
                Ok(output) => output.into_response(),
                Err(error) => error.into_response(),
            }
        };
        let mut response = CURRENT.scope(id.clone(), answer.instrument(span)).await;
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(HEADER, value);
        }
        Ok(response)
    }
}

/// What cannot break a log line or a page.
fn harmless(id: &str) -> bool {
    let good = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    (1..=LENGTH_MAX).contains(&id.len()) && id.bytes().all(good)
}
