//! The limiter suite passes one that is right and catches limiters that are wrong on purpose.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use contentzavod_core::ports::{Bucket, Clock, Decision, Limiter};
use contentzavod_core::testing::ManualClock;
use contentzavod_core::testing::suite::limiter::{Meter, cases, limiter};
use contentzavod_core::testing::suite::{broken, named, verdict};

const LIMIT: u32 = 6;
const PER: Duration = Duration::from_secs(60);
/// After so long one is back.
const EACH: Duration = Duration::from_secs(10);

/// What a limiter that is wrong on purpose does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flaw {
    None,
    Generous,
    AllowsEverything,
    CountsRefusals,
    OneForAllKeys,
    OneForAllBuckets,
    TakesAPart,
    LooksTake,
    SavesUp,
    WholeWindows,
    WallClock,
    NeverSaysWhen,
    SaysTooSoon,
    SaysTooLate,
    PromisesTheImpossible,
    LimitsWhatIsFree,
    HidesTheLimit,
    ResetsTooSoon,
    Races,
}

/// Each key's bucket as the time at which it is full again.
#[derive(Debug)]
struct Wrong {
    clock: Arc<ManualClock>,
    full_at: Mutex<HashMap<(Bucket, String), Duration>>,
    flaw: Flaw,
}

impl Wrong {
    fn now(&self) -> Duration {
        if self.flaw == Flaw::WallClock {
            let seconds = self.clock.now().timestamp();
            return Duration::from_secs(seconds.try_into().unwrap());
        }
        self.clock.elapsed()
    }

    fn place(&self, bucket: Bucket, key: &str) -> (Bucket, String) {
        match self.flaw {
            Flaw::OneForAllKeys => (bucket, String::new()),
            Flaw::OneForAllBuckets => (Bucket::Api, key.to_owned()),
            _ => (bucket, key.to_owned()),
        }
    }

    /// How long until what was taken is all back, and how much is there.
    fn standing(&self, full_at: Option<Duration>, now: Duration) -> (Duration, u32) {
        let debt = full_at.unwrap_or(now).saturating_sub(now);
        let debt = if self.flaw == Flaw::WholeWindows && debt < PER / 2 + EACH {
            Duration::ZERO
        } else {
            debt
        };
        let there = (PER - debt.min(PER)).as_secs() / EACH.as_secs();
        let saved = full_at.map_or(0, |full| now.saturating_sub(full).as_secs());
        let saved = if self.flaw == Flaw::SavesUp {
            saved / EACH.as_secs()
        } else {
            0
        };
        (debt, u32::try_from(there + saved).unwrap())
    }

    fn decision(&self, allowed: bool, there: u32, debt: Duration, cost: u32) -> Decision {
        let wait = (EACH * cost).saturating_sub(PER - debt.min(PER));
        let after = match self.flaw {
            Flaw::NeverSaysWhen => None,
            Flaw::SaysTooSoon => Some(wait / 2),
            Flaw::SaysTooLate => Some(wait + EACH),
            Flaw::PromisesTheImpossible => Some(PER),
            _ => Some(wait).filter(|_| cost <= LIMIT),
        };
        Decision {
            allowed,
            limit: if self.flaw == Flaw::HidesTheLimit {
                u32::MAX
            } else {
                LIMIT
            },
            per: PER,
            remaining: there,
            reset: if self.flaw == Flaw::ResetsTooSoon {
                debt / 2
            } else {
                debt
            },
            retry_after: after.filter(|_| !allowed),
        }
    }
}

#[async_trait]
impl Limiter for Wrong {
    async fn check(&self, bucket: Bucket, key: &str, cost: u32) -> Decision {
        let free = bucket == Bucket::Webhooks && self.flaw != Flaw::LimitsWhatIsFree;
        if free || self.flaw == Flaw::AllowsEverything {
            return Decision::UNLIMITED;
        }
        let (place, now) = (self.place(bucket, key), self.now());
        let before = self.full_at.lock().unwrap().get(&place).copied();
        if self.flaw == Flaw::Races {
            tokio::task::yield_now().await;
        }
        let (debt, there) = self.standing(before, now);
        let asked = cost.max(1);
        let enough = there + u32::from(self.flaw == Flaw::Generous) >= asked;
        let taken = match self.flaw {
            Flaw::CountsRefusals => asked,
            Flaw::TakesAPart => asked.min(there),
            _ if !enough => 0,
            Flaw::LooksTake => asked,
            _ => cost,
        };
        let mut full_at = self.full_at.lock().unwrap();
        if taken > 0 {
            let from = match self.flaw {
                Flaw::SavesUp => before.unwrap_or(now),
                _ => now + debt,
            };
            full_at.insert(place, from + EACH * taken);
        }
        let (debt, left) = (debt + EACH * taken, there.saturating_sub(taken));
        self.decision(enough, left, debt, asked)
    }
}

fn meter(flaw: Flaw) -> Meter {
    let clock = Arc::new(ManualClock::new());
    let wrong = Wrong {
        clock: Arc::clone(&clock),
        full_at: Mutex::default(),
        flaw,
    };
    Meter {
        limiter: Arc::new(wrong),
        clock,
        bucket: Bucket::Api,
        limit: LIMIT,
        per: PER,
        other: Bucket::Upload,
        unlimited: Bucket::Webhooks,
    }
}

#[tokio::test]
async fn one_that_is_right_passes() {
    limiter(async || meter(Flaw::None)).await;
}

#[tokio::test]
async fn each_that_is_wrong_is_caught_by_the_rule_it_breaks() {
    for (flaw, rule) in [
        (Flaw::Generous, "the_limit_is_allowed_and_one_more_is_not"),
        (
            Flaw::AllowsEverything,
            "the_limit_is_allowed_and_one_more_is_not",
        ),
        (Flaw::CountsRefusals, "what_is_refused_takes_nothing"),
        (
            Flaw::OneForAllKeys,
            "keys_have_nothing_to_do_with_each_other",
        ),
        (
            Flaw::OneForAllBuckets,
            "buckets_have_nothing_to_do_with_each_other",
        ),
        (Flaw::TakesAPart, "a_cost_is_taken_whole_or_not_at_all"),
        (Flaw::LooksTake, "a_look_takes_nothing"),
        (Flaw::SavesUp, "no_wait_gives_more_than_the_limit"),
        (Flaw::WholeWindows, "what_was_taken_comes_back_evenly"),
        (Flaw::WallClock, "the_wall_clock_does_not_matter"),
        (Flaw::NeverSaysWhen, "what_is_left_is_told"),
        (Flaw::SaysTooSoon, "a_refusal_says_when_and_is_right"),
        (Flaw::SaysTooLate, "a_refusal_says_when_and_is_right"),
        (
            Flaw::PromisesTheImpossible,
            "more_than_the_limit_is_never_allowed",
        ),
        (Flaw::LimitsWhatIsFree, "no_limit_is_none"),
        (Flaw::HidesTheLimit, "what_is_left_is_told"),
        (Flaw::ResetsTooSoon, "all_is_back_when_it_says_so"),
        (Flaw::Races, "those_who_come_together_share"),
    ] {
        let case = named(&cases(), &format!("limiter::{rule}"));
        let caught = verdict(&case, meter(flaw)).await;
        assert!(caught.is_err(), "{flaw:?} passes {rule}");
    }
}

/// A flaw breaks few rules, so a broken rule tells what is wrong.
#[tokio::test]
async fn a_small_flaw_breaks_few_rules() {
    for flaw in [
        Flaw::SavesUp,
        Flaw::LooksTake,
        Flaw::Races,
        Flaw::LimitsWhatIsFree,
    ] {
        let broken = broken(&cases(), async || meter(flaw)).await;
        assert!((1..=3).contains(&broken.len()), "{flaw:?}: {broken:#?}");
    }
}
