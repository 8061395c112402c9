//! Rows that lost leases again and again are claimed alone.

use super::Fresh;
use super::world::{LEASE, World, secs};
use crate::model::{Publication, PublicationId};
use crate::ports::store::Recorded;
use crate::publication::{Lane, State};
use crate::testing::suite::cases;

cases!(
    "suspects", world Fresh:
    two_losses_make_a_suspect_that_is_claimed_alone,
    a_suspect_is_left_where_another_is_due_first,
    suspects_come_one_at_a_time,
    one_loss_makes_no_suspect,
    an_outcome_ends_the_suspicion,
);

impl World {
    /// Due first of all, with so many leases lost; given back by the clock.
    async fn losing(&self, losses: u32, ago: i64) -> Publication {
        let row = self.scheduled(self.now() - secs(ago)).await;
        for _ in 0..losses {
            let claimed = self.claim_some(Lane::Stage, 1).await;
            assert_eq!(claimed[0].publication.id, row.id, "due first");
            self.pass(LEASE);
        }
        row
    }

    async fn claimed(&self) -> Vec<PublicationId> {
        let items = self.claim(Lane::Stage).await;
        items.iter().map(|i| i.publication.id).collect()
    }
}

/// Due first: it comes alone, the others with the next claim.
pub async fn two_losses_make_a_suspect_that_is_claimed_alone(w: World) {
    let suspect = w.losing(2, 9000).await;
    let one = w.scheduled(w.now() - secs(2)).await;
    let two = w.scheduled(w.now() - secs(1)).await;
    assert_eq!(w.claimed().await, [suspect.id]);
    assert_eq!(w.read(suspect.id).await.losses, 2);
    assert_eq!(w.claimed().await, [one.id, two.id]);
}

/// Due later: the claim holds every row but the suspect, and the next one the suspect alone.
pub async fn a_suspect_is_left_where_another_is_due_first(w: World) {
    let suspect = w.losing(2, 5000).await;
    let first = w.scheduled(w.now() - secs(9000)).await;
    let last = w.scheduled(w.now()).await;
    assert_eq!(w.claimed().await, [first.id, last.id]);
    assert_eq!(w.claimed().await, [suspect.id]);
}

/// Two suspects are two claims.
pub async fn suspects_come_one_at_a_time(w: World) {
    let one = w.scheduled(w.now() - secs(2)).await;
    let two = w.scheduled(w.now() - secs(1)).await;
    for _ in 0..2 {
        assert_eq!(w.claimed().await, [one.id, two.id]);
        w.pass(LEASE);
    }
    assert_eq!(w.claimed().await, [one.id]);
    assert_eq!(w.claimed().await, [two.id]);
    assert_eq!(w.claimed().await, []);
}

/// One lost lease may be anybody's bad luck.
pub async fn one_loss_makes_no_suspect(w: World) {
    let unlucky = w.losing(1, 9000).await;
    let other = w.scheduled(w.now()).await;
    assert_eq!(w.claimed().await, [unlucky.id, other.id]);
}

/// Work that came to an outcome clears the row.
pub async fn an_outcome_ends_the_suspicion(w: World) {
    let suspect = w.losing(2, 9000).await;
    let held = w.take(Lane::Stage).await;
    assert_eq!(held.losses, 2);
    let mut outcome = w.outcome(&held, State::Scheduled);
    outcome.next.next_at = Some(w.now() - secs(1));
    assert_eq!(w.record(outcome).await, Recorded::Recorded);
    let other = w.scheduled(w.now()).await;
    assert_eq!(w.claimed().await, [suspect.id, other.id]);
}
