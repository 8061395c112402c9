//! Time: the wall clock, and a monotonic one that no adjustment moves.

use std::fmt::Debug;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// Tells the time and sleeps.
///
/// Timers run on the monotonic clock: a jump of the wall clock moves no sleeper.
#[async_trait]
pub trait Clock: Send + Sync + Debug {
    /// The wall clock.
    fn now(&self) -> DateTime<Utc>;

    /// The monotonic clock, since an arbitrary start.
    fn elapsed(&self) -> Duration;

    /// Sleeps on the monotonic clock.
    async fn sleep(&self, duration: Duration);
}

/// The machine's clocks.
#[derive(Debug, Clone)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// Starts the monotonic clock.
    #[must_use]
    pub fn new() -> Self {
        Self {
            start: Instant::now(),
        }
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the system clock is the one home of Utc::now"
    )]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}
