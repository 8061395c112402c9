//! Headers by which browsers keep an answer to what it is meant for, on every answer there is.
//!
//! What a handler set stays: a page knows best what it may load.

use poem::http::HeaderMap;
use poem::http::header::{self, HeaderName, HeaderValue};
use poem::{Endpoint, IntoResponse, Middleware, Request, Response, Result};

const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS: HeaderName = HeaderName::from_static("permissions-policy");

/// Nothing of ours asks a browser for any of it.
const NO_PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), \
                              encrypted-media=(), geolocation=(), gyroscope=(), magnetometer=(), \
                              microphone=(), midi=(), payment=(), usb=(), browsing-topics=()";
/// What is data loads nothing, and stands in no frame.
const DATA: &str = "default-src 'none'; frame-ancestors 'none'";
/// The reference brings its script and style in itself, and calls this server.
const REFERENCE: &str = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; \
                         img-src 'self' data:; font-src data:; connect-src 'self'; \
                         base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HSTS: &str = "max-age=31536000";
const HSTS_SUBDOMAINS: &str = "max-age=31536000; includeSubDomains";

/// Sets them. Stands outside of everything that answers.
#[derive(Debug, Clone, Default)]
pub struct Headers {
    hsts: Option<&'static str>,
}

impl Headers {
    /// For a server that the world reaches by HTTPS: browsers do not come by another way again, nor,
    /// with `subdomains`, to any name below its own.
    #[must_use]
    pub const fn over_https(subdomains: bool) -> Self {
        Self {
            hsts: Some(if subdomains { HSTS_SUBDOMAINS } else { HSTS }),
        }
    }

    fn set(&self, place: Place, headers: &mut HeaderMap) {
        let mut usual = |name: HeaderName, value: &'static str| {
            headers
                .entry(name)
                .or_insert(HeaderValue::from_static(value));
        };
        usual(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        usual(header::REFERRER_POLICY, "no-referrer");
        usual(OPENER, "same-origin");
        usual(PERMISSIONS, NO_PERMISSIONS);
        if place != Place::Pulled {
            usual(RESOURCE, "same-origin");
        }
        let policy = if place == Place::Reference {
            REFERENCE
        } else {
            DATA
        };
        usual(header::CONTENT_SECURITY_POLICY, policy);
        if place == Place::Data {
            usual(header::CACHE_CONTROL, "no-store");
        }
        if let Some(hsts) = self.hsts {
            usual(header::STRICT_TRANSPORT_SECURITY, hsts);
        }
    }
}

/// What an answer is, by where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Somebody's own, and everything that is not named below.
    Data,
    /// A file that platforms pull from elsewhere.
    Pulled,
    /// The reference of the API.
    Reference,
    /// What everybody may read and keep.
    Published,
}

impl Place {
    fn of(path: &str) -> Self {
        let first = path.trim_start_matches('/').split('/').next();
        match first.unwrap_or_default() {
            "m" => Self::Pulled,
            "docs" => Self::Reference,
            "openapi.yaml" | "openapi.json" | "robots.txt" => Self::Published,
            _ => Self::Data,
        }
    }
}

/// The endpoint behind [`Headers`].
#[derive(Debug)]
pub struct WithHeaders<E> {
    next: E,
    headers: Headers,
}

impl<E: Endpoint> Middleware<E> for Headers {
    type Output = WithHeaders<E>;

    fn transform(&self, next: E) -> Self::Output {
        let headers = self.clone();
        WithHeaders { next, headers }
    }
}

impl<E: Endpoint> Endpoint for WithHeaders<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let place = Place::of(request.uri().path());
        let mut response = match self.next.call(request).await {
            Ok(output) => output.into_response(),
            Err(error) => error.into_response(),
        };
        self.headers.set(place, response.headers_mut());
        Ok(response)
    }
}

#[cfg(test)]
mod tests {
    use poem::{EndpointExt, Route, get, handler};

    use super::*;
    use crate::middleware::Panics;

    #[handler]
    fn page() -> Response {
        Response::builder()
            .header(header::CONTENT_SECURITY_POLICY, "default-src 'self'")
            .header(header::CACHE_CONTROL, "private, max-age=60")
            .header(header::REFERRER_POLICY, "same-origin")
            .body("page")
    }

    #[handler]
    fn panics() -> &'static str {
        panic!("the secret cause")
    }

    async fn ask(path: &'static str) -> Response {
        let routes = Route::new()
            .at("/page", get(page))
            .at("/panics", get(panics));
        let site = routes.with(Panics).with(Headers::over_https(true));
        let request = Request::builder().uri_str(path).finish();
        site.get_response(request).await
    }

    #[tokio::test]
    async fn what_a_page_says_of_itself_stays() {
        let answer = ask("/page").await;
        for (name, value) in [
            ("content-security-policy", "default-src 'self'"),
            ("cache-control", "private, max-age=60"),
            ("referrer-policy", "same-origin"),
            ("x-content-type-options", "nosniff"),
        ] {
            let all: Vec<_> = answer.headers().get_all(name).iter().collect();
            assert_eq!(all, [value], "{name}");
        }
    }

    #[tokio::test]
    async fn errors_and_panics_have_them_too() {
        for (path, status) in [("/nowhere", 404), ("/panics", 500)] {
            let answer = ask(path).await;
            assert_eq!(answer.status(), status, "{path}");
            assert_eq!(
                answer.header("content-security-policy"),
                Some(DATA),
                "{path}"
            );
            let hsts = answer.header("strict-transport-security");
            assert_eq!(hsts, Some(HSTS_SUBDOMAINS), "{path}");
            assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        }
    }
}
