//! Arming: what is checked in the transaction that commits to publish.

use futures::future::join_all;

use super::Fresh;
use super::rows::{unchanged, unique};
use super::world::{LEASE, World, ok, secs};
use crate::model::{AccountStatus, Notice, NoticeKind, Publication};
use crate::ports::store::{AccountEffect, Denied, Fence, Outcome, Recorded};
use crate::publication::reconcile::UNNAMED_TWIN;
use crate::publication::{Lane, State};
use crate::testing::suite::cases;

cases!(
    "arms", world Fresh:
    what_nothing_stands_against_is_armed,
    an_account_that_cannot_publish_denies,
    changed_content_denies,
    a_busy_slot_denies_in_any_workspace,
    the_slot_lasts_while_it_is_held_and_no_longer,
    two_arms_of_one_account_in_one_call_are_one,
    arms_at_once_from_two_workspaces_are_one,
    a_slot_freed_in_the_same_call_is_free,
    an_account_lost_earlier_in_the_call_denies,
    an_unsettled_twin_caption_denies,
    a_settled_twin_caption_does_not,
    a_live_twin_whose_media_is_not_known_denies_for_a_while,
    denials_come_in_their_order,
    a_denied_arm_writes_nothing_and_the_claim_stands,
    sending_again_is_checked_too,
    an_armed_row_stays_armed_without_checks,
);

const SLOT: Recorded = Recorded::Denied(Denied::Slot);
const CAPTION: Recorded = Recorded::Denied(Denied::Caption);

impl World {
    /// A ready row, claimed.
    async fn ready(&self, caption: &str) -> Publication {
        let row = self.stand(&self.account, caption, State::Ready).await;
        let mut items = self.claim(Lane::Send).await.into_iter();
        let found = items.find(|i| i.publication.id == row.id);
        found.expect("the row is due").publication
    }

    async fn arms(&self, row: &Publication) -> Recorded {
        self.record(self.outcome(row, State::Armed)).await
    }

    async fn moves_to(&self, row: &Publication, state: State) -> Recorded {
        let row = self.read(row.id).await;
        self.record(self.outcome(&row, state)).await
    }
}

/// Armed, with the slot and the lease that was asked for.
pub async fn what_nothing_stands_against_is_armed(w: World) {
    let row = w.ready("a").await;
    let mut outcome = w.outcome(&row, State::Armed);
    outcome.lease = Some(secs(90));
    assert_eq!(w.record(outcome).await, Recorded::Recorded);
    let armed = w.read(row.id).await;
    assert_eq!(armed.state(), State::Armed);
    assert!(armed.progress.slot, "it holds the slot");
    assert_eq!(armed.lease_until, Some(w.now() + secs(90)));
}

/// Not active: denied, and allowed again once that is mended, also where the host keeps the token.
pub async fn an_account_that_cannot_publish_denies(w: World) {
    let row = w.ready("a").await;
    let version = w.account.token_version;
    for status in [AccountStatus::Reauthorize, AccountStatus::Restricted] {
        assert!(ok(w.store.set_status(w.account.id, version, status).await));
        let denied = Recorded::Denied(Denied::Account);
        assert_eq!(w.arms(&row).await, denied, "{status:?}");
    }
    ok(w.store.disconnect(w.workspace, w.account.id).await);
    let denied = Recorded::Denied(Denied::Account);
    assert_eq!(w.arms(&row).await, denied, "disconnected");
    w.connect_with("1", None).await;
    assert_eq!(w.arms(&row).await, Recorded::Recorded);
}

/// The container must be of the content the post has now.
pub async fn changed_content_denies(w: World) {
    let row = w.ready("a").await;
    let mut change = unchanged(&w.view_of(&row).await);
    change.post.content_version += 1;
    assert!(w.change(change).await);
    let denied = Recorded::Denied(Denied::Content);
    assert_eq!(w.arms(&row).await, denied);
}

/// One publication of a remote account is armed at a time, whoever connected it.
pub async fn a_busy_slot_denies_in_any_workspace(w: World) {
    let theirs = w.beside("1").await;
    let first = w.ready("a").await;
    assert_eq!(w.arms(&first).await, Recorded::Recorded);
    for world in [&w, &theirs] {
        let second = world.ready("b").await;
        assert_eq!(world.arms(&second).await, SLOT);
    }
    let elsewhere = w.beside("2").await;
    let other = elsewhere.ready("a").await;
    assert_eq!(elsewhere.arms(&other).await, Recorded::Recorded);
}

/// Armed and unsettled hold it; what lets go of it, and what ends, frees it.
pub async fn the_slot_lasts_while_it_is_held_and_no_longer(w: World) {
    let first = w.ready("a").await;
    let second = w.ready("b").await;
    assert_eq!(w.arms(&first).await, Recorded::Recorded);
    assert_eq!(w.arms(&second).await, SLOT);
    assert_eq!(
        w.moves_to(&first, State::Uncertain).await,
        Recorded::Recorded
    );
    assert_eq!(w.arms(&second).await, SLOT);
    let row = w.read(first.id).await;
    let mut settled = w.outcome(&row, State::Uncertain);
    settled.next.slot = false;
    assert_eq!(w.record(settled).await, Recorded::Recorded);
    assert_eq!(w.arms(&second).await, Recorded::Recorded);
    let third = w.ready("c").await;
    assert_eq!(w.arms(&third).await, SLOT);
    assert_eq!(
        w.moves_to(&second, State::Published).await,
        Recorded::Recorded
    );
    assert_eq!(w.arms(&third).await, Recorded::Recorded);
}

/// The second outcome of a call sees the slot that the first took.
pub async fn two_arms_of_one_account_in_one_call_are_one(w: World) {
    let other = w.connect("2").await;
    for (account, caption) in [(&w.account, "a"), (&w.account, "b"), (&other, "a")] {
        w.stand(account, caption, State::Ready).await;
    }
    let items = w.claim(Lane::Send).await;
    let arms: Vec<Outcome> = items
        .iter()
        .map(|item| w.outcome(&item.publication, State::Armed))
        .collect();
    let recorded = ok(w.store.record(arms).await);
    let mut on_first = Vec::new();
    for (item, recorded) in items.iter().zip(recorded) {
        if item.account.id == w.account.id {
            on_first.push(recorded);
        } else {
            assert_eq!(recorded, Recorded::Recorded, "another account");
        }
    }
    assert_eq!(on_first, [Recorded::Recorded, SLOT]);
}

/// Two calls at once cannot both take the slot.
pub async fn arms_at_once_from_two_workspaces_are_one(w: World) {
    let worlds = [w.clone(), w.beside("1").await, w.beside("1").await];
    let mut rows = Vec::new();
    for world in &worlds {
        rows.push(
            world
                .stand(&world.account, &unique("caption"), State::Ready)
                .await,
        );
    }
    let items = w.claim(Lane::Send).await;
    let arms = items.iter().map(|item| {
        let outcome = w.outcome(&item.publication, State::Armed);
        w.store.record(vec![outcome])
    });
    let recorded: Vec<_> = join_all(arms).await.into_iter().flat_map(ok).collect();
    let armed = recorded.iter().filter(|r| **r == Recorded::Recorded);
    assert_eq!(armed.count(), 1, "{recorded:?}");
    let denied = recorded.iter().filter(|r| **r == SLOT);
    assert_eq!(denied.count(), 2, "{recorded:?}");
}

/// Outcomes are written in order: what the first gives back the second may take.
pub async fn a_slot_freed_in_the_same_call_is_free(w: World) {
    let first = w.ready("a").await;
    assert_eq!(w.arms(&first).await, Recorded::Recorded);
    let second = w.ready("b").await;
    let first = w.read(first.id).await;
    let outcomes = vec![
        w.outcome(&first, State::Published),
        w.outcome(&second, State::Armed),
    ];
    let recorded = ok(w.store.record(outcomes).await);
    assert_eq!(recorded, [Recorded::Recorded; 2]);
    assert!(w.read(second.id).await.progress.slot);
}

/// What an earlier outcome of the call did to the account counts for the later.
pub async fn an_account_lost_earlier_in_the_call_denies(w: World) {
    let (first, second) = (w.ready("a").await, w.ready("b").await);
    let mut lost = w.outcome(&first, State::WaitingAccount);
    lost.account = Some(AccountEffect {
        status: AccountStatus::Reauthorize,
        token_version: w.account.token_version,
    });
    let arm = w.outcome(&second, State::Armed);
    let recorded = ok(w.store.record(vec![lost, arm]).await);
    let denied = Recorded::Denied(Denied::Account);
    assert_eq!(recorded, [Recorded::Recorded, denied]);
}

/// Same caption, same remote account, on the armed side without the slot: they could not be told
/// apart.
pub async fn an_unsettled_twin_caption_denies(w: World) {
    let theirs = w.beside("1").await;
    let twin = w.ready("same").await;
    assert_eq!(w.arms(&twin).await, Recorded::Recorded);
    for state in [State::Uncertain, State::NeedsReview] {
        let row = w.read(twin.id).await;
        let mut outcome = w.outcome(&row, state);
        outcome.next.slot = false;
        assert_eq!(w.record(outcome).await, Recorded::Recorded);
        for world in [&w, &theirs] {
            let row = world.ready("same").await;
            assert_eq!(world.arms(&row).await, CAPTION, "{state:?}");
        }
    }
    let other = w.ready("other").await;
    assert_eq!(w.arms(&other).await, Recorded::Recorded);
    let elsewhere = w.beside("2").await;
    let row = elsewhere.ready("same").await;
    assert_eq!(elsewhere.arms(&row).await, Recorded::Recorded);
}

/// A twin that is not armed yet, or is settled, stands in nobody's way.
pub async fn a_settled_twin_caption_does_not(w: World) {
    for state in [State::Ready, State::Published, State::Failed, State::Missed] {
        w.stand(&w.account, "same", state).await;
    }
    let row = w.ready("same").await;
    assert_eq!(w.arms(&row).await, Recorded::Recorded);
}

/// What is live and late in the list would pass for the media of the next one with its caption.
pub async fn a_live_twin_whose_media_is_not_known_denies_for_a_while(w: World) {
    let twin = w.ready("same").await;
    assert_eq!(w.arms(&twin).await, Recorded::Recorded);
    let held = w.read(twin.id).await;
    let mut live = w.outcome(&held, State::Published);
    live.next.remote_id = None;
    assert_eq!(w.record(live).await, Recorded::Recorded);
    let row = w.ready("same").await;
    assert_eq!(w.arms(&row).await, CAPTION);
    let other = w.ready("other").await;
    assert_eq!(w.arms(&other).await, Recorded::Recorded);
    assert_eq!(
        w.moves_to(&other, State::Published).await,
        Recorded::Recorded
    );
    w.pass(UNNAMED_TWIN);
    let row = w.ready("same").await;
    assert_eq!(w.arms(&row).await, Recorded::Recorded);
}

/// Account, content, slot, caption: the first that holds is named.
pub async fn denials_come_in_their_order(w: World) {
    let row = w.ready("same").await;
    let twin = w.ready("same").await;
    assert_eq!(w.arms(&twin).await, Recorded::Recorded);
    let mut change = unchanged(&w.view_of(&row).await);
    change.post.content_version += 1;
    assert!(w.change(change).await);
    let version = w.account.token_version;
    let set = async |status| ok(w.store.set_status(w.account.id, version, status).await);
    assert!(set(AccountStatus::Restricted).await);
    assert_eq!(w.arms(&row).await, Recorded::Denied(Denied::Account));
    assert!(set(AccountStatus::Active).await);
    assert_eq!(w.arms(&row).await, Recorded::Denied(Denied::Content));
    let mut arm = w.outcome(&row, State::Armed);
    arm.next.content_version += 1;
    if let Some(container) = &mut arm.next.container {
        container.content_version += 1;
    }
    assert_eq!(w.record(arm.clone()).await, SLOT);
    let held = w.read(twin.id).await;
    let mut outcome = w.outcome(&held, State::Uncertain);
    outcome.next.slot = false;
    assert_eq!(w.record(outcome).await, Recorded::Recorded);
    assert_eq!(w.record(arm.clone()).await, CAPTION);
    assert_eq!(
        w.moves_to(&twin, State::Published).await,
        Recorded::Recorded
    );
    assert_eq!(w.record(arm).await, Recorded::Recorded);
}

/// Nothing is written, and the holder goes on under the same fence.
pub async fn a_denied_arm_writes_nothing_and_the_claim_stands(w: World) {
    let first = w.ready("a").await;
    assert_eq!(w.arms(&first).await, Recorded::Recorded);
    let row = w.ready("b").await;
    let (before, moves) = (w.read(row.id).await, w.moves().await);
    let mut arm = w.outcome(&row, State::Armed);
    arm.notices = vec![Notice::new(NoticeKind::Published)];
    arm.account = Some(AccountEffect {
        status: AccountStatus::Restricted,
        token_version: w.account.token_version,
    });
    assert_eq!(w.record(arm).await, SLOT);
    assert_eq!(w.read(row.id).await, before);
    assert_eq!(w.moves().await, moves);
    assert_eq!(w.told().await, []);
    let account = w.account_now(&w.account).await;
    assert_eq!(account.status, AccountStatus::Active);
    let renewed = w.store.renew(&[Fence::of(&row)], LEASE).await;
    assert_eq!(ok(renewed), [true], "the claim stands");
    let busy = w.outcome(&row, State::Ready);
    assert_eq!(w.record(busy).await, Recorded::Recorded);
}

/// From uncertain back to armed is an arm like any other; its own slot is no hindrance.
pub async fn sending_again_is_checked_too(w: World) {
    let row = w.ready("a").await;
    assert_eq!(w.arms(&row).await, Recorded::Recorded);
    assert_eq!(w.moves_to(&row, State::Uncertain).await, Recorded::Recorded);
    assert_eq!(w.moves_to(&row, State::Armed).await, Recorded::Recorded);
    let held = w.read(row.id).await;
    let mut settled = w.outcome(&held, State::Uncertain);
    settled.next.slot = false;
    assert_eq!(w.record(settled).await, Recorded::Recorded);
    let other = w.ready("b").await;
    assert_eq!(w.arms(&other).await, Recorded::Recorded);
    assert_eq!(w.moves_to(&row, State::Armed).await, SLOT);
    let version = w.account.token_version;
    let status = AccountStatus::Reauthorize;
    assert!(ok(w.store.set_status(w.account.id, version, status).await));
    let denied = Recorded::Denied(Denied::Account);
    assert_eq!(w.moves_to(&row, State::Armed).await, denied);
}

/// What is armed and stays armed is not judged again: it may be on its way.
pub async fn an_armed_row_stays_armed_without_checks(w: World) {
    let row = w.ready("a").await;
    assert_eq!(w.arms(&row).await, Recorded::Recorded);
    let version = w.account.token_version;
    let status = AccountStatus::Reauthorize;
    assert!(ok(w.store.set_status(w.account.id, version, status).await));
    let held = w.read(row.id).await;
    let mut not_sent = w.outcome(&held, State::Armed);
    not_sent.lease = Some(LEASE);
    assert_eq!(w.record(not_sent).await, Recorded::Recorded);
}
