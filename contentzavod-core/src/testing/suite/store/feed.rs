//! The feed of events and the inbox: facts in order, written with what made them true.

use super::Fresh;
use super::world::{World, ok, secs};
use crate::model::{AccountId, EventKind, Notice, NoticeKind};
use crate::ports::store::{Outcome, Recorded};
use crate::publication::{Lane, State};
use crate::testing::suite::cases;

cases!(
    "feed", world Fresh:
    an_empty_feed_ends_at_zero,
    a_move_is_one_event,
    writing_on_in_a_state_is_no_event,
    positions_rise_and_pages_meet,
    a_workspace_reads_its_own_events,
    events_follow_the_order_of_writing,
    a_reader_that_goes_on_misses_nothing,
    notifications_are_read_on_from_a_position,
    the_inbox_is_the_workspaces_own,
    a_notice_about_an_account_reaches_its_inbox,
);

/// Nothing happened yet.
pub async fn an_empty_feed_ends_at_zero(w: World) {
    assert_eq!(ok(w.store.last_event().await), 0);
    assert_eq!(ok(w.store.events(None, 0, 10).await), []);
    assert_eq!(ok(w.store.notifications(w.workspace, 0, 10).await), []);
}

/// With place, time and both states.
pub async fn a_move_is_one_event(w: World) {
    w.scheduled(w.now()).await;
    w.pass(secs(4));
    let row = w.take(Lane::Stage).await;
    let before = ok(w.store.last_event().await);
    let outcome = w.outcome(&row, State::Failed);
    assert_eq!(w.record(outcome).await, Recorded::Recorded);
    let events = ok(w.store.events(None, before, 10).await);
    assert_eq!(events.len(), 1);
    let event = &events[0];
    assert_eq!((event.at, event.workspace), (w.now(), w.workspace));
    assert_eq!(event.seq, ok(w.store.last_event().await));
    let kind = EventKind::Publication {
        publication: row.id,
        post: row.post,
        account: row.account,
        from: State::Scheduled,
        to: State::Failed,
    };
    assert_eq!(event.kind, kind);
}

/// Nor is a claim, nor a renewed lease.
pub async fn writing_on_in_a_state_is_no_event(w: World) {
    w.scheduled(w.now()).await;
    let before = ok(w.store.last_event().await);
    for _ in 0..2 {
        let row = w.take(Lane::Stage).await;
        let mut outcome = w.outcome(&row, State::Scheduled);
        outcome.next.attempts += 1;
        assert_eq!(w.record(outcome).await, Recorded::Recorded);
    }
    assert_eq!(ok(w.store.last_event().await), before);
}

/// Strictly rising; reading in portions reads all.
pub async fn positions_rise_and_pages_meet(w: World) {
    for _ in 0..7 {
        w.scheduled(w.now()).await;
    }
    let whole = ok(w.store.events(None, 0, 100).await);
    assert_eq!(whole.len(), 7);
    assert!(whole.windows(2).all(|pair| pair[0].seq < pair[1].seq));
    let (mut read, mut after) = (Vec::new(), 0);
    for expected in [3, 3, 1, 0] {
        let page = ok(w.store.events(None, after, 3).await);
        assert_eq!(page.len(), expected);
        after = page.last().map_or(after, |event| event.seq);
        read.extend(page);
    }
    assert_eq!(read, whole);
    assert_eq!(ok(w.store.last_event().await), after);
}

/// Its own, all of them, and no others; without a workspace everybody's.
pub async fn a_workspace_reads_its_own_events(w: World) {
    let theirs = w.beside("2").await;
    let (mine, other) = (w.scheduled(w.now()).await, theirs.scheduled(w.now()).await);
    let again = w.scheduled(w.now()).await;
    let ids = |moves: Vec<(crate::model::PublicationId, State, State)>| {
        moves.into_iter().map(|m| m.0).collect::<Vec<_>>()
    };
    assert_eq!(ids(w.moves().await), [mine.id, again.id]);
    assert_eq!(ids(theirs.moves().await), [other.id]);
    let all = ok(w.store.events(None, 0, 10).await);
    assert_eq!(all.len(), 3);
    let last = all.last().map(|event| event.seq);
    assert_eq!(last, Some(ok(w.store.last_event().await)));
}

/// As the outcomes of a call stood, and as calls came.
pub async fn events_follow_the_order_of_writing(w: World) {
    for ago in [3, 2, 1] {
        w.scheduled(w.now() - secs(ago)).await;
    }
    let before = w.moves().await.len();
    let items = w.claim(Lane::Stage).await;
    let mut outcomes: Vec<Outcome> = items
        .iter()
        .map(|item| w.outcome(&item.publication, State::Processing))
        .collect();
    outcomes.reverse();
    let expected: Vec<_> = outcomes
        .iter()
        .map(|o| (o.fence.id, State::Scheduled, State::Processing))
        .collect();
    ok(w.store.record(outcomes).await);
    assert_eq!(w.moves().await.split_off(before), expected);
}

/// While writers write, a reader that goes on from its last position sees each event once.
pub async fn a_reader_that_goes_on_misses_nothing(w: World) {
    let writing = async {
        let scheduling = (0..30).map(|_| w.scheduled(w.now()));
        futures::future::join_all(scheduling).await
    };
    let reading = async {
        let (mut read, mut after) = (Vec::new(), 0);
        for _ in 0..10_000 {
            let page = ok(w.store.events(None, after, 4).await);
            after = page.last().map_or(after, |event| event.seq);
            read.extend(page);
            if read.len() >= 30 {
                break;
            }
        }
        read
    };
    let (_, read) = futures::future::join(writing, reading).await;
    assert_eq!(read, ok(w.store.events(None, 0, 100).await));
    assert_eq!(read.len(), 30);
}

/// Oldest first, positions strictly rising, in portions.
pub async fn notifications_are_read_on_from_a_position(w: World) {
    for n in 0..5 {
        let notice = Notice::new(NoticeKind::ClockHeld).with("seconds", n.to_string());
        ok(w.store.notify_account(w.account.id, notice).await);
    }
    let (mut seconds, mut after) = (Vec::new(), 0);
    for expected in [2, 2, 1, 0] {
        let page = ok(w.store.notifications(w.workspace, after, 2).await);
        assert_eq!(page.len(), expected);
        for n in page {
            assert!(n.seq > after, "{} after {after}", n.seq);
            after = n.seq;
            seconds.extend(n.notice.params.into_values());
        }
    }
    assert_eq!(seconds, ["0", "1", "2", "3", "4"]);
}

/// Nobody reads another workspace's notices.
pub async fn the_inbox_is_the_workspaces_own(w: World) {
    let theirs = w.beside("2").await;
    let notice = Notice::new(NoticeKind::ClockHeld);
    ok(w.store.notify_account(theirs.account.id, notice).await);
    assert_eq!(w.inbox().await, []);
    assert_eq!(theirs.inbox().await.len(), 1);
}

/// With its values, about the account and nothing else; about no account, nowhere.
pub async fn a_notice_about_an_account_reaches_its_inbox(w: World) {
    let notice = Notice::new(NoticeKind::Restricted).with("username", "имя");
    ok(w.store.notify_account(w.account.id, notice.clone()).await);
    let inbox = w.inbox().await;
    assert_eq!(inbox.len(), 1);
    assert_eq!(inbox[0].notice, notice);
    assert_eq!(inbox[0].account, Some(w.account.id));
    assert_eq!(
        (inbox[0].publication, inbox[0].post, inbox[0].media),
        (None, None, None)
    );
    assert_eq!(inbox[0].created_at, w.now());
    // Whether the store objects or not, nothing may appear.
    let nobody = AccountId::generate(w.now());
    let _ = w.store.notify_account(nobody, notice).await;
    assert_eq!(w.inbox().await.len(), 1);
}
