//! The stand-in platform: an HTTP server that plays Instagram's publishing API.
//!
//! It fetches `video_url` as Meta does (HEAD, then ranges, no redirects), processes it for a while,
//! counts the quota, lets containers expire, and writes a ledger of everything that people would
//! see, before it answers. It refuses by itself what Instagram refuses, and misbehaves as told:
//!
//! - `POST /__faults` replaces the [`FaultPlan`], `GET /__faults` shows it;
//! - `GET /__ledger` lists the [`Entry`]s, oldest first;
//! - `POST /__accounts {"username"}` makes an account and answers its token; any token
//!   `sandbox-<username>` makes its account on first use.
//!
//! Time comes from the clock it is given: processing, expiry and quota are reckoned when asked.
//!
//! ```no_run
//! # async fn run() -> std::io::Result<()> {
//! use contentzavod_instagram::sandbox::Sandbox;
//!
//! let sandbox = Sandbox::builder().quota(50).start().await?;
//! println!("point INSTAGRAM__GRAPH_URL at {}", sandbox.url());
//! sandbox.stop().await;
//! # Ok(())
//! # }
//! ```

mod answer;
mod control;
mod create;
mod faults;
mod ledger;
mod params;
mod publish;
mod pull;
mod reads;
mod routes;
mod serve;
mod state;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::TimeDelta;
use contentzavod_core::ports::{Clock, SystemClock};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use url::Url;

pub use faults::{Fault, FaultPlan, Rule, SecondPublish, Stage};
pub use ledger::Entry;

use state::{Settings, State};

/// Puts a [`Sandbox`] together; everything has a default.
#[derive(Debug)]
pub struct Builder {
    clock: Arc<dyn Clock>,
    listen: SocketAddr,
    ledger: Option<PathBuf>,
    settings: Settings,
}

/// A running stand-in platform.
#[derive(Debug)]
pub struct Sandbox {
    state: Arc<State>,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
}

impl Sandbox {
    /// Begins to put one together.
    #[must_use]
    pub fn builder() -> Builder {
        Builder {
            clock: Arc::new(SystemClock::new()),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            ledger: None,
            settings: Settings::default(),
        }
    }

    /// Where it listens: the base of the Graph URL.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a socket address is an address")]
    pub fn url(&self) -> Url {
        Url::parse(&format!("http://{}", self.address)).expect("a socket address")
    }

    /// Everything that people would see, oldest first.
    #[must_use]
    pub fn ledger(&self) -> Vec<Entry> {
        self.state.ledger()
    }

    /// Replaces the fault plan.
    pub fn set_faults(&self, plan: FaultPlan) {
        self.state.set_faults(plan);
    }

    /// Makes an account, or finds it, and returns its token.
    #[must_use]
    pub fn add_account(&self, username: &str) -> String {
        self.state.add_account(username)
    }

    /// Stops taking connections and cuts those there are.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        let _ = self.server.await;
    }
}

impl Builder {
    /// The clock everything is reckoned by.
    #[must_use]
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Where to listen; a free port of the loopback without it.
    #[must_use]
    pub const fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// A file of JSON lines that each entry is written to before its call is answered.
    #[must_use]
    pub fn ledger_file(mut self, path: PathBuf) -> Self {
        self.ledger = Some(path);
        self
    }

    /// How long a fetched video is processed.
    #[must_use]
    pub const fn processing(mut self, time: TimeDelta) -> Self {
        self.settings.processing = time;
        self
    }

    /// How long an unpublished container lives.
    #[must_use]
    pub const fn container_life(mut self, time: TimeDelta) -> Self {
        self.settings.container_life = time;
        self
    }

    /// Publications per account in 24 hours.
    #[must_use]
    pub const fn quota(mut self, quota: u32) -> Self {
        self.settings.quota = quota;
        self
    }

    /// The seed of everything random.
    #[must_use]
    pub const fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = seed;
        self
    }

    /// Starts it.
    ///
    /// # Errors
    ///
    /// When the address is taken or the ledger file cannot be opened.
    pub async fn start(self) -> std::io::Result<Sandbox> {
        let listener = tokio::net::TcpListener::bind(self.listen).await?;
        let address = listener.local_addr()?;
        let state = State::new(self.clock, self.settings, self.ledger.as_deref())?;
        let state = Arc::new(state);
        let (stop, stopped) = watch::channel(false);
        let server = tokio::spawn(serve::serve(listener, Arc::clone(&state), stopped));
        Ok(Sandbox {
            state,
            address,
            stop,
            server,
        })
    }
}
