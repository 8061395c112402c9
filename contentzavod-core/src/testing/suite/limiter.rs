//! What every [`Limiter`] must do.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use futures::future::join_all;

use super::{Case, cases, run};
use crate::ports::{Bucket, Clock, Decision, Limiter};
use crate::testing::ManualClock;

/// A limiter on a clock that the suite moves, and what it was set to.
#[derive(Debug, Clone)]
pub struct Meter {
    /// The limiter.
    pub limiter: Arc<dyn Limiter>,
    /// Its clock.
    pub clock: Arc<ManualClock>,
    /// A bucket that is limited.
    pub bucket: Bucket,
    /// Its limit, from 4 to 100.
    pub limit: u32,
    /// The span of it, at least a second for each of the limit.
    pub per: Duration,
    /// Another bucket that is limited.
    pub other: Bucket,
    /// A bucket without a limit.
    pub unlimited: Bucket,
}

impl Meter {
    async fn check(&self, key: &str, cost: u32) -> Decision {
        self.limiter.check(self.bucket, key, cost).await
    }

    async fn empty(&self, key: &str) {
        for nth in 1..=self.limit {
            let decision = self.check(key, 1).await;
            assert!(decision.allowed, "{nth} of {}: {decision:?}", self.limit);
        }
    }

    fn wait(&self, time: Duration) {
        let time = TimeDelta::from_std(time).expect("a short time");
        self.clock.advance(time);
    }
}

/// Runs every rule.
///
/// # Panics
///
/// With every broken rule.
pub async fn limiter(make: impl AsyncFn() -> Meter) {
    run(CASES, make).await;
}

/// Every rule, for tests of the suite.
#[must_use]
pub fn cases() -> Vec<Case<Meter>> {
    CASES.to_vec()
}

cases!(
    "limiter",
    Meter: the_limit_is_allowed_and_one_more_is_not,
    what_is_left_is_told,
    a_refusal_says_when_and_is_right,
    what_was_taken_comes_back_evenly,
    no_wait_gives_more_than_the_limit,
    all_is_back_when_it_says_so,
    what_is_refused_takes_nothing,
    a_cost_is_taken_whole_or_not_at_all,
    more_than_the_limit_is_never_allowed,
    a_look_takes_nothing,
    keys_have_nothing_to_do_with_each_other,
    buckets_have_nothing_to_do_with_each_other,
    no_limit_is_none,
    the_wall_clock_does_not_matter,
    those_who_come_together_share,
);

/// As many as the limit at once, and then no more.
pub async fn the_limit_is_allowed_and_one_more_is_not(meter: Meter) {
    meter.empty("a").await;
    let decision = meter.check("a", 1).await;
    assert!(!decision.allowed, "{decision:?}");
}

/// Limit, span and what is left are told, whether it is allowed or not.
pub async fn what_is_left_is_told(meter: Meter) {
    for left in (0..meter.limit).rev() {
        let decision = meter.check("a", 1).await;
        assert_eq!(decision.remaining, left, "{decision:?}");
        assert_eq!(decision.limit, meter.limit, "{decision:?}");
        assert_eq!(decision.per, meter.per, "{decision:?}");
        assert_eq!(decision.retry_after, None, "{decision:?}");
        assert!(decision.is_limited(), "{decision:?}");
    }
    let refused = meter.check("a", 1).await;
    assert_eq!((refused.limit, refused.remaining), (meter.limit, 0));
    assert_eq!(refused.per, meter.per, "{refused:?}");
    assert!(refused.retry_after.is_some(), "{refused:?}");
}

/// Before the time that it names a refusal stays one; then it is allowed.
pub async fn a_refusal_says_when_and_is_right(meter: Meter) {
    for cost in [1, meter.limit / 2] {
        meter.empty("a").await;
        let refused = meter.check("a", cost).await;
        let after = refused.retry_after.expect("it says when");
        assert!(!after.is_zero(), "{refused:?}");
        let almost = after * 9 / 10;
        meter.wait(almost);
        let early = meter.check("a", cost).await;
        assert!(!early.allowed, "after {almost:?} of {after:?}: {early:?}");
        meter.wait(after - almost);
        let decision = meter.check("a", cost).await;
        assert!(decision.allowed, "{cost} after {after:?}: {decision:?}");
        meter.wait(meter.per * 2);
    }
}

/// After half of the span half of the limit is there, not all of it and not nothing.
pub async fn what_was_taken_comes_back_evenly(meter: Meter) {
    meter.empty("a").await;
    meter.wait(meter.per / 2);
    let mut back = 0;
    while meter.check("a", 1).await.allowed {
        back += 1;
        assert!(back <= meter.limit, "more than the limit");
    }
    let half = meter.limit / 2;
    let near = half.saturating_sub(1)..=half + 1;
    assert!(near.contains(&back), "{back} of {} are back", meter.limit);
}

/// Nobody saves up.
pub async fn no_wait_gives_more_than_the_limit(meter: Meter) {
    assert!(meter.check("a", 1).await.allowed);
    meter.wait(meter.per * 10);
    meter.empty("a").await;
    let decision = meter.check("a", 1).await;
    assert!(!decision.allowed, "{decision:?}");
}

/// At the time of `reset` the whole limit is there again, and it is no later than the span.
pub async fn all_is_back_when_it_says_so(meter: Meter) {
    let first = meter.check("a", 1).await;
    assert!(!first.reset.is_zero(), "{first:?}");
    assert!(first.reset < meter.per, "one is back earlier: {first:?}");
    for _ in 1..meter.limit {
        meter.check("a", 1).await;
    }
    let refused = meter.check("a", 1).await;
    assert!(refused.reset <= meter.per, "{refused:?}");
    meter.wait(refused.reset);
    meter.empty("a").await;
}

/// Whoever keeps knocking is let in as early as whoever waits.
pub async fn what_is_refused_takes_nothing(meter: Meter) {
    meter.empty("a").await;
    let after = meter.check("a", 1).await.retry_after;
    for _ in 0..meter.limit * 2 {
        assert!(!meter.check("a", 1).await.allowed);
    }
    meter.wait(after.expect("it says when"));
    let decision = meter.check("a", 1).await;
    assert!(decision.allowed, "{decision:?}");
}

/// Where less than the cost is left, that stays.
pub async fn a_cost_is_taken_whole_or_not_at_all(meter: Meter) {
    let most = meter.check("a", meter.limit - 1).await;
    assert!(most.allowed && most.remaining == 1, "{most:?}");
    let refused = meter.check("a", 2).await;
    assert!(!refused.allowed && refused.remaining == 1, "{refused:?}");
    let last = meter.check("a", 1).await;
    assert!(last.allowed && last.remaining == 0, "{last:?}");
}

/// It is refused for good, and takes nothing.
pub async fn more_than_the_limit_is_never_allowed(meter: Meter) {
    let refused = meter.check("a", meter.limit + 1).await;
    assert!(!refused.allowed, "{refused:?}");
    assert_eq!(refused.retry_after, None, "no wait helps");
    assert_eq!(refused.remaining, meter.limit, "{refused:?}");
    meter.empty("a").await;
}

/// A cost of 0 says what a cost of 1 would meet.
pub async fn a_look_takes_nothing(meter: Meter) {
    for _ in 0..meter.limit * 2 {
        let look = meter.check("a", 0).await;
        assert!(look.allowed && look.remaining == meter.limit, "{look:?}");
    }
    meter.empty("a").await;
    let look = meter.check("a", 0).await;
    assert!(!look.allowed && look.remaining == 0, "{look:?}");
    assert!(look.retry_after.is_some(), "{look:?}");
}

/// What one did is not held against another, however their names are spelled.
pub async fn keys_have_nothing_to_do_with_each_other(meter: Meter) {
    meter.empty("a").await;
    for key in ["", "b", "A", "a ", "a:a", "ä"] {
        let decision = meter.check(key, 1).await;
        assert!(decision.allowed, "{key:?}: {decision:?}");
    }
    assert!(!meter.check("a", 1).await.allowed);
}

/// What somebody did here is not held against them there.
pub async fn buckets_have_nothing_to_do_with_each_other(meter: Meter) {
    meter.empty("a").await;
    let decision = meter.limiter.check(meter.other, "a", 1).await;
    assert!(decision.allowed && decision.is_limited(), "{decision:?}");
    assert!(!meter.check("a", 1).await.allowed);
}

/// A bucket without a limit lets everything pass and tells of none.
pub async fn no_limit_is_none(meter: Meter) {
    for cost in [1, 1000, u32::MAX, 0] {
        let decision = meter.limiter.check(meter.unlimited, "a", cost).await;
        assert_eq!(decision, Decision::UNLIMITED, "{cost}");
    }
}

/// Setting the clock of the machine frees nobody and locks nobody out.
pub async fn the_wall_clock_does_not_matter(meter: Meter) {
    meter.empty("a").await;
    let now = meter.clock.now();
    for by in [TimeDelta::days(2), -TimeDelta::days(2)] {
        meter.clock.jump(now + by);
        let decision = meter.check("a", 1).await;
        assert!(!decision.allowed, "{by}: {decision:?}");
    }
    meter.wait(meter.per);
    meter.empty("a").await;
}

/// Calls at the same time get the limit together, not each.
pub async fn those_who_come_together_share(meter: Meter) {
    let checks = (0..meter.limit * 3).map(|_| meter.check("a", 1));
    let decisions = join_all(checks).await;
    let allowed = decisions.iter().filter(|d| d.allowed).count();
    assert_eq!(allowed, meter.limit as usize, "of {}", decisions.len());
}
