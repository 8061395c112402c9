//! The calls: one method each, one request each.

use std::sync::Arc;

use contentzavod_core::model::{Quota, Reel, Secret};
use contentzavod_core::ports::{
    Answer, CallError, Clock, Fault, HandleStatus, Identified, Link, Publish, PublishError,
    Published, RemoteMedia, SystemClock,
};
use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::Value;
use url::Url;

use super::account::{self, Token};
use super::config::{ConfigError, GraphConfig};
use super::error::{self, Call, Failure, Refusal, Said};
use super::http::{Connection, Http, Lost, Reply};
use super::limits::{self, Meta};
use super::{container, media, value};

/// Speaks Instagram's Graph API. Cheap to clone; clones share their connections.
///
/// Every method makes one request (the list of media a second one where fields are refused),
/// repeats nothing, follows no redirect, and returns errors without tokens and addresses.
#[derive(Debug, Clone)]
pub struct GraphClient {
    config: Arc<GraphConfig>,
    http: Http,
    clock: Arc<dyn Clock>,
}

/// One request.
struct Ask<'a> {
    /// For the log.
    name: &'static str,
    method: Method,
    url: Url,
    /// Sent as a bearer.
    token: Option<&'a Secret>,
    form: Option<&'a [(&'static str, String)]>,
}

/// What a request came to.
type Heard = Result<(Value, Meta), Failure>;

impl GraphClient {
    /// Makes a client.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when the configuration cannot work.
    pub fn new(config: GraphConfig) -> Result<Self, ConfigError> {
        config.check()?;
        Ok(Self {
            http: Http::new(&config.timeouts)?,
            config: Arc::new(config),
            clock: Arc::new(SystemClock::new()),
        })
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

    /// Whom a token belongs to.
    ///
    /// # Errors
    ///
    /// As in [`CallError`].
    pub async fn me(&self, token: &Secret) -> Result<Answer<Identified>, CallError> {
        let url = self.graph(&["me"], &[("fields", account::ME_FIELDS)]);
        let heard = self.read("me", url, token).await;
        parsed(heard, Call::Read, account::me)
    }

    /// Exchanges a living long-lived token for its successor.
    ///
    /// # Errors
    ///
    /// As in [`CallError`]; the platform refuses tokens younger than a day.
    pub async fn refresh(&self, token: &Secret) -> Result<Answer<Token>, CallError> {
        let mut url = self.unversioned(&["refresh_access_token"]);
        url.query_pairs_mut()
            .append_pair("grant_type", "ig_refresh_token")
            .append_pair("access_token", token.expose_secret());
        let ask = Ask::get("refresh_access_token", url);
        parsed(self.ask(ask).await, Call::Read, account::token)
    }

    /// Exchanges a sign-in code for a token that lives an hour.
    ///
    /// # Errors
    ///
    /// As in [`CallError`]: `Token` when the code is used up, `Permission` when the person is no
    /// tester of an app in development.
    pub async fn exchange_code(
        &self,
        app_id: &str,
        app_secret: &Secret,
        redirect_uri: &Url,
        code: &Secret,
    ) -> Result<Answer<Token>, CallError> {
        // The platform glues `#_` to the address; it may have got into the code.
        let code = code.expose_secret().trim_end_matches("#_");
        let form = [
            ("client_id", app_id.to_owned()),
            ("client_secret", app_secret.expose_secret().to_owned()),
            ("grant_type", "authorization_code".to_owned()),
            ("redirect_uri", redirect_uri.to_string()),
            ("code", code.to_owned()),
        ];
        let url = join(&self.config.oauth_url, &["oauth", "access_token"]);
        let ask = Ask {
            name: "oauth/access_token",
            method: Method::POST,
            url,
            token: None,
            form: Some(&form),
        };
        parsed(self.ask(ask).await, Call::Read, account::token)
    }

    /// Exchanges a token that lives an hour for one that lives sixty days.
    ///
    /// # Errors
    ///
    /// As in [`CallError`].
    pub async fn exchange_long(
        &self,
        app_secret: &Secret,
        token: &Secret,
    ) -> Result<Answer<Token>, CallError> {
        let mut url = self.unversioned(&["access_token"]);
        url.query_pairs_mut()
            .append_pair("grant_type", "ig_exchange_token")
            .append_pair("client_secret", app_secret.expose_secret())
            .append_pair("access_token", token.expose_secret());
        let ask = Ask::get("access_token", url);
        parsed(self.ask(ask).await, Call::Read, account::token)
    }

    /// Takes the app's permissions back. A token that is dead already counts as given back.
    ///
    /// No document of this login family describes the call: many clients make it, best effort.
    ///
    /// # Errors
    ///
    /// As in [`CallError`].
    pub async fn revoke(&self, token: &Secret) -> Result<(), CallError> {
        let ask = Ask {
            name: "revoke",
            method: Method::DELETE,
            url: self.unversioned(&["me", "permissions"]),
            token: Some(token),
            form: None,
        };
        match self.ask(ask).await {
            Ok(_) => Ok(()),
            Err(failure) if failure.is_dead_token() => Ok(()),
            Err(failure) => Err(failure.into_call(Call::Read)),
        }
    }

    /// Makes a container of a Reel whose video the platform fetches. Returns its id.
    ///
    /// # Errors
    ///
    /// As in [`CallError`].
    pub async fn create_reel(
        &self,
        token: &Secret,
        user: &str,
        reel: &Reel,
        video_url: &Url,
        cover_url: Option<&Url>,
    ) -> Result<Answer<String>, CallError> {
        let user = path_id(user).map_err(|f| f.into_call(Call::Create))?;
        let form = container::reel_form(reel, video_url, cover_url);
        let ask = Ask {
            name: "media",
            method: Method::POST,
            url: self.graph(&[user, "media"], &[]),
            token: Some(token),
            form: Some(&form),
        };
        let limit = self.config.timeouts.create;
        let heard = self.ask_within(ask, Connection::Pooled, limit).await;
        parsed(heard, Call::Create, container::id)
    }

    /// Where a container stands.
    ///
    /// # Errors
    ///
    /// As in [`CallError`]; `Unreadable` says nothing about the container.
    pub async fn container_status(
        &self,
        token: &Secret,
        container: &str,
    ) -> Result<Answer<HandleStatus>, CallError> {
        let id = path_id(container).map_err(|f| f.into_call(Call::Status))?;
        let url = self.graph(&[id], &[("fields", container::STATUS_FIELDS)]);
        let heard = self.read("container", url, token).await;
        let mut answer = parsed(heard, Call::Status, container::status)?;
        if let Some(fault) = &mut answer.value.fault {
            fault.trace.clone_from(&answer.trace);
            fault.remote_time = answer.remote_time;
        }
        Ok(answer)
    }

    /// Publishes a container: the one irreversible call, over a connection of its own.
    ///
    /// # Errors
    ///
    /// As in [`PublishError`].
    pub async fn publish_container(&self, token: &Secret, user: &str, container: &str) -> Publish {
        let user = path_id(user).map_err(Failure::into_publish)?;
        let container = path_id(container).map_err(Failure::into_publish)?;
        let form = [("creation_id", container.to_owned())];
        let ask = Ask {
            name: "media_publish",
            method: Method::POST,
            url: self.graph(&[user, "media_publish"], &[]),
            token: Some(token),
            form: Some(&form),
        };
        let limit = self.config.timeouts.publish;
        let heard = self.ask_within(ask, Connection::Fresh, limit).await;
        let (body, meta) = heard.map_err(Failure::into_publish)?;
        match container::id(&body) {
            Some(id) => Ok(meta.answer(Published::Live(id))),
            None => Err(PublishError::Unknown {
                answered: true,
                fault: unreadable(&meta),
            }),
        }
    }

    /// The account's newest media, newest first.
    ///
    /// # Errors
    ///
    /// As in [`CallError`].
    pub async fn recent_media(
        &self,
        token: &Secret,
        user: &str,
    ) -> Result<Answer<Vec<RemoteMedia>>, CallError> {
        let user = path_id(user).map_err(|f| f.into_call(Call::Read))?;
        let list = |fields| {
            self.graph(
                &[user, "media"],
                &[("fields", fields), ("limit", media::LIMIT)],
            )
        };
        let heard = self.read("media list", list(media::FIELDS), token).await;
        if heard.as_ref().is_err_and(Failure::is_bad_parameter) {
            // Captions are refused to this token: without them is better than not at all.
            let url = list(media::FIELDS_MIN);
            let heard = self.read("media list, no captions", url, token).await;
            return parsed(heard, Call::Read, |body| media::list(body, false));
        }
        parsed(heard, Call::Read, |body| media::list(body, true))
    }

    /// Where people see a media.
    ///
    /// # Errors
    ///
    /// As in [`CallError`]; `Unreadable` is usual for media that are seconds old.
    pub async fn link(&self, token: &Secret, media_id: &str) -> Result<Answer<Link>, CallError> {
        let id = path_id(media_id).map_err(|f| f.into_call(Call::Read))?;
        let url = self.graph(&[id], &[("fields", media::LINK_FIELDS)]);
        parsed(
            self.read("media", url, token).await,
            Call::Read,
            media::link,
        )
    }

    /// The account's publishing quota.
    ///
    /// # Errors
    ///
    /// As in [`CallError`]; `Unreadable` when the answer lacks a number.
    pub async fn publishing_limit(
        &self,
        token: &Secret,
        user: &str,
    ) -> Result<Answer<Quota>, CallError> {
        let user = path_id(user).map_err(|f| f.into_call(Call::Read))?;
        let path = [user, "content_publishing_limit"];
        let url = self.graph(&path, &[("fields", "quota_usage,config")]);
        let heard = self.read("content_publishing_limit", url, token).await;
        parsed(heard, Call::Read, limits::quota)
    }

    fn graph(&self, path: &[&str], query: &[(&str, &str)]) -> Url {
        let mut url = join(&self.config.graph_url, &[&self.config.version]);
        url = join(&url, path);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }

    /// The token endpoints stand outside of versions.
    fn unversioned(&self, path: &[&str]) -> Url {
        join(&self.config.graph_url, path)
    }

    async fn read(&self, name: &'static str, url: Url, token: &Secret) -> Heard {
        let mut ask = Ask::get(name, url);
        ask.token = Some(token);
        self.ask(ask).await
    }

    async fn ask(&self, ask: Ask<'_>) -> Heard {
        let limit = self.config.timeouts.read;
        self.ask_within(ask, Connection::Pooled, limit).await
    }

    async fn ask_within(
        &self,
        ask: Ask<'_>,
        connection: Connection,
        limit: std::time::Duration,
    ) -> Heard {
        let mut request = self.http.client(connection).request(ask.method, ask.url);
        if let Some(token) = ask.token {
            request = request.bearer_auth(token.expose_secret());
        }
        if let Some(form) = ask.form {
            request = request.form(form);
        }
        let call = ask.name;
        match self.http.send(connection, request, limit).await {
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
}

impl<'a> Ask<'a> {
    const fn get(name: &'static str, url: Url) -> Self {
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
fn join(base: &Url, path: &[&str]) -> Url {
    let mut url = base.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path);
    }
    url
}

/// An id that may stand in a path; anything else is not sent at all.
fn path_id(id: &str) -> Result<&str, Failure> {
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
    let refused = |said, meta| Err(Failure::Refused(Refusal { status, said, meta }));
    let Ok(body) = serde_json::from_slice::<Value>(&reply.body) else {
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
fn parsed<T>(
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

fn unreadable(meta: &Meta) -> Fault {
    let mut fault = Fault::new(
        "instagram.unreadable",
        "Instagram's answer does not hold what was asked for.",
    );
    fault.trace.clone_from(&meta.trace);
    fault.remote_time = meta.remote_time;
    fault
}
