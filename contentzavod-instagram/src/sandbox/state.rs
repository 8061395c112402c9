//! What the platform knows.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::Clock;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use sha2::{Digest, Sha256};

use super::faults::{Fault, FaultPlan, Stage};
use super::ledger::{Entry, Ledger};

/// Any token that begins so makes its account on first use.
const TOKEN: &str = "sandbox-";

/// The numbers of a sandbox.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    pub(super) processing: TimeDelta,
    pub(super) container_life: TimeDelta,
    pub(super) quota: u32,
    pub(super) seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            processing: TimeDelta::milliseconds(1500),
            container_life: TimeDelta::hours(24),
            quota: 50,
            seed: 1,
        }
    }
}

/// A professional account.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub(super) ig_user: String,
    pub(super) scoped: String,
    pub(super) username: String,
}

/// What fetching a video came to.
#[derive(Debug, Clone)]
pub(super) enum Pull {
    Running,
    Done { sha256: String, at: DateTime<Utc> },
    Failed(String),
}

/// A container.
#[derive(Debug, Clone)]
pub(super) struct Container {
    pub(super) owner: String,
    pub(super) caption: String,
    pub(super) created_at: DateTime<Utc>,
    pub(super) pull: Pull,
    /// The media it became, and how often.
    pub(super) published: Option<(String, u32)>,
}

/// Everything behind the lock.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) accounts: HashMap<String, Account>,
    pub(super) containers: HashMap<String, Container>,
    pub(super) faults: FaultPlan,
    pub(super) ledger: Ledger,
    rng: StdRng,
    next: u64,
}

impl Known {
    /// A number that no other container or media has.
    pub(super) fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// The account of a token; a token of our own shape makes it.
    pub(super) fn account(&mut self, token: &str) -> Option<Account> {
        let username = token.strip_prefix(TOKEN).filter(|name| is_name(name))?;
        let made = || Account {
            ig_user: number_of(17_841_400_000_000_000, username),
            scoped: number_of(24_000_000_000_000_000, username),
            username: username.to_owned(),
        };
        let account = self.accounts.entry(token.to_owned()).or_insert_with(made);
        Some(account.clone())
    }
}

/// A stable id of a name: the same after a restart.
fn number_of(base: u64, name: &str) -> String {
    let digest = Sha256::digest(name.as_bytes());
    let low = digest
        .iter()
        .take(4)
        .fold(0_u64, |n, b| n << 8 | u64::from(*b));
    (base + low).to_string()
}

fn is_name(name: &str) -> bool {
    let good = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'.';
    (1..=30).contains(&name.len()) && name.bytes().all(good)
}

/// The platform.
#[derive(Debug)]
pub(super) struct State {
    pub(super) clock: Arc<dyn Clock>,
    pub(super) settings: Settings,
    pub(super) http: reqwest::Client,
    known: Mutex<Known>,
}

impl State {
    pub(super) fn new(
        clock: Arc<dyn Clock>,
        settings: Settings,
        ledger: Option<&Path>,
    ) -> std::io::Result<Self> {
        let ledger = Ledger::open(ledger)?;
        // Ids of an earlier run are not given out again.
        let next = u64::try_from(clock.now().timestamp_millis()).unwrap_or(0);
        Ok(Self {
            http: super::pull::client()?,
            known: Mutex::new(Known {
                accounts: HashMap::new(),
                containers: HashMap::new(),
                faults: FaultPlan::default(),
                ledger,
                rng: StdRng::seed_from_u64(settings.seed),
                next,
            }),
            clock,
            settings,
        })
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn ledger(&self) -> Vec<Entry> {
        self.lock().ledger.entries().to_vec()
    }

    pub(super) fn faults(&self) -> FaultPlan {
        self.lock().faults.clone()
    }

    pub(super) fn set_faults(&self, plan: FaultPlan) {
        let mut known = self.lock();
        if let Some(seed) = plan.seed {
            known.rng = StdRng::seed_from_u64(seed);
        }
        known.faults = plan;
    }

    pub(super) fn add_account(&self, username: &str) -> String {
        let token = format!("{TOKEN}{username}");
        // A name that is none makes no account, and its token is refused like any other.
        let _ = self.lock().account(&token);
        token
    }

    /// The faults of a call.
    pub(super) fn draw(&self, stage: Stage, username: &str) -> Vec<Fault> {
        let mut known = self.lock();
        let Known { faults, rng, .. } = &mut *known;
        faults.draw(stage, username, || rng.random::<f64>())
    }
}
