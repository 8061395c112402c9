//! Everything that the platform does wrong, a few things at a time: the switches are dealt like
//! cards, so that each is met before one comes again.

use std::collections::BTreeMap;

use contentzavod_instagram::sandbox::{KINDS, Kind, Stage};
use serde_json::{Value, json};

use super::random::Random;

/// So many cards of publishing lie on the table at a time, and so many others.
const PUBLISH: usize = 3;
const OTHERS: usize = 6;
/// A rule never runs out of so many, and what is left tells how often it struck.
const COUNT: u64 = 1_000_000;

/// Where a fault strikes: its name and its stage.
pub type Place = (String, String);

/// The switches, and which come next.
#[derive(Debug)]
pub struct Mix {
    random: Random,
    seed: u64,
    strict: bool,
    phase: u64,
    publish: Deck,
    others: Deck,
}

/// Kinds are dealt in turn, and each kind's stages in turn.
#[derive(Debug)]
struct Deck {
    of_publish: bool,
    kinds: Vec<&'static Kind>,
    stages: BTreeMap<&'static str, Vec<Stage>>,
}

impl Deck {
    const fn new(of_publish: bool) -> Self {
        Self {
            of_publish,
            kinds: Vec::new(),
            stages: BTreeMap::new(),
        }
    }

    fn stages(&self, kind: &Kind) -> Vec<Stage> {
        let mine = |stage: &Stage| (*stage == Stage::Publish) == self.of_publish;
        // Refreshing begins when a token is a day old: no campaign sees it.
        let seen = |stage: &Stage| *stage != Stage::Refresh;
        let stages = kind.stages.iter().copied();
        stages.filter(mine).filter(seen).collect()
    }

    fn deal(&mut self, random: &mut Random) -> Option<(&'static str, Stage)> {
        if self.kinds.is_empty() {
            let kinds = KINDS.iter().filter(|kind| !self.stages(kind).is_empty());
            self.kinds = kinds.collect();
            random.shuffle(&mut self.kinds);
        }
        let kind = self.kinds.pop()?;
        let mut left = self.stages.remove(kind.name).unwrap_or_default();
        if left.is_empty() {
            left = self.stages(kind);
            random.shuffle(&mut left);
        }
        let stage = left.pop()?;
        self.stages.insert(kind.name, left);
        Some((kind.name, stage))
    }
}

impl Mix {
    /// The mix of a seed. A server that is strict meets a platform that publishes twice.
    #[must_use]
    pub fn new(seed: u64, strict: bool) -> Self {
        Self {
            random: Random::of(seed, "mix"),
            seed,
            strict,
            phase: 0,
            publish: Deck::new(true),
            others: Deck::new(false),
        }
    }

    /// The next plan, for `POST /__faults`.
    pub fn next_phase(&mut self) -> Value {
        self.phase += 1;
        // Kills are to meet calls that are under way.
        let slow = json!({ "stage": "publish", "fault": "slow", "ms": 400, "probability": 0.5 });
        let mut rules = vec![slow];
        for _ in 0..PUBLISH {
            let card = self.publish.deal(&mut self.random);
            rules.extend(card.map(|card| rule(card, &mut self.random)));
        }
        for _ in 0..OTHERS {
            let card = self.others.deal(&mut self.random);
            rules.extend(card.map(|card| rule(card, &mut self.random)));
        }
        for rule in &mut rules {
            rule["count"] = json!(COUNT);
        }
        let second = if self.strict {
            "duplicate"
        } else {
            self.random
                .pick(&["refuse", "same_id"])
                .copied()
                .unwrap_or("refuse")
        };
        let seed = self.seed.wrapping_mul(1_000).wrapping_add(self.phase) % 1_000_000_007;
        json!({ "seed": seed, "second_publish": second, "rules": rules })
    }
}

/// A rule of a switch at a stage, with numbers that hurt and yet let most calls through.
fn rule((name, stage): (&'static str, Stage), random: &mut Random) -> Value {
    let mut rule = fields(name, random);
    rule["fault"] = json!(name);
    rule["stage"] = json!(stage.name());
    rule["probability"] = json!(probability(name, stage));
    rule
}

fn probability(name: &str, stage: Stage) -> f64 {
    match (name, stage) {
        // One holds the account's staging for minutes.
        ("refuse_connection" | "limited", _) => 0.02,
        ("token_death" | "restricted", _) => 0.02,
        // It ends what is prepared for hours: most posts are to see more.
        ("spam", Stage::Create) => 0.02,
        // Lists do lag.
        ("list_lag", _) => 0.5,
        ("container_error" | "expired", Stage::Publish | Stage::Status) => 0.02,
        ("huge", _) => 0.05,
        (_, Stage::Publish) => 0.25,
        _ => 0.1,
    }
}

fn fields(name: &str, random: &mut Random) -> Value {
    match name {
        "slow" => json!({ "ms": random.between(200, 3_000) }),
        "late" => {
            let reply = random.pick(&["closed", "timeout", "held"]).copied();
            json!({ "ms": random.between(200, 20_000), "reply": reply })
        }
        "server_error" => {
            let status = random.pick(&[500, 502, 503]).copied();
            json!({ "status": status, "after": random.percent(50) })
        }
        "spam" => json!({ "live": random.percent(50) }),
        "quota" => json!({ "secs": random.between(0, 10) }),
        "token_death" => json!({ "subcode": random.pick(&[463, 460, 458, 0]).copied() }),
        "list_lag" => json!({ "secs": random.between(5, 120) }),
        // The first two can be cured by another container, the last not.
        "container_error" => {
            json!({ "subcode": random.pick(&[2_207_076, 2_207_053, 2_207_026]).copied() })
        }
        "expired" => json!({ "secs": random.between(0, 10) }),
        "garbage" => {
            let bodies = ["noise", "html", "empty", "cut", "duplicate_keys"];
            json!({ "body": random.pick(&bodies).copied() })
        }
        "huge" => json!({ "mb": 2 }),
        "slow_body" => json!({ "ms": random.between(5, 40) }),
        "wrong_date" => json!({ "secs": random.pick(&[-7_200, -300, 300, 7_200]).copied() }),
        "cut" => json!({ "bytes": random.between(0, 45_000) }),
        "upload_refused" => json!({ "retriable": random.percent(50) }),
        "limited" => {
            let code = random.pick(&[4, 17, 32, 613, 80_002]).copied();
            json!({ "code": code, "minutes": random.between(0, 1) })
        }
        "usage" => json!({ "percent": random.between(50, 130), "minutes": random.between(0, 1) }),
        "refuse_connection" if random.percent(50) => json!({ "secs": random.between(1, 3) }),
        "refuse_connection" => json!({ "connections": random.between(1, 5) }),
        _ => json!({}),
    }
}

/// How often each fault struck, as the plan that is shown at the end of a phase tells.
pub fn count(shown: &Value, struck: &mut BTreeMap<Place, u64>) {
    for rule in shown["rules"].as_array().into_iter().flatten() {
        let text = |name: &str| rule[name].as_str().unwrap_or_default().to_owned();
        let left = rule["count"].as_u64().unwrap_or(COUNT);
        let times = struck.entry((text("fault"), text("stage"))).or_default();
        *times += COUNT.saturating_sub(left);
    }
}

#[cfg(test)]
mod tests {
    use contentzavod_instagram::sandbox::FaultPlan;

    use super::*;

    #[test]
    fn every_switch_is_dealt_at_each_of_its_stages_and_every_plan_is_one() {
        let mut mix = Mix::new(7, false);
        let mut met = BTreeMap::new();
        for _ in 0..40 {
            let plan = mix.next_phase();
            count(&plan, &mut met);
            let read: Result<FaultPlan, _> = serde_json::from_value(plan.clone());
            assert!(read.is_ok(), "{read:?}: {plan:#}");
        }
        for kind in KINDS {
            for stage in kind.stages.iter().filter(|s| **s != Stage::Refresh) {
                let place = (kind.name.to_owned(), stage.name().to_owned());
                assert!(met.contains_key(&place), "{place:?}");
            }
        }
    }

    #[test]
    fn the_same_seed_deals_the_same() {
        let (mut one, mut other) = (Mix::new(3, true), Mix::new(3, true));
        for _ in 0..10 {
            assert_eq!(one.next_phase(), other.next_phase());
        }
    }
}
