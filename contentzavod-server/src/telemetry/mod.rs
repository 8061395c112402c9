//! Logs and metrics of the process, and the log of requests.
//!
//! Labels of metrics are few and bounded: no ids, no names, no paths with tokens, never a secret.

pub mod requests;

use std::io::{IsTerminal as _, stderr};
use std::sync::{Mutex, PoisonError};

use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::LogFormat;
pub use requests::RequestLog;

/// What is logged when nobody says otherwise.
const USUAL_FILTER: &str = "info";

/// HTTP requests answered, by `method`, `route` (its pattern) and `status`.
pub const HTTP_REQUESTS: &str = "contentzavod_http_requests_total";
/// How long the answers' heads took, by `method` and `route`.
pub const HTTP_SECONDS: &str = "contentzavod_http_request_seconds";
/// How late publish calls began.
pub const LATENESS_SECONDS: &str = "contentzavod_publish_lateness_seconds";
/// Publications that entered a state, by `state`.
pub const PUBLICATIONS: &str = "contentzavod_publications_total";

/// Bytes free on the disk of the data directory.
pub const DISK_FREE: &str = "contentzavod_disk_free_bytes";
/// Bytes kept back on it for posts under way; 0 once they were given up.
pub const DISK_RESERVE: &str = "contentzavod_disk_reserve_bytes";

/// Calls that were refused because there were too many, by `bucket`.
pub const LIMITED: &str = "contentzavod_limited_total";
/// Lines of the log of requests that could not be written.
pub const REQUEST_LINES_LOST: &str = "contentzavod_request_log_lost_total";

const HTTP_BUCKETS: [f64; 11] = [
    0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0,
];
/// The promise is a second; what is beyond it is told apart down to hours.
const LATENESS_BUCKETS: [f64; 10] = [0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 10.0, 60.0, 600.0, 3600.0];

/// Starts logging to the standard error, where it does not mix with what commands print.
///
/// `filter` is what `RUST_LOG` holds, if anything; without it, or where it cannot be read, `info`.
/// A second call changes nothing, nor does one in a host program that logs already.
pub fn init_logs(format: LogFormat, filter: Option<&str>) {
    let filter = filter.filter(|text| !text.trim().is_empty());
    let parsed = filter.map(EnvFilter::try_new).transpose();
    let wrong = parsed.as_ref().err().map(ToString::to_string);
    let usual = || EnvFilter::new(USUAL_FILTER);
    let filter = parsed.ok().flatten().unwrap_or_else(usual);
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(stderr)
        .with_ansi(stderr().is_terminal());
    let started = match format {
        LogFormat::Text => builder.finish().try_init(),
        LogFormat::Json => builder.json().flatten_event(true).finish().try_init(),
    };
    if let (Ok(()), Some(wrong)) = (started, wrong) {
        tracing::warn!("RUST_LOG cannot be read, logging at info: {wrong}");
    }
}

/// Why metrics cannot be kept.
#[derive(Debug, thiserror::Error)]
#[error("metrics cannot be kept: {0}")]
pub struct MetricsError(String);

/// What the process counts, in the format of Prometheus.
#[derive(Debug, Clone)]
pub struct Metrics(PrometheusHandle);

impl Metrics {
    /// Starts counting, once a process: later calls give the same counts.
    ///
    /// # Errors
    ///
    /// [`MetricsError`] when a host program has its own recorder; then the counts are there.
    pub fn install() -> Result<Self, MetricsError> {
        static INSTALLED: Mutex<Option<Metrics>> = Mutex::new(None);
        let mut installed = INSTALLED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(metrics) = installed.as_ref() {
            return Ok(metrics.clone());
        }
        let recorder = builder()?.build_recorder();
        let metrics = Self(recorder.handle());
        metrics::set_global_recorder(recorder).map_err(refused)?;
        describe();
        *installed = Some(metrics.clone());
        Ok(metrics)
    }

    /// The page `/metrics`.
    #[must_use]
    pub fn render(&self) -> String {
        self.0.run_upkeep();
        self.0.render()
    }
}

fn builder() -> Result<PrometheusBuilder, MetricsError> {
    let named = |name: &str| Matcher::Full(name.to_owned());
    PrometheusBuilder::new()
        .set_buckets_for_metric(named(HTTP_SECONDS), &HTTP_BUCKETS)
        .and_then(|b| b.set_buckets_for_metric(named(LATENESS_SECONDS), &LATENESS_BUCKETS))
        .map_err(refused)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it stands where `map_err` hands errors over"
)]
fn refused(error: impl ToString) -> MetricsError {
    MetricsError(error.to_string())
}

fn describe() {
    describe_counter!(
        HTTP_REQUESTS,
        "HTTP requests answered, by method, route pattern and status"
    );
    describe_histogram!(
        HTTP_SECONDS,
        Unit::Seconds,
        "Time until the head of the answer, by method and route pattern"
    );
    describe_histogram!(
        LATENESS_SECONDS,
        Unit::Seconds,
        "How long after it was due and ready a publish call began"
    );
    describe_gauge!(
        DISK_FREE,
        Unit::Bytes,
        "Bytes free on the disk of the data directory"
    );
    describe_gauge!(
        DISK_RESERVE,
        Unit::Bytes,
        "Bytes kept back for posts under way; 0 once they were given up"
    );
    describe_counter!(
        LIMITED,
        "Calls refused because there were too many, by what is limited"
    );
    describe_counter!(
        REQUEST_LINES_LOST,
        "Lines of the log of requests that could not be written"
    );
    describe_counter!(PUBLICATIONS, "Publications that entered a state");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logs_may_be_started_twice_and_with_a_filter_that_is_none() {
        init_logs(LogFormat::Json, Some("=,,=not a filter=="));
        init_logs(LogFormat::Text, None);
    }

    #[test]
    fn counts_are_the_same_for_whoever_installs_and_are_described() {
        let first = Metrics::install().unwrap();
        let second = Metrics::install().unwrap();
        metrics::counter!(PUBLICATIONS, "state" => "published").increment(1);
        metrics::histogram!(LATENESS_SECONDS).record(0.3);
        let page = first.render();
        assert!(
            page.contains("contentzavod_publications_total{state=\"published\"} 1"),
            "{page}"
        );
        assert!(page.contains("contentzavod_publish_lateness_seconds_bucket{le=\"0.5\"} 1"));
        assert!(page.contains("# HELP contentzavod_publications_total Publications"));
        assert!(second.render().contains("contentzavod_publications_total"));
    }
}
