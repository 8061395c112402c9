//! Outcomes: one commit, in order, with everything that follows from them.

use chrono::TimeDelta;
use contentzavod_core::model::{AccountStatus, EventKind, Notice, NoticeKind, PostStatus};
use contentzavod_core::ports::store::{
    AccountEffect, AccountStore, Denied, Feed, Fence, MediaStore, Outcome, PublicationStore,
    Recorded,
};
use contentzavod_core::publication::{Lane, State};

use super::world::{World, armed, failed, lease, outcome, ready};

/// Brings every due row of the stage lane to ready.
async fn make_ready(world: &World) {
    loop {
        let items = world.claim(Lane::Stage, 1000).await;
        if items.is_empty() {
            return;
        }
        let outcomes = items
            .iter()
            .map(|i| outcome(&i.publication, |p| ready(p, world.now())))
            .collect();
        let recorded = world.store.record(outcomes).await.unwrap();
        assert!(recorded.iter().all(|r| *r == Recorded::Recorded));
    }
}

fn arm(world: &World, publication: &contentzavod_core::model::Publication) -> Outcome {
    let mut outcome = outcome(publication, |p| armed(p, world.now()));
    outcome.lease = Some(TimeDelta::seconds(90));
    outcome
}

#[tokio::test]
async fn a_thousand_arms_are_one_commit() {
    const ROWS: usize = 1000;
    let world = World::new().await;
    let media = world.media().await;
    let world = &world;
    let schedule = |n: usize| async move {
        let account = world.account(&n.to_string()).await;
        let new = world.due(&[&account], media, &n.to_string());
        world.schedule(&new).await;
    };
    futures::future::join_all((0..ROWS).map(schedule)).await;
    make_ready(world).await;
    let items = world.claim(Lane::Send, ROWS).await;
    assert_eq!(items.len(), ROWS);
    let arms = items.iter().map(|i| arm(world, &i.publication)).collect();
    let before = world.store.write_stats().commits;
    let recorded = world.store.record(arms).await.unwrap();
    assert_eq!(world.store.write_stats().commits, before + 1);
    assert!(recorded.iter().all(|r| *r == Recorded::Recorded));
    let row = world.row(items[ROWS - 1].publication.id).await;
    assert_eq!(row.state(), State::Armed);
    assert!(row.progress.slot);
    assert_eq!(row.lease_until, Some(world.now() + TimeDelta::seconds(90)));
    let last = world.store.last_event().await.unwrap();
    let events = world.store.events(None, last - 1, 10).await.unwrap();
    assert!(
        matches!(events[0].kind, EventKind::Publication { publication, from: State::Ready, to: State::Armed, .. } if publication == row.id),
        "{events:?}"
    );
}

#[tokio::test]
async fn one_call_judges_each_outcome_by_those_before_it() {
    let world = World::new().await;
    let account = world.account("1").await;
    let media = world.media().await;
    for caption in ["a", "b", "a"] {
        let new = world.due(&[&account], media, caption);
        world.schedule(&new).await;
    }
    make_ready(&world).await;
    let mut items = world.claim(Lane::Send, 9).await;
    items.sort_by_key(|i| i.post.content.caption().to_owned());
    let [a, twin, b] = [0, 1, 2].map(|n| &items[n].publication);
    // The first takes the slot; the second finds it taken; the first is missed and frees it; the
    // second takes it; the third finds it taken once more.
    let mut missed = arm(&world, a);
    missed.fence.state = State::Armed;
    missed.next.state = State::Missed;
    missed.next.slot = false;
    missed.next.next_at = None;
    let outcomes = vec![
        arm(&world, a),
        arm(&world, b),
        missed,
        arm(&world, b),
        arm(&world, twin),
    ];
    let recorded = world.store.record(outcomes).await.unwrap();
    assert_eq!(
        recorded,
        [
            Recorded::Recorded,
            Recorded::Denied(Denied::Slot),
            Recorded::Recorded,
            Recorded::Recorded,
            Recorded::Denied(Denied::Slot),
        ]
    );
    assert_eq!(world.row(a.id).await.state(), State::Missed);
    assert!(!world.row(a.id).await.progress.slot);
    assert_eq!(world.row(a.id).await.rev, a.rev + 2);
    assert_eq!(world.row(b.id).await.state(), State::Armed);
    // The second becomes uncertain and settles: its slot is free, the caption of the first is not
    // taken by anybody, so its twin goes.
    let mut settled = arm(&world, b);
    settled.fence.state = State::Armed;
    settled.next.state = State::Uncertain;
    settled.next.slot = false;
    let recorded = world
        .store
        .record(vec![settled, arm(&world, twin)])
        .await
        .unwrap();
    assert_eq!(recorded, [Recorded::Recorded, Recorded::Recorded]);
}

#[tokio::test]
async fn an_arm_is_denied_for_the_first_reason_that_holds() {
    let world = World::new().await;
    let account = world.account("1").await;
    let media = world.media().await;
    for _ in 0..2 {
        let new = world.due(&[&account], media, "same");
        world.schedule(&new).await;
    }
    make_ready(&world).await;
    let items = world.claim(Lane::Send, 9).await;
    let (first, second) = (&items[0].publication, &items[1].publication);
    assert_eq!(world.record(arm(&world, first)).await, Recorded::Recorded);
    // Everything stands in the way at once; what is named first goes first.
    let mut stale = arm(&world, second);
    stale.next.container.as_mut().unwrap().content_version = 0;
    let version = account.token_version;
    let restricted = AccountStatus::Restricted;
    assert!(
        world
            .store
            .set_status(account.id, version, restricted)
            .await
            .unwrap()
    );
    assert_eq!(
        world.record(stale.clone()).await,
        Recorded::Denied(Denied::Account)
    );
    let active = AccountStatus::Active;
    assert!(
        world
            .store
            .set_status(account.id, version, active)
            .await
            .unwrap()
    );
    assert_eq!(world.record(stale).await, Recorded::Denied(Denied::Content));
    assert_eq!(
        world.record(arm(&world, second)).await,
        Recorded::Denied(Denied::Slot)
    );
    let mut settled = arm(&world, first);
    settled.fence.state = State::Armed;
    settled.next.state = State::NeedsReview;
    settled.next.slot = false;
    assert_eq!(world.record(settled).await, Recorded::Recorded);
    assert_eq!(
        world.record(arm(&world, second)).await,
        Recorded::Denied(Denied::Caption)
    );
    // Nothing was written, and the claim stands.
    assert_eq!(world.row(second.id).await, *second);
}

#[tokio::test]
async fn a_fact_is_written_even_where_its_slot_is_taken() {
    let world = World::new().await;
    let account = world.account("1").await;
    let media = world.media().await;
    for caption in ["a", "b"] {
        let new = world.due(&[&account], media, caption);
        world.schedule(&new).await;
    }
    make_ready(&world).await;
    let items = world.claim(Lane::Send, 9).await;
    let (holder, found) = (&items[0].publication, &items[1].publication);
    assert_eq!(world.record(arm(&world, holder)).await, Recorded::Recorded);
    // Its container reads PUBLISHED although we never sent it.
    let live = outcome(found, |p| {
        p.state = State::Uncertain;
        p.slot = true;
    });
    assert_eq!(world.record(live).await, Recorded::Recorded);
    assert!(!world.row(found.id).await.progress.slot);
    assert!(world.row(holder.id).await.progress.slot);
}

#[tokio::test]
async fn a_failure_starts_the_clock_of_its_file_and_tells_the_hour_once() {
    let world = World::new().await;
    let (one, two) = (world.account("1").await, world.account("2").await);
    let media = world.media().await;
    let new = world.due(&[&one, &two], media, "x");
    world.schedule(&new).await;
    let file = async || {
        let file = world.store.media(world.workspace, media).await.unwrap();
        file.unwrap().expires_at
    };
    assert_eq!(file().await, None);
    world.moved(Lane::Stage, failed).await;
    assert_eq!(file().await, None, "the other one still needs it");
    assert!(world.inbox().await.is_empty());
    assert_eq!(world.view(new.post.id).await.status(), PostStatus::Failed);
    world.clock.advance(TimeDelta::minutes(5));
    world.moved(Lane::Stage, failed).await;
    let until = world.now() + TimeDelta::hours(2);
    assert_eq!(file().await, Some(until));
    let inbox = world.inbox().await;
    assert_eq!(inbox.len(), 1);
    assert_eq!(inbox[0].notice.kind, NoticeKind::MediaExpiring);
    let hour = until.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    assert_eq!(inbox[0].notice.params["expires_at"], hour);
    assert_eq!(inbox[0].media, Some(media));
    assert_eq!(inbox[0].post, Some(new.post.id));
    world.clock.advance(TimeDelta::hours(2));
    assert_eq!(world.store.next_media_expiry().await.unwrap(), Some(until));
    assert_eq!(world.store.expire_media(9).await.unwrap(), 1);
    assert_eq!(world.store.bytes_to_delete(9).await.unwrap(), [media]);
    world.store.bytes_deleted(&[media]).await.unwrap();
    assert!(world.store.bytes_to_delete(9).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_account_effect_is_written_with_its_outcome_under_the_token_it_saw() {
    let world = World::new().await;
    let new = world.simple("1").await;
    let account = new.publications[0].account;
    let effect = |token_version| AccountEffect {
        status: AccountStatus::Reauthorize,
        token_version,
    };
    let waits = |version, item: &contentzavod_core::model::Publication| {
        let mut waits = outcome(item, |p| p.state = State::WaitingAccount);
        waits.account = Some(effect(version));
        waits.notices = vec![Notice::new(NoticeKind::WaitingAccount).with("message", "m")];
        waits.lease = Some(lease());
        waits
    };
    let item = world.claim(Lane::Stage, 1).await.remove(0);
    let status = async || {
        let row = world.store.account(world.workspace, account).await.unwrap();
        row.unwrap().status
    };
    assert_eq!(
        world.record(waits(7, &item.publication)).await,
        Recorded::Recorded
    );
    assert_eq!(
        status().await,
        AccountStatus::Active,
        "another token by now"
    );
    let mut held = item.publication.clone();
    held.progress.state = State::WaitingAccount;
    assert_eq!(world.record(waits(1, &held)).await, Recorded::Recorded);
    assert_eq!(world.record(waits(1, &held)).await, Recorded::Recorded);
    assert_eq!(status().await, AccountStatus::Reauthorize);
    let inbox = world.inbox().await;
    let kinds: Vec<_> = inbox.iter().map(|n| n.notice.kind).collect();
    let waiting = NoticeKind::WaitingAccount;
    assert_eq!(kinds, [waiting, waiting, NoticeKind::Reauthorize, waiting]);
    assert_eq!(inbox[2].notice.params["username"], "user1");
    // Connecting wakes the waiting row at once, whatever it had planned.
    let later = world.now() + TimeDelta::hours(1);
    let mut parked = waits(1, &held);
    parked.next.next_at = Some(later);
    parked.lease = None;
    assert_eq!(world.record(parked).await, Recorded::Recorded);
    assert!(world.claim(Lane::Stage, 1).await.is_empty());
    let connected = world.store.connect(world.account_row("1")).await.unwrap();
    assert!(!connected.created);
    assert_eq!(connected.account.token_version, 2);
    assert_eq!(world.claim(Lane::Stage, 1).await.len(), 1);
}

#[tokio::test]
async fn ids_bound_elsewhere_on_the_remote_account_are_told() {
    let world = World::new().await;
    let new = world.simple("1").await;
    let key = new.publications[0].remote_key.clone();
    let id = new.publications[0].id;
    world
        .moved(Lane::Stage, |p| {
            p.state = State::Published;
            p.remote_id = Some("m1".to_owned());
        })
        .await;
    let other = world.simple("2").await.publications[0].id;
    let among = ["m1".to_owned(), "m2".to_owned()];
    let bound = async |key: &str, except| {
        let bound = world.store.bound_remote_ids(key, except, &among).await;
        bound.unwrap().into_iter().collect::<Vec<_>>()
    };
    assert_eq!(bound(&key, other).await, ["m1"]);
    assert!(bound(&key, id).await.is_empty());
    assert!(bound("instagram:2", other).await.is_empty());
}

#[tokio::test]
async fn a_stale_fence_writes_nothing() {
    let world = World::new().await;
    world.simple("1").await;
    let item = world.claim(Lane::Stage, 1).await.remove(0);
    let good = Fence::of(&item.publication);
    for fence in [
        Fence {
            epoch: good.epoch - 1,
            ..good
        },
        Fence {
            epoch: good.epoch + 1,
            ..good
        },
        Fence {
            state: State::Ready,
            ..good
        },
        Fence {
            id: contentzavod_core::model::PublicationId::generate(world.now()),
            ..good
        },
    ] {
        let mut outcome = outcome(&item.publication, failed);
        outcome.fence = fence;
        assert_eq!(world.record(outcome).await, Recorded::Fenced);
        assert_eq!(world.store.renew(&[fence], lease()).await.unwrap(), [false]);
    }
    assert_eq!(world.row(good.id).await, item.publication);
    assert_eq!(world.store.last_event().await.unwrap(), 1);
}
