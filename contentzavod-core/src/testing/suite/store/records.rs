//! Recording outcomes: under the fence, in order, each whole or not at all.

use chrono::TimeDelta;

use super::Fresh;
use super::rows::enter;
use super::world::{LEASE, World, ok, secs};
use crate::model::{AccountStatus, Notice, NoticeKind, PostStatus, PublicationId};
use crate::ports::store::{AccountEffect, Fence, Outcome, PostFilter, Recorded};
use crate::publication::{Lane, Progress, State, Trouble};
use crate::testing::suite::cases;
use crate::words::Code;

cases!(
    "records", world Fresh:
    an_outcome_is_written_as_it_was_given,
    everything_the_machine_remembers_comes_back,
    each_part_of_the_fence_counts,
    a_fenced_outcome_writes_nothing,
    a_worker_that_lost_its_row_is_fenced,
    answers_stand_in_the_order_of_the_outcomes,
    a_later_outcome_of_one_call_sees_the_earlier,
    many_outcomes_are_one_call,
    a_record_raises_the_revision_and_keeps_the_epoch,
    state_since_moves_with_the_state_alone,
    the_status_of_the_post_follows,
    notices_are_written_with_the_outcome,
    the_accounts_change_is_written_with_the_outcome,
    the_accounts_change_needs_its_token,
);

/// Read back: the memory as recorded, and nobody holds the row.
pub async fn an_outcome_is_written_as_it_was_given(w: World) {
    w.scheduled(w.now()).await;
    let held = w.take(Lane::Stage).await;
    let outcome = w.outcome(&held, State::Processing);
    let next = outcome.next.clone();
    assert_eq!(w.record(outcome).await, Recorded::Recorded);
    let written = w.read(held.id).await;
    assert_eq!(written.progress, next);
    assert_eq!((written.lease_until, written.losses), (None, 0));
}

/// Every field of the memory, in every state, survives the way through the store.
pub async fn everything_the_machine_remembers_comes_back(w: World) {
    let row = w.scheduled(w.now()).await;
    let mut full = row.progress.clone();
    for state in [State::Ready, State::Armed, State::Uncertain] {
        enter(&mut full, state, w.now());
    }
    full = Progress {
        due_at: w.now() + TimeDelta::milliseconds(7),
        max_late_secs: i64::from(u32::MAX) * 2,
        content_version: 1,
        next_at: Some(w.now()),
        attempts: 7,
        containers: u32::MAX,
        polls: 9,
        dead: true,
        risk_accepted: true,
        remote_id: Some("1784\u{1F389}".to_owned()),
        permalink: Some("https://example.test/reel/ä?x=1&y='\"".to_owned()),
        published_at: Some(w.now() - secs(1)),
        confirmed_at: Some(w.now()),
        link_looks: 3,
        trouble: Some(Trouble::of(Code::Quota).with("used", "line\n\"two\" \\ '; --")),
        panics: 2,
        ..full
    };
    for state in State::ALL.iter().filter(|s| **s != State::Armed) {
        let mut new = w.due_at(w.now(), &[&w.account], "same");
        new.publications[0].progress.next_at = Some(chrono::DateTime::UNIX_EPOCH);
        w.put(new).await;
        let held = w.claim_some(Lane::Stage, 1).await.remove(0).publication;
        let next = Progress {
            state: *state,
            slot: false,
            next_at: None,
            ..full.clone()
        };
        let outcome = super::rows::outcome(&held, next.clone());
        assert_eq!(w.record(outcome).await, Recorded::Recorded);
        assert_eq!(w.read(held.id).await.progress, next);
    }
}

/// The outcomes of a claimed row under fences that are wrong in one part each.
fn misfenced(w: &World, outcome: &Outcome) -> Vec<Outcome> {
    let right = outcome.fence;
    let fences = [
        Fence {
            epoch: right.epoch - 1,
            ..right
        },
        Fence {
            epoch: right.epoch + 1,
            ..right
        },
        Fence {
            state: State::Processing,
            ..right
        },
        Fence {
            id: PublicationId::generate(w.now()),
            ..right
        },
    ];
    let with = |fence| Outcome {
        fence,
        ..outcome.clone()
    };
    fences.map(with).into()
}

/// Another id, epoch or state: fenced, each by itself.
pub async fn each_part_of_the_fence_counts(w: World) {
    w.scheduled(w.now()).await;
    let held = w.take(Lane::Stage).await;
    for outcome in misfenced(&w, &w.outcome(&held, State::Preparing)) {
        let fence = outcome.fence;
        assert_eq!(w.record(outcome).await, Recorded::Fenced, "{fence:?}");
        assert_eq!(w.read(held.id).await, held);
    }
    let right = w.outcome(&held, State::Preparing);
    assert_eq!(w.record(right).await, Recorded::Recorded);
}

/// A fenced outcome leaves row, account, inbox and feed as they were.
pub async fn a_fenced_outcome_writes_nothing(w: World) {
    w.scheduled(w.now()).await;
    let held = w.take(Lane::Stage).await;
    let (before, last) = (w.moves().await, ok(w.store.last_event().await));
    let mut outcome = w.outcome(&held, State::WaitingAccount);
    outcome.notices = vec![Notice::new(NoticeKind::WaitingAccount)];
    outcome.account = Some(AccountEffect {
        status: AccountStatus::Reauthorize,
        token_version: w.account.token_version,
    });
    let outcomes = misfenced(&w, &outcome);
    assert_eq!(ok(w.store.record(outcomes).await), [Recorded::Fenced; 4]);
    assert_eq!(w.read(held.id).await, held);
    assert_eq!(w.account_now(&w.account).await, w.account);
    assert_eq!(w.inbox().await, []);
    assert_eq!(w.moves().await, before);
    assert_eq!(ok(w.store.last_event().await), last);
}

/// Whose lease ended and whose row was claimed by another writes nothing; the other does.
pub async fn a_worker_that_lost_its_row_is_fenced(w: World) {
    w.scheduled(w.now()).await;
    let slow = w.take(Lane::Stage).await;
    w.pass(LEASE);
    let quick = w.take(Lane::Stage).await;
    let late = w.outcome(&slow, State::Failed);
    assert_eq!(w.record(late).await, Recorded::Fenced);
    let outcome = w.outcome(&quick, State::Preparing);
    assert_eq!(w.record(outcome).await, Recorded::Recorded);
    assert_eq!(w.read(quick.id).await.state(), State::Preparing);
}

/// One that is fenced keeps no other from being written, and the answers say which.
pub async fn answers_stand_in_the_order_of_the_outcomes(w: World) {
    for ago in [4, 3, 2, 1] {
        w.scheduled(w.now() - secs(ago)).await;
    }
    let items = w.claim(Lane::Stage).await;
    let mut outcomes: Vec<Outcome> = items
        .iter()
        .map(|item| w.outcome(&item.publication, State::Preparing))
        .collect();
    outcomes[0].fence.epoch += 1;
    outcomes[2].fence.state = State::Armed;
    let recorded = ok(w.store.record(outcomes).await);
    let expected = [
        Recorded::Fenced,
        Recorded::Recorded,
        Recorded::Fenced,
        Recorded::Recorded,
    ];
    assert_eq!(recorded, expected);
    for (item, recorded) in items.iter().zip(expected) {
        let written = w.read(item.publication.id).await.state() == State::Preparing;
        assert_eq!(written, recorded == Recorded::Recorded);
    }
}

/// Two outcomes of one row in one call: the second stands on the state the first wrote.
pub async fn a_later_outcome_of_one_call_sees_the_earlier(w: World) {
    w.scheduled(w.now()).await;
    let held = w.take(Lane::Stage).await;
    let first = w.outcome(&held, State::Preparing);
    let mut second = w.outcome(&held, State::Processing);
    second.fence.state = State::Preparing;
    let stale = w.outcome(&held, State::Failed);
    let recorded = ok(w.store.record(vec![first, second, stale]).await);
    let expected = [Recorded::Recorded, Recorded::Recorded, Recorded::Fenced];
    assert_eq!(recorded, expected);
    assert_eq!(w.read(held.id).await.state(), State::Processing);
    let moves = w.moves().await;
    let last = [
        (held.id, State::Scheduled, State::Preparing),
        (held.id, State::Preparing, State::Processing),
    ];
    assert_eq!(moves[moves.len() - 2..], last);
}

/// A large batch is answered whole; an empty one with nothing.
pub async fn many_outcomes_are_one_call(w: World) {
    for _ in 0..150 {
        w.scheduled(w.now()).await;
    }
    let items = w.claim(Lane::Stage).await;
    let outcomes: Vec<_> = items
        .iter()
        .map(|item| w.outcome(&item.publication, State::Failed))
        .collect();
    let recorded = ok(w.store.record(outcomes).await);
    assert_eq!(recorded, vec![Recorded::Recorded; 150]);
    for item in items {
        assert_eq!(w.read(item.publication.id).await.state(), State::Failed);
    }
    assert_eq!(ok(w.store.record(Vec::new()).await), []);
}

/// A record is a write: what a person read before it is old. The claim goes on under its epoch.
pub async fn a_record_raises_the_revision_and_keeps_the_epoch(w: World) {
    w.scheduled(w.now()).await;
    let held = w.take(Lane::Stage).await;
    let view = w.view_of(&held).await;
    let mut outcome = w.outcome(&held, State::Preparing);
    outcome.lease = Some(LEASE);
    assert_eq!(w.record(outcome).await, Recorded::Recorded);
    let written = w.read(held.id).await;
    assert!(written.rev > held.rev);
    assert_eq!(written.epoch, held.epoch);
    assert!(!w.change(w.to(&view, held.id, State::Cancelled)).await);
    let outcome = w.outcome(&written, State::Processing);
    assert_eq!(w.record(outcome).await, Recorded::Recorded);
}

/// Entering a state notes the time; writing on in it does not.
pub async fn state_since_moves_with_the_state_alone(w: World) {
    w.scheduled(w.now()).await;
    w.pass(secs(10));
    let mut row = w.take(Lane::Stage).await;
    let mut since = Vec::new();
    for state in [State::Scheduled, State::Processing, State::Processing] {
        w.pass(secs(10));
        let mut outcome = w.outcome(&row, state);
        outcome.lease = Some(LEASE);
        assert_eq!(w.record(outcome).await, Recorded::Recorded);
        row = w.read(row.id).await;
        since.push((w.now() - row.state_since).num_seconds());
        assert_eq!(row.updated_at, w.now());
    }
    assert_eq!(since, [20, 0, 10]);
}

/// The derived status is that of the new state at once.
pub async fn the_status_of_the_post_follows(w: World) {
    let row = w.scheduled(w.now()).await;
    let listed = async |status| {
        let filter = PostFilter {
            status: Some(status),
            limit: 10,
            ..PostFilter::default()
        };
        ok(w.store.posts(w.workspace, filter).await).items.len()
    };
    assert_eq!(listed(PostStatus::Scheduled).await, 1);
    let held = w.take(Lane::Stage).await;
    let outcome = w.outcome(&held, State::Failed);
    assert_eq!(w.record(outcome).await, Recorded::Recorded);
    assert_eq!(listed(PostStatus::Scheduled).await, 0);
    assert_eq!(listed(PostStatus::Failed).await, 1);
    assert_eq!(w.view_of(&row).await.status(), PostStatus::Failed);
}

/// Notices name the publication, its post and its account, and keep their values and order.
pub async fn notices_are_written_with_the_outcome(w: World) {
    w.scheduled(w.now()).await;
    let held = w.take(Lane::Stage).await;
    w.pass(secs(3));
    let notices = vec![
        Notice::new(NoticeKind::WaitingAccount).with("message", "Подключите \"снова\""),
        Notice::new(NoticeKind::ClockHeld).with("seconds", "7"),
    ];
    let outcome = Outcome {
        notices: notices.clone(),
        ..w.outcome(&held, State::WaitingAccount)
    };
    assert_eq!(w.record(outcome).await, Recorded::Recorded);
    let inbox = w.inbox().await;
    let written: Vec<_> = inbox.iter().map(|n| n.notice.clone()).collect();
    assert_eq!(written, notices);
    for n in inbox {
        assert_eq!(n.workspace, w.workspace);
        assert_eq!(n.publication, Some(held.id));
        assert_eq!((n.post, n.account), (Some(held.post), Some(held.account)));
        assert_eq!(n.created_at, w.now());
    }
}

fn reauthorize(token_version: i64) -> Option<AccountEffect> {
    Some(AccountEffect {
        status: AccountStatus::Reauthorize,
        token_version,
    })
}

/// The account's status changes with the outcome, and tells so once.
pub async fn the_accounts_change_is_written_with_the_outcome(w: World) {
    let mut rows = Vec::new();
    for _ in 0..2 {
        rows.push(w.scheduled(w.now()).await);
    }
    for item in w.claim(Lane::Stage).await {
        let mut outcome = w.outcome(&item.publication, State::WaitingAccount);
        outcome.account = reauthorize(w.account.token_version);
        assert_eq!(w.record(outcome).await, Recorded::Recorded);
    }
    let account = w.account_now(&w.account).await;
    assert_eq!(account.status, AccountStatus::Reauthorize);
    assert_eq!(account.token, w.account.token, "the token stays");
    let inbox = w.inbox().await;
    assert_eq!(inbox.len(), 1, "told once");
    let notice = Notice::new(NoticeKind::Reauthorize).with("username", &w.account.username);
    assert_eq!(inbox[0].notice, notice);
    assert_eq!(inbox[0].account, Some(w.account.id));
}

/// An account that got another token meanwhile is left alone; the outcome is written all the same.
pub async fn the_accounts_change_needs_its_token(w: World) {
    w.scheduled(w.now()).await;
    let held = w.take(Lane::Stage).await;
    let mut outcome = w.outcome(&held, State::WaitingAccount);
    outcome.account = reauthorize(w.account.token_version - 1);
    assert_eq!(w.record(outcome).await, Recorded::Recorded);
    assert_eq!(w.read(held.id).await.state(), State::WaitingAccount);
    assert_eq!(w.account_now(&w.account).await, w.account);
    assert_eq!(w.told().await, []);
}
