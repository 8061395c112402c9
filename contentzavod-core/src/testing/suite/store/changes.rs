//! A person's changes: against every revision they were read at, all or nothing.

use chrono::TimeDelta;

use super::Fresh;
use super::rows::{enter, unchanged};
use super::world::{LEASE, World, ok, secs};
use crate::model::{Content, Notice, NoticeKind, Publication, Reel};
use crate::ports::store::{Fence, PostChange, PostView, Recorded};
use crate::publication::{Lane, State};
use crate::testing::suite::cases;

cases!(
    "changes", world Fresh:
    a_change_is_written,
    a_change_raises_revisions_and_epochs,
    a_change_takes_the_row_from_its_worker,
    a_moved_post_refuses_the_change,
    a_moved_publication_refuses_the_change,
    of_several_posts_one_that_moved_refuses_all,
    a_refused_change_writes_nothing,
    of_two_changes_of_one_reading_one_is_written,
    a_foreign_post_is_not_changed,
    a_change_tells_feed_and_inbox,
    the_status_follows_a_change,
    a_cancelled_row_is_no_work,
    drafts_come_and_go_with_their_accounts,
    only_drafts_are_removed,
    a_removal_needs_its_revision,
    a_changed_time_moves_the_post,
);

fn change(w: &World, view: &PostView, state: State) -> PostChange {
    w.to(view, view.publications[0].id, state)
}

/// The post's fields and the rows' memory and caption key are those of the change.
pub async fn a_change_is_written(w: World) {
    let row = w.scheduled(w.now()).await;
    let view = w.view_of(&row).await;
    w.pass(secs(5));
    let mut change = change(&w, &view, State::Scheduled);
    let content = Content::InstagramReel(Reel::new(w.media.id, "new words"));
    change.post.content = content.clone();
    change.post.content_version = 2;
    change.post.publish_at = Some(w.now() + TimeDelta::days(3));
    change.post.local_time = None;
    change.post.timezone = "Asia/Tokyo".to_owned();
    change.post.max_late_secs = 60;
    change.post.updated_at = w.now();
    let next = &mut change.publications[0];
    next.next.content_version = 2;
    next.next.due_at = w.now() + TimeDelta::days(3);
    next.next.next_at = Some(w.now() + TimeDelta::days(2));
    next.caption_key = Some(content.caption_key());
    let expected = change.clone();
    assert!(w.change(change).await);
    let written = w.view_of(&row).await;
    let post = crate::model::Post {
        rev: written.post.rev,
        ..expected.post
    };
    assert_eq!(written.post, post);
    let row = &written.publications[0];
    assert_eq!(row.progress, expected.publications[0].next);
    assert_eq!(row.caption_key, content.caption_key());
    assert_eq!(row.updated_at, w.now());
}

/// Every write raises the revisions; each changed row gets a new epoch, the others keep theirs.
pub async fn a_change_raises_revisions_and_epochs(w: World) {
    let other = w.connect("2").await;
    let new = w.due_at(w.now() + secs(60), &[&w.account, &other], "a");
    let view = w.put(new).await;
    assert!(w.change(change(&w, &view, State::Cancelled)).await);
    let after = w.view(view.post.id).await;
    assert!(after.post.rev > view.post.rev);
    let (before, now) = (&view.publications, &after.publications);
    assert!(now[0].rev > before[0].rev);
    assert_eq!(now[0].epoch, before[0].epoch + 1);
    assert_eq!(now[1], before[1], "the other row is as it was");
}

/// The lease is gone and the old fence holds no more; released rows are due by their next look.
pub async fn a_change_takes_the_row_from_its_worker(w: World) {
    w.scheduled(w.now()).await;
    let held = w.take(Lane::Stage).await;
    let view = w.view_of(&held).await;
    assert!(w.change(change(&w, &view, State::Scheduled)).await);
    let row = w.read(held.id).await;
    assert_eq!(row.lease_until, None);
    let late = w.outcome(&held, State::Preparing);
    assert_eq!(w.record(late).await, Recorded::Fenced);
    let renewed = w.store.renew(&[Fence::of(&held)], LEASE).await;
    assert_eq!(ok(renewed), [false]);
    let again = w.take(Lane::Stage).await;
    assert_eq!(again.losses, 0, "taking it away is no loss");
}

/// The post's own revision counts.
pub async fn a_moved_post_refuses_the_change(w: World) {
    let row = w.scheduled(w.now()).await;
    let view = w.view_of(&row).await;
    assert!(
        w.change(unchanged(&view)).await,
        "an edit of the post alone"
    );
    let before = w.view_of(&row).await;
    assert!(!w.change(change(&w, &view, State::Cancelled)).await);
    assert_eq!(w.view_of(&row).await, before);
    assert!(w.change(change(&w, &before, State::Cancelled)).await);
}

/// Each row's revision counts, also one that another row's change stands beside.
pub async fn a_moved_publication_refuses_the_change(w: World) {
    let other = w.connect("2").await;
    let view = w.put(w.due_at(w.now(), &[&w.account, &other], "a")).await;
    let items = w.claim_some(Lane::Stage, 1).await;
    let outcome = w.outcome(&items[0].publication, State::Preparing);
    assert_eq!(w.record(outcome).await, Recorded::Recorded);
    let before = w.view(view.post.id).await;
    let mut both = change(&w, &view, State::Cancelled);
    let second = w.to(&view, view.publications[1].id, State::Cancelled);
    both.publications.extend(second.publications);
    assert!(!w.change(both).await);
    assert_eq!(w.view(view.post.id).await, before);
}

/// Several posts change together or not at all, whichever of them moved.
pub async fn of_several_posts_one_that_moved_refuses_all(w: World) {
    let (one, two) = (w.at(State::Failed).await, w.at(State::Missed).await);
    let views = [w.view_of(&one).await, w.view_of(&two).await];
    for stale in 0..2 {
        let mut changes: Vec<_> = views
            .iter()
            .map(|view| change(&w, view, State::Cancelled))
            .collect();
        changes[stale].publications[0].rev -= 1;
        assert!(!ok(w.store.change(changes, None).await), "{stale}");
        assert_eq!(w.view_of(&one).await, views[0]);
        assert_eq!(w.view_of(&two).await, views[1]);
    }
    let changes = views.iter().map(|view| change(&w, view, State::Cancelled));
    assert!(ok(w.store.change(changes.collect(), None).await));
    for row in [one, two] {
        assert_eq!(w.read(row.id).await.state(), State::Cancelled);
    }
}

/// Not a notice, not an event, not an hour of a file.
pub async fn a_refused_change_writes_nothing(w: World) {
    let (one, two) = (w.at(State::Failed).await, w.at(State::Missed).await);
    let moves = w.moves().await;
    let (told, file) = (w.inbox().await, w.media_now(w.media.id).await);
    w.pass(secs(60));
    let mut good = change(&w, &w.view_of(&one).await, State::Cancelled);
    good.publications[0].notices = vec![Notice::new(NoticeKind::Failed)];
    let mut stale = change(&w, &w.view_of(&two).await, State::Scheduled);
    stale.post.rev += 1;
    assert!(!ok(w.store.change(vec![good, stale], None).await));
    assert_eq!(w.moves().await, moves);
    assert_eq!(w.inbox().await, told);
    assert_eq!(w.media_now(w.media.id).await, file);
}

/// Of two people who read the same, one is told to read again.
pub async fn of_two_changes_of_one_reading_one_is_written(w: World) {
    let row = w.at(State::Failed).await;
    let view = w.view_of(&row).await;
    let one = w.change(change(&w, &view, State::Cancelled));
    let two = w.change(change(&w, &view, State::Scheduled));
    let (one, two) = futures::future::join(one, two).await;
    assert!(one != two, "{one} and {two}");
    let state = if one {
        State::Cancelled
    } else {
        State::Scheduled
    };
    assert_eq!(w.read(row.id).await.state(), state);
}

/// In another workspace there is no such post.
pub async fn a_foreign_post_is_not_changed(w: World) {
    let theirs = w.beside("2").await;
    let row = w.at(State::Failed).await;
    let view = w.view_of(&row).await;
    let mut foreign = change(&w, &view, State::Cancelled);
    foreign.post.workspace = theirs.workspace;
    assert!(!w.change(foreign).await);
    assert_eq!(w.view_of(&row).await, view);
    let their_row = theirs.at(State::Failed).await;
    let mut mixed = unchanged(&view);
    let theirs_view = theirs.view_of(&their_row).await;
    mixed.publications = change(&theirs, &theirs_view, State::Cancelled).publications;
    assert!(!w.change(mixed).await, "a row of another post");
    assert_eq!(theirs.view_of(&their_row).await, theirs_view);
}

/// A move is an event, and notices are about the row they came with.
pub async fn a_change_tells_feed_and_inbox(w: World) {
    let row = w.at(State::NeedsReview).await;
    let mut change = change(&w, &w.view_of(&row).await, State::Published);
    let notice = Notice::new(NoticeKind::Published);
    change.publications[0].notices = vec![notice.clone()];
    assert!(w.change(change).await);
    let last = w.moves().await.pop();
    assert_eq!(last, Some((row.id, State::NeedsReview, State::Published)));
    let told = w.inbox().await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].notice, notice);
    assert_eq!(told[0].publication, Some(row.id));
    assert_eq!(
        (told[0].post, told[0].account),
        (Some(row.post), Some(row.account))
    );
}

/// `state_since` and the derived status are those of the new state.
pub async fn the_status_follows_a_change(w: World) {
    let row = w.at(State::Missed).await;
    w.pass(secs(30));
    let view = w.view_of(&row).await;
    assert!(w.change(change(&w, &view, State::Scheduled)).await);
    let after = w.view_of(&row).await;
    assert_eq!(after.publications[0].state_since, w.now());
    for (status, count) in [(view.status(), 0), (after.status(), 1)] {
        let filter = crate::ports::store::PostFilter {
            status: Some(status),
            limit: 5,
            ..Default::default()
        };
        let listed = ok(w.store.posts(w.workspace, filter).await).items;
        assert_eq!(listed.len(), count, "{status:?}");
    }
}

/// Taken back, it is never claimed again.
pub async fn a_cancelled_row_is_no_work(w: World) {
    let row = w.scheduled(w.now() + secs(10)).await;
    let view = w.view_of(&row).await;
    assert!(w.change(change(&w, &view, State::Cancelled)).await);
    w.pass(TimeDelta::days(1));
    assert_eq!(w.claim(Lane::Stage).await.len(), 0);
    assert_eq!(ok(w.store.next_due(Lane::Stage).await), None);
}

/// A draft's accounts change: rows are added and removed with the change, in their order.
pub async fn drafts_come_and_go_with_their_accounts(w: World) {
    let (two, three) = (w.connect("2").await, w.connect("3").await);
    let view = w.put(w.draft(&[&w.account, &two], "a")).await;
    let mut change = unchanged(&view);
    let mut added = Publication::draft(&view.post, &three, w.now());
    enter(&mut added.progress, State::Scheduled, w.now());
    change.add = vec![added.clone()];
    let gone = &view.publications[0];
    change.remove = vec![(gone.id, gone.rev)];
    assert!(w.change(change).await);
    let after = w.view(view.post.id).await;
    assert_eq!(
        after.publications,
        [view.publications[1].clone(), added.clone()]
    );
    assert_eq!(ok(w.store.post_of(w.workspace, gone.id).await), None);
    assert_eq!(w.take(Lane::Stage).await.id, added.id);
    assert_eq!(
        w.moves().await,
        [(added.id, State::Draft, State::Scheduled)]
    );
}

/// What was ever scheduled stays on record.
pub async fn only_drafts_are_removed(w: World) {
    for state in [State::Failed, State::Cancelled, State::Armed] {
        let row = w.at(state).await;
        let view = w.view_of(&row).await;
        let mut change = unchanged(&view);
        change.remove = vec![(row.id, row.rev)];
        assert!(!w.change(change).await, "{state:?}");
        assert_eq!(w.view_of(&row).await, view);
    }
}

/// A removed row must stand where it was read.
pub async fn a_removal_needs_its_revision(w: World) {
    let view = w.put(w.draft(&[&w.account], "a")).await;
    let row = &view.publications[0];
    let mut change = unchanged(&view);
    change.remove = vec![(row.id, row.rev + 1)];
    assert!(!w.change(change).await);
    assert_eq!(w.view(view.post.id).await, view);
}

/// Lists go by the new time at once.
pub async fn a_changed_time_moves_the_post(w: World) {
    let early = w.put(w.draft(&[&w.account], "a")).await;
    let mut late = w.draft(&[&w.account], "b");
    late.post.publish_at = late.post.publish_at.map(|at| at + secs(60));
    let late = w.put(late).await;
    let filter = crate::ports::store::PostFilter {
        limit: 5,
        account: Some(w.account.id),
        ..Default::default()
    };
    let mut change = unchanged(&early);
    change.post.publish_at = late.post.publish_at.map(|at| at + secs(60));
    assert!(w.change(change).await);
    let listed = ok(w.store.posts(w.workspace, filter).await).items;
    let ids: Vec<_> = listed.iter().map(|view| view.post.id).collect();
    assert_eq!(ids, [early.post.id, late.post.id]);
}
