//! Idempotency keys: one post per key, the first answer for every replay.

use chrono::TimeDelta;
use futures::future::join_all;

use super::Fresh;
use super::world::{World, ok};
use crate::model::{MediaId, Reel};
use crate::ports::store::{IdempotencyKey, PostFilter, Scheduled};
use crate::testing::suite::cases;

cases!(
    "keys", world Fresh:
    the_same_request_gets_the_first_answer_byte_for_byte,
    another_request_under_the_key_is_a_mismatch,
    looking_up_a_key_writes_nothing,
    workspaces_have_their_own_keys,
    requests_at_once_make_one_post,
    a_refused_request_leaves_the_key_free,
    a_key_is_kept_for_a_day,
    a_forgotten_key_is_free,
    without_a_key_every_request_is_a_post,
);

const ANSWER: &[u8] = b"{\"id\": \xff\x00 \"\xd0\xb9\"}\n";

fn key(text: &str, fingerprint: u8) -> Option<IdempotencyKey> {
    Some(IdempotencyKey {
        key: text.to_owned(),
        fingerprint: [fingerprint; 32],
        response: ANSWER.to_vec(),
    })
}

impl World {
    async fn request(&self, key: Option<IdempotencyKey>) -> Scheduled {
        let new = self.due_at(self.now(), &[&self.account], "a");
        ok(self.store.schedule(new, key).await)
    }

    async fn posts(&self) -> usize {
        let filter = PostFilter {
            limit: 100,
            ..PostFilter::default()
        };
        ok(self.store.posts(self.workspace, filter).await)
            .items
            .len()
    }

    async fn replayed(&self, text: &str, fingerprint: u8) -> Option<Scheduled> {
        let replay = self.store.replay(self.workspace, text, [fingerprint; 32]);
        ok(replay.await)
    }
}

/// A replay writes nothing and gets the bytes of the first answer, not its own.
pub async fn the_same_request_gets_the_first_answer_byte_for_byte(w: World) {
    assert_eq!(w.request(key("k", 1)).await, Scheduled::Created);
    let mut again = key("k", 1).expect("a key");
    again.response = b"another answer".to_vec();
    let replayed = Scheduled::Replayed(ANSWER.to_vec());
    assert_eq!(w.request(Some(again)).await, replayed);
    assert_eq!(w.replayed("k", 1).await, Some(replayed));
    assert_eq!(w.posts().await, 1);
}

/// The key was used for something else: nothing is written.
pub async fn another_request_under_the_key_is_a_mismatch(w: World) {
    assert_eq!(w.request(key("k", 1)).await, Scheduled::Created);
    assert_eq!(w.request(key("k", 2)).await, Scheduled::Mismatch);
    assert_eq!(w.replayed("k", 2).await, Some(Scheduled::Mismatch));
    assert_eq!(w.posts().await, 1);
    assert_eq!(w.moves().await.len(), 1, "one move in the feed");
    let replayed = Scheduled::Replayed(ANSWER.to_vec());
    assert_eq!(w.request(key("k", 1)).await, replayed, "the first stands");
}

/// Looking does not use a key up.
pub async fn looking_up_a_key_writes_nothing(w: World) {
    assert_eq!(w.replayed("k", 1).await, None);
    assert_eq!(w.request(key("k", 1)).await, Scheduled::Created);
    assert_eq!(w.replayed("K", 1).await, None, "another key");
}

/// The same key in two workspaces is two keys; a foreign one is like an unused one.
pub async fn workspaces_have_their_own_keys(w: World) {
    let theirs = w.beside("2").await;
    assert_eq!(theirs.request(key("k", 1)).await, Scheduled::Created);
    assert_eq!(w.replayed("k", 1).await, None);
    assert_eq!(w.request(key("k", 2)).await, Scheduled::Created);
    assert_eq!((w.posts().await, theirs.posts().await), (1, 1));
}

/// Of requests at once one is the first; the others are its replays.
pub async fn requests_at_once_make_one_post(w: World) {
    let requests = (0..16).map(|_| w.request(key("k", 1)));
    let answers = join_all(requests).await;
    let created = answers.iter().filter(|a| **a == Scheduled::Created);
    assert_eq!(created.count(), 1, "{answers:?}");
    let replayed = Scheduled::Replayed(ANSWER.to_vec());
    let replays = answers.iter().filter(|a| **a == replayed);
    assert_eq!(replays.count(), 15, "{answers:?}");
    assert_eq!(w.posts().await, 1);
}

/// A request that came to nothing may be corrected under the same key.
pub async fn a_refused_request_leaves_the_key_free(w: World) {
    let reel = Reel::new(MediaId::generate(w.now()), "a");
    let bad = w.draft_of(crate::model::Content::InstagramReel(reel), &[&w.account]);
    let refused = ok(w.store.schedule(bad, key("k", 1)).await);
    assert!(matches!(refused, Scheduled::MediaGone(_)), "{refused:?}");
    assert_eq!(w.request(key("k", 2)).await, Scheduled::Created);
}

/// A day long a key is known, and forgetting leaves it alone.
pub async fn a_key_is_kept_for_a_day(w: World) {
    assert_eq!(w.request(key("k", 1)).await, Scheduled::Created);
    w.pass(TimeDelta::hours(24) - TimeDelta::seconds(1));
    assert_eq!(ok(w.store.forget_keys().await), 0);
    let replayed = Scheduled::Replayed(ANSWER.to_vec());
    assert_eq!(w.request(key("k", 1)).await, replayed);
    assert_eq!(w.posts().await, 1);
}

/// After a day it is forgotten, counted once, and a new request may use it.
pub async fn a_forgotten_key_is_free(w: World) {
    assert_eq!(w.request(key("old", 1)).await, Scheduled::Created);
    w.pass(TimeDelta::hours(12));
    assert_eq!(w.request(key("young", 1)).await, Scheduled::Created);
    w.pass(TimeDelta::hours(12) + TimeDelta::seconds(1));
    assert_eq!(ok(w.store.forget_keys().await), 1);
    assert_eq!(ok(w.store.forget_keys().await), 0);
    assert_eq!(w.replayed("old", 1).await, None);
    assert_eq!(w.request(key("old", 2)).await, Scheduled::Created);
    assert_eq!(w.replayed("young", 2).await, Some(Scheduled::Mismatch));
}

/// No key, no memory.
pub async fn without_a_key_every_request_is_a_post(w: World) {
    for _ in 0..2 {
        assert_eq!(w.request(None).await, Scheduled::Created);
    }
    assert_eq!(w.posts().await, 2);
}
