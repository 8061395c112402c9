//! One log line and one count a request: method, route, status, duration.
//!
//! The route is its pattern, never the path: `/m/{token}` opens a file, and a log is read by many.

use std::time::Instant;

use poem::http::Method;
use poem::{Endpoint, IntoResponse, Middleware, PathPattern, Request, Response, Result};

use super::{request_id, who};
use crate::telemetry::requests::Answered;
use crate::telemetry::{HTTP_REQUESTS, HTTP_SECONDS, RequestLog};

/// What no route matched; the path itself is the caller's word.
const NO_ROUTE: &str = "(none)";

/// Logs and counts. Stands inside [`RequestIds`](super::RequestIds), so that the line carries the
/// request's id, and outside [`Problems`](super::Problems), so that it sees the answer.
#[derive(Debug, Clone, Default)]
pub struct Observe(Option<RequestLog>);

impl Observe {
    /// Logs into the log of requests, too, where there is one.
    #[must_use]
    pub const fn noting(log: Option<RequestLog>) -> Self {
        Self(log)
    }
}

/// The endpoint behind [`Observe`].
#[derive(Debug)]
pub struct Observed<E> {
    next: E,
    log: Option<RequestLog>,
}

impl<E: Endpoint> Middleware<E> for Observe {
    type Output = Observed<E>;

    fn transform(&self, endpoint: E) -> Self::Output {
        let log = self.0.clone();
        Observed {
            next: endpoint,
            log,
        }
    }
}

impl<E: Endpoint> Endpoint for Observed<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let method = known(request.method());
        let begun = Instant::now();
        let (result, who) = who::noting(self.next.call(request)).await;
        let result = result.map(IntoResponse::into_response);
        let (pattern, status) = match &result {
            Ok(response) => (response.data::<PathPattern>(), response.status()),
            Err(error) => (error.data::<PathPattern>(), error.status()),
        };
        // What the API does not know it answers under a pattern that is empty.
        let pattern = pattern.filter(|pattern| !pattern.0.is_empty());
        let route = pattern.map_or_else(|| NO_ROUTE.to_owned(), |pattern| pattern.0.to_string());
        let seconds = begun.elapsed().as_secs_f64();
        let answered = Answered {
            request_id: request_id::current().unwrap_or_default(),
            method,
            route,
            status: status.as_u16(),
            millis: (seconds * 1e6).round() / 1e3,
            who,
        };
        tell(&answered, seconds);
        if let Some(log) = &self.log {
            log.note(answered);
        }
        result
    }
}

fn tell(answered: &Answered, seconds: f64) {
    let (method, route, status) = (answered.method, answered.route.clone(), answered.status);
    let millis = answered.millis;
    tracing::info!(method, route, status, millis, "answered");
    let counter = metrics::counter!(
        HTTP_REQUESTS, "method" => method, "route" => route.clone(), "status" => status.to_string()
    );
    counter.increment(1);
    metrics::histogram!(HTTP_SECONDS, "method" => method, "route" => route).record(seconds);
}

/// Methods are the caller's words too; those nobody serves share one.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "OTHER",
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use metrics_exporter_prometheus::PrometheusBuilder;
    use poem::http::StatusCode;
    use poem::{EndpointExt, Route, get, handler};
    use tracing_subscriber::fmt::MakeWriter;

    use super::*;
    use crate::middleware::{Problems, RequestIds};

    /// A log that can be read again.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl<'a> MakeWriter<'a> for Log {
        type Writer = Self;

        fn make_writer(&'a self) -> Self {
            self.clone()
        }
    }

    #[handler]
    fn fine() -> &'static str {
        "fine"
    }

    #[handler]
    fn broken() -> Result<&'static str> {
        Err(StatusCode::CONFLICT.into())
    }

    /// The log and the metrics page after these requests.
    fn observe(requests: &[(&str, &str)]) -> (String, String) {
        let routes = Route::new()
            .at("/m/:token", get(fine))
            .at("/broken/:id", get(broken))
            .nest("/v1", Route::new().at("/posts/:id", get(fine)))
            .with(Problems)
            .with(Observe::default())
            .with(RequestIds);
        let recorder = PrometheusBuilder::new().build_recorder();
        let log = Log::default();
        let lines = tracing_subscriber::fmt().with_writer(log.clone()).finish();
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        metrics::with_local_recorder(&recorder, || {
            tracing::subscriber::with_default(lines, || {
                runtime.unwrap().block_on(async {
                    for (method, path) in requests {
                        let method: Method = method.parse().unwrap();
                        let request = Request::builder().method(method);
                        let request = request.uri_str(path).header("x-request-id", "req-7");
                        routes.get_response(request.finish()).await;
                    }
                });
            });
        });
        let bytes = log.0.lock().unwrap().clone();
        (
            String::from_utf8(bytes).unwrap(),
            recorder.handle().render(),
        )
    }

    #[test]
    fn the_pattern_is_told_and_never_the_token() {
        let (log, page) = observe(&[
            ("GET", "/m/canary-token?also=canary-query"),
            ("GET", "/v1/posts/canary-id"),
            ("GET", "/canary-nowhere"),
            ("CANARY", "/m/canary-token"),
        ]);
        assert!(!log.contains("canary") && !log.contains("CANARY"), "{log}");
        assert!(
            !page.contains("canary") && !page.contains("CANARY"),
            "{page}"
        );
        assert!(log.contains("req-7") && log.contains("/m/:token"), "{log}");
        let count = "contentzavod_http_requests_total";
        for labels in [
            r#"{method="GET",route="/m/:token",status="200"} 1"#,
            r#"{method="GET",route="/v1/posts/:id",status="200"} 1"#,
            r#"{method="GET",route="(none)",status="404"} 1"#,
            r#"{method="OTHER",route="/m/:token",status="405"} 1"#,
        ] {
            assert!(
                page.contains(&format!("{count}{labels}")),
                "{labels}\n{page}"
            );
        }
    }

    #[test]
    fn refusals_keep_their_route() {
        let (log, page) = observe(&[("GET", "/broken/1"), ("GET", "/broken/2")]);
        assert_eq!(log.lines().count(), 2, "{log}");
        let labels = r#"{method="GET",route="/broken/:id",status="409"} 2"#;
        assert!(page.contains(labels), "{page}");
    }
}
