//! What protects the server, put together from its settings.

use std::sync::Arc;

use contentzavod_core::ports::Clock;
use url::Url;

use crate::config::Settings;
use crate::limits::{Limits, Rates};
use crate::middleware::{Clients, Headers};
use crate::telemetry::RequestLog;

/// What stands around every call and keeps harm away from the others.
#[derive(Debug, Clone)]
pub struct Guard {
    /// From where somebody calls.
    pub clients: Clients,
    /// How much they may do.
    pub limits: Limits,
    /// What browsers are told to keep to.
    pub headers: Headers,
    /// Where it is written down what they did; `None`: nowhere.
    pub requests: Option<RequestLog>,
}

impl Guard {
    /// As the operator wants it, without a log of requests: whoever serves starts one.
    #[must_use]
    pub fn new(settings: &Settings, public_url: Option<&Url>, clock: Arc<dyn Clock>) -> Self {
        let public = public_url.is_some_and(|url| url.scheme() == "https");
        let headers = if public || settings.tls.is_some() {
            Headers::over_https(settings.hsts_subdomains)
        } else {
            Headers::default()
        };
        Self {
            clients: Clients::trusting(&settings.trusted_proxies),
            limits: Limits::local(&Rates::new(settings.limits), clock),
            headers,
            requests: None,
        }
    }
}
