//! What a claim takes, and when there is something to claim.

use std::collections::HashSet;

use chrono::TimeDelta;
use futures::future::join_all;

use super::world::{LEASE, World, ok, secs};
use super::{Fresh, rows};
use crate::ports::store::Claim;
use crate::publication::{Lane, State};
use crate::testing::suite::cases;
use crate::words::{Code, Trouble};

cases!(
    "claims", world Fresh:
    a_row_is_due_when_its_next_look_has_come,
    a_row_without_a_next_look_is_never_due,
    a_claim_tells_the_time_it_went_by,
    what_is_overdue_is_claimed_by_its_due_time,
    claiming_raises_the_epoch_by_one,
    claiming_raises_the_revision,
    claiming_puts_the_lease_on_the_row,
    a_claim_brings_post_and_account_along,
    each_lane_sees_only_its_own_rows,
    a_claim_keeps_its_limit,
    the_most_urgent_row_comes_first,
    claims_at_once_share_no_row,
    the_next_due_is_the_earliest_next_look,
    the_next_due_counts_the_end_of_a_lease,
    the_next_due_keeps_the_lanes_apart,
);

/// Due from the very moment of its next look, and not before.
pub async fn a_row_is_due_when_its_next_look_has_come(w: World) {
    let row = w.scheduled(w.now() + secs(10)).await;
    w.pass(secs(10) - TimeDelta::milliseconds(1));
    assert_eq!(w.claim(Lane::Stage).await.len(), 0, "claimed early");
    w.pass(TimeDelta::milliseconds(1));
    assert_eq!(w.take(Lane::Stage).await.id, row.id);
}

/// What only a person moves is never claimed.
pub async fn a_row_without_a_next_look_is_never_due(w: World) {
    for state in [State::Failed, State::NeedsReview, State::Published] {
        w.at(state).await;
    }
    w.pass(TimeDelta::days(400));
    for lane in Lane::ALL {
        assert_eq!(w.claim(lane).await.len(), 0, "{lane:?}");
        assert_eq!(ok(w.store.next_due(lane).await), None, "{lane:?}");
    }
}

/// Whose post is due by the sum, and no pause holds it; leases and the time told stay the store's.
pub async fn what_is_overdue_is_claimed_by_its_due_time(w: World) {
    let hour = secs(3600);
    let row = w.scheduled(w.now() + hour).await;
    w.at(State::WaitingAccount).await;
    w.pass(secs(10));
    let zero = TimeDelta::zero();
    let waits = w.claim_overdue(Lane::Stage, zero).await;
    assert_eq!(waits.len(), 0, "nothing is due, or can be held");
    let short = hour - secs(10) - TimeDelta::milliseconds(1);
    let early = w.claim_overdue(Lane::Stage, short).await;
    assert_eq!(early.len(), 0, "claimed early");
    let other = w.claim_overdue(Lane::Send, hour).await;
    assert_eq!(other.len(), 0, "of another lane");
    let paused = w.scheduled(w.now()).await;
    let claimed = w.take(Lane::Stage).await;
    assert_eq!(claimed.id, paused.id);
    let mut next = claimed.progress.clone();
    next.next_at = Some(w.now() + hour * 3);
    w.record(rows::outcome(&claimed, next)).await;
    let items = w.claim_overdue(Lane::Stage, hour - secs(10)).await;
    let ids: Vec<_> = items.iter().map(|item| item.publication.id).collect();
    assert_eq!(ids, [row.id]);
    let until = items[0].publication.lease_until;
    assert_eq!(until, Some(w.now() + LEASE), "leases are the store's");
    let leased = w.claim_overdue(Lane::Stage, hour * 2).await;
    assert_eq!(leased.len(), 0, "a living lease was taken");
    w.pass(LEASE);
    let ended = w.claim_overdue(Lane::Stage, hour).await;
    assert_eq!(ended.len(), 1, "a lease that has ended");
    let row = &ended[0].publication;
    let mut next = row.progress.clone();
    next.trouble = Some(Trouble::of(Code::ClockHeld));
    w.record(rows::outcome(row, next)).await;
    let held = w.claim_overdue(Lane::Stage, hour * 2).await;
    assert_eq!(held.len(), 0, "it is held already");
}

/// The claim's time is the store's, also when nothing was due.
pub async fn a_claim_tells_the_time_it_went_by(w: World) {
    w.pass(secs(7));
    for due in [false, true] {
        if due {
            w.scheduled(w.now()).await;
        }
        let claimed = ok(w
            .store
            .claim_due(Claim {
                lane: Lane::Stage,
                lease: LEASE,
                limit: 1,
                overdue: None,
            })
            .await);
        assert_eq!(claimed.now, w.now());
        assert_eq!(claimed.items.len(), usize::from(due));
    }
}

/// Each claim raises the epoch by one, in the answer and in the row.
pub async fn claiming_raises_the_epoch_by_one(w: World) {
    let row = w.scheduled(w.now()).await;
    let first = w.take(Lane::Stage).await;
    assert_eq!(first.epoch, row.epoch + 1);
    assert_eq!(w.read(row.id).await.epoch, first.epoch);
    w.pass(LEASE);
    assert_eq!(w.take(Lane::Stage).await.epoch, first.epoch + 1);
}

/// A claim is a write: a person's change of what was read before it does not stand.
pub async fn claiming_raises_the_revision(w: World) {
    let row = w.scheduled(w.now()).await;
    let view = w.view_of(&row).await;
    let claimed = w.take(Lane::Stage).await;
    assert!(claimed.rev > row.rev, "{} after {}", claimed.rev, row.rev);
    assert_eq!(w.read(row.id).await.rev, claimed.rev);
    assert!(!w.change(w.to(&view, row.id, State::Cancelled)).await);
}

/// The lease runs from the store's now.
pub async fn claiming_puts_the_lease_on_the_row(w: World) {
    let row = w.scheduled(w.now() - secs(100)).await;
    let claimed = w.take(Lane::Stage).await;
    assert_eq!(claimed.lease_until, Some(w.now() + LEASE));
    assert_eq!(w.read(row.id).await.lease_until, claimed.lease_until);
}

/// A claimed row comes with its own post and account.
pub async fn a_claim_brings_post_and_account_along(w: World) {
    let other = w.connect("2").await;
    let theirs = w.beside("3").await;
    for (world, account) in [(&w, &w.account), (&w, &other), (&theirs, &theirs.account)] {
        let new = world.due_at(w.now(), &[account], &account.username);
        world.put(new).await;
    }
    let items = w.claim(Lane::Stage).await;
    assert_eq!(items.len(), 3);
    for item in items {
        let p = &item.publication;
        assert_eq!((p.post, p.account), (item.post.id, item.account.id));
        assert_eq!(p.workspace, item.post.workspace);
        assert_eq!(item.post.content.caption(), item.account.username);
        let post = ok(w.store.post(p.workspace, p.post).await);
        assert_eq!(post.map(|view| view.post), Some(item.post));
        assert_eq!(w.account_now(&item.account).await, item.account);
    }
}

/// Stage, send and look take from three queues.
pub async fn each_lane_sees_only_its_own_rows(w: World) {
    let expected = [
        (Lane::Stage, w.at(State::Processing).await),
        (Lane::Send, w.at(State::Ready).await),
        (Lane::Look, w.at(State::Uncertain).await),
    ];
    w.pass(secs(15));
    for (lane, row) in expected {
        assert_eq!(w.take(lane).await.id, row.id, "{lane:?}");
    }
}

/// No more than asked for; the rest later.
pub async fn a_claim_keeps_its_limit(w: World) {
    for _ in 0..5 {
        w.scheduled(w.now()).await;
    }
    let sizes = [0, 2, 2, 2, 2];
    let mut claimed = Vec::new();
    for limit in sizes {
        claimed.push(w.claim_some(Lane::Stage, limit).await.len());
    }
    assert_eq!(claimed, [0, 2, 2, 1, 0]);
}

/// In the order of their next looks.
pub async fn the_most_urgent_row_comes_first(w: World) {
    let mut expected = Vec::new();
    for ago in [2, 3, 1] {
        expected.push((ago, w.scheduled(w.now() - secs(ago)).await.id));
    }
    expected.sort_unstable_by_key(|(ago, _)| -ago);
    let first = w.claim_some(Lane::Stage, 2).await;
    let rest = w.claim(Lane::Stage).await;
    let ids: Vec<_> = first
        .iter()
        .chain(&rest)
        .map(|i| i.publication.id)
        .collect();
    let expected: Vec<_> = expected.into_iter().map(|(_, id)| id).collect();
    assert_eq!(ids, expected);
}

/// Claimers at once never get the same row, and together get all.
pub async fn claims_at_once_share_no_row(w: World) {
    for _ in 0..24 {
        w.scheduled(w.now()).await;
    }
    let claimers = (0..8).map(|_| w.claim_some(Lane::Stage, 3));
    let claimed: Vec<_> = join_all(claimers).await.into_iter().flatten().collect();
    let ids: HashSet<_> = claimed.iter().map(|i| i.publication.id).collect();
    assert_eq!(claimed.len(), 24, "all are claimed");
    assert_eq!(ids.len(), 24, "and none twice");
}

/// Without work there is no next due; with work it is the earliest look, past or future.
pub async fn the_next_due_is_the_earliest_next_look(w: World) {
    assert_eq!(ok(w.store.next_due(Lane::Stage).await), None);
    for offset in [500, 20, -5] {
        w.scheduled(w.now() + secs(offset)).await;
        let due = ok(w.store.next_due(Lane::Stage).await);
        assert_eq!(due, Some(w.now() + secs(offset)));
    }
}

/// A held row is looked at when its lease ends, and can be claimed then.
pub async fn the_next_due_counts_the_end_of_a_lease(w: World) {
    let row = w.scheduled(w.now()).await;
    w.take(Lane::Stage).await;
    let due = ok(w.store.next_due(Lane::Stage).await);
    assert_eq!(due, Some(w.now() + LEASE));
    w.scheduled(w.now() + LEASE + secs(1)).await;
    assert_eq!(ok(w.store.next_due(Lane::Stage).await), due);
    w.pass(LEASE);
    assert_eq!(w.take(Lane::Stage).await.id, row.id);
}

/// Each lane has its own next due.
pub async fn the_next_due_keeps_the_lanes_apart(w: World) {
    w.at(State::Uncertain).await;
    w.scheduled(w.now() + secs(99)).await;
    let mut due = Vec::new();
    for lane in Lane::ALL {
        due.push(ok(w.store.next_due(lane).await));
    }
    let at = |n| Some(w.now() + secs(n));
    assert_eq!(due, [at(99), None, at(15)]);
}
