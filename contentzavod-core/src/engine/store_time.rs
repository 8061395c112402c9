//! The store's time, reckoned on our monotonic clock as closely as it is known.
//!
//! A claim tells what the store's clock showed at some moment between its call and its answer.
//! Reckoned from the answer, time is behind by as much as the claim took: never early, but a
//! thousand posts due at one instant would all be late by the claim that brought them. Every claim
//! bounds the same difference of the two clocks, so the closest of the last minute counts.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// Two machines' clocks drift apart: what is older bounds nothing.
const WINDOW: Duration = Duration::from_secs(60);
/// Stores keep milliseconds: their time may be so much ahead of what they say.
const RESOLUTION: TimeDelta = TimeDelta::milliseconds(1);

/// What the store's clock showed at the least when ours showed zero, and when we learned it.
#[derive(Debug, Clone, Copy)]
struct Bound {
    zero: DateTime<Utc>,
    at: Duration,
}

/// The bounds that may still count: each closer than those after it, so the first is the closest.
#[derive(Debug, Default)]
pub(super) struct StoreTime(Mutex<VecDeque<Bound>>);

impl StoreTime {
    /// Notes a time of the store, shown at some moment of the monotonic clock within `call`; what
    /// the store's clock showed at the zero of ours, not a moment too late.
    pub(super) fn heard(&self, shown: DateTime<Utc>, call: Range<Duration>) -> DateTime<Utc> {
        let before = |elapsed| shown - TimeDelta::from_std(elapsed).unwrap_or_default();
        let (least, most) = (before(call.end), before(call.start) + RESOLUTION);
        let mut bounds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A bound beyond what is possible now is of before the store's clock was set back. A step
        // smaller than the call took shows at the next quick one.
        bounds.retain(|b| b.zero <= most && b.at + WINDOW >= call.end);
        while bounds.back().is_some_and(|b| b.zero <= least) {
            bounds.pop_back();
        }
        bounds.push_back(Bound {
            zero: least,
            at: call.end,
        });
        bounds.front().map_or(least, |b| b.zero)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_796_115_600_000 + ms).unwrap()
    }

    fn call(start: u64, end: u64) -> Range<Duration> {
        Duration::from_millis(start)..Duration::from_millis(end)
    }

    #[test]
    fn a_slow_claim_is_reckoned_by_a_quick_one() {
        let time = StoreTime::default();
        // The store's clock showed 0 when ours showed 0.
        assert_eq!(time.heard(at(1_000), call(1_000, 1_002)), at(-2));
        assert_eq!(time.heard(at(2_000), call(2_000, 2_090)), at(-2));
        assert_eq!(time.heard(at(3_000), call(3_000, 3_001)), at(-1));
    }

    #[test]
    fn the_first_claim_is_reckoned_from_its_answer() {
        let time = StoreTime::default();
        assert_eq!(time.heard(at(1_050), call(1_000, 1_090)), at(-40));
    }

    #[test]
    fn a_clock_that_was_set_is_followed_at_once_both_ways() {
        let time = StoreTime::default();
        assert_eq!(time.heard(at(1_000), call(1_000, 1_001)), at(-1));
        // Set back by an hour: what was known would fire early.
        let hour = 3_600_000;
        assert_eq!(
            time.heard(at(2_000 - hour), call(2_000, 2_050)),
            at(-50 - hour)
        );
        assert_eq!(time.heard(at(3_000), call(3_000, 3_050)), at(-50));
    }

    #[test]
    fn a_bound_does_not_outlive_its_window() {
        let time = StoreTime::default();
        assert_eq!(time.heard(at(1_000), call(1_000, 1_001)), at(-1));
        assert_eq!(time.heard(at(40_000), call(40_000, 40_003)), at(-1));
        // The first is too old now; the second still counts.
        assert_eq!(time.heard(at(70_000), call(70_000, 70_090)), at(-3));
    }
}
