//! How a call is made: addresses, headers, and what an answer means before it is read.
//! The calls themselves stand with what they read.

use std::sync::Arc;

use contentzavod_core::model::Secret;
use contentzavod_core::ports::{Answer, CallError, Clock, Fault, SystemClock};
use reqwest::Method;
use reqwest::header::HeaderMap;
use secrecy::ExposeSecret;
use serde_json::Value;
use url::Url;

use super::config::{ConfigError, GraphConfig};
use super::error::{self, Call, Failure, Refusal, Said};
use super::http::{Connection, Http, Lost, Reply};
use super::limits::Meta;
use super::{proof, unique, value};
use crate::family::Family;
use crate::words;

/// Speaks Instagram's Graph API. Cheap to clone; clones share their connections.
///
/// Every method makes one request (the list of media a second one where fields are refused),
/// repeats nothing, follows no redirect, and returns errors without tokens and addresses.
#[derive(Debug, Clone)]
pub struct GraphClient {
    config: Arc<GraphConfig>,
    http: Http,
    clock: Arc<dyn Clock>,
    family: Family,
}

/// One request.
pub(super) struct Ask<'a> {
    /// For the log.
    pub(super) name: &'static str,
    pub(super) method: Method,
    pub(super) url: Url,
    /// Sent as a bearer.
    pub(super) token: Option<&'a Secret>,
    pub(super) form: Option<&'a [(&'static str, String)]>,
}

/// What a request came to.
pub(super) type Heard = Result<(Value, Meta), Failure>;

impl GraphClient {
    /// Makes a client.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when the configuration cannot work.
    pub fn new(config: GraphConfig) -> Result<Self, ConfigError> {
        config.check()?;
        Ok(Self {
            http: Http::new(&config)?,
            config: Arc::new(config),
            clock: Arc::new(SystemClock::new()),
            family: Family::Instagram,
        })
    }

    /// The same client speaking to the host of a login family; a new one speaks to Instagram
    /// Login's.
    #[must_use]
    pub fn of(&self, family: Family) -> Self {
        Self {
            family,
            ..self.clone()
        }
    }

    /// To whose host it speaks.
    #[must_use]
    pub const fn family(&self) -> Family {
        self.family
    }

    /// Counts times from this clock where the platform does not say its own.
    #[must_use]
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &GraphConfig {
        &self.config
    }

    pub(super) fn graph(&self, path: &[&str], query: &[(&str, &str)]) -> Url {
        let mut url = join(self.config.graph_of(self.family), &[&self.config.version]);
        url = join(&url, path);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }

    /// The token endpoints stand outside of versions.
    pub(super) fn unversioned(&self, path: &[&str]) -> Url {
        join(self.config.graph_of(self.family), path)
    }

    pub(super) async fn read(&self, name: &'static str, url: Url, token: &Secret) -> Heard {
        let mut ask = Ask::get(name, url);
        ask.token = Some(token);
        self.ask(ask).await
    }

    /// The headers of an answer whose status and body say nothing that is wanted.
    pub(super) async fn head(&self, name: &'static str, url: Url) -> Result<HeaderMap, Lost> {
        let request = self.http.client(Connection::Pooled).head(url);
        let limit = self.config.timeouts.read;
        let reply = self.http.send(Connection::Pooled, request, limit).await?;
        tracing::debug!(call = name, status = reply.status, "answered");
        Ok(reply.headers)
    }

    /// Proves that the app speaks, where it can: Meta refuses a stolen token without it.
    fn sign(&self, url: &mut Url, token: &Secret) {
        let app = self.config.meta_app.as_ref();
        if let Some(app) = app.filter(|_| self.family == Family::Facebook) {
            let proof = proof::of(&app.secret, token);
            url.query_pairs_mut().append_pair("appsecret_proof", &proof);
        }
    }

    pub(super) fn http(&self) -> &Http {
        &self.http
    }

    /// Reads a reply as every answer is read.
    pub(super) fn understood(&self, call: &'static str, reply: Result<Reply, Lost>) -> Heard {
        match reply {
            Ok(reply) => {
                let meta = Meta::of(&reply.headers, self.clock.now());
                tracing::debug!(call, status = reply.status, trace = meta.trace, "answered");
                understand(&reply, meta)
            }
            Err(lost) => {
                tracing::debug!(call, ?lost, "no answer");
                Err(Failure::Lost(lost))
            }
        }
    }

    pub(super) async fn ask(&self, ask: Ask<'_>) -> Heard {
        let limit = self.config.timeouts.read;
        self.ask_within(ask, Connection::Pooled, limit).await
    }

    pub(super) async fn ask_within(
        &self,
        ask: Ask<'_>,
        connection: Connection,
        limit: std::time::Duration,
    ) -> Heard {
        let mut url = ask.url;
        if let Some(token) = ask.token {
            self.sign(&mut url, token);
        }
        let mut request = self.http.client(connection).request(ask.method, url);
        if let Some(token) = ask.token {
            request = request.bearer_auth(token.expose_secret());
        }
        if let Some(form) = ask.form {
            request = request.form(form);
        }
        let reply = self.http.send(connection, request, limit).await;
        self.understood(ask.name, reply)
    }
}

impl<'a> Ask<'a> {
    pub(super) const fn get(name: &'static str, url: Url) -> Self {
        Ask {
            name,
            method: Method::GET,
            url,
            token: None,
            form: None,
        }
    }
}

/// The base with more segments; each is percent-encoded.
pub(crate) fn join(base: &Url, path: &[&str]) -> Url {
    let mut url = base.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path);
    }
    url
}

/// An id that may stand in a path; anything else is not sent at all.
pub(super) fn path_id(id: &str) -> Result<&str, Failure> {
    if value::is_id(id) {
        Ok(id)
    } else {
        let why = "the id is not one of Instagram's".to_owned();
        Err(Failure::Lost(Lost::Unbuilt(why)))
    }
}

/// Errors come with any status, 200 too: what the body says counts first.
fn understand(reply: &Reply, meta: Meta) -> Heard {
    let status = reply.status;
    let refused = |said, meta| Err(Failure::Refused(Box::new(Refusal { status, said, meta })));
    let Ok(body) = unique::parse(&reply.body) else {
        return refused(Said::NoJson, meta);
    };
    if let Some(said) = error::read(&body) {
        return refused(said, meta);
    }
    if (200..300).contains(&status) {
        return Ok((body, meta));
    }
    refused(error::plain(&body), meta)
}

/// Reads a value out of an answer. One that does not hold it says nothing.
pub(super) fn parsed<T>(
    heard: Heard,
    call: Call,
    read: impl FnOnce(&Value) -> Option<T>,
) -> Result<Answer<T>, CallError> {
    let (body, meta) = heard.map_err(|failure| failure.into_call(call))?;
    match read(&body) {
        Some(value) => Ok(meta.answer(value)),
        None => Err(CallError::Unreadable(unreadable(&meta))),
    }
}

pub(super) fn unreadable(meta: &Meta) -> Fault {
    let mut fault = words::said("instagram.unreadable");
    fault.trace.clone_from(&meta.trace);
    fault.remote_time = meta.remote_time;
    fault
}
