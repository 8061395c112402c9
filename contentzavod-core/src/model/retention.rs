//! How long an uploaded file is kept: one table, read by the store, the sweeper and the privacy page.

use chrono::{DateTime, TimeDelta, Utc};

use crate::publication::State;

/// How long files stay once nothing needs them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MediaTtl {
    /// After upload, or after the last publication was cancelled (`MEDIA__UNUSED_TTL`).
    pub unused: TimeDelta,
    /// After a publication failed or was missed, so that a person can retry (`MEDIA__RETRY_TTL`).
    pub retry: TimeDelta,
}

impl Default for MediaTtl {
    fn default() -> Self {
        Self {
            unused: TimeDelta::hours(2),
            retry: TimeDelta::hours(2),
        }
    }
}

/// What a publication's state means for its files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hold {
    /// Kept: it will be, or may have been, sent.
    Needed,
    /// Kept for a retry, for `MediaTtl::retry`.
    Retry,
    /// Kept for `MediaTtl::unused`: a draft counts from the upload, a cancelled one from its end.
    Unused,
    /// Needed no more.
    Done,
}

impl Hold {
    /// The table: what each state means for the files.
    #[must_use]
    pub const fn of(state: State) -> Self {
        match state {
            State::Draft | State::Cancelled => Self::Unused,
            State::Failed | State::Missed => Self::Retry,
            State::Published => Self::Done,
            State::Scheduled
            | State::Preparing
            | State::Processing
            | State::Ready
            | State::WaitingQuota
            | State::WaitingAccount
            | State::Armed
            | State::Uncertain
            | State::NeedsReview => Self::Needed,
        }
    }
}

/// When a file's bytes go. `None`: a publication needs them.
///
/// `uses` are the states of every publication that uses the file, and since when each stands there.
#[must_use]
pub fn expires_at(
    uploaded: DateTime<Utc>,
    uses: &[(State, DateTime<Utc>)],
    ttl: &MediaTtl,
) -> Option<DateTime<Utc>> {
    let mut last: Option<DateTime<Utc>> = None;
    for (state, since) in uses {
        let until = match Hold::of(*state) {
            Hold::Needed => return None,
            Hold::Retry => *since + ttl.retry,
            Hold::Unused if *state == State::Draft => uploaded + ttl.unused,
            Hold::Unused => *since + ttl.unused,
            Hold::Done => *since,
        };
        last = last.max(Some(until));
    }
    Some(last.unwrap_or(uploaded + ttl.unused))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    #[test]
    fn unused_and_draft_count_from_the_upload() {
        let ttl = MediaTtl::default();
        assert_eq!(expires_at(at(0), &[], &ttl), Some(at(120)));
        assert_eq!(
            expires_at(at(0), &[(State::Draft, at(60))], &ttl),
            Some(at(120))
        );
    }

    #[test]
    fn one_that_needs_it_keeps_it_whatever_the_others_say() {
        let uses = [(State::Published, at(1)), (State::Uncertain, at(2))];
        assert_eq!(expires_at(at(0), &uses, &MediaTtl::default()), None);
    }

    #[test]
    fn published_everywhere_goes_at_once_and_a_failure_waits_for_the_retry() {
        let ttl = MediaTtl {
            unused: TimeDelta::minutes(10),
            retry: TimeDelta::minutes(30),
        };
        let published = (State::Published, at(5));
        assert_eq!(expires_at(at(0), &[published], &ttl), Some(at(5)));
        let uses = [
            published,
            (State::Failed, at(6)),
            (State::Cancelled, at(20)),
        ];
        assert_eq!(expires_at(at(0), &uses, &ttl), Some(at(36)));
    }
}
