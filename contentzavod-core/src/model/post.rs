//! A post: content, accounts and a time. Each account has its own publication.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::content::Content;
use super::id::{PostId, WorkspaceId};
use crate::publication::State;

/// What a person scheduled. The publications say what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Our id.
    pub id: PostId,
    /// The workspace it belongs to.
    pub workspace: WorkspaceId,
    /// What is published.
    pub content: Content,
    /// Raised with every change of the content; a container belongs to one version.
    pub content_version: i32,
    /// The instant it is to go out; `None` only for a draft without a time.
    pub publish_at: Option<DateTime<Utc>>,
    /// The wall-clock time as chosen, in `timezone`: when its rules change, the instant follows it.
    /// `None` when an instant was chosen.
    pub local_time: Option<NaiveDateTime>,
    /// IANA zone.
    pub timezone: String,
    /// Later than this after its time nothing goes out on its own, in seconds.
    pub max_late_secs: i64,
    /// Raised with every write; a change is conditional on it.
    pub rev: i64,
    /// When the row was made.
    pub created_at: DateTime<Utc>,
    /// When the row last changed.
    pub updated_at: DateTime<Utc>,
}

impl Post {
    /// What the clocks of its zone show at its time.
    #[must_use]
    pub fn wall_clock(&self) -> Option<NaiveDateTime> {
        let shown = || {
            let zone: Tz = self.timezone.parse().ok()?;
            Some(self.publish_at?.with_timezone(&zone).naive_local())
        };
        self.local_time.or_else(shown)
    }

    /// `max_late_secs` as a duration.
    #[must_use]
    pub fn max_late(&self) -> TimeDelta {
        TimeDelta::try_seconds(self.max_late_secs).unwrap_or(TimeDelta::MAX)
    }
}

macro_rules! statuses {
    ($($(#[$doc:meta])* $name:ident => $word:literal [$($state:ident)|*]),+ $(,)?) => {
        /// The state of a post, derived from its publications: the first that applies.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum PostStatus { $($(#[$doc])* $name),+ }

        impl PostStatus {
            /// Every status, in order of precedence.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word used in the API.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// Reads the word back.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|s| s.as_str() == word)
            }

            /// The publication states that cause it.
            #[must_use]
            pub const fn states(self) -> &'static [State] {
                match self { $(Self::$name => &[$(State::$state),*]),+ }
            }
        }
    };
}

statuses! {
    /// A person must say what became of one.
    NeedsReview => "needs_review" [NeedsReview],
    /// The platform has not yet said what became of one.
    Uncertain => "uncertain" [Uncertain],
    /// One could not be prepared.
    Failed => "failed" [Failed],
    /// One was too late.
    Missed => "missed" [Missed],
    /// One waits for the platform's quota.
    WaitingQuota => "waiting_quota" [WaitingQuota],
    /// One waits for its account.
    WaitingAccount => "waiting_account" [WaitingAccount],
    /// Under way.
    Publishing => "publishing" [Preparing | Processing | Ready | Armed],
    /// Waits for its time.
    Scheduled => "scheduled" [Scheduled],
    /// Not scheduled yet.
    Draft => "draft" [Draft],
    /// Live everywhere it was not cancelled.
    Published => "published" [Published],
    /// Taken back everywhere.
    Cancelled => "cancelled" [Cancelled],
}

impl PostStatus {
    /// Derives the status: first match in the order of [`PostStatus::ALL`].
    #[must_use]
    pub fn derive(states: &[State]) -> Self {
        Self::ALL
            .iter()
            .copied()
            .find(|status| states.iter().any(|s| status.states().contains(s)))
            .unwrap_or(Self::Draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_exactly_one_status() {
        for state in State::ALL {
            let homes = PostStatus::ALL
                .iter()
                .filter(|s| s.states().contains(state))
                .count();
            assert_eq!(homes, 1, "{state:?}");
        }
    }

    #[test]
    fn the_first_match_wins() {
        use State::{Cancelled, Failed, Processing, Published, Uncertain};
        assert_eq!(
            PostStatus::derive(&[Published, Uncertain, Failed]),
            PostStatus::Uncertain
        );
        assert_eq!(
            PostStatus::derive(&[Published, Processing]),
            PostStatus::Publishing
        );
        assert_eq!(
            PostStatus::derive(&[Cancelled, Published]),
            PostStatus::Published
        );
        assert_eq!(PostStatus::derive(&[]), PostStatus::Draft);
    }
}
