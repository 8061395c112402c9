//! The table: every transition there is. `tests/machine.rs` proves that each row happens and
//! no other.

use crate::publication::event::Kind;
use crate::publication::state::State;

/// One row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Where it stands.
    pub from: State,
    /// What happens.
    pub event: Kind,
    /// Where it may stand then.
    pub to: &'static [State],
}

const fn row(from: State, event: Kind, to: &'static [State]) -> Row {
    Row { from, event, to }
}

use Kind as K;
use State::{
    Armed, Cancelled, Draft, Failed, Missed, NeedsReview, Preparing, Processing, Published, Ready,
    Scheduled, Uncertain, WaitingAccount, WaitingQuota,
};

/// Every transition: state, event, the states it may lead to.
pub const TABLE: &[Row] = &[
    row(Draft, K::Schedule, &[Scheduled]),
    row(Draft, K::Edit, &[Draft]),
    row(Draft, K::Cancel, &[Cancelled]),
    row(Scheduled, K::Begin, &[Preparing, Failed]),
    row(Scheduled, K::Hindered, &[Scheduled, Failed, WaitingAccount]),
    row(Scheduled, K::Held, &[Scheduled]),
    row(Scheduled, K::Paced, &[Scheduled]),
    row(Scheduled, K::Edit, &[Scheduled]),
    row(Scheduled, K::Cancel, &[Cancelled]),
    row(Scheduled, K::TooLate, &[Missed]),
    row(Scheduled, K::Panicked, &[Scheduled, Failed]),
    row(Scheduled, K::Abandoned, &[Failed]),
    row(Preparing, K::Created, &[Preparing]),
    row(Preparing, K::Delivered, &[Processing]),
    row(
        Preparing,
        K::Hindered,
        &[Scheduled, Failed, WaitingAccount, WaitingQuota],
    ),
    row(Preparing, K::Held, &[Preparing]),
    row(Preparing, K::Edit, &[Scheduled]),
    row(Preparing, K::Cancel, &[Cancelled]),
    row(Preparing, K::TooLate, &[Missed]),
    row(Preparing, K::Panicked, &[Scheduled, Failed]),
    row(Preparing, K::Abandoned, &[Failed]),
    row(
        Processing,
        K::Polled,
        &[Processing, Ready, Scheduled, Failed, Uncertain],
    ),
    row(
        Processing,
        K::Hindered,
        &[Processing, Scheduled, Failed, WaitingAccount, WaitingQuota],
    ),
    row(Processing, K::Held, &[Processing]),
    row(Processing, K::Paced, &[Processing]),
    row(Processing, K::Edit, &[Scheduled]),
    row(Processing, K::Cancel, &[Cancelled]),
    row(Processing, K::TooLate, &[Missed]),
    row(Processing, K::Panicked, &[Processing, Failed]),
    row(Processing, K::Abandoned, &[Failed]),
    row(Ready, K::Polled, &[Ready, Scheduled, Failed, Uncertain]),
    row(
        Ready,
        K::Hindered,
        &[Ready, Scheduled, Failed, WaitingAccount, WaitingQuota],
    ),
    row(Ready, K::Checked, &[Ready, Scheduled, Failed]),
    row(Ready, K::Recheck, &[Ready]),
    row(Ready, K::Busy, &[Ready]),
    row(Ready, K::Held, &[Ready]),
    row(Ready, K::Arm, &[Armed]),
    row(Ready, K::Edit, &[Scheduled]),
    row(Ready, K::Cancel, &[Cancelled]),
    row(Ready, K::TooLate, &[Missed]),
    row(Ready, K::Panicked, &[Ready, Failed]),
    row(Ready, K::Abandoned, &[Failed]),
    row(WaitingQuota, K::Cleared, &[Scheduled]),
    row(WaitingQuota, K::StillWaiting, &[WaitingQuota]),
    row(WaitingQuota, K::Paced, &[WaitingQuota]),
    row(WaitingQuota, K::Hindered, &[WaitingQuota, WaitingAccount]),
    row(WaitingQuota, K::Edit, &[Scheduled]),
    row(WaitingQuota, K::Cancel, &[Cancelled]),
    row(WaitingQuota, K::TooLate, &[Missed]),
    row(WaitingQuota, K::Panicked, &[WaitingQuota, Failed]),
    row(WaitingQuota, K::Abandoned, &[Failed]),
    row(WaitingAccount, K::Cleared, &[Scheduled]),
    row(WaitingAccount, K::StillWaiting, &[WaitingAccount]),
    row(WaitingAccount, K::Paced, &[WaitingAccount]),
    row(WaitingAccount, K::Hindered, &[WaitingAccount, WaitingQuota]),
    row(WaitingAccount, K::Edit, &[Scheduled]),
    row(WaitingAccount, K::Cancel, &[Cancelled]),
    row(WaitingAccount, K::TooLate, &[Missed]),
    row(WaitingAccount, K::Panicked, &[WaitingAccount, Failed]),
    row(WaitingAccount, K::Abandoned, &[Failed]),
    row(Armed, K::Sent, &[Published, Armed, Uncertain, Missed]),
    row(Armed, K::LeaseLost, &[Uncertain]),
    row(Armed, K::Panicked, &[Uncertain]),
    row(Armed, K::Abandoned, &[Uncertain]),
    row(
        Uncertain,
        K::Looked,
        &[Published, Armed, Missed, NeedsReview, Uncertain],
    ),
    row(Uncertain, K::Busy, &[Uncertain]),
    row(Uncertain, K::Panicked, &[Uncertain, NeedsReview]),
    row(Uncertain, K::Abandoned, &[Uncertain, NeedsReview]),
    row(NeedsReview, K::Looked, &[Published, NeedsReview]),
    row(NeedsReview, K::Paced, &[NeedsReview]),
    row(NeedsReview, K::ResolveLive, &[Published]),
    row(NeedsReview, K::ResolveAgain, &[Scheduled]),
    row(NeedsReview, K::ResolveLeave, &[Cancelled]),
    row(NeedsReview, K::Panicked, &[NeedsReview]),
    row(NeedsReview, K::Abandoned, &[NeedsReview]),
    row(Published, K::Looked, &[Published]),
    row(Published, K::Paced, &[Published]),
    row(Published, K::Linked, &[Published]),
    row(Published, K::Panicked, &[Published]),
    row(Published, K::Abandoned, &[Published]),
    row(Failed, K::Retry, &[Scheduled]),
    row(Failed, K::Edit, &[Scheduled]),
    row(Failed, K::Cancel, &[Cancelled]),
    row(Missed, K::Retry, &[Scheduled]),
    row(Missed, K::Edit, &[Scheduled]),
    row(Missed, K::Cancel, &[Cancelled]),
];

/// True when the table has the transition.
#[must_use]
pub fn allows(from: State, event: Kind, to: State) -> bool {
    TABLE
        .iter()
        .any(|row| row.from == from && row.event == event && row.to.contains(&to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_stands_twice_and_no_way_leads_back_from_the_armed_side() {
        for (i, row) in TABLE.iter().enumerate() {
            assert!(
                !TABLE[..i]
                    .iter()
                    .any(|r| r.from == row.from && r.event == row.event),
                "{row:?}"
            );
            if row.from.is_armed_side() && row.event != K::ResolveAgain {
                assert!(row.to.iter().all(|to| !to.is_pre_arm()), "{row:?}");
            }
        }
    }

    #[test]
    fn only_ready_arms_first_and_only_pre_arm_and_ended_ones_are_cancelled() {
        for row in TABLE {
            if row.event == K::Arm {
                assert_eq!(row.from, Ready);
            }
            if row.event == K::Cancel {
                assert!(!row.from.is_armed_side() && !row.from.is_final());
            }
        }
    }

    #[test]
    fn what_can_be_held_is_what_the_table_holds() {
        for state in State::ALL.iter().copied() {
            assert_eq!(
                state.can_be_held(),
                allows(state, K::Held, state),
                "{state:?}"
            );
        }
    }

    #[test]
    fn a_transition_is_allowed_as_a_whole() {
        assert!(allows(Draft, K::Schedule, Scheduled));
        assert!(!allows(Draft, K::Schedule, Armed), "another end");
        assert!(!allows(Draft, K::Arm, Armed), "another event");
        assert!(!allows(Ready, K::Schedule, Scheduled), "another start");
    }
}
