//! A server within the test: the acceptor on a free port, a SQLite file, time under control.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_client::Client;
use contentzavod_core::engine::Engine;
use contentzavod_core::ports::Clock;
use contentzavod_core::service::Contentzavod;
use contentzavod_core::testing::ManualClock;
use contentzavod_server::accept::{self, AcceptLimits};
use contentzavod_server::app;
use contentzavod_server::compose::compose;
use contentzavod_server::config::{self, Overrides};
use contentzavod_server::data_dir::DataDir;
use secrecy::ExposeSecret;
use tokio_util::sync::CancellationToken;

use crate::process::UNLIMITED;

/// What a start can fail of; a test that cannot go on says so.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A running server. Dropping it ends it.
#[derive(Debug)]
pub struct Server {
    /// Where it answers, without a trailing slash.
    pub base: String,
    /// The use cases.
    pub zavod: Contentzavod,
    /// The engine; it moves when a test steps it.
    pub engine: Engine,
    /// The clock of everything.
    pub clock: Arc<ManualClock>,
    folder: tempfile::TempDir,
    shutdown: CancellationToken,
}

/// The address that the server is known by.
enum Reached {
    /// Where it listens.
    Here,
    /// None.
    Nowhere,
    /// Another: there is a proxy in between.
    At(url::Url),
}

impl Server {
    /// Starts a server that takes `graph` for Instagram.
    ///
    /// # Errors
    ///
    /// When a part does not start.
    pub async fn start(graph: &str, clock: Arc<ManualClock>) -> Result<Self, Failure> {
        Self::start_with(graph, clock, []).await
    }

    /// The same, with settings from the environment.
    ///
    /// # Errors
    ///
    /// When a part does not start, or a setting is wrong.
    pub async fn start_with(
        graph: &str,
        clock: Arc<ManualClock>,
        environment: impl IntoIterator<Item = (String, String)> + Send,
    ) -> Result<Self, Failure> {
        Self::begin(graph, clock, environment, Reached::Here).await
    }

    /// The same behind a proxy: browsers and platforms know it by another address.
    ///
    /// # Errors
    ///
    /// When a part does not start, or a setting is wrong.
    pub async fn start_behind(
        public: url::Url,
        clock: Arc<ManualClock>,
        environment: impl IntoIterator<Item = (String, String)> + Send,
    ) -> Result<Self, Failure> {
        let graph = "http://127.0.0.1:9";
        Self::begin(graph, clock, environment, Reached::At(public)).await
    }

    /// The same on a machine that nobody reaches from outside.
    ///
    /// # Errors
    ///
    /// When a part does not start.
    pub async fn start_unreachable(graph: &str, clock: Arc<ManualClock>) -> Result<Self, Failure> {
        Self::begin(graph, clock, hosts(graph), Reached::Nowhere).await
    }

    async fn begin(
        graph: &str,
        clock: Arc<ManualClock>,
        environment: impl IntoIterator<Item = (String, String)> + Send,
        reached: Reached,
    ) -> Result<Self, Failure> {
        drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
        let folder = tempfile::tempdir()?;
        let overrides = Overrides {
            data_dir: Some(folder.path().to_owned()),
            ..Overrides::default()
        };
        let mut set: BTreeMap<String, String> = ["GRAPH_URL", "OAUTH_URL"]
            .map(|name| (format!("CONTENTZAVOD_INSTAGRAM__{name}"), graph.to_owned()))
            .into();
        let unlimited = UNLIMITED.map(|(name, value)| (name.to_owned(), value.to_owned()));
        set.extend(unlimited);
        set.extend(environment);
        let settings = config::load(&overrides, set.into_iter(), None)?;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let base = format!("http://{}", listener.local_addr()?);
        let dir = DataDir::open(folder.path())?;
        let public = match reached {
            Reached::Here => Some(base.parse()?),
            Reached::Nowhere => None,
            Reached::At(public) => Some(public),
        };
        let composed = compose(&settings, &dir, clock.clone(), public).await?;
        let shutdown = CancellationToken::new();
        let (endpoint, stop) = (app(composed.app_parts(None)), shutdown.clone());
        let limits = AcceptLimits::default();
        tokio::spawn(accept::serve(listener, None, endpoint, limits, stop));
        if let Some(encoder) = composed.encoder() {
            tokio::spawn(encoder.run(shutdown.clone()));
        }
        Ok(Self {
            base,
            zavod: composed.zavod,
            engine: composed.engine,
            clock,
            folder,
            shutdown,
        })
    }

    /// A client of a new person.
    ///
    /// # Errors
    ///
    /// When the person or the client cannot be made.
    pub async fn client(&self, name: &str) -> Result<Client, Failure> {
        let actor = self.zavod.create_user(name).await?;
        let (_, key) = self.zavod.create_key(actor, "e2e").await?;
        Ok(Client::with_api_key(&self.base, key.expose_secret())?)
    }

    /// A time on the clock, as the API takes it.
    #[must_use]
    pub fn after(&self, by: TimeDelta) -> String {
        (self.clock.now() + by).to_rfc3339()
    }

    /// Lets the engine do what is due, then moves the clock to what comes next.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn step(&self) -> Result<(), Failure> {
        let now = self.clock.now();
        let next = self.engine.step(now).await?.next;
        let next: Option<DateTime<Utc>> = next.filter(|next| *next > now);
        self.clock
            .advance_to(next.unwrap_or(now + TimeDelta::seconds(5)));
        // What is fetched is fetched in real time, whatever the clock shows.
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        Ok(())
    }

    /// The data directory.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
}

/// Settings by which the sandbox at `base` plays each of Meta's hosts under its name, and refuses the
/// tokens of the other login family there.
#[must_use]
pub fn hosts(base: &str) -> BTreeMap<String, String> {
    let base = base.trim_end_matches('/');
    let hosts = [
        ("GRAPH_URL", "/graph.instagram.com"),
        ("FACEBOOK_GRAPH_URL", "/graph.facebook.com"),
        ("OAUTH_URL", "/api.instagram.com"),
        ("AUTHORIZE_URL", "/www.instagram.com/oauth/authorize"),
        ("FACEBOOK_AUTHORIZE_URL", "/www.facebook.com"),
        ("RUPLOAD_URL", ""),
    ];
    hosts
        .map(|(name, host)| {
            (
                format!("CONTENTZAVOD_INSTAGRAM__{name}"),
                format!("{base}{host}"),
            )
        })
        .into()
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}
