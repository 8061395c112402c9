//! SIGKILL at random moments while thousands of posts fall due on a platform that lies, and persons
//! change their minds.
//!
//! A campaign is drawn from a seed ([`plan`], [`mix`]); the same seed kills at the same moments, asks
//! for the same posts and deals the same faults. What became of everything is judged ([`judge`])
//! by what the platform wrote into its ledger, not by what the server says of itself.

mod attend;
pub mod book;
mod calls;
pub mod judge;
pub mod mix;
mod person;
pub mod plan;
pub mod random;
pub mod recovery;
pub mod report;
mod run;
mod scene;
mod weather;

use std::collections::HashMap;
use std::path::PathBuf;
use std::time::Duration;

use contentzavod_instagram::sandbox::Record;
use serde_json::Value;

pub use random::Random;
pub use run::run;

/// How a campaign is to be.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How many posts are asked for.
    pub posts: usize,
    /// How often the server is killed.
    pub kills: usize,
    /// On how many accounts.
    pub accounts: usize,
    /// Decides everything that is left to chance.
    pub seed: u64,
    /// `PUBLISHING__SETTLE` and `__SETTLE_TIMEOUT`; `None`: the server's own, minutes.
    pub settle: Option<String>,
    /// The server never sends again after an unknown outcome, and the platform publishes twice.
    pub strict: bool,
    /// How long the server lives between two kills, on average.
    pub pace: Duration,
    /// How long the faults stay the same.
    pub phase: Duration,
    /// How long everything may take to settle once the platform behaves.
    pub patience: Duration,
    /// What is under way when patience ends is no violation.
    pub hurried: bool,
}

impl Settings {
    /// A campaign with short settle times.
    #[must_use]
    pub fn new(posts: usize, kills: usize) -> Self {
        Self {
            posts,
            kills,
            accounts: (posts / 8).clamp(12, 200),
            seed: 7,
            settle: Some("5s".to_owned()),
            strict: false,
            pace: Duration::from_millis(3_000),
            phase: Duration::from_secs(7),
            patience: Duration::from_secs(600),
            hurried: false,
        }
    }

    /// With the settle times of a server that nobody configured. A call that nobody answered holds
    /// its account for ten minutes then: the posts go out on more accounts.
    #[must_use]
    pub fn with_usual_settle(mut self) -> Self {
        self.settle = None;
        self.accounts = (self.posts / 2).max(12);
        self.patience = Duration::from_secs(1_500);
        self
    }

    fn words(&self) -> String {
        let settle = self.settle.as_deref().unwrap_or("as usual");
        let strict = if self.strict {
            "strict, a second publish goes live once more"
        } else {
            "not strict, a second publish is refused or answered with the same id"
        };
        format!("settle {settle}, {strict}")
    }
}

/// What a campaign came to.
#[derive(Debug)]
pub struct Found {
    /// What became of everything.
    pub verdict: judge::Verdict,
    /// The figures.
    pub figures: report::Figures,
    /// What was asked and answered.
    pub book: Vec<book::Kept>,
    /// The posts as the API told them at the end.
    pub rows: HashMap<String, Value>,
    /// The inbox.
    pub told: Vec<Value>,
    /// What the platform did.
    pub ledger: Vec<Record>,
    /// The server's log.
    pub log: PathBuf,
    /// The folder of everything; kept when something must not be.
    pub folder: Option<PathBuf>,
}
