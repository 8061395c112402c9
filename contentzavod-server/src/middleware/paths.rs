//! What the published API knows about a path, put into refusals: which methods it takes (`Allow`),
//! and what its parameters are called. poem tells neither: it calls the first one `param0`.

use std::sync::Arc;

use poem::error::MethodNotAllowedError;
use poem::http::header::{self, HeaderValue};
use poem::{Endpoint, IntoResponse, Middleware, Request, Response, Result};
use poem_openapi::error::ParsePathError;
use serde_json::Value;

use crate::api::problem::from_poem;

/// The methods of HTTP that OpenAPI knows, in the order they are named in `Allow`.
const METHODS: [&str; 8] = [
    "get", "head", "post", "put", "patch", "delete", "options", "trace",
];

/// The paths that are known. Stands inside of [`super::Problems`].
#[derive(Debug, Clone, Default)]
pub struct Paths(Vec<Known>);

#[derive(Debug, Clone)]
struct Known {
    /// As published: `/v1/accounts/{id}`.
    path: String,
    /// `GET, HEAD, DELETE`.
    allow: String,
}

/// The endpoint behind [`Paths`].
#[derive(Debug)]
pub struct WithPaths<E> {
    endpoint: E,
    paths: Arc<Paths>,
}

impl Paths {
    /// Every path of an OpenAPI document in JSON.
    #[must_use]
    pub fn of_spec(spec: &str) -> Self {
        let spec: Value = serde_json::from_str(spec).unwrap_or_default();
        let paths = spec.get("paths").and_then(Value::as_object);
        paths
            .into_iter()
            .flatten()
            .fold(Self::default(), |all, (path, item)| {
                let methods = METHODS.iter().filter(|method| item.get(method).is_some());
                all.and(path, &methods.copied().collect::<Vec<_>>())
            })
    }

    /// And a path the document does not name, such as `/m/{token}`.
    #[must_use]
    pub fn and(mut self, path: &str, methods: &[&str]) -> Self {
        let mut methods: Vec<_> = methods.iter().map(|m| m.to_ascii_uppercase()).collect();
        // poem answers HEAD wherever there is a GET.
        if let Some(get) = methods.iter().position(|m| m == "GET")
            && !methods.iter().any(|m| m == "HEAD")
        {
            methods.insert(get + 1, "HEAD".into());
        }
        self.0.push(Known {
            path: path.into(),
            allow: methods.join(", "),
        });
        self
    }

    /// The path that a request went to; one that is spelled out goes before one with a parameter.
    fn find(&self, path: &str) -> Option<&Known> {
        let fits = self.0.iter().filter(|known| known.fits(path));
        fits.min_by_key(|known| known.parameters().count())
    }
}

impl Known {
    fn fits(&self, path: &str) -> bool {
        let mut asked = segments(path);
        let same = segments(&self.path).all(|known| {
            let asked = asked.next();
            asked.is_some_and(|asked| asked == known || parameter(known).is_some())
        });
        same && asked.next().is_none()
    }

    fn parameters(&self) -> impl Iterator<Item = &str> {
        segments(&self.path).filter_map(parameter)
    }

    /// The published name of what poem calls `param0`.
    fn parameter(&self, name: &str) -> Option<&str> {
        let place = name.strip_prefix("param")?.parse().ok()?;
        self.parameters().nth(place)
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.trim_matches('/').split('/')
}

fn parameter(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

impl<E: Endpoint> Middleware<E> for Paths {
    type Output = WithPaths<E>;

    fn transform(&self, endpoint: E) -> Self::Output {
        let paths = Arc::new(self.clone());
        WithPaths { endpoint, paths }
    }
}

impl<E: Endpoint> Endpoint for WithPaths<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let uri = request.uri().clone();
        let error = match self.endpoint.call(request).await {
            Ok(output) => return Ok(output.into_response()),
            Err(error) => error,
        };
        let wrong_method = error.is::<MethodNotAllowedError>();
        let wrong_part = error.downcast_ref::<ParsePathError>();
        if !wrong_method && wrong_part.is_none() {
            return Err(error);
        }
        let Some(known) = self.paths.find(uri.path()) else {
            return Err(error);
        };
        let name = wrong_part.and_then(|part| known.parameter(part.name));
        let refused = from_poem(&error, name);
        match HeaderValue::from_str(&known.allow) {
            Ok(allow) if wrong_method => Err(refused.header(header::ALLOW, allow).into()),
            _ => Err(refused.into()),
        }
    }
}
