//! What poem refuses by itself, said like every other refusal.

use poem::{Endpoint, IntoResponse, Middleware, PathPattern, Request, Response, Result};

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
        let error = match self.0.call(request).await {
            Ok(output) => return Ok(output.into_response()),
            Err(error) => error,
        };
        let route = error.data::<PathPattern>().cloned();
        let mut response = if error.is_from_response() {
            // It is one of ours already.
            error.into_response()
        } else {
            from_poem(&error, None).into_response()
        };
        // Whoever logs the answer wants to know which route gave it.
        if let Some(route) = route {
            response.set_data(route);
        }
        Ok(response)
    }
}
