//! The rows of files: listed, deleted, expired; and the bytes that must follow.

use chrono::TimeDelta;
use contentzavod_preflight::Finding;

use super::world::{World, ok, secs};
use super::{Fresh, TTL, rows};
use crate::model::{MediaId, MediaKind, MediaStatus};
use crate::ports::store::MediaDeleted;
use crate::publication::State;
use crate::testing::suite::cases;

cases!(
    "media", world Fresh:
    a_file_is_read_back_as_it_was_written,
    a_new_file_expires_like_an_unused_one,
    files_come_newest_first_in_pages,
    an_unused_file_is_deleted_and_its_row_stays,
    a_file_that_is_held_is_not_deleted,
    deleting_gives_the_bytes_to_the_sweeper,
    files_expire_at_their_hour,
    expiry_takes_no_more_than_asked_for,
    expiry_takes_the_files_of_drafts_and_no_others,
    the_next_expiry_is_the_earliest,
    bytes_are_listed_until_they_are_gone,
    bytes_of_a_living_file_are_never_gone,
);

impl World {
    async fn delete(&self, id: MediaId) -> MediaDeleted {
        ok(self.store.delete_media(self.workspace, id).await)
    }

    async fn expired(&self) -> usize {
        ok(self.store.expire_media(100).await)
    }

    async fn bytes(&self) -> Vec<MediaId> {
        let mut ids = ok(self.store.bytes_to_delete(100).await);
        ids.sort_unstable();
        ids
    }
}

/// Every field comes back, those that are absent too.
pub async fn a_file_is_read_back_as_it_was_written(w: World) {
    let finding = Finding::warning("video.bitrate", "Ниже \"обычного\".")
        .field("file")
        .actual("1")
        .limit("2")
        .fix("encode again")
        .doc("https://example.test/?a=1");
    let mut full = rows::media(w.workspace, w.now());
    full.findings = vec![finding];
    let mut bare = rows::media(w.workspace, w.now());
    (bare.kind, bare.filename, bare.duration_ms) = (MediaKind::Image, None, None);
    (bare.width, bare.height, bare.bytes) = (None, None, 0);
    for media in [full, bare] {
        let written = ok(w.store.insert_media(media.clone()).await);
        assert_eq!(w.media_now(media.id).await, written);
        let expires_at = written.expires_at;
        assert_eq!(
            written,
            crate::model::Media {
                expires_at,
                ..media
            }
        );
    }
}

/// Whatever the caller put there.
pub async fn a_new_file_expires_like_an_unused_one(w: World) {
    for given in [None, Some(w.now()), Some(w.now() + TimeDelta::days(9))] {
        let mut media = rows::media(w.workspace, w.now() - secs(5));
        media.expires_at = given;
        let written = ok(w.store.insert_media(media).await);
        let expected = Some(w.now() - secs(5) + TTL.unused);
        assert_eq!(written.expires_at, expected);
        assert_eq!(w.media_now(written.id).await.expires_at, expected);
    }
}

/// Pages meet, also where files were made in one moment; foreign files are not among them.
pub async fn files_come_newest_first_in_pages(w: World) {
    w.beside("2").await.upload().await;
    let mut expected = vec![w.media.clone()];
    for pause in [1, 0, 0, 2] {
        w.pass(secs(pause));
        expected.push(w.upload().await);
    }
    expected.sort_by_key(|m| (m.created_at, m.id));
    expected.reverse();
    let (mut listed, mut after) = (Vec::new(), None);
    for left in [5, 3, 1] {
        let page = ok(w.store.media_list(w.workspace, after, 2).await);
        assert_eq!(page.items.len(), left.min(2));
        assert_eq!(page.next.is_some(), left > 2);
        listed.extend(page.items);
        after = page.next;
    }
    assert_eq!(listed, expected);
}

/// The row tells what was there; it is no file to publish any more.
pub async fn an_unused_file_is_deleted_and_its_row_stays(w: World) {
    assert_eq!(w.delete(w.media.id).await, MediaDeleted::Deleted);
    let row = w.media_now(w.media.id).await;
    assert_eq!(row.status, MediaStatus::Deleted);
    assert_eq!(row.filename, None, "the name was a person's own words");
    assert_eq!(
        (row.sha256, row.bytes),
        (w.media.sha256.clone(), w.media.bytes)
    );
    let listed = ok(w.store.media_list(w.workspace, None, 10).await).items;
    assert_eq!(listed.len(), 1);
    let expiry = ok(w.store.next_media_expiry().await);
    assert_eq!(expiry, None, "it expires no more");
}

/// In every state that needs it, and as a draft; not when all is over.
pub async fn a_file_that_is_held_is_not_deleted(w: World) {
    for (n, state) in State::ALL.iter().enumerate() {
        let mine = World {
            media: w.upload().await,
            ..w.clone()
        };
        let account = mine.connect(&format!("remote {n}")).await;
        mine.stand(&account, "a", *state).await;
        let over = matches!(
            state,
            State::Failed | State::Missed | State::Published | State::Cancelled
        );
        let (answer, status) = if over {
            (MediaDeleted::Deleted, MediaStatus::Deleted)
        } else {
            (MediaDeleted::InUse, MediaStatus::Ready)
        };
        assert_eq!(mine.delete(mine.media.id).await, answer, "{state:?}");
        assert_eq!(mine.media_now(mine.media.id).await.status, status);
    }
}

/// From then on its bytes are to go; those of a file in use are not.
pub async fn deleting_gives_the_bytes_to_the_sweeper(w: World) {
    let held = w.upload().await;
    assert_eq!(w.bytes().await, []);
    assert_eq!(w.delete(w.media.id).await, MediaDeleted::Deleted);
    assert_eq!(w.bytes().await, [w.media.id]);
    let holder = World {
        media: held.clone(),
        ..w.clone()
    };
    holder.at(State::Scheduled).await;
    assert_eq!(w.delete(held.id).await, MediaDeleted::InUse);
    assert_eq!(w.bytes().await, [w.media.id]);
}

/// At the very moment, not before, once.
pub async fn files_expire_at_their_hour(w: World) {
    w.pass(TTL.unused - TimeDelta::milliseconds(1));
    assert_eq!(w.expired().await, 0);
    w.pass(TimeDelta::milliseconds(1));
    assert_eq!(w.expired().await, 1);
    assert_eq!(w.expired().await, 0);
    let row = w.media_now(w.media.id).await;
    assert_eq!(row.status, MediaStatus::Deleted);
    assert_eq!(w.bytes().await, [w.media.id]);
}

/// The rest is taken by the next calls.
pub async fn expiry_takes_no_more_than_asked_for(w: World) {
    for _ in 0..4 {
        w.upload().await;
    }
    w.pass(TTL.unused);
    let mut taken = Vec::new();
    for limit in [0, 2, 2, 2] {
        taken.push(ok(w.store.expire_media(limit).await));
    }
    assert_eq!(taken, [0, 2, 2, 1]);
}

/// A draft does not keep its file; a scheduled post does, for ever.
pub async fn expiry_takes_the_files_of_drafts_and_no_others(w: World) {
    w.at(State::Draft).await;
    let holder = World {
        media: w.upload().await,
        ..w.clone()
    };
    holder.at(State::NeedsReview).await;
    w.pass(TimeDelta::days(400));
    assert_eq!(w.expired().await, 1);
    let status = async |id| w.media_now(id).await.status;
    assert_eq!(status(w.media.id).await, MediaStatus::Deleted);
    assert_eq!(status(holder.media.id).await, MediaStatus::Ready);
}

/// Of files that have bytes and an hour.
pub async fn the_next_expiry_is_the_earliest(w: World) {
    let next = async || ok(w.store.next_media_expiry().await);
    let first = w.media.expires_at;
    assert!(first.is_some());
    assert_eq!(next().await, first);
    w.pass(secs(60));
    let second = w.upload().await;
    assert_eq!(next().await, first);
    w.at(State::Scheduled).await;
    assert_eq!(next().await, second.expires_at, "the first is needed");
    assert_eq!(w.delete(second.id).await, MediaDeleted::Deleted);
    assert_eq!(next().await, None);
}

/// Until the sweeper says so, also after many looks; in portions.
pub async fn bytes_are_listed_until_they_are_gone(w: World) {
    let mut ids = vec![w.media.id, w.upload().await.id, w.upload().await.id];
    ids.sort_unstable();
    w.pass(TTL.unused);
    assert_eq!(w.expired().await, 3);
    assert_eq!(ok(w.store.bytes_to_delete(2).await).len(), 2);
    for _ in 0..2 {
        assert_eq!(w.bytes().await, ids);
    }
    ok(w.store.bytes_deleted(&ids[..2]).await);
    assert_eq!(w.bytes().await, ids[2..]);
    ok(w.store.bytes_deleted(&[]).await);
    ok(w.store.bytes_deleted(&ids).await);
    assert_eq!(w.bytes().await, []);
}

/// A row that is not deleted has its bytes, whoever says otherwise.
pub async fn bytes_of_a_living_file_are_never_gone(w: World) {
    ok(w.store.bytes_deleted(&[w.media.id]).await);
    assert_eq!(w.media_now(w.media.id).await.status, MediaStatus::Ready);
    assert_eq!(w.delete(w.media.id).await, MediaDeleted::Deleted);
    assert_eq!(w.bytes().await, [w.media.id]);
}
