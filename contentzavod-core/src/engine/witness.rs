//! The second witness of the time: the platform's clock, as it said it last.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::publication::Numbers;

#[derive(Debug, Clone, Copy)]
struct Seen {
    remote: DateTime<Utc>,
    at: Duration,
}

/// What the platform's clock showed last, and when on our monotonic clock.
#[derive(Debug, Default)]
pub(super) struct Witness(Mutex<Option<Seen>>);

impl Witness {
    /// Notes a time the platform said.
    pub(super) fn saw(&self, remote: Option<DateTime<Utc>>, at: Duration) {
        if let Some(remote) = remote {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Seen { remote, at });
        }
    }

    /// By how much `now` differs from the platform's clock, when that is more than allowed.
    pub(super) fn disagrees(
        &self,
        now: DateTime<Utc>,
        elapsed: Duration,
        numbers: &Numbers,
    ) -> Option<TimeDelta> {
        let seen = (*self.0.lock().unwrap_or_else(PoisonError::into_inner))?;
        let age = TimeDelta::from_std(elapsed.saturating_sub(seen.at)).ok()?;
        let differs = now - (seen.remote + age);
        (age <= numbers.clock_witness_age && differs.abs() > numbers.clock_tolerance)
            .then_some(differs)
    }
}
