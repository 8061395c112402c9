//! Which faults strike a call.
//!
//! Whether a rule strikes depends on the seed, the rule, the account, and how many calls of this
//! account the rule has seen, and on nothing else. So a run repeats call by call for each account,
//! however the calls of different accounts interleave. (A `count` that several accounts share goes
//! to whoever comes first.)

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::faults::{Fault, FaultPlan, Rule, SecondPublish, Stage};

/// A plan at work.
#[derive(Debug)]
pub(super) struct Draws {
    plan: FaultPlan,
    seed: u64,
    /// Calls seen, by rule and account.
    seen: HashMap<(usize, String), u64>,
}

impl Draws {
    /// Begins with a plan; `seed` is used where it has none, and shown with it.
    pub(super) fn new(mut plan: FaultPlan, seed: u64) -> Self {
        let seed = *plan.seed.get_or_insert(seed);
        Self {
            plan,
            seed,
            seen: HashMap::new(),
        }
    }

    /// The plan, with the counts that are left.
    pub(super) const fn plan(&self) -> &FaultPlan {
        &self.plan
    }

    pub(super) const fn second_publish(&self) -> SecondPublish {
        self.plan.second_publish
    }

    /// The faults of a call, used up where they are counted.
    pub(super) fn draw(&mut self, stage: Stage, username: &str) -> Vec<Fault> {
        let mut drawn = Vec::new();
        for (place, rule) in self.plan.rules.iter_mut().enumerate() {
            if !concerns(rule, stage, username) {
                continue;
            }
            if let Some(probability) = rule.probability {
                let seen = self.seen.entry((place, username.to_owned())).or_default();
                *seen += 1;
                if roll(self.seed, place, username, *seen) >= probability {
                    continue;
                }
            }
            if let Some(count) = &mut rule.count {
                *count -= 1;
            }
            drawn.push(rule.fault);
        }
        drawn
    }
}

fn concerns(rule: &Rule, stage: Stage, username: &str) -> bool {
    rule.stage == stage
        && rule.count != Some(0)
        && rule.account.as_deref().is_none_or(|a| a == username)
}

/// A number from 0 to 1 (without 1) that only its arguments decide.
fn roll(seed: u64, rule: usize, username: &str, call: u64) -> f64 {
    let digest = Sha256::digest(format!("{seed}/{rule}/{call}/{username}"));
    let bits = digest
        .iter()
        .take(4)
        .fold(0_u32, |n, b| n << 8 | u32::from(*b));
    f64::from(bits) / (f64::from(u32::MAX) + 1.0)
}
