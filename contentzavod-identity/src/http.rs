//! The one client to all providers: no redirect is followed, no body read past 1 MB, ten seconds a
//! call, and no error tells an address, because addresses may carry codes.

use std::pin::Pin;
use std::time::Duration;

use contentzavod_core::ports::IdentityError;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

/// More than any answer of a provider needs.
const BODY_MAX: usize = 1_000_000;
const LIMIT: Duration = Duration::from_secs(10);

#[derive(Debug, Clone)]
pub(crate) struct Http(reqwest::Client);

/// What went wrong, without an address.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub(crate) struct HttpError(pub(crate) String);

impl From<reqwest::Error> for HttpError {
    fn from(error: reqwest::Error) -> Self {
        Self(error.without_url().to_string())
    }
}

impl From<HttpError> for IdentityError {
    fn from(error: HttpError) -> Self {
        Self::Unavailable(error.0)
    }
}

/// What the OAuth libraries call.
impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request)?;
            self.perform(request).await
        })
    }
}

impl Http {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place of this crate where a client is built"
    )]
    pub(crate) fn new() -> Result<Self, IdentityError> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(LIMIT)
            .https_only(false)
            .build();
        let client = client.map_err(|error| IdentityError::Unavailable(error.to_string()))?;
        Ok(Self(client))
    }

    /// Reads something with a header that says who may.
    pub(crate) async fn get(
        &self,
        url: url::Url,
        authorization: &str,
    ) -> Result<HttpResponse, HttpError> {
        let request = self.0.get(url).header("authorization", authorization);
        self.perform(request.header("accept", "application/json").build()?)
            .await
    }

    async fn perform(&self, request: reqwest::Request) -> Result<HttpResponse, HttpError> {
        let mut answer = self.0.execute(request).await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if body.len() + chunk.len() > BODY_MAX {
                return Err(HttpError("the answer is longer than a megabyte".to_owned()));
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = HttpResponse::new(body);
        (*response.status_mut(), *response.headers_mut()) = (status, headers);
        Ok(response)
    }
}
