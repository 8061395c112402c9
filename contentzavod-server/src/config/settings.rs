//! What an operator has set, checked.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use contentzavod_core::model::Secret;
use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::publication::Numbers;
use contentzavod_core::service::Intake;
use contentzavod_instagram::sandbox::{App, FACEBOOK_APP, INSTAGRAM_APP};
use contentzavod_instagram::{Family, GraphConfig, InstagramApp, MetaApp};
use contentzavod_preflight::{CaptionPolicy, Level, Policy};
use ipnet::IpNet;
use url::Url;

use super::error::{ConfigError, Mistake};
use super::names::variable;
use super::operator::OperatorSettings;
use super::shown::Shown;
use super::sign_in::SignInSettings;
use super::text::{LogFormat, Rate};

/// Everything an operator can set, checked. No secret shows in `Debug`.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Settings {
    /// Where everything lies that this server writes: `./data`.
    pub data_dir: PathBuf,
    /// Where connections are taken: `127.0.0.1:8080`.
    pub listen: SocketAddr,
    /// The address under which the world reaches this server.
    pub public_url: Option<Url>,
    /// Plain HTTP may leave this machine.
    pub insecure_http: bool,
    /// The database file, where it was named; always the one in the data directory so far.
    pub database_url: Option<PathBuf>,
    /// Where uploaded files are kept; a `file:` address so far.
    pub media_url: Option<Url>,
    /// The key ring that seals tokens; without it a generated one lies in the data directory.
    pub encryption_keys: Option<Secret>,
    /// Whose word about a caller's address is taken.
    pub trusted_proxies: Vec<IpNet>,
    /// The certificate to serve HTTPS with.
    pub tls: Option<TlsFiles>,
    /// Whether browsers are told to reach the names below this one by HTTPS only, too.
    pub hsts_subdomains: bool,
    /// Instagram.
    pub instagram: InstagramSettings,
    /// Who runs this server.
    pub operator: OperatorSettings,
    /// Who may come in, and how.
    pub sign_in: SignInSettings,
    /// When and how often is published.
    pub publishing: PublishingSettings,
    /// How long files are kept, and what mends them.
    pub media: MediaSettings,
    /// What files and captions must be.
    pub preflight: PreflightSettings,
    /// Logs.
    pub log: LogSettings,
    /// How much a caller may do.
    pub limits: LimitsSettings,
    /// The configuration in force, as it may be shown.
    pub shown: Vec<Shown>,
    /// What was set and has no effect, or is doubtful; to be logged at start.
    pub warnings: Vec<String>,
}

/// Where a certificate lies.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TlsFiles {
    /// The certificate chain in PEM.
    pub cert: PathBuf,
    /// Its private key in PEM.
    pub key: PathBuf,
}

/// Instagram.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct InstagramSettings {
    /// How accounts are connected unless somebody says otherwise; both families are served.
    pub login: Family,
    /// The app of that family.
    pub app_id: Option<String>,
    /// Its secret; set if and only if the app is.
    pub app_secret: Option<Secret>,
    /// The Meta app of Facebook Login, where that is not the usual family.
    pub meta_app_id: Option<String>,
    /// Its secret.
    pub meta_app_secret: Option<Secret>,
    /// The API version as it stands in paths.
    pub graph_version: String,
    /// The Graph host of Instagram Login.
    pub graph_url: Url,
    /// The Graph host of Facebook Login; where only `graph_url` was set, to this
    /// machine, it is that.
    pub facebook_graph_url: Url,
    /// The host of the code exchange.
    pub oauth_url: Url,
    /// The page where a person agrees by Instagram Login.
    pub authorize_url: Url,
    /// The host of the page where a person agrees by Facebook Login.
    pub facebook_authorize_url: Url,
    /// Where bytes are pushed to, if not where Meta says.
    pub rupload_url: Option<Url>,
}

impl InstagramSettings {
    /// Lets a stand-in at an address play all of it, each host under its name: it then refuses what
    /// the real one refuses.
    ///
    /// # Errors
    ///
    /// When the address cannot be a base.
    pub fn played_by(&mut self, base: &Url) -> Result<(), url::ParseError> {
        self.graph_url = base.join("graph.instagram.com")?;
        self.facebook_graph_url = base.join("graph.facebook.com")?;
        self.oauth_url = base.join("api.instagram.com")?;
        self.authorize_url = base.join("www.instagram.com/oauth/authorize")?;
        self.facebook_authorize_url = base.join("www.facebook.com")?;
        self.rupload_url = Some(base.clone());
        self.know(INSTAGRAM_APP, FACEBOOK_APP);
        Ok(())
    }

    /// The apps that a stand-in knows, in the place of those that Meta does.
    fn know(&mut self, instagram: App, facebook: App) {
        let (usual, meta) = match self.login {
            Family::Instagram => (instagram, Some(facebook)),
            Family::Facebook => (facebook, None),
        };
        self.app_id = Some(usual.id.to_owned());
        self.app_secret = Some(usual.secret.into());
        self.meta_app_id = meta.map(|app| app.id.to_owned());
        self.meta_app_secret = meta.map(|app| app.secret.into());
    }

    /// The app under which accounts come by Instagram Login; where that is not the usual family none
    /// can be set.
    pub(crate) fn instagram_app(&self) -> Option<InstagramApp> {
        let (id, secret) = self.app_id.clone().zip(self.app_secret.clone())?;
        let usual = self.login == Family::Instagram;
        usual.then_some(InstagramApp { id, secret })
    }

    /// The Meta app under which accounts come by Facebook Login.
    pub(crate) fn meta_app(&self) -> Option<MetaApp> {
        let (id, secret) = match self.login {
            Family::Facebook => (&self.app_id, &self.app_secret),
            Family::Instagram => (&self.meta_app_id, &self.meta_app_secret),
        };
        let secret = secret.clone()?;
        Some(MetaApp {
            id: id.clone(),
            secret,
        })
    }
}

/// When and how often is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PublishingSettings {
    /// How long before its time a publication is prepared.
    pub stage_ahead: TimeDelta,
    /// Later than this nothing goes out on its own, unless the post says otherwise.
    pub max_late: TimeDelta,
    /// Never send again after an unknown outcome.
    pub strict: bool,
    /// How long an answered publish call settles.
    pub settle: TimeDelta,
    /// How long an unanswered one settles.
    pub settle_timeout: TimeDelta,
}

/// How long files are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MediaSettings {
    /// Unused ones.
    pub unused_ttl: TimeDelta,
    /// Those of a failed or missed publication.
    pub retry_ttl: TimeDelta,
    /// What encodes videos anew.
    pub ffmpeg: Ffmpeg,
}

/// What encodes videos anew, on demand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Ffmpeg {
    /// `ffmpeg` of the search path, where there is one.
    #[default]
    Auto,
    /// Nothing: videos are refused in words.
    Off,
    /// This program.
    At(PathBuf),
}

/// Where the pre-flight differs from what is usual: sources disagree, and limits change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PreflightSettings {
    /// Most bytes of a video.
    pub bytes_max: Option<u64>,
    /// Rules that are taken more or less seriously, by their ids.
    pub rules: BTreeMap<String, Level>,
}

/// Logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct LogSettings {
    /// How lines look.
    pub format: LogFormat,
    /// How long the log of requests is kept.
    pub retention: TimeDelta,
}

/// How much a caller may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct LimitsSettings {
    /// Calls of the API, of a key or a user.
    pub api: Rate,
    /// Uploads of a user.
    pub upload: Rate,
    /// Tries to sign in, from an address.
    pub sign_in: Rate,
}

impl Default for LimitsSettings {
    /// 600 calls a minute, 120 uploads an hour, 20 tries to sign in a minute.
    fn default() -> Self {
        Self {
            api: Rate::minutely(600),
            upload: Rate::hourly(120),
            sign_in: Rate::minutely(20),
        }
    }
}

impl PreflightSettings {
    /// What files must be.
    #[must_use]
    pub fn intake(&self) -> Intake {
        let changed = |policy: Policy| {
            let rules = self.rules.iter();
            rules.fold(policy, |policy, (rule, level)| policy.with(rule, *level))
        };
        let mut intake = Intake::default();
        intake.video = changed(intake.video);
        intake.cover = changed(intake.cover);
        if let Some(bytes) = self.bytes_max {
            let set = format!("the operator, by {}", variable("preflight.bytes_max"));
            for limit in [&mut intake.video.bytes_max, &mut intake.video.bytes_warn] {
                limit.value = bytes;
                limit.source.clone_from(&set);
            }
        }
        intake
    }

    /// What captions must be.
    #[must_use]
    pub fn captions(&self) -> CaptionPolicy {
        let rules = self.rules.iter();
        rules.fold(CaptionPolicy::instagram(), |policy, (rule, level)| {
            policy.with(rule, *level)
        })
    }
}

impl Settings {
    /// The numbers the engine runs with.
    #[must_use]
    pub fn numbers(&self) -> Numbers {
        Numbers {
            stage_ahead: self.publishing.stage_ahead,
            strict: self.publishing.strict,
            settle: self.publishing.settle,
            settle_timeout: self.publishing.settle_timeout,
            max_late: self.publishing.max_late,
            ..Numbers::default()
        }
    }

    /// Where Instagram is.
    #[must_use]
    pub fn graph(&self) -> GraphConfig {
        GraphConfig {
            graph_url: self.instagram.graph_url.clone(),
            facebook_url: self.instagram.facebook_graph_url.clone(),
            oauth_url: self.instagram.oauth_url.clone(),
            authorize_url: self.instagram.authorize_url.clone(),
            facebook_authorize_url: self.instagram.facebook_authorize_url.clone(),
            rupload_url: self.instagram.rupload_url.clone(),
            instagram_app: self.instagram.instagram_app(),
            meta_app: self.instagram.meta_app(),
            version: self.instagram.graph_version.clone(),
            ..GraphConfig::default()
        }
    }

    /// How long files stay once nothing needs them.
    #[must_use]
    pub const fn media_ttl(&self) -> MediaTtl {
        MediaTtl {
            unused: self.media.unused_ttl,
            retry: self.media.retry_ttl,
        }
    }

    /// The folder of uploaded files, where it is not the one in the data directory.
    #[must_use]
    pub fn media_dir(&self) -> Option<PathBuf> {
        self.media_url.as_ref()?.to_file_path().ok()
    }

    /// True when a peer is a proxy whose word about the caller's address is taken.
    #[must_use]
    pub fn trusts(&self, peer: IpAddr) -> bool {
        // A socket of both families shows IPv4 peers as ::ffff:a.b.c.d.
        let peer = peer.to_canonical();
        self.trusted_proxies.iter().any(|net| net.contains(&peer))
    }

    /// Refuses to carry keys and sessions over the network in plain text. For `serve` only: other
    /// commands take no connections.
    ///
    /// # Errors
    ///
    /// A [`ConfigError`] that says the three ways out.
    pub fn check_exposure(&self) -> Result<(), ConfigError> {
        let safe = self.listen.ip().to_canonical().is_loopback()
            || self.tls.is_some()
            || !self.trusted_proxies.is_empty()
            || self.insecure_http;
        if safe {
            return Ok(());
        }
        let rule = "is reachable from the network without encryption; either set \
                    CONTENTZAVOD_TLS__CERT and CONTENTZAVOD_TLS__KEY, or set \
                    CONTENTZAVOD_TRUSTED_PROXIES to the address of a proxy that speaks HTTPS, or \
                    accept plain HTTP with --insecure-http (CONTENTZAVOD_INSECURE_HTTP=true)";
        let mut mistake = Mistake::new("The listen address", rule);
        mistake.value = Some(self.listen.to_string());
        Err(ConfigError {
            mistakes: vec![mistake],
        })
    }
}

/// The database file within a data directory.
pub(super) fn database_in(data_dir: &Path) -> PathBuf {
    data_dir.join(crate::data_dir::DATABASE)
}
