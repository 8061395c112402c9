//! How long things are kept: one table, read by the store, the sweeper and the privacy page.

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

/// How long the record of an ended API key stays, so that its maker sees why it opens nothing.
pub const ENDED_KEY: TimeDelta = TimeDelta::days(30);
/// How long the state of a deletion can be looked up.
pub const DELETION: TimeDelta = TimeDelta::days(3 * 365);
/// A session that nobody used for so long has ended.
pub const SESSION_IDLE: TimeDelta = TimeDelta::days(7);
/// And any session after so long.
pub const SESSION: TimeDelta = TimeDelta::days(30);
/// What may be used once: a sign-in or a connection under way, a link, the mark of a platform's message.
/// The last of them is good for a day, and is forgotten within the hour.
pub const ONCE: TimeDelta = TimeDelta::hours(26);
/// An account that was disconnected, and that no post refers to.
pub const DISCONNECTED: TimeDelta = TimeDelta::days(30);
/// The answer to a call that may be made again with its idempotency key.
pub const ANSWER: TimeDelta = TimeDelta::hours(24);
/// An invitation.
pub const INVITATION: TimeDelta = TimeDelta::days(7);

/// What is kept of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kept {
    /// Access to accounts of a platform.
    Tokens,
    /// Uploaded files.
    Media,
    /// Posts, the names of their files, and what became of them.
    Posts,
    /// What is left of a deleted post: where and when it went out, so that nothing goes out twice.
    DeletedPosts,
    /// Answers to calls that carried an idempotency key.
    Answers,
    /// Lines of the request log.
    RequestLog,
    /// Name, language, identities, workspaces, notifications.
    Account,
    /// Names and ids of accounts that were disconnected and that no post refers to.
    Disconnected,
    /// Sessions.
    Sessions,
    /// Sign-ins under way, and what may be used once.
    SignIns,
    /// Invitations.
    Invitations,
    /// API keys.
    Keys,
    /// Codes of deletions.
    Deletions,
    /// Hashes of deleted ids, so that a restored backup deletes them again.
    Tombstones,
}

/// For how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Until {
    /// Until the account is disconnected.
    Disconnected,
    /// Until published; else so long.
    Published(MediaTtl),
    /// Until the person deletes it.
    Deleted,
    /// Until the person deletes the workspace, or themselves.
    WorkspaceDeleted,
    /// For so long.
    For(TimeDelta),
    /// Until it was idle or lived for so long.
    IdleOr(TimeDelta, TimeDelta),
    /// For so long after its end.
    AfterEnd(TimeDelta),
    /// For ever: it says nothing about anybody.
    Ever,
}

/// The table: what is kept, and for how long. `log` is how long the request log is kept.
#[must_use]
pub fn table(media: MediaTtl, log: TimeDelta) -> Vec<(Kept, Until)> {
    vec![
        (Kept::Tokens, Until::Disconnected),
        (Kept::Media, Until::Published(media)),
        (Kept::Posts, Until::Deleted),
        (Kept::DeletedPosts, Until::WorkspaceDeleted),
        (Kept::Answers, Until::For(ANSWER)),
        (Kept::RequestLog, Until::For(log)),
        (Kept::Account, Until::Deleted),
        (Kept::Disconnected, Until::For(DISCONNECTED)),
        (Kept::Sessions, Until::IdleOr(SESSION_IDLE, SESSION)),
        (Kept::SignIns, Until::For(ONCE)),
        (Kept::Invitations, Until::For(INVITATION)),
        (Kept::Keys, Until::AfterEnd(ENDED_KEY)),
        (Kept::Deletions, Until::For(DELETION)),
        (Kept::Tombstones, Until::Ever),
    ]
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
