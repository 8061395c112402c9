//! A handler that panics answers 500 like every other failure, and its connection lives on.

use std::any::Any;
use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use poem::{Endpoint, IntoResponse, Middleware, Request, Response, Result};

use crate::api::Refused;

/// Turns panics of the endpoints into a 500 problem. Inside of [`super::RequestIds`] it names the request.
#[derive(Debug, Clone, Copy, Default)]
pub struct Panics;

/// The endpoint behind [`Panics`].
#[derive(Debug)]
pub struct WithoutPanics<E>(E);

impl<E: Endpoint> Middleware<E> for Panics {
    type Output = WithoutPanics<E>;

    fn transform(&self, endpoint: E) -> Self::Output {
        WithoutPanics(endpoint)
    }
}

impl<E: Endpoint> Endpoint for WithoutPanics<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        // Nothing of the call is used after it panicked; what handlers share guards itself.
        let call = AssertUnwindSafe(self.0.call(request)).catch_unwind();
        match call.await {
            Ok(answer) => answer.map(IntoResponse::into_response),
            Err(panic) => {
                tracing::error!(panic = said(&*panic), "a request panicked");
                Ok(Refused::internal().into_response())
            }
        }
    }
}

fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("of another kind")
}
