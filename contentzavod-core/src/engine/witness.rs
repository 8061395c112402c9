//! The second witness of the time: the platform's clock, as it said it last.
//!
//! All three clocks are compared at the zero of our monotonic one, which nobody sets: the store's
//! (which decides what is due), the platform's (which knows what time it is), and the store's as it
//! was when both agreed last. A store's clock that was set shows at once, without a call; whether it
//! was set right, only the platform can tell.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::publication::Numbers;

/// What a platform said.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// Its clock at the zero of ours.
    zero: DateTime<Utc>,
    at: Duration,
}

#[derive(Debug, Default)]
struct Memory {
    seen: Option<Seen>,
    /// The store's clock at the zero of ours, when the platform agreed with it last.
    agreed: Option<DateTime<Utc>>,
    /// The store's clock that the platform was last held against, by which a jump shows.
    held_against: Option<DateTime<Utc>>,
    /// The difference that was logged last.
    told: Option<TimeDelta>,
}

/// What the store's clock is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    /// What is to be added to it, for the right time; zero while nothing is known against it.
    pub(super) skew: TimeDelta,
    /// The platform should be asked: nothing it said confirms what the clock shows.
    pub(super) unconfirmed: bool,
}

impl Standing {
    /// The clocks disagree by more than allowed: nothing may go out.
    pub(super) fn differs(self) -> bool {
        self.skew != TimeDelta::zero()
    }
}

/// What is known of the clocks.
#[derive(Debug, Default)]
pub(super) struct Witness(Mutex<Memory>);

impl Witness {
    /// Notes a time the platform said.
    pub(super) fn saw(&self, remote: Option<DateTime<Utc>>, at: Duration) {
        let Some(remote) = remote else { return };
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let zero = remote - TimeDelta::from_std(at).unwrap_or_default();
        memory.seen = Some(Seen { zero, at });
        memory.held_against = None;
    }

    /// What the store's clock is worth, by what it shows at the zero of ours.
    pub(super) fn standing(
        &self,
        store: DateTime<Utc>,
        elapsed: Duration,
        numbers: &Numbers,
    ) -> Standing {
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let far = |other: DateTime<Utc>| (other - store).abs() > numbers.clock_tolerance;
        let fresh = memory.seen.filter(|seen| {
            let age = TimeDelta::from_std(elapsed.saturating_sub(seen.at));
            age.is_ok_and(|age| age <= numbers.clock_witness_age)
        });
        let standing = match (fresh, memory.agreed, memory.seen) {
            (Some(seen), ..) if far(seen.zero) => {
                // Since it was said, the store's clock may have been set, or ours have stood still.
                let jumped = far(*memory.held_against.get_or_insert(store));
                Standing::off(seen.zero - store, jumped)
            }
            (Some(_), ..) => {
                memory.held_against.get_or_insert(store);
                memory.agreed = Some(store);
                Standing::fine()
            }
            // Nobody was heard for long: what was known then, and our monotonic clock, must do.
            (None, Some(known), _) | (None, None, Some(Seen { zero: known, .. })) => {
                if far(known) {
                    Standing::off(known - store, true)
                } else {
                    Standing::fine()
                }
            }
            (None, None, None) => Standing {
                unconfirmed: true,
                ..Standing::fine()
            },
        };
        memory.tell(standing);
        standing
    }
}

impl Standing {
    const fn fine() -> Self {
        Self {
            skew: TimeDelta::zero(),
            unconfirmed: false,
        }
    }

    const fn off(skew: TimeDelta, unconfirmed: bool) -> Self {
        Self { skew, unconfirmed }
    }
}

impl Memory {
    /// Says it in the log, once for each change.
    fn tell(&mut self, standing: Standing) {
        let now = standing.differs().then_some(standing.skew);
        let same = match (now, self.told) {
            (Some(now), Some(told)) => (now - told).abs() < TimeDelta::seconds(10),
            (now, told) => now.is_none() && told.is_none(),
        };
        if same {
            return;
        }
        self.told = now;
        match now {
            Some(skew) => tracing::error!(
                seconds = -skew.num_seconds(),
                "the server's clock differs from the platform's: nothing is published or swept \
                 until they agree"
            ),
            None => tracing::info!("the clocks agree again"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: TimeDelta = TimeDelta::hours(1);

    fn zero() -> DateTime<Utc> {
        DateTime::from_timestamp(1_796_115_600, 0).unwrap()
    }

    fn secs(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    /// What the platform's clock shows when it is right.
    fn right(at: Duration) -> Option<DateTime<Utc>> {
        Some(zero() + TimeDelta::from_std(at).unwrap())
    }

    #[test]
    fn a_clock_that_nobody_confirmed_counts_and_is_asked_about() {
        let (witness, n) = (Witness::default(), Numbers::default());
        let standing = witness.standing(zero(), secs(1), &n);
        assert!(!standing.differs() && standing.unconfirmed);
        witness.saw(right(secs(1)), secs(1));
        assert_eq!(witness.standing(zero(), secs(2), &n), Standing::fine());
        // What was confirmed once needs no new witness while it is not set.
        assert_eq!(witness.standing(zero(), secs(90_000), &n), Standing::fine());
    }

    #[test]
    fn a_jump_shows_without_a_call_and_however_old_the_witness_is() {
        for age in [1, 590, 90_000] {
            for jump in [HOUR, -HOUR, HOUR * 24, -HOUR * 24] {
                let (witness, n) = (Witness::default(), Numbers::default());
                witness.saw(right(secs(0)), secs(0));
                assert!(!witness.standing(zero(), secs(0), &n).differs());
                let standing = witness.standing(zero() + jump, secs(age), &n);
                assert_eq!(standing, Standing::off(-jump, true), "{jump} after {age} s");
                // Set right again, it needs nobody's word.
                assert!(!witness.standing(zero(), secs(age + 1), &n).differs());
            }
        }
    }

    #[test]
    fn a_machine_that_slept_is_believed_once_the_platform_has_said_so() {
        let (witness, n) = (Witness::default(), Numbers::default());
        witness.saw(right(secs(0)), secs(0));
        assert!(!witness.standing(zero(), secs(0), &n).differs());
        // Eight hours went by of which the monotonic clock knows nothing.
        let slept = zero() + HOUR * 8;
        assert!(witness.standing(slept, secs(5), &n).unconfirmed);
        witness.saw(Some(slept + TimeDelta::seconds(6)), secs(6));
        assert_eq!(witness.standing(slept, secs(7), &n), Standing::fine());
    }

    #[test]
    fn a_wrong_clock_stays_wrong_until_it_is_set() {
        let (witness, n) = (Witness::default(), Numbers::default());
        let wrong = zero() + HOUR;
        witness.saw(right(secs(1)), secs(1));
        for at in [2, 3, 500] {
            let standing = witness.standing(wrong, secs(at), &n);
            assert_eq!(standing, Standing::off(-HOUR, false));
        }
        // What was said is old by now: still wrong, and the platform is to be asked again.
        let standing = witness.standing(wrong, secs(700), &n);
        assert_eq!(standing, Standing::off(-HOUR, true));
    }

    #[test]
    fn less_than_the_tolerance_is_nothing() {
        let (witness, n) = (Witness::default(), Numbers::default());
        witness.saw(right(secs(0)), secs(0));
        let near = zero() + TimeDelta::seconds(59);
        assert_eq!(witness.standing(near, secs(1), &n), Standing::fine());
    }
}
