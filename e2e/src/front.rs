//! A server with a front door: all three providers, which a stand-in plays.

use std::sync::Arc;

use contentzavod_core::testing::ManualClock;
use contentzavod_identity::stand_in::{Part, StandIn};
use contentzavod_instagram::sandbox::{FACEBOOK_APP, INSTAGRAM_APP, Sandbox};
use url::Url;

use crate::server::{Failure, Server, hosts};

/// Everybody whom the stand-in plays.
pub const PARTS: [Part; 3] = [Part::Telegram, Part::Google, Part::Yandex];
/// What proves this server to a provider; it must show nowhere.
pub const SECRET: &str = "the client's secret, a canary";
/// Under what the providers know this server.
pub const ID: &str = "123456789";

/// The server, the providers and the platform.
#[derive(Debug)]
pub struct Front {
    /// The server.
    pub server: Server,
    /// Every provider.
    pub stand_in: StandIn,
    /// The platform.
    pub sandbox: Sandbox,
    /// The address that people know the server by.
    pub site: Url,
}

/// Settings by which the stand-in plays every provider.
#[must_use]
pub fn providers(stand_in: &StandIn) -> Vec<(String, String)> {
    let mut set = Vec::new();
    let mut add = |name: &str, value: &str| {
        set.push((format!("CONTENTZAVOD_{name}"), value.to_owned()));
    };
    for part in ["TELEGRAM", "GOOGLE", "YANDEX"] {
        add(&format!("{part}__CLIENT_ID"), ID);
        add(&format!("{part}__CLIENT_SECRET"), SECRET);
    }
    add("TELEGRAM__ISSUER", stand_in.url(Part::Telegram).as_str());
    add("GOOGLE__ISSUER", stand_in.url(Part::Google).as_str());
    let yandex = stand_in.url(Part::Yandex);
    add("YANDEX__OAUTH_URL", yandex.as_str());
    add("YANDEX__INFO_URL", &format!("{yandex}/info"));
    set
}

impl Front {
    /// Starts all of it, with more settings (`SIGN_IN__NEWCOMERS`); behind a proxy where there is a
    /// public address.
    ///
    /// # Errors
    ///
    /// When a part does not start.
    pub async fn start(more: &[(&str, &str)], public: Option<&str>) -> Result<Self, Failure> {
        let clock = Arc::new(ManualClock::new());
        let stand_in = StandIn::start(clock.clone()).await?;
        let set = providers(&stand_in);
        Self::begin(stand_in, clock, set, more, public).await
    }

    /// The same with no provider switched on.
    ///
    /// # Errors
    ///
    /// When a part does not start.
    pub async fn without_providers() -> Result<Self, Failure> {
        let clock = Arc::new(ManualClock::new());
        let stand_in = StandIn::start(clock.clone()).await?;
        Self::begin(stand_in, clock, Vec::new(), &[], None).await
    }

    async fn begin(
        stand_in: StandIn,
        clock: Arc<ManualClock>,
        mut set: Vec<(String, String)>,
        more: &[(&str, &str)],
        public: Option<&str>,
    ) -> Result<Self, Failure> {
        stand_in.reads("en");
        let sandbox = Sandbox::builder().clock(clock.clone()).start().await?;
        for (name, value) in [
            ("APP_ID", INSTAGRAM_APP.id),
            ("APP_SECRET", INSTAGRAM_APP.secret),
            ("META_APP_ID", FACEBOOK_APP.id),
            ("META_APP_SECRET", FACEBOOK_APP.secret),
        ] {
            let name = format!("CONTENTZAVOD_INSTAGRAM__{name}");
            set.push((name, value.to_owned()));
        }
        set.extend(hosts(sandbox.url().as_str()));
        for (name, value) in more {
            set.push((format!("CONTENTZAVOD_{name}"), (*value).to_owned()));
        }
        let graph = sandbox.url();
        let server = match public {
            Some(public) => Server::start_behind(public.parse()?, clock, set).await?,
            None => Server::start_with(graph.as_str(), clock, set).await?,
        };
        let site: Url = public.unwrap_or(&server.base).parse()?;
        for part in PARTS {
            let back = format!("{site}auth/{}/callback", part.as_str());
            stand_in.register(part, ID, SECRET, &[&back]);
        }
        Ok(Self {
            server,
            stand_in,
            sandbox,
            site,
        })
    }
}
