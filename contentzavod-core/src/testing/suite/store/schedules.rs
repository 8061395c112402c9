//! Scheduling: the whole post or nothing.

use chrono::{NaiveDate, TimeDelta};

use super::Fresh;
use super::rows::{enter, people};
use super::world::{World, ok, secs};
use crate::model::{AccountId, AccountStatus, Content, MediaId, Reel, Trial, WorkspaceId};
use crate::ports::store::{IdempotencyKey, MediaDeleted, NewPost, PostFilter, Scheduled};
use crate::publication::{Lane, State};
use crate::testing::suite::cases;

cases!(
    "schedules", world Fresh:
    a_post_is_read_back_as_it_was_written,
    every_option_of_the_content_comes_back,
    publications_keep_the_order_of_their_accounts,
    a_file_that_is_not_there_is_refused,
    a_cover_that_is_not_there_is_refused,
    a_deleted_file_is_refused,
    an_account_that_is_not_there_is_refused,
    a_disconnected_account_is_refused,
    an_account_that_waits_for_a_person_is_taken,
    a_refused_post_writes_nothing,
    what_is_scheduled_is_due_at_once,
    a_draft_is_no_work,
    scheduling_is_told_to_the_feed,
    scheduling_keeps_the_files,
);

impl World {
    async fn refused(&self, new: NewPost) -> Scheduled {
        let id = new.post.id;
        let key = IdempotencyKey {
            key: "k".to_owned(),
            fingerprint: [1; 32],
            response: b"answer".to_vec(),
        };
        let events = ok(self.store.last_event().await);
        let scheduled = ok(self.store.schedule(new, Some(key)).await);
        assert_eq!(ok(self.store.post(self.workspace, id).await), None);
        let filter = PostFilter {
            limit: 10,
            ..PostFilter::default()
        };
        assert_eq!(ok(self.store.posts(self.workspace, filter).await).items, []);
        assert_eq!(ok(self.store.last_event().await), events);
        let replay = self.store.replay(self.workspace, "k", [1; 32]).await;
        assert_eq!(ok(replay), None, "the key stays free");
        assert_eq!(self.claim(Lane::Stage).await.len(), 0);
        scheduled
    }
}

/// Post and publications come back field for field.
pub async fn a_post_is_read_back_as_it_was_written(w: World) {
    let mut new = w.due_at(w.now(), &[&w.account], "Привет 👋\r\n#тег 'quote\"");
    new.post.publish_at = Some(w.now() + TimeDelta::milliseconds(1));
    new.post.local_time = NaiveDate::from_ymd_opt(2026, 3, 29).and_then(|d| d.and_hms_opt(3, 0, 5));
    new.post.timezone = "America/Argentina/Buenos_Aires".to_owned();
    new.post.max_late_secs = 0;
    let view = w.put(new.clone()).await;
    assert_eq!(view.post, new.post);
    assert_eq!(view.publications, new.publications);
    let mut draft = w.draft(&[&w.account], "");
    (draft.post.publish_at, draft.post.local_time) = (None, None);
    let view = w.put(draft.clone()).await;
    assert_eq!(view.post, draft.post);
    assert_eq!(view.publications, draft.publications);
}

/// No option of a Reel is lost.
pub async fn every_option_of_the_content_comes_back(w: World) {
    let reel = Reel {
        share_to_feed: false,
        cover_media_id: Some(w.upload().await.id),
        thumb_offset_ms: Some(1500),
        collaborators: vec!["one".to_owned(), "two".to_owned()],
        user_tags: vec!["three".to_owned()],
        location_id: Some("123".to_owned()),
        audio_name: Some("Звук".to_owned()),
        trial: Some(Trial::Performance),
        ai_generated: true,
        ..Reel::new(w.media.id, "caption")
    };
    let content = Content::InstagramReel(reel);
    let view = w.put(w.draft_of(content.clone(), &[&w.account])).await;
    assert_eq!(view.post.content, content);
}

/// In the order given, whatever the ids are.
pub async fn publications_keep_the_order_of_their_accounts(w: World) {
    let mut accounts = vec![w.account.clone()];
    for remote in ["2", "3", "4"] {
        accounts.push(w.connect(remote).await);
    }
    // Neither the order they were made in nor that of their ids, which is left to chance.
    accounts.sort_unstable_by_key(|account| std::cmp::Reverse(account.id));
    accounts.swap(1, 2);
    let given: Vec<_> = accounts.iter().collect();
    let view = w.put(w.draft(&given, "a")).await;
    let read: Vec<_> = view.publications.iter().map(|p| p.account).collect();
    let expected: Vec<_> = accounts.iter().map(|a| a.id).collect();
    assert_eq!(read, expected);
}

/// Missing and foreign files are alike.
pub async fn a_file_that_is_not_there_is_refused(w: World) {
    let theirs = w.beside("2").await.media.id;
    for media in [MediaId::generate(w.now()), theirs] {
        let content = Content::InstagramReel(Reel::new(media, "a"));
        let refused = w.refused(w.draft_of(content, &[&w.account])).await;
        assert_eq!(refused, Scheduled::MediaGone(media));
    }
}

/// The cover is a file like the video.
pub async fn a_cover_that_is_not_there_is_refused(w: World) {
    let theirs = w.beside("2").await.media.id;
    for cover in [MediaId::generate(w.now()), theirs] {
        let mut reel = Reel::new(w.media.id, "a");
        reel.cover_media_id = Some(cover);
        let new = w.draft_of(Content::InstagramReel(reel), &[&w.account]);
        assert_eq!(w.refused(new).await, Scheduled::MediaGone(cover));
    }
}

/// A row whose bytes are gone is no file.
pub async fn a_deleted_file_is_refused(w: World) {
    let deleted = w.store.delete_media(w.workspace, w.media.id).await;
    assert_eq!(ok(deleted), MediaDeleted::Deleted);
    let refused = w.refused(w.draft(&[&w.account], "a")).await;
    assert_eq!(refused, Scheduled::MediaGone(w.media.id));
}

/// Missing and foreign accounts are alike, also beside good ones.
pub async fn an_account_that_is_not_there_is_refused(w: World) {
    let theirs = w.beside("2").await.account;
    let mut nobody = w.account.clone();
    nobody.id = AccountId::generate(w.now());
    for account in [&nobody, &theirs] {
        for accounts in [vec![account], vec![&w.account, account]] {
            let refused = w.refused(w.due_at(w.now(), &accounts, "a")).await;
            assert_eq!(refused, Scheduled::AccountGone(account.id));
        }
    }
}

/// Who disconnected an account does not publish there.
pub async fn a_disconnected_account_is_refused(w: World) {
    ok(w.store.disconnect(w.workspace, w.account.id).await);
    let refused = w.refused(w.due_at(w.now(), &[&w.account], "a")).await;
    assert_eq!(refused, Scheduled::AccountGone(w.account.id));
}

/// An account that must be connected again may be by then.
pub async fn an_account_that_waits_for_a_person_is_taken(w: World) {
    let version = w.account.token_version;
    for status in [AccountStatus::Reauthorize, AccountStatus::Restricted] {
        assert!(ok(w.store.set_status(w.account.id, version, status).await));
        w.put(w.draft(&[&w.account], "a")).await;
    }
}

/// A post of a workspace whose file and account are another's: refused, nothing is written.
pub async fn a_refused_post_writes_nothing(w: World) {
    let (_, workspace) = people(w.now());
    let mut new = w.due_at(w.now(), &[&w.account], "a");
    new.post.workspace = workspace.id;
    new.publications[0].workspace = workspace.id;
    let stranger = World {
        workspace: WorkspaceId(workspace.id.0),
        ..w.clone()
    };
    let refused = stranger.refused(new).await;
    assert_eq!(refused, Scheduled::MediaGone(w.media.id));
    let expiry = w.media_now(w.media.id).await.expires_at;
    assert_eq!(expiry, w.media.expires_at, "the file is as it was");
}

/// The rows stand in the engine's queue from then on.
pub async fn what_is_scheduled_is_due_at_once(w: World) {
    let other = w.connect("2").await;
    let new = w.due_at(w.now(), &[&w.account, &other], "a");
    w.put(new).await;
    assert_eq!(ok(w.store.next_due(Lane::Stage).await), Some(w.now()));
    assert_eq!(w.claim(Lane::Stage).await.len(), 2);
}

/// Nothing happens to a draft by itself.
pub async fn a_draft_is_no_work(w: World) {
    w.at(State::Draft).await;
    w.pass(TimeDelta::days(30));
    for lane in Lane::ALL {
        assert_eq!(ok(w.store.next_due(lane).await), None);
        assert_eq!(w.claim(lane).await.len(), 0);
    }
}

/// Each scheduled publication is a move from draft; a draft is none.
pub async fn scheduling_is_told_to_the_feed(w: World) {
    let other = w.connect("2").await;
    let mut new = w.due_at(w.now(), &[&w.account, &other], "a");
    enter(&mut new.publications[1].progress, State::Draft, w.now());
    let view = w.put(new).await;
    let first = view.publications[0].id;
    assert_eq!(w.moves().await, [(first, State::Draft, State::Scheduled)]);
}

/// From then on the files have no hour at which they go; a draft leaves the one they had.
pub async fn scheduling_keeps_the_files(w: World) {
    let cover = w.upload().await;
    let mut reel = Reel::new(w.media.id, "a");
    reel.cover_media_id = Some(cover.id);
    w.pass(secs(60));
    let mut new = w.draft_of(Content::InstagramReel(reel), &[&w.account]);
    w.put(new.clone()).await;
    for file in [&w.media, &cover] {
        assert_eq!(w.media_now(file.id).await.expires_at, file.expires_at);
    }
    new.post.id = crate::model::PostId::generate(w.now());
    let mut row = crate::model::Publication::draft(&new.post, &w.account, w.now());
    enter(&mut row.progress, State::Scheduled, w.now());
    new.publications = vec![row];
    w.put(new).await;
    for file in [&w.media, &cover] {
        assert_eq!(w.media_now(file.id).await.expires_at, None);
    }
}
