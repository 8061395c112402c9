//! What poem refuses by itself, said like every other refusal.

use poem::{Endpoint, IntoResponse, Middleware, Request, Response, Result};

use crate::api::problem::from_poem;

/// Turns every error of the endpoints into `application/problem+json`. With [`super::Paths`] inside
/// of it, refusals also name methods and parameters as the API does.
#[derive(Debug, Clone, Copy, Default)]
pub struct Problems;

/// The endpoint behind [`Problems`].
#[derive(Debug)]
pub struct WithProblems<E>(E);

impl<E: Endpoint> Middleware<E> for Problems {
    type Output = WithProblems<E>;

    fn transform(&self, endpoint: E) -> Self::Output {
        WithProblems(endpoint)
    }
}

impl<E: Endpoint> Endpoint for WithProblems<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        Ok(match self.0.call(request).await {
            Ok(output) => output.into_response(),
            // It is one of ours already.
            Err(error) if error.is_from_response() => error.into_response(),
            Err(error) => from_poem(&error, None).into_response(),
        })
    }
}
