//! When the posts of a run fall due.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// The due times of a run, reckoned from its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// How many posts.
    pub posts: usize,
    /// From the beginning to the first due time: all must be prepared by then.
    pub lead: TimeDelta,
    /// From one due time to the next; zero: all at one instant.
    pub apart: TimeDelta,
    /// How long the platform takes for a publish call.
    pub publish_takes: Duration,
}

impl Plan {
    /// All at one instant. Preparing takes time, so more posts are scheduled further ahead.
    #[must_use]
    pub fn burst(posts: usize) -> Self {
        let posts_ms = i64::try_from(posts).unwrap_or(i64::MAX / 8) * 6;
        Self {
            posts,
            lead: TimeDelta::milliseconds(3_000 + posts_ms),
            apart: TimeDelta::zero(),
            publish_takes: Duration::ZERO,
        }
    }

    /// One after the other, each alone at its time. The step is no round number, so that the due
    /// times meet every phase of a timer.
    #[must_use]
    pub const fn singles(posts: usize) -> Self {
        Self {
            posts,
            lead: TimeDelta::milliseconds(3_000),
            apart: TimeDelta::milliseconds(157),
            publish_takes: Duration::ZERO,
        }
    }

    /// The same with a platform that takes so long for a publish call.
    #[must_use]
    pub const fn taking(mut self, publish_takes: Duration) -> Self {
        self.publish_takes = publish_takes;
        self
    }

    /// The due times, in whole milliseconds.
    pub fn due_times(self, begin: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> {
        let whole = DateTime::from_timestamp_millis(begin.timestamp_millis()).unwrap_or(begin);
        let first = whole + self.lead;
        (0..i32::try_from(self.posts).unwrap_or(i32::MAX)).map(move |n| first + self.apart * n)
    }
}
