//! The states of a publication, and the lane that works on each.

use serde::{Deserialize, Serialize};

macro_rules! states {
    ($($(#[$doc:meta])* $name:ident => $word:literal),+ $(,)?) => {
        /// Where a publication stands.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum State { $($(#[$doc])* $name),+ }

        impl State {
            /// Every state, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word used in the API and the database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// Reads the word back.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|s| s.as_str() == word)
            }
        }
    };
}

states! {
    /// Not scheduled yet.
    Draft => "draft",
    /// Waits for its staging time, or for a retry.
    Scheduled => "scheduled",
    /// The container is being made and the video delivered.
    Preparing => "preparing",
    /// The platform processes the video.
    Processing => "processing",
    /// One call is left.
    Ready => "ready",
    /// The platform's quota is used up; nothing was sent.
    WaitingQuota => "waiting_quota",
    /// The account cannot publish until a person acts; nothing was sent.
    WaitingAccount => "waiting_account",
    /// Committed to publish: the call may leave at any moment.
    Armed => "armed",
    /// The call may have left and nobody has said what became of it.
    Uncertain => "uncertain",
    /// The platform cannot tell: a person is asked.
    NeedsReview => "needs_review",
    /// Live.
    Published => "published",
    /// Could not be prepared; a person can mend and retry.
    Failed => "failed",
    /// Later than `max_late`, or its container died: a person is asked for a fresh yes.
    Missed => "missed",
    /// A person took it back.
    Cancelled => "cancelled",
}

impl State {
    /// Scheduled up to ready, and the waiting states: cancel and edit are honoured here.
    #[must_use]
    pub const fn is_pre_arm(self) -> bool {
        matches!(
            self,
            Self::Scheduled
                | Self::Preparing
                | Self::Processing
                | Self::Ready
                | Self::WaitingQuota
                | Self::WaitingAccount
        )
    }

    /// What is due here is held while the clocks disagree: it would go on by itself.
    #[must_use]
    pub const fn can_be_held(self) -> bool {
        matches!(
            self,
            Self::Scheduled | Self::Preparing | Self::Processing | Self::Ready
        )
    }

    /// Armed, uncertain, needs review: cancel, edit and delete answer 409 here.
    #[must_use]
    pub const fn is_armed_side(self) -> bool {
        matches!(self, Self::Armed | Self::Uncertain | Self::NeedsReview)
    }

    /// Nothing more will happen.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Published | Self::Cancelled)
    }
}

/// Which loop of the engine works on a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Preparing ahead: containers, delivery, polls, checks.
    Stage,
    /// Arming and firing at the due time.
    Send,
    /// Finding out what became of a call, and late links.
    Look,
}

impl Lane {
    /// Every lane.
    pub const ALL: [Self; 3] = [Self::Stage, Self::Send, Self::Look];

    /// The word used in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Send => "send",
            Self::Look => "look",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_trip() {
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(*state));
        }
        assert_eq!(State::parse("gone"), None);
    }

    #[test]
    fn every_state_stands_on_its_side() {
        for state in State::ALL {
            let side = match state {
                State::Draft | State::Failed | State::Missed => [false, false, false],
                State::Armed | State::Uncertain | State::NeedsReview => [false, true, false],
                State::Published | State::Cancelled => [false, false, true],
                _ => [true, false, false],
            };
            let sides = [state.is_pre_arm(), state.is_armed_side(), state.is_final()];
            assert_eq!(sides, side, "{state:?}");
        }
    }

    #[test]
    fn a_lane_is_stored_under_the_word_it_is_written_with() {
        for lane in Lane::ALL {
            assert_eq!(serde_json::json!(lane), lane.as_str());
        }
    }
}
