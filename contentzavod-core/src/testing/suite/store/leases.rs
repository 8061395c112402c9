//! Leases: who holds a row, for how long, and what losing one counts.

use chrono::TimeDelta;

use super::Fresh;
use super::world::{LEASE, World, ok, secs};
use crate::model::PublicationId;
use crate::ports::store::{Fence, Outcome, Recorded};
use crate::publication::{Lane, State};
use crate::testing::suite::cases;

cases!(
    "leases", world Fresh:
    a_living_lease_keeps_others_out,
    an_ended_lease_counts_one_loss,
    an_outcome_sets_the_losses_to_zero,
    a_released_row_is_no_loss,
    an_outcome_with_a_lease_holds_on_from_now,
    renewing_sets_the_lease_anew,
    renewing_needs_the_fence,
    a_released_row_is_not_renewed,
    voiding_ends_every_lease_and_makes_its_row_due,
    voiding_counts_each_lease_as_one_loss,
    voiding_leaves_what_nobody_holds,
    a_voided_lease_is_not_renewed,
);

/// Until the lease ends nobody else gets the row; then its own lane does, and no other.
pub async fn a_living_lease_keeps_others_out(w: World) {
    let row = w.scheduled(w.now()).await;
    w.take(Lane::Stage).await;
    w.pass(LEASE - TimeDelta::milliseconds(1));
    for lane in Lane::ALL {
        assert_eq!(w.claim(lane).await.len(), 0, "{lane:?}");
    }
    w.pass(TimeDelta::milliseconds(1));
    for lane in [Lane::Send, Lane::Look] {
        assert_eq!(w.claim(lane).await.len(), 0, "{lane:?}");
    }
    assert_eq!(w.take(Lane::Stage).await.id, row.id);
}

/// Each lease that ended by itself is one loss.
pub async fn an_ended_lease_counts_one_loss(w: World) {
    let row = w.scheduled(w.now()).await;
    for losses in 0..3 {
        let claimed = w.take(Lane::Stage).await;
        assert_eq!(claimed.losses, losses);
        assert_eq!(w.read(row.id).await.losses, losses);
        w.pass(LEASE + secs(5));
    }
}

/// A recorded outcome forgives the losses.
pub async fn an_outcome_sets_the_losses_to_zero(w: World) {
    let row = w.scheduled(w.now()).await;
    w.take(Lane::Stage).await;
    w.pass(LEASE);
    let held = w.take(Lane::Stage).await;
    assert_eq!(held.losses, 1);
    let outcome = w.outcome(&held, State::Scheduled);
    assert_eq!(w.record(outcome).await, Recorded::Recorded);
    assert_eq!(w.read(row.id).await.losses, 0);
}

/// A row that was given back is claimed again without a loss.
pub async fn a_released_row_is_no_loss(w: World) {
    w.scheduled(w.now()).await;
    for _ in 0..3 {
        let held = w.take(Lane::Stage).await;
        assert_eq!(held.losses, 0);
        let outcome = w.outcome(&held, State::Scheduled);
        assert_eq!(w.record(outcome).await, Recorded::Recorded);
        w.pass(LEASE * 2);
    }
}

/// `Outcome::lease` counts from the store's now; `None` releases at once.
pub async fn an_outcome_with_a_lease_holds_on_from_now(w: World) {
    let row = w.scheduled(w.now()).await;
    let held = w.take(Lane::Stage).await;
    w.pass(secs(50));
    let on = Outcome {
        lease: Some(secs(30)),
        ..w.outcome(&held, State::Preparing)
    };
    assert_eq!(w.record(on).await, Recorded::Recorded);
    let held = w.read(row.id).await;
    assert_eq!(held.lease_until, Some(w.now() + secs(30)));
    w.pass(secs(29));
    assert_eq!(w.claim(Lane::Stage).await.len(), 0, "it is held on");
    let off = w.outcome(&held, State::Preparing);
    assert_eq!(w.record(off).await, Recorded::Recorded);
    assert_eq!(w.read(row.id).await.lease_until, None);
    assert_eq!(w.take(Lane::Stage).await.id, row.id);
}

/// A renewed lease runs from now, and the row stays with its holder.
pub async fn renewing_sets_the_lease_anew(w: World) {
    let row = w.scheduled(w.now()).await;
    let held = w.take(Lane::Stage).await;
    w.pass(LEASE - secs(1));
    let renewed = w.store.renew(&[Fence::of(&held)], LEASE).await;
    assert_eq!(ok(renewed), [true]);
    assert_eq!(w.read(row.id).await.lease_until, Some(w.now() + LEASE));
    w.pass(LEASE - secs(1));
    assert_eq!(w.claim(Lane::Stage).await.len(), 0, "it is held on");
    let outcome = w.outcome(&held, State::Preparing);
    assert_eq!(w.record(outcome).await, Recorded::Recorded, "by its holder");
}

/// Another epoch, another state, another row: not renewed; the answers stand in order.
pub async fn renewing_needs_the_fence(w: World) {
    let row = w.scheduled(w.now()).await;
    let held = w.take(Lane::Stage).await;
    let right = Fence::of(&held);
    let wrong = [
        Fence {
            epoch: right.epoch - 1,
            ..right
        },
        Fence {
            epoch: right.epoch + 1,
            ..right
        },
        Fence {
            state: State::Preparing,
            ..right
        },
        Fence {
            id: PublicationId::generate(w.now()),
            ..right
        },
    ];
    w.pass(secs(10));
    assert_eq!(ok(w.store.renew(&wrong, LEASE).await), [false; 4]);
    assert_eq!(w.read(row.id).await.lease_until, held.lease_until);
    let mixed = [wrong[0], right, wrong[3]];
    let renewed = ok(w.store.renew(&mixed, LEASE).await);
    assert_eq!(renewed, [false, true, false]);
    assert!(ok(w.store.renew(&[], LEASE).await).is_empty());
}

/// Who gave a row back has nothing to renew.
pub async fn a_released_row_is_not_renewed(w: World) {
    let row = w.scheduled(w.now()).await;
    let held = w.take(Lane::Stage).await;
    let outcome = w.outcome(&held, State::Scheduled);
    assert_eq!(w.record(outcome).await, Recorded::Recorded);
    let renewed = w.store.renew(&[Fence::of(&held)], LEASE).await;
    assert_eq!(ok(renewed), [false]);
    assert_eq!(w.take(Lane::Stage).await.id, row.id);
}

/// At start-up every lease ends and its row is due, however far its next look was.
pub async fn voiding_ends_every_lease_and_makes_its_row_due(w: World) {
    assert_eq!(ok(w.store.void_leases().await), 0);
    let staged = w.scheduled(w.now()).await;
    w.take(Lane::Stage).await;
    let sent = w.at(State::Ready).await;
    let held = w.take(Lane::Send).await;
    let mut arm = w.outcome(&held, State::Armed);
    arm.lease = Some(LEASE);
    arm.next.next_at = Some(w.now() + TimeDelta::hours(5));
    assert_eq!(w.record(arm).await, Recorded::Recorded);
    assert_eq!(ok(w.store.void_leases().await), 2);
    for (lane, row) in [(Lane::Stage, staged), (Lane::Look, sent)] {
        assert_eq!(w.read(row.id).await.lease_until, None);
        let due = ok(w.store.next_due(lane).await);
        assert!(due.is_some_and(|at| at <= w.now()), "{lane:?}: {due:?}");
        assert_eq!(w.take(lane).await.id, row.id);
    }
}

/// The claim after a voided lease does not count the loss again.
pub async fn voiding_counts_each_lease_as_one_loss(w: World) {
    let row = w.scheduled(w.now()).await;
    for losses in 1..3 {
        w.take(Lane::Stage).await;
        w.pass(secs(1));
        assert_eq!(ok(w.store.void_leases().await), 1);
        assert_eq!(w.read(row.id).await.losses, losses);
    }
    w.pass(LEASE * 2);
    assert_eq!(w.take(Lane::Stage).await.losses, 2);
}

/// Rows without a lease keep their next look and their losses.
pub async fn voiding_leaves_what_nobody_holds(w: World) {
    let later = w.scheduled(w.now() + secs(100)).await;
    let review = w.at(State::NeedsReview).await;
    assert_eq!(ok(w.store.void_leases().await), 0);
    for before in [later, review] {
        assert_eq!(w.read(before.id).await, before);
    }
}

/// Whoever held a row before the start-up holds it no more.
pub async fn a_voided_lease_is_not_renewed(w: World) {
    w.scheduled(w.now()).await;
    let held = w.take(Lane::Stage).await;
    ok(w.store.void_leases().await);
    let renewed = w.store.renew(&[Fence::of(&held)], LEASE).await;
    assert_eq!(ok(renewed), [false]);
    w.take(Lane::Stage).await;
}
