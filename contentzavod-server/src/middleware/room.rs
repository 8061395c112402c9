//! A disk that is nearly full takes nothing new: what is left is for posts under way.

use poem::http::Method;
use poem::{Endpoint, IntoResponse, Middleware, Request, Response, Result};

use crate::api::problem::Refused;
use crate::media::Spool;

/// What changes a row in place, takes something away, or writes nothing, is done on a full disk too.
const IN_PLACE: [&str; 4] = ["/cancel", "/resolve", "/retry", "/validate"];

/// Refuses calls that would make the database grow while there is no room.
#[derive(Debug, Clone)]
pub struct Room(pub Spool);

/// The endpoint behind [`Room`].
#[derive(Debug)]
pub struct WithRoom<E> {
    next: E,
    spool: Spool,
}

impl<E: Endpoint> Middleware<E> for Room {
    type Output = WithRoom<E>;

    fn transform(&self, next: E) -> Self::Output {
        let spool = self.0.clone();
        WithRoom { next, spool }
    }
}

impl<E: Endpoint> Endpoint for WithRoom<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        if grows(request.method(), request.uri().path()) {
            self.spool.room_to_grow().map_err(Refused::from)?;
        }
        self.next
            .call(request)
            .await
            .map(IntoResponse::into_response)
    }
}

fn grows(method: &Method, path: &str) -> bool {
    let writes = matches!(*method, Method::POST | Method::PUT | Method::PATCH);
    writes && path.starts_with("/v1/") && !IN_PLACE.iter().any(|end| path.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_room_or_ends_something_is_always_taken() {
        for path in ["/v1/posts", "/v1/media?filename=a", "/v1/accounts"] {
            assert!(grows(&Method::POST, path), "{path}");
        }
        assert!(grows(&Method::PATCH, "/v1/posts/1"));
        // Whoever wants to make room must come in.
        assert!(!grows(&Method::GET, "/auth/google/start"));
        for path in [
            "/v1/posts/1/cancel",
            "/v1/publications/1/resolve",
            "/auth/logout",
        ] {
            assert!(!grows(&Method::POST, path), "{path}");
        }
        assert!(!grows(&Method::DELETE, "/v1/media/1"));
        assert!(!grows(&Method::GET, "/v1/posts"));
    }
}
