//! The stand-in platform: an HTTP server that plays Instagram's publishing API.
//!
//! It plays both login families at one address: signing in, `/me`, Pages, containers of Reels,
//! publishing, the list of media, one media, the quota, refreshing a token, giving it back. It
//! fetches `video_url` as Meta does (HEAD, then ranges, no redirects) or takes what is pushed,
//! processes it for a while, counts the quota, lets containers expire, and refuses by itself what
//! Instagram refuses.
//!
//! What it did stands in a ledger, on disk before a call is answered if there is a file: whoever
//! kills a client can compare. A file of an earlier run is taken over: containers and media live on.
//!
//! Its own calls need no token:
//!
//! | call | does |
//! |---|---|
//! | `GET /__ledger` | every [`Record`], oldest first; `?kind=publish` (or `create`, `pull`) only those |
//! | `GET /__faults` | the [`FaultPlan`] with its seed and what is left of its counts |
//! | `POST /__faults` | replaces the plan; an empty one, `{}`, behaves |
//! | `GET /__faults/kinds` | every switch ([`KINDS`]) with its fields and the stages where it makes sense |
//! | `GET /__calls` | calls so far, by account and stage |
//! | `POST /__accounts {"username", "token"?, "login"?, "scopes"?}` | makes an account, answers `{username, access_token}` |
//!
//! A plan: `{"seed": 7, "second_publish": "duplicate", "rules": [{"stage": "publish", "fault":
//! "reply_lost", "count": 1}, {"stage": "create", "fault": "slow", "ms": 800, "probability": 0.3,
//! "account": "demo"}]}`. Stages are those of [`Stage`], faults those of [`Fault`], and what a
//! second publish of one container does is one of [`SecondPublish`]. With the same seed the calls
//! of an account meet the same faults again. What a fault says about execution is true in the
//! ledger. `docs/sandbox.md` tells each switch with a line to copy.
//!
//! The account `demo` is there from the start, and any token `sandbox-<username>` makes its account
//! on first use, as does `EAA-sandbox-<username>` by Facebook Login (several Pages with `+`); tokens
//! come as a bearer or as `access_token`. Where a path begins with the name of one of Meta's hosts
//! (`/graph.facebook.com/v25.0/me`), tokens of the other family are refused as there; without it the
//! token tells the family.
//!
//! What the name of an account begins with says what is odd about it: `personal.` is no professional
//! one, `bare.` hangs on a Page that does not show it, `viewer.` on one where the person may only look.
//! Where a person agrees, a browser is shown a page.
//!
//! Time comes from the clock it is given: processing, expiry and quota are reckoned when asked.
//! Only the fetch itself and the timeouts of connections take real time.
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

mod account;
mod agree;
mod answer;
mod container;
mod control;
mod create;
mod disk;
mod draw;
mod faults;
mod fields;
mod form;
mod gate;
mod ledger;
mod oauth;
mod pages;
mod params;
mod publish;
mod pull;
mod reads;
mod routes;
mod scope;
mod serve;
mod spoil;
mod state;
mod strike;
mod upload;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::TimeDelta;
use contentzavod_core::ports::{Clock, SystemClock};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use url::Url;

pub use faults::{
    Fault, FaultPlan, Field, Garbage, KINDS, Kind, LateReply, Rule, SecondPublish, Stage, Takes,
    help, markdown,
};
pub use ledger::{Created, Entry, Pulled, Record};
pub use oauth::{App, FACEBOOK_APP, INSTAGRAM_APP};

use crate::signed_request;
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

    /// Every publication, oldest first: what people would see.
    #[must_use]
    pub fn ledger(&self) -> Vec<Entry> {
        let known = self.state.lock();
        let records = known.ledger.records().iter();
        records.filter_map(Record::entry).cloned().collect()
    }

    /// Everything that was done, oldest first.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        self.state.records()
    }

    /// Replaces the fault plan.
    pub fn set_faults(&self, plan: FaultPlan) {
        self.state.set_faults(plan);
    }

    /// The fault plan, with its seed and what is left of its counts.
    #[must_use]
    pub fn faults(&self) -> FaultPlan {
        self.state.faults()
    }

    /// Makes an account, or finds it, and returns its token `sandbox-<username>`, good again if it
    /// had been given back. A name that cannot be one (1-30 of `a-z A-Z 0-9 . _`) makes none, and
    /// its token is refused like any other.
    #[must_use]
    pub fn add_account(&self, username: &str) -> String {
        let now = self.state.now();
        let _ = self.state.lock().accounts.add(username, None, now);
        account::token_of(username)
    }

    /// The same by Facebook Login: the token of a person with the account's Page,
    /// `EAA-sandbox-<username>`.
    #[must_use]
    pub fn add_page(&self, username: &str) -> String {
        let (scopes, now) = (scope::all(crate::Family::Facebook), self.state.now());
        let mut known = self.state.lock();
        let _ = known.accounts.add_person(&[username], None, scopes, now..);
        account::person_of(username)
    }

    /// What Meta sends to a deauthorize or deletion callback about an account, or by Facebook Login
    /// about the person with its Page (several with `+`), signed with the secret of the family's app.
    #[must_use]
    pub fn signed_request(&self, family: crate::Family, username: &str) -> String {
        let (app, user) = match family {
            crate::Family::Instagram => (INSTAGRAM_APP, account::scoped_id(username)),
            crate::Family::Facebook => (FACEBOOK_APP, account::person_id(username)),
        };
        signed_request::made(&app.secret.into(), &user, self.state.now())
    }

    /// How many calls of each stage came for an account, publishing or not.
    #[must_use]
    pub fn calls(&self, username: &str) -> BTreeMap<Stage, u64> {
        self.state.calls().remove(username).unwrap_or_default()
    }

    /// Stops: takes no more connections, answers the calls under way within two seconds, cuts the
    /// rest, and brings the ledger to the disk.
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

    /// A file of JSON lines that each [`Record`] is written and synced to before its call is
    /// answered. What an earlier run wrote is taken over; a last line that was cut off is dropped.
    #[must_use]
    pub fn ledger_file(mut self, path: PathBuf) -> Self {
        self.ledger = Some(path);
        self
    }

    /// How long a fetched video is processed; 1.5 s without it.
    #[must_use]
    pub const fn processing(mut self, time: TimeDelta) -> Self {
        self.settings.processing = time;
        self
    }

    /// How long an unpublished container lives; 24 h without it.
    #[must_use]
    pub const fn container_life(mut self, time: TimeDelta) -> Self {
        self.settings.container_life = time;
        self
    }

    /// Publications per account in 24 hours; 50 without it.
    #[must_use]
    pub const fn quota(mut self, quota: u32) -> Self {
        self.settings.quota = quota;
        self
    }

    /// The seed of fault plans that have none of their own.
    #[must_use]
    pub const fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = seed;
        self
    }

    /// An account from the start, with this token or `sandbox-<username>`.
    #[must_use]
    pub fn account(mut self, username: &str, token: Option<&str>) -> Self {
        let account = (username.to_owned(), token.map(str::to_owned));
        self.settings.accounts.push(account);
        self
    }

    /// An address that people may be sent back to after signing in; any without it.
    #[must_use]
    pub fn redirect_uri(mut self, address: &str) -> Self {
        self.settings.redirects.push(address.to_owned());
        self
    }

    /// Knows only the accounts it was told of: neither `demo` nor tokens `sandbox-<username>` make
    /// any.
    #[must_use]
    pub const fn only_told_accounts(mut self) -> Self {
        self.settings.open = false;
        self
    }

    /// Starts it.
    ///
    /// # Errors
    ///
    /// When the address is taken, the ledger file cannot be opened or read, or an account cannot
    /// be one.
    pub async fn start(self) -> std::io::Result<Sandbox> {
        let listener = tokio::net::TcpListener::bind(self.listen).await?;
        let address = listener.local_addr()?;
        let (state, orders) =
            State::new(self.clock, self.settings, self.ledger.as_deref(), address)?;
        let state = Arc::new(state);
        let (stop, stopped) = watch::channel(false);
        let server = tokio::spawn(serve::serve(listener, Arc::clone(&state), orders, stopped));
        Ok(Sandbox {
            state,
            address,
            stop,
            server,
        })
    }
}
