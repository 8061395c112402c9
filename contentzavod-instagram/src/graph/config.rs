//! Where the platform is and how long we wait for it. Every address can be pointed elsewhere.

use std::time::Duration;

use contentzavod_core::model::Secret;
use url::{Host, Url};

use crate::family::Family;

/// How long each kind of call may take, from the first byte out to the last byte in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Name lookup, TCP and TLS together. Shorter than the rest, so that a host that cannot be
    /// reached is told apart from one that does not answer.
    pub connect: Duration,
    /// Reads, and everything else that has no number of its own.
    pub read: Duration,
    /// Creating a container.
    pub create: Duration,
    /// The publish call. The engine's lease counts on 30 s at most.
    pub publish: Duration,
    /// Pushing a video: how long nothing may move, in either direction. The whole push has no
    /// limit: how long it takes hangs on the line.
    pub upload_idle: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(30),
            create: Duration::from_secs(60),
            publish: Duration::from_secs(30),
            upload_idle: Duration::from_secs(60),
        }
    }
}

/// Addresses, API version and timeouts. `Default` is Instagram itself.
#[derive(Debug, Clone)]
pub struct GraphConfig {
    /// The Graph host of Instagram Login, e.g. `https://graph.instagram.com`. May have a path
    /// prefix, as may the others.
    pub graph_url: Url,
    /// The Graph host of Facebook Login, e.g. `https://graph.facebook.com`.
    pub facebook_url: Url,
    /// The host of Instagram Login's code exchange, e.g. `https://api.instagram.com`.
    pub oauth_url: Url,
    /// The page of Instagram Login where a person agrees.
    pub authorize_url: Url,
    /// The host of the page of Facebook Login, e.g. `https://www.facebook.com`.
    pub facebook_authorize_url: Url,
    /// Where videos are pushed to. `None`: where the platform says, as long as that is a host of
    /// its own, since a token goes there.
    pub rupload_url: Option<Url>,
    /// The app of Instagram Login, where there is one: people can agree on Instagram's page.
    pub instagram_app: Option<InstagramApp>,
    /// The Meta app of Facebook Login, where its secret is known: calls are signed with it.
    pub meta_app: Option<MetaApp>,
    /// The API version as it stands in paths, e.g. `v25.0`.
    pub version: String,
    /// How long calls may take.
    pub timeouts: Timeouts,
}

/// The app under which accounts come by Instagram Login. Its id and secret are not the Meta app's.
#[derive(Debug, Clone)]
pub struct InstagramApp {
    /// Its id.
    pub id: String,
    /// Its secret.
    pub secret: Secret,
}

/// The Meta app under which accounts come by Facebook Login.
#[derive(Debug, Clone)]
pub struct MetaApp {
    /// Its id. With it tokens are exchanged for long-lived ones.
    pub id: Option<String>,
    /// Its secret.
    pub secret: Secret,
}

/// Where Meta takes videos.
pub(crate) const RUPLOAD: &str = "https://rupload.facebook.com";

/// The version calls are made with unless the operator says otherwise: alive until 29 July 2028.
pub const DEFAULT_VERSION: &str = "v25.0";

impl Default for GraphConfig {
    fn default() -> Self {
        Self {
            graph_url: fixed("https://graph.instagram.com"),
            facebook_url: fixed("https://graph.facebook.com"),
            oauth_url: fixed("https://api.instagram.com"),
            authorize_url: fixed("https://www.instagram.com/oauth/authorize"),
            facebook_authorize_url: fixed("https://www.facebook.com"),
            rupload_url: None,
            instagram_app: None,
            meta_app: None,
            version: DEFAULT_VERSION.to_owned(),
            timeouts: Timeouts::default(),
        }
    }
}

#[expect(
    clippy::expect_used,
    reason = "the addresses are constants of this file"
)]
fn fixed(address: &str) -> Url {
    Url::parse(address).expect("a constant address")
}

/// Why no client can be made of a configuration.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// An address cannot be the base of calls.
    #[error("{name} must be an http or https address without query, user or password")]
    Address {
        /// Which address.
        name: &'static str,
    },
    /// The version does not look like one.
    #[error("the Graph version must look like v25.0, not {0:?}")]
    Version(String),
    /// The HTTP client cannot be set up, e.g. because the machine has no certificate store.
    #[error("the HTTP client cannot be set up: {0}")]
    Http(String),
}

impl GraphConfig {
    /// Checks what the types cannot.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] naming the setting.
    pub fn check(&self) -> Result<(), ConfigError> {
        check_address("graph_url", &self.graph_url)?;
        check_address("facebook_url", &self.facebook_url)?;
        check_address("oauth_url", &self.oauth_url)?;
        check_address("authorize_url", &self.authorize_url)?;
        check_address("facebook_authorize_url", &self.facebook_authorize_url)?;
        if let Some(url) = &self.rupload_url {
            check_address("rupload_url", url)?;
        }
        if is_version(&self.version) {
            Ok(())
        } else {
            Err(ConfigError::Version(self.version.clone()))
        }
    }

    /// True when no call leaves this machine: a stand-in answers.
    pub(crate) fn is_local(&self) -> bool {
        let named = [&self.graph_url, &self.facebook_url, &self.oauth_url];
        let named = named.into_iter().chain(&self.rupload_url);
        named.into_iter().all(local)
    }

    /// Id and secret of the app of a family, where both are known.
    pub(crate) fn app_of(&self, family: Family) -> Option<(&str, &Secret)> {
        match family {
            Family::Instagram => {
                let app = self.instagram_app.as_ref()?;
                Some((&app.id, &app.secret))
            }
            Family::Facebook => {
                let app = self.meta_app.as_ref()?;
                Some((app.id.as_deref()?, &app.secret))
            }
        }
    }

    /// The secrets that Meta may sign its own requests with, the likeliest first.
    #[must_use]
    pub fn app_secrets(&self) -> Vec<Secret> {
        let instagram = self.instagram_app.iter().map(|app| &app.secret);
        let meta = self.meta_app.iter().map(|app| &app.secret);
        instagram.chain(meta).cloned().collect()
    }

    /// The Graph host of a family.
    #[must_use]
    pub const fn graph_of(&self, family: Family) -> &Url {
        match family {
            Family::Instagram => &self.graph_url,
            Family::Facebook => &self.facebook_url,
        }
    }
}

pub(crate) fn local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn check_address(name: &'static str, url: &Url) -> Result<(), ConfigError> {
    let plain = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.query().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    plain.then_some(()).ok_or(ConfigError::Address { name })
}

/// `v`, digits, a dot, digits: anything else would end up inside a path.
fn is_version(text: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    text.strip_prefix('v')
        .and_then(|rest| rest.split_once('.'))
        .is_some_and(|(major, minor)| digits(major) && digits(minor))
}
