//! The second witness of the time: the platform's clock.
//!
//! All clocks are compared at the zero of our monotonic one, which nobody sets: the store's (which
//! decides what is due), the platform's, and the store's as it was when both agreed last. The
//! platform's word can only hold what is due, never make anything due: it is a witness, not a clock.
//! A store's clock that was set shows at once, without a call; whether it was set right, the platform
//! tells. One answer with a wrong time against a store's clock that nobody has set is a lone voice:
//! a second one must say the same before it counts.

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

impl Seen {
    /// Recent enough to be a witness.
    fn fresh(&self, elapsed: Duration, numbers: &Numbers) -> bool {
        let age = TimeDelta::from_std(elapsed.saturating_sub(self.at));
        age.is_ok_and(|age| age <= numbers.clock_witness_age)
    }
}

#[derive(Debug, Default)]
struct Memory {
    last: Option<Seen>,
    /// What was said before the last.
    before: Option<Seen>,
    /// The store's clock at the zero of ours, when the platform agreed with it last.
    agreed: Option<DateTime<Utc>>,
    /// A platform that could tell the time was asked, and did not answer.
    silent: bool,
    /// The difference that was logged last.
    told: Option<TimeDelta>,
}

/// What the store's clock is worth.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// The clocks disagree by more than allowed, the platform's ahead by so much: nothing may go out.
    pub(super) differs: Option<TimeDelta>,
    /// What is to be added to the store's clock for the time that two of three clocks show, the third
    /// being the store's as it was when nobody had set it. Only for telling what is held.
    pub(super) likely: TimeDelta,
    /// The platform should be asked.
    pub(super) ask: bool,
    /// No platform has said the time since the start, though one could.
    pub(super) silent: bool,
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
        memory.before = memory.last.replace(Seen { zero, at });
        memory.silent = false;
    }

    /// Notes that a platform was asked, and did not answer.
    pub(super) fn heard_nothing(&self) {
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        memory.silent = memory.last.is_none();
    }

    /// Notes that no platform tells the time when asked. What was said in passing long ago is
    /// forgotten: while it held everything, no call could take it back.
    pub(super) fn none_can_tell(&self, elapsed: Duration, numbers: &Numbers) {
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = memory.last.is_some_and(|seen| seen.fresh(elapsed, numbers));
        if !fresh {
            memory.last = None;
            memory.agreed = None;
        }
    }

    /// What the store's clock is worth, by what it shows at the zero of ours.
    pub(super) fn standing(
        &self,
        store: DateTime<Utc>,
        elapsed: Duration,
        numbers: &Numbers,
    ) -> Standing {
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let near = |a: DateTime<Utc>, b: DateTime<Utc>| (a - b).abs() <= numbers.clock_tolerance;
        let fresh = |seen: &Seen| seen.fresh(elapsed, numbers);
        let unset = memory.agreed.is_some_and(|known| near(known, store));
        let standing = match (memory.last.filter(fresh), memory.agreed.or(memory.stale())) {
            (Some(said), _) if near(said.zero, store) => {
                memory.agreed = Some(store);
                Standing::default()
            }
            (Some(said), _) => {
                let twice = memory.before.filter(fresh);
                let twice = twice.is_some_and(|before| near(before.zero, said.zero));
                if unset && !twice {
                    Standing::doubted()
                } else {
                    Standing::off(said.zero - store, unset)
                }
            }
            // Nobody was heard for long: what was known then, and our monotonic clock, must do.
            (None, Some(known)) if near(known, store) => Standing::default(),
            (None, Some(known)) => Standing::off(known - store, unset),
            (None, None) => Standing {
                silent: memory.silent,
                ..Standing::doubted()
            },
        };
        memory.tell(standing);
        standing
    }
}

impl Standing {
    fn doubted() -> Self {
        Self {
            ask: true,
            ..Self::default()
        }
    }

    /// The platform is ahead by so much; `unset`: the store's clock was not set since they agreed.
    fn off(ahead: TimeDelta, unset: bool) -> Self {
        Self {
            differs: Some(ahead),
            likely: if unset { TimeDelta::zero() } else { ahead },
            ..Self::doubted()
        }
    }
}

impl Memory {
    /// What was said last, however long ago.
    fn stale(&self) -> Option<DateTime<Utc>> {
        self.last.map(|seen| seen.zero)
    }

    /// Says it in the log, once for each change.
    fn tell(&mut self, standing: Standing) {
        let same = match (standing.differs, self.told) {
            (Some(now), Some(told)) => (now - told).abs() < TimeDelta::seconds(10),
            (now, told) => now.is_none() && told.is_none(),
        };
        if same {
            return;
        }
        self.told = standing.differs;
        match standing.differs {
            Some(ahead) => tracing::error!(
                seconds = -ahead.num_seconds(),
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
    const JUMPS: [TimeDelta; 4] = [
        HOUR,
        TimeDelta::hours(-1),
        TimeDelta::hours(24),
        TimeDelta::hours(-24),
    ];

    fn zero() -> DateTime<Utc> {
        DateTime::from_timestamp(1_796_115_600, 0).unwrap()
    }

    /// A witness that was heard at the given seconds, each time saying so much more than it is.
    fn heard(said: &[(u64, TimeDelta)]) -> Witness {
        let witness = Witness::default();
        for (at, off) in said {
            let at = Duration::from_secs(*at);
            let right = zero() + TimeDelta::from_std(at).unwrap();
            witness.saw(Some(right + *off), at);
            standing(&witness, TimeDelta::zero(), at.as_secs());
        }
        witness
    }

    /// What a store's clock that is off by so much is worth.
    fn standing(witness: &Witness, off: TimeDelta, at: u64) -> Standing {
        witness.standing(zero() + off, Duration::from_secs(at), &Numbers::default())
    }

    const RIGHT: TimeDelta = TimeDelta::zero();

    #[test]
    fn a_clock_that_nobody_confirmed_counts_and_is_asked_about() {
        let witness = Witness::default();
        assert_eq!(standing(&witness, RIGHT, 1), Standing::doubted());
        witness.heard_nothing();
        assert!(standing(&witness, RIGHT, 1).silent);
        let witness = heard(&[(1, RIGHT)]);
        assert_eq!(standing(&witness, RIGHT, 2), Standing::default());
        // What was confirmed once needs no new witness while it is not set.
        witness.heard_nothing();
        assert_eq!(standing(&witness, RIGHT, 90_000), Standing::default());
    }

    #[test]
    fn a_jump_shows_without_a_call_and_however_old_the_witness_is() {
        for age in [1, 590, 90_000] {
            for jump in JUMPS {
                let witness = heard(&[(0, RIGHT)]);
                let off = Standing::off(-jump, false);
                assert_eq!(standing(&witness, jump, age), off, "{jump} after {age} s");
                // Set right again, it needs nobody's word.
                assert_eq!(standing(&witness, RIGHT, age + 1), Standing::default());
            }
        }
    }

    #[test]
    fn one_wrong_answer_is_asked_about_and_two_that_agree_count() {
        for lie in JUMPS {
            let witness = heard(&[(0, RIGHT), (1, lie)]);
            assert_eq!(standing(&witness, RIGHT, 1), Standing::doubted(), "{lie}");
            let twice = heard(&[(0, RIGHT), (1, lie), (2, lie)]);
            assert_eq!(
                standing(&twice, RIGHT, 2),
                Standing::off(lie, true),
                "{lie}"
            );
            // Whoever says something else each time is no witness.
            let torn = heard(&[(0, RIGHT), (1, lie), (2, lie * 2), (3, lie)]);
            assert_eq!(standing(&torn, RIGHT, 3), Standing::doubted(), "{lie}");
            // One answer that agrees with the store ends it.
            let back = heard(&[(0, RIGHT), (1, lie), (2, lie), (3, RIGHT)]);
            assert_eq!(standing(&back, RIGHT, 3), Standing::default(), "{lie}");
        }
    }

    #[test]
    fn at_the_start_one_answer_is_enough_to_hold() {
        let witness = heard(&[(1, -HOUR)]);
        assert_eq!(standing(&witness, RIGHT, 1), Standing::off(-HOUR, false));
        // What was said is old by now: still held, and the platform is to be asked again.
        assert_eq!(standing(&witness, RIGHT, 700), Standing::off(-HOUR, false));
    }

    #[test]
    fn a_machine_that_slept_is_believed_once_the_platform_has_said_so() {
        let witness = heard(&[(0, RIGHT)]);
        // Eight hours went by of which the monotonic clock knows nothing.
        assert!(standing(&witness, HOUR * 8, 5).differs.is_some());
        let slept = zero() + HOUR * 8 + TimeDelta::seconds(6);
        witness.saw(Some(slept), Duration::from_secs(6));
        assert_eq!(standing(&witness, HOUR * 8, 7), Standing::default());
    }

    #[test]
    fn what_was_said_in_passing_does_not_hold_for_ever() {
        let witness = heard(&[(0, RIGHT), (1, HOUR), (2, HOUR)]);
        let ask = |at| witness.none_can_tell(Duration::from_secs(at), &Numbers::default());
        ask(500);
        assert_eq!(standing(&witness, RIGHT, 500), Standing::off(HOUR, true));
        ask(700);
        assert_eq!(standing(&witness, RIGHT, 700), Standing::doubted());
    }

    #[test]
    fn less_than_the_tolerance_is_nothing() {
        let witness = heard(&[(0, RIGHT)]);
        let near = TimeDelta::seconds(59);
        assert_eq!(standing(&witness, near, 1), Standing::default());
    }
}
