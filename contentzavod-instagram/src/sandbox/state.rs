//! What the platform knows.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::Clock;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::account::Accounts;
use super::container::{self, Containers, Ids};
use super::draw::Draws;
use super::faults::{Fault, FaultPlan, Stage};
use super::gate::{Gate, Orders};
use super::ledger::{Ledger, Record};
use super::oauth::Grants;

/// Videos that are fetched at the same time.
const PULLS: usize = 64;

/// The numbers of a sandbox.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) processing: TimeDelta,
    pub(super) container_life: TimeDelta,
    pub(super) quota: u32,
    pub(super) seed: u64,
    pub(super) open: bool,
    pub(super) accounts: Vec<(String, Option<String>)>,
    /// Addresses that people may be sent back to; any where there is none.
    pub(super) redirects: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            processing: TimeDelta::milliseconds(1500),
            container_life: TimeDelta::hours(24),
            quota: 50,
            seed: 1,
            open: true,
            accounts: Vec::new(),
            redirects: Vec::new(),
        }
    }
}

/// Everything behind the lock.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) accounts: Accounts,
    pub(super) containers: Containers,
    pub(super) draws: Draws,
    pub(super) ledger: Ledger,
    pub(super) ids: Ids,
    pub(super) grants: Grants,
    /// Calls by account and stage.
    calls: BTreeMap<String, BTreeMap<Stage, u64>>,
    /// Accounts whose quota a fault has used up, and until when.
    full: HashMap<String, DateTime<Utc>>,
}

impl Known {
    /// The quota of an account is used up until then.
    pub(super) fn fill(&mut self, ig_user: &str, until: DateTime<Utc>) {
        self.full.insert(ig_user.to_owned(), until);
    }

    /// Whether a fault has used up the quota of an account.
    pub(super) fn is_full(&self, ig_user: &str, now: DateTime<Utc>) -> bool {
        self.full.get(ig_user).is_some_and(|until| now < *until)
    }
}

/// The platform.
#[derive(Debug)]
pub(super) struct State {
    pub(super) clock: Arc<dyn Clock>,
    pub(super) settings: Settings,
    pub(super) http: reqwest::Client,
    pub(super) crawlers: Semaphore,
    pub(super) gate: Gate,
    known: Mutex<Known>,
    pulls: Mutex<JoinSet<()>>,
    uploads: String,
}

impl State {
    pub(super) fn new(
        clock: Arc<dyn Clock>,
        settings: Settings,
        ledger: Option<&Path>,
        address: SocketAddr,
    ) -> std::io::Result<(Self, Orders)> {
        let ledger = Ledger::open(ledger)?;
        let mut accounts = Accounts::new(settings.open);
        if settings.open {
            accounts.add("demo", None, clock.now());
        }
        for (username, token) in &settings.accounts {
            accounts
                .add(username, token.as_deref(), clock.now())
                .ok_or_else(|| wrong_account(username))?;
        }
        let known = Known {
            accounts,
            containers: container::restored(ledger.records()),
            draws: Draws::new(FaultPlan::default(), settings.seed),
            ids: Ids::after(ledger.records(), clock.now()),
            ledger,
            full: HashMap::new(),
            grants: Grants::new(),
            calls: BTreeMap::new(),
        };
        let (gate, orders) = Gate::new();
        let state = Self {
            http: super::pull::client()?,
            crawlers: Semaphore::new(PULLS),
            known: Mutex::new(known),
            pulls: Mutex::default(),
            gate,
            clock,
            settings,
            uploads: format!("http://{address}/"),
        };
        Ok((state, orders))
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The address that stands before the path of uploads.
    pub(super) fn uploads(&self) -> &str {
        &self.uploads
    }

    /// Counts a call of an account.
    pub(super) fn called(&self, username: &str, stage: Stage) {
        let mut known = self.lock();
        let mine = known.calls.entry(username.to_owned()).or_default();
        *mine.entry(stage).or_default() += 1;
    }

    /// Calls so far, by account and stage.
    pub(super) fn calls(&self) -> BTreeMap<String, BTreeMap<Stage, u64>> {
        self.lock().calls.clone()
    }

    pub(super) fn records(&self) -> Vec<Record> {
        self.lock().ledger.records().to_vec()
    }

    pub(super) fn faults(&self) -> FaultPlan {
        self.lock().draws.plan().clone()
    }

    /// Begins with another plan. What an earlier one did to tokens, quotas and containers stays;
    /// connections are taken again.
    pub(super) fn set_faults(&self, plan: FaultPlan) {
        let mut stages = plan.rules.iter().map(|rule| rule.stage);
        let on_connections = stages.any(|stage| stage == Stage::Connection);
        self.lock().draws = Draws::new(plan, self.settings.seed);
        self.gate.open();
        if on_connections {
            // A kept connection would be spared.
            drop(self.gate.hang_up(0, Duration::ZERO));
        }
    }

    /// Whether a new connection is to be reset.
    pub(super) fn resets(&self) -> bool {
        if self.gate.resets() {
            return true;
        }
        let drawn = self.lock().draws.draw(Stage::Connection, "");
        for fault in &drawn {
            if let Fault::RefuseConnection { connections, secs } = *fault {
                // This one is the first of them.
                let more = connections.saturating_sub(1);
                drop(self.gate.hang_up(more, Duration::from_secs(secs)));
            }
        }
        !drawn.is_empty()
    }

    /// Runs in the background until it is done or the sandbox stops.
    pub(super) fn spawn(&self, pull: impl Future<Output = ()> + Send + 'static) {
        let mut pulls = self.pulls.lock().unwrap_or_else(PoisonError::into_inner);
        while pulls.try_join_next().is_some() {}
        pulls.spawn(pull);
    }

    /// Gives up what runs in the background, and brings the ledger to the disk.
    pub(super) async fn close(&self) {
        self.pulls
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .abort_all();
        let disk = self.lock().ledger.close();
        // Closing waits for the writer.
        let _ = tokio::task::spawn_blocking(move || drop(disk)).await;
    }
}

fn wrong_account(username: &str) -> std::io::Error {
    let why = format!("{username:?} or its token cannot be an account of the sandbox");
    std::io::Error::new(std::io::ErrorKind::InvalidInput, why)
}
