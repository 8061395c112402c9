//! A clock that stands still until a test moves it.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

use crate::ports::Clock;

#[derive(Debug, Clone, Copy)]
struct Hands {
    wall: DateTime<Utc>,
    monotonic: Duration,
}

/// A clock under test control: sleepers wake when [`ManualClock::advance`] passes their time.
#[derive(Debug)]
pub struct ManualClock(watch::Sender<Hands>);

impl ManualClock {
    /// A clock that shows `now`.
    #[must_use]
    pub fn at(now: DateTime<Utc>) -> Self {
        Self(watch::Sender::new(Hands {
            wall: now,
            monotonic: Duration::ZERO,
        }))
    }

    /// A clock that shows 2026-12-01 09:00:00 UTC: a time that tests can reckon with.
    #[must_use]
    pub fn new() -> Self {
        Self::at(DateTime::from_timestamp(1_796_115_600, 0).unwrap_or_default())
    }

    /// The wall clock jumps; the monotonic one does not move.
    pub fn jump(&self, now: DateTime<Utc>) {
        self.0.send_modify(|hands| hands.wall = now);
    }

    /// Time passes on both clocks.
    pub fn advance(&self, by: TimeDelta) {
        self.0.send_modify(|hands| {
            hands.wall += by;
            hands.monotonic += by.to_std().unwrap_or_default();
        });
    }

    /// Time passes until the wall clock shows `then`; nothing happens when it is past that.
    pub fn advance_to(&self, then: DateTime<Utc>) {
        let by = then - self.now();
        if by > TimeDelta::zero() {
            self.advance(by);
        }
    }
}

impl Default for ManualClock {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        self.0.borrow().wall
    }

    fn elapsed(&self) -> Duration {
        self.0.borrow().monotonic
    }

    async fn sleep(&self, duration: Duration) {
        let mut hands = self.0.subscribe();
        let until = self.elapsed() + duration;
        // The sender lives in `self`, so the wait ends only by time.
        let _ = hands.wait_for(|hands| hands.monotonic >= until).await;
    }
}
