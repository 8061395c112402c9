//! Limits that are counted in this process, by governor's cell rate algorithm.

use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use contentzavod_core::ports::{Bucket, Clock, Decision, Limiter};
use governor::middleware::StateInformationMiddleware;
use governor::{Quota, RateLimiter};

use super::rates::Rates;
use super::slots::{Ask, SLOTS_MAX, Slots};
use crate::config::Rate;

/// How often keys that have all of their limit again are forgotten.
const SWEEP: Duration = Duration::from_secs(60);
/// How often at most, while there is no room for more of them.
const SWEEP_FULL: Duration = Duration::from_secs(1);

/// The monotonic clock, as governor reads it.
#[derive(Debug, Clone)]
struct Ticks(Arc<dyn Clock>);

impl governor::clock::Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

type Cells = RateLimiter<Ask, Slots, Ticks, StateInformationMiddleware>;

/// One bucket.
struct Gate {
    cells: Cells,
    limit: NonZeroU32,
    per: Duration,
    /// After so long one is back.
    each: Duration,
    swept: Mutex<Duration>,
}

/// A limiter for one process: what it counted is forgotten when that ends.
pub struct LocalLimiter {
    gates: BTreeMap<Bucket, Gate>,
    clock: Arc<dyn Clock>,
}

impl LocalLimiter {
    /// Counts by these rates.
    #[must_use]
    pub fn new(rates: &Rates, clock: Arc<dyn Clock>) -> Self {
        let gate = |bucket| Some((bucket, Gate::new(rates.of(bucket), &clock)?));
        let gates = Bucket::ALL.into_iter().filter_map(gate).collect();
        Self { gates, clock }
    }

    /// How many keys of a bucket are remembered: never more than a fixed number.
    #[must_use]
    pub fn remembered(&self, bucket: Bucket) -> usize {
        let gate = self.gates.get(&bucket);
        gate.map_or(0, |gate| gate.cells.len())
    }
}

impl fmt::Debug for LocalLimiter {
    /// Keys hold addresses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gates = self.gates.iter();
        let shown = gates.map(|(bucket, gate)| (bucket.as_str(), gate.limit, gate.per));
        f.debug_list().entries(shown).finish()
    }
}

#[async_trait]
impl Limiter for LocalLimiter {
    async fn check(&self, bucket: Bucket, key: &str, cost: u32) -> Decision {
        let Some(gate) = self.gates.get(&bucket) else {
            return Decision::UNLIMITED;
        };
        let now = self.clock.elapsed();
        gate.sweep(now);
        gate.check(key, cost, now)
    }
}

impl Gate {
    /// `None` where there is no limit.
    fn new(rate: Rate, clock: &Arc<dyn Clock>) -> Option<Self> {
        let Rate::Of { count, per } = rate else {
            return None;
        };
        let per = per.to_std().unwrap_or_default();
        let each = (per / count.get()).max(Duration::from_nanos(1));
        let quota = Quota::with_period(each)?.allow_burst(count);
        let ticks = Ticks(Arc::clone(clock));
        Some(Self {
            cells: Cells::new(quota, Slots::default(), ticks),
            limit: count,
            per,
            each,
            swept: Mutex::new(clock.elapsed()),
        })
    }

    /// Forgets whoever has all of their limit again: they are like somebody who never came.
    fn sweep(&self, now: Duration) {
        let mut swept = self.swept.lock().unwrap_or_else(PoisonError::into_inner);
        let since = now.saturating_sub(*swept);
        let full = since >= SWEEP_FULL && self.cells.len() >= SLOTS_MAX;
        if full || since >= SWEEP {
            *swept = now;
            self.cells.retain_recent();
            self.cells.shrink_to_fit();
        }
    }

    fn check(&self, key: &str, cost: u32, now: Duration) -> Decision {
        let ask = |look| Ask {
            key: key.into(),
            look,
        };
        let Some(cost) = NonZeroU32::new(cost) else {
            return match self.cells.check_key(&ask(true)) {
                // It tells what would be left of it.
                Ok(left) => self.allowed(left.remaining_burst_capacity() + 1),
                Err(wait) => self.refused(0, Some(wait.wait_time_from(now))),
            };
        };
        let wait = match self.cells.check_key_n(&ask(false), cost) {
            Ok(Ok(left)) => return self.allowed(left.remaining_burst_capacity()),
            Ok(Err(wait)) => Some(wait.wait_time_from(now)),
            Err(_) => None,
        };
        let left = self.cells.check_key(&ask(true));
        let left = left.map_or(0, |left| left.remaining_burst_capacity() + 1);
        self.refused(left, wait)
    }

    fn allowed(&self, remaining: u32) -> Decision {
        Decision {
            allowed: true,
            limit: self.limit.get(),
            per: self.per,
            remaining,
            reset: self.each * self.limit.get().saturating_sub(remaining),
            retry_after: None,
        }
    }

    fn refused(&self, remaining: u32, retry_after: Option<Duration>) -> Decision {
        Decision {
            allowed: false,
            retry_after,
            ..self.allowed(remaining)
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contentzavod_core::testing::ManualClock;
    use contentzavod_core::testing::suite::limiter::{Meter, limiter};

    use super::*;
    use crate::config::LimitsSettings;

    /// A limiter by two rates, for the suite.
    fn meter(limit: u32, rate: Rate) -> Meter {
        let clock = Arc::new(ManualClock::new());
        let settings = LimitsSettings {
            api: rate,
            upload: Rate::Off,
            sign_in: rate,
        };
        let rates = Rates::new(settings);
        let Rate::Of { per, .. } = rate else {
            panic!("there is no limit to hold");
        };
        Meter {
            limiter: Arc::new(LocalLimiter::new(&rates, clock.clone())),
            clock,
            bucket: Bucket::Api,
            limit,
            per: per.to_std().unwrap(),
            other: Bucket::SignIn,
            unlimited: Bucket::Upload,
        }
    }

    #[tokio::test]
    async fn it_holds_every_rule() {
        limiter(async || meter(6, Rate::minutely(6))).await;
        limiter(async || meter(60, Rate::minutely(60))).await;
        // An hour does not divide by it.
        limiter(async || meter(7, Rate::hourly(7))).await;
    }

    #[test]
    fn no_limit_of_the_api_is_none_of_what_is_fixed_for_its_callers() {
        let off = Rates::new(LimitsSettings {
            api: Rate::Off,
            ..LimitsSettings::default()
        });
        for bucket in Bucket::ALL {
            let on = matches!(
                bucket,
                Bucket::Upload | Bucket::SignIn | Bucket::Forgery | Bucket::Webhooks
            );
            assert_eq!(off.of(bucket) != Rate::Off, on, "{bucket:?}");
            assert_ne!(Rates::default().of(bucket), Rate::Off, "{bucket:?}");
        }
    }

    async fn knock(limiter: &LocalLimiter, key: &str) -> bool {
        limiter.check(Bucket::Address, key, 1).await.allowed
    }

    #[tokio::test]
    async fn a_flood_of_keys_stays_bounded_and_is_not_let_through() {
        let clock = Arc::new(ManualClock::new());
        let limiter = LocalLimiter::new(&Rates::default(), clock.clone());
        while knock(&limiter, "early").await {}
        let mut passed = 0_u32;
        for nth in 0..SLOTS_MAX * 2 {
            passed += u32::from(knock(&limiter, &format!("flood {nth}")).await);
        }
        let kept = limiter.remembered(Bucket::Address);
        assert!(kept <= SLOTS_MAX + 1, "{kept} are remembered");
        // Those without a place of their own have the limit of one together.
        let most = u32::try_from(SLOTS_MAX).unwrap() + 20;
        assert!(passed <= most, "{passed} passed");
        assert!(!knock(&limiter, "early").await, "it was forgotten");
        // And who is new finds a place again soon after.
        clock.advance(TimeDelta::seconds(7));
        assert!(knock(&limiter, "late").await);
        let kept = limiter.remembered(Bucket::Address);
        assert!(kept <= 3, "{kept} are remembered");
    }

    #[tokio::test]
    async fn who_does_not_come_again_is_forgotten_within_minutes() {
        let clock = Arc::new(ManualClock::new());
        let limiter = LocalLimiter::new(&Rates::default(), clock.clone());
        for nth in 0..1000 {
            knock(&limiter, &format!("{nth}")).await;
        }
        assert_eq!(limiter.remembered(Bucket::Address), 1000);
        clock.advance(TimeDelta::seconds(61));
        knock(&limiter, "another").await;
        assert_eq!(limiter.remembered(Bucket::Address), 1);
    }

    #[tokio::test]
    async fn nobodys_key_is_shown() {
        let limiter = LocalLimiter::new(&Rates::default(), Arc::new(ManualClock::new()));
        knock(&limiter, "203.0.113.9").await;
        assert!(!format!("{limiter:?}").contains("203"), "{limiter:?}");
    }
}
