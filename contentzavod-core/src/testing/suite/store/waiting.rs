//! Publications that wait for their account fall due when it can publish again.

use super::Fresh;
use super::world::{World, ok};
use crate::model::AccountStatus;
use crate::publication::{Lane, State};
use crate::testing::suite::cases;

cases!(
    "waiting", world Fresh:
    connecting_makes_waiting_publications_due,
    becoming_active_makes_waiting_publications_due,
    a_status_that_stays_bad_wakes_nobody,
    only_the_accounts_own_waiting_rows_wake,
);

const WAITING: [State; 2] = [State::WaitingAccount, State::WaitingQuota];

impl World {
    /// What waits becomes due now, and nothing else.
    async fn wakes(&self, expected: usize) {
        let due = ok(self.store.next_due(Lane::Stage).await);
        let is_due = due.is_some_and(|at| at <= self.now());
        assert_eq!(is_due, expected > 0, "{due:?}");
        assert_eq!(self.claim(Lane::Stage).await.len(), expected);
    }
}

/// A new token may be all they waited for.
pub async fn connecting_makes_waiting_publications_due(w: World) {
    for state in WAITING {
        w.at(state).await;
    }
    w.wakes(0).await;
    w.connect("1").await;
    w.wakes(2).await;
}

/// So may the end of a restriction.
pub async fn becoming_active_makes_waiting_publications_due(w: World) {
    let version = w.account.token_version;
    let set = async |status| ok(w.store.set_status(w.account.id, version, status).await);
    assert!(set(AccountStatus::Restricted).await);
    for state in WAITING {
        w.at(state).await;
    }
    assert!(set(AccountStatus::Active).await);
    w.wakes(2).await;
}

/// There is nothing to try then.
pub async fn a_status_that_stays_bad_wakes_nobody(w: World) {
    w.at(State::WaitingAccount).await;
    let version = w.account.token_version;
    for status in [AccountStatus::Reauthorize, AccountStatus::Restricted] {
        let set = w.store.set_status(w.account.id, version, status).await;
        assert!(ok(set));
        w.wakes(0).await;
    }
}

/// Another account's wait on, and what does not wait keeps its time.
pub async fn only_the_accounts_own_waiting_rows_wake(w: World) {
    let other = w.connect("2").await;
    let waiting = w.at(State::WaitingAccount).await;
    w.stand(&other, "a", State::WaitingAccount).await;
    w.scheduled(w.now() + chrono::TimeDelta::hours(1)).await;
    w.at(State::NeedsReview).await;
    let theirs = w.beside("1").await;
    theirs.at(State::WaitingAccount).await;
    w.connect("1").await;
    assert_eq!(w.take(Lane::Stage).await.id, waiting.id);
}
