//! Deleting posts, alone and together with their file.

use std::collections::HashSet;

use chrono::TimeDelta;

use super::rows::unchanged;
use super::world::{World, ok, secs};
use super::{Fresh, TTL};
use crate::model::{Content, MediaStatus, PostId, Publication, Reel};
use crate::ports::store::{PostChange, PostFilter};
use crate::publication::{Lane, State};
use crate::testing::suite::cases;

cases!(
    "deletes", world Fresh:
    a_deleted_post_is_gone_from_every_read,
    a_deleted_post_is_no_work,
    what_may_be_on_its_way_is_not_deleted,
    cancelling_and_deleting_is_one_step,
    a_deleted_post_keeps_no_file,
    the_name_of_a_file_goes_with_the_last_post_of_it,
    what_is_live_stays_bound,
    a_deleted_post_is_not_changed,
    a_file_goes_with_the_posts_that_held_it,
    a_file_that_is_still_held_takes_everything_back,
    a_file_alone_is_deleted_unless_held,
);

impl World {
    async fn deletion(&self, row: &Publication) -> PostChange {
        let mut change = unchanged(&self.view_of(row).await);
        change.delete = true;
        change
    }

    async fn reads(&self, row: &Publication) -> [bool; 4] {
        let filter = PostFilter {
            limit: 100,
            ..PostFilter::default()
        };
        let listed = ok(self.store.posts(self.workspace, filter).await).items;
        let of_account = PostFilter {
            limit: 100,
            account: Some(row.account),
            ..PostFilter::default()
        };
        let of_account = ok(self.store.posts(self.workspace, of_account).await).items;
        let has = |id: PostId| move |view: &crate::ports::store::PostView| view.post.id == id;
        [
            ok(self.store.post(self.workspace, row.post).await).is_some(),
            ok(self.store.post_of(self.workspace, row.id).await).is_some(),
            listed.iter().any(has(row.post)),
            of_account.iter().any(has(row.post)),
        ]
    }
}

/// By id, by publication, in lists: gone. Others stay.
pub async fn a_deleted_post_is_gone_from_every_read(w: World) {
    for state in [
        State::Draft,
        State::Failed,
        State::Cancelled,
        State::Published,
    ] {
        let (gone, stays) = (w.at(state).await, w.at(state).await);
        assert_eq!(w.reads(&gone).await, [true; 4], "{state:?}");
        assert!(w.change(w.deletion(&gone).await).await, "{state:?}");
        assert_eq!(w.reads(&gone).await, [false; 4], "{state:?}");
        assert_eq!(w.reads(&stays).await, [true; 4], "{state:?}");
    }
}

/// Whichever goes first, the bytes or the post. While a post is there that was made of it, the name says
/// what it was.
pub async fn the_name_of_a_file_goes_with_the_last_post_of_it(w: World) {
    for expires_first in [true, false] {
        let mine = World {
            media: w.upload().await,
            ..w.clone()
        };
        let (one, two) = (
            mine.at(State::Cancelled).await,
            mine.at(State::Cancelled).await,
        );
        assert!(w.change(w.deletion(&one).await).await);
        if expires_first {
            w.pass(TTL.unused + secs(1));
            ok(w.store.expire_media(100).await);
            let named = w.media_now(mine.media.id).await.filename;
            assert!(named.is_some(), "the other post tells of it");
        }
        assert!(w.change(w.deletion(&two).await).await);
        if !expires_first {
            w.pass(TTL.unused + secs(1));
            ok(w.store.expire_media(100).await);
        }
        let row = w.media_now(mine.media.id).await;
        assert_eq!((row.status, row.filename), (MediaStatus::Deleted, None));
    }
}

/// Even what still had something to do, such as a link to look for.
pub async fn a_deleted_post_is_no_work(w: World) {
    let row = w.at(State::Published).await;
    let view = w.view_of(&row).await;
    let mut again = w.to(&view, row.id, State::Published);
    again.publications[0].next.next_at = Some(w.now());
    assert!(w.change(again).await);
    assert_eq!(ok(w.store.next_due(Lane::Look).await), Some(w.now()));
    assert!(w.change(w.deletion(&row).await).await);
    w.pass(TimeDelta::days(1));
    assert_eq!(w.claim(Lane::Look).await.len(), 0);
    assert_eq!(ok(w.store.next_due(Lane::Look).await), None);
}

/// Armed, uncertain or in review: nothing is written.
pub async fn what_may_be_on_its_way_is_not_deleted(w: World) {
    for (n, state) in [State::Armed, State::Uncertain, State::NeedsReview]
        .into_iter()
        .enumerate()
    {
        let account = w.connect(&format!("remote {n}")).await;
        let row = w.stand(&account, "a", state).await;
        let view = w.view_of(&row).await;
        assert!(!w.change(w.deletion(&row).await).await, "{state:?}");
        assert_eq!(w.view_of(&row).await, view);
    }
}

/// A scheduled one is cancelled in the change that deletes its post.
pub async fn cancelling_and_deleting_is_one_step(w: World) {
    let row = w.scheduled(w.now()).await;
    let mut change = w.to(&w.view_of(&row).await, row.id, State::Cancelled);
    change.delete = true;
    assert!(w.change(change).await);
    assert_eq!(w.reads(&row).await, [false; 4]);
    let last = w.moves().await.pop();
    assert_eq!(last, Some((row.id, State::Scheduled, State::Cancelled)));
    w.pass(TimeDelta::days(1));
    assert_eq!(w.claim(Lane::Stage).await.len(), 0);
}

/// Its file gets an hour again, and may be deleted.
pub async fn a_deleted_post_keeps_no_file(w: World) {
    let row = w.scheduled(w.now()).await;
    assert_eq!(w.media_now(w.media.id).await.expires_at, None);
    let mut change = w.to(&w.view_of(&row).await, row.id, State::Cancelled);
    change.delete = true;
    assert!(w.change(change).await);
    let file = w.media_now(w.media.id).await;
    assert!(file.expires_at.is_some(), "it would be kept for ever");
    let draft = w.at(State::Draft).await;
    assert!(w.change(w.deletion(&draft).await).await);
    let using = ok(w.store.posts_using(w.workspace, w.media.id).await);
    assert_eq!(using, []);
    let deleted = ok(w.store.delete_media(w.workspace, w.media.id).await);
    assert_eq!(deleted, crate::ports::store::MediaDeleted::Deleted);
}

/// The platform still shows it: its id is not free for another publication.
pub async fn what_is_live_stays_bound(w: World) {
    let live = w.at(State::Published).await;
    let other = w.at(State::Failed).await;
    let id = live.progress.remote_id.clone().unwrap_or_default();
    assert!(w.change(w.deletion(&live).await).await);
    let key = w.account.remote_key();
    let among = [id.clone()];
    let bound = w.store.bound_remote_ids(&key, other.id, &among).await;
    assert_eq!(ok(bound), HashSet::from([id]));
}

/// What is gone cannot be changed or deleted again.
pub async fn a_deleted_post_is_not_changed(w: World) {
    let row = w.at(State::Failed).await;
    let deletion = w.deletion(&row).await;
    let mut retry = w.to(&w.view_of(&row).await, row.id, State::Scheduled);
    assert!(w.change(deletion.clone()).await);
    assert!(!w.change(deletion).await);
    for rev in [retry.post.rev, retry.post.rev + 1] {
        retry.post.rev = rev;
        assert!(!w.change(retry.clone()).await);
    }
    assert_eq!(w.claim(Lane::Stage).await.len(), 0);
}

/// Cancelling the posts and deleting their file is one step.
pub async fn a_file_goes_with_the_posts_that_held_it(w: World) {
    let rows = [w.scheduled(w.now()).await, w.scheduled(w.now()).await];
    let mut changes = Vec::new();
    for row in &rows {
        changes.push(w.to(&w.view_of(row).await, row.id, State::Cancelled));
    }
    let file = Some((w.workspace, w.media.id));
    assert!(ok(w.store.change(changes, file).await));
    let media = w.media_now(w.media.id).await;
    assert_eq!(media.status, MediaStatus::Deleted);
    assert_eq!(ok(w.store.bytes_to_delete(10).await), [w.media.id]);
    for row in rows {
        assert_eq!(w.read(row.id).await.state(), State::Cancelled);
    }
}

/// One post that still holds the file: neither the others nor the file change.
pub async fn a_file_that_is_still_held_takes_everything_back(w: World) {
    let (one, two) = (w.scheduled(w.now()).await, w.scheduled(w.now()).await);
    let views = [w.view_of(&one).await, w.view_of(&two).await];
    let moves = w.moves().await;
    let change = w.to(&views[0], one.id, State::Cancelled);
    let file = Some((w.workspace, w.media.id));
    assert!(!ok(w.store.change(vec![change], file).await));
    assert_eq!([w.view_of(&one).await, w.view_of(&two).await], views);
    assert_eq!(w.moves().await, moves);
    assert_eq!(w.media_now(w.media.id).await.status, MediaStatus::Ready);
}

/// Without changes it is a deletion like any other, also by its cover's side.
pub async fn a_file_alone_is_deleted_unless_held(w: World) {
    let cover = w.upload().await;
    let free = w.upload().await;
    let mut reel = Reel::new(w.media.id, "a");
    reel.cover_media_id = Some(cover.id);
    let new = w.draft_of(Content::InstagramReel(reel), &[&w.account]);
    w.put(new).await;
    for (file, gone) in [(w.media.id, false), (cover.id, false), (free.id, true)] {
        let place = Some((w.workspace, file));
        assert_eq!(ok(w.store.change(Vec::new(), place).await), gone);
        let status = w.media_now(file).await.status;
        assert_eq!(status == MediaStatus::Deleted, gone);
    }
}
