//! Lateness: from the moment at which a post could go out to the entry into `Publisher::publish`.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use contentzavod_core::ports::{Clock, SystemClock};
use serde_json::{Value, json};

use crate::engine::{self, Failure, Fired};
use crate::figures::{Lateness, median, round};
use crate::plan::Plan;
use crate::{floor, load};

/// Engine and floor under one plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The engine.
    pub engine: Lateness,
    /// The floor.
    pub floor: Lateness,
    /// Posts that were ready only after their due time: preparing did not keep up.
    pub prepared_late: usize,
}

/// One round: posts alone at their time, and all at one instant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Round {
    /// Each alone.
    pub single: Pair,
    /// All at once.
    pub burst: Pair,
    /// The load average after the round.
    pub load: Option<f64>,
    /// The most memory this process had so far, the harness included, in MiB.
    pub peak_mib: Option<u64>,
}

impl Pair {
    /// How many times later the engine is, at the 99th percentile.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.engine.p99 / self.floor.p99.max(0.001)
    }

    fn json(&self) -> Value {
        json!({ "engine": self.engine.json(), "floor": self.floor.json(),
                "p99_ratio": round(self.ratio()), "prepared_late": self.prepared_late })
    }
}

impl Round {
    /// As one line of JSON.
    #[must_use]
    pub fn json(&self, number: usize, posts: usize) -> Value {
        json!({ "bench": "lateness", "round": number, "posts": posts, "load": self.load, "peak_mib": self.peak_mib,
                "single": self.single.json(), "burst": self.burst.json() })
    }
}

/// One round of `singles` posts alone and `posts` at once; engine and floor take turns. The engine's
/// platform takes `publish_takes` for a publish call; the floor has none.
///
/// # Errors
///
/// When a part does not work, or a post went out twice or not at all.
pub async fn measure(
    singles: usize,
    posts: usize,
    publish_takes: Duration,
) -> Result<Round, Failure> {
    let single = pair(Plan::singles(singles).taking(publish_takes)).await?;
    let burst = pair(Plan::burst(posts).taking(publish_takes)).await?;
    Ok(Round {
        single,
        burst,
        load: load::load(),
        peak_mib: load::peak_mib(),
    })
}

async fn pair(plan: Plan) -> Result<Pair, Failure> {
    let folder = tempfile::tempdir()?;
    let fired = engine::run(folder.path(), plan).await?;
    let late = latenesses(&fired)?;
    let path = folder.path().to_owned();
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let floor = tokio::task::spawn_blocking(move || floor::run(&path, plan, &*clock)).await??;
    Ok(Pair {
        engine: Lateness::of(&late),
        floor: Lateness::of(&floor),
        prepared_late: fired.iter().filter(|f| f.prepared_late()).count(),
    })
}

/// A lateness counts only when every post went out once.
fn latenesses(fired: &[Fired]) -> Result<Vec<TimeDelta>, Failure> {
    if let Some(wrong) = fired.iter().find(|f| f.entered.len() != 1) {
        return Err(format!("not sent exactly once: {wrong:?}").into());
    }
    Ok(fired.iter().filter_map(Fired::late).collect())
}

/// The rounds as a table for a person, with the medians and what they allow to say.
#[must_use]
pub fn table(rounds: &[Round], posts: usize) -> String {
    let mut text = format!(
        "{:<6} {:<22} {:>9} {:>9} {:>9} {:>6}\n",
        "round", "ms late", "p50", "p99", "max", "early"
    );
    for (number, round) in rounds.iter().enumerate() {
        let at_once = format!("{posts} at once");
        for (name, pair) in [("alone", &round.single), (at_once.as_str(), &round.burst)] {
            for (who, l) in [("engine", &pair.engine), ("floor", &pair.floor)] {
                text += &format!(
                    "{:<6} {:<22} {:>9.2} {:>9.2} {:>9.2} {:>6}\n",
                    number + 1,
                    format!("{name}, {who}"),
                    l.p50,
                    l.p99,
                    l.max,
                    l.early
                );
            }
        }
    }
    text + &verdict(rounds)
}

fn verdict(rounds: &[Round]) -> String {
    let middle = |of: fn(&Round) -> f64| median(rounds.iter().map(of).collect());
    let mut text = format!(
        "medians: alone p99 {:.2} ms, {:.1} times the floor; at once p99 {:.2} ms, {:.1} times\n",
        middle(|r| r.single.engine.p99),
        middle(|r| r.single.ratio()),
        middle(|r| r.burst.engine.p99),
        middle(|r| r.burst.ratio()),
    );
    if let Some(peak) = rounds.iter().filter_map(|r| r.peak_mib).max() {
        text += &format!("peak memory of the whole run, harness included: {peak} MiB\n");
    }
    let late: usize = rounds
        .iter()
        .map(|r| r.single.prepared_late + r.burst.prepared_late)
        .sum();
    if late > 0 {
        text += &format!("{late} posts were ready only after their due time\n");
    }
    if rounds.iter().any(|r| load::noisy(r.load)) {
        text += "noisy: no verdict\n";
    }
    text
}
