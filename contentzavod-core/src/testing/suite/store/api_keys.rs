//! API keys: what opens what, for whom, and until when.

use chrono::{DateTime, TimeDelta, Utc};

use super::Fresh;
use super::world::{World, ok, secs};
use crate::model::{Actor, ApiKey, ApiKeyId, Role, Scope, Scopes};
use crate::ports::store::{FoundKey, KeyHash, KeyRotated};
use crate::testing::suite::cases;

cases!(
    "api_keys", world Fresh:
    a_key_opens_its_own_workspace,
    an_unknown_key_opens_nothing,
    a_deleted_key_opens_nothing_at_once,
    a_foreign_key_is_not_deleted,
    keys_come_oldest_first,
    the_last_use_is_known_to_the_minute,
    a_key_that_has_ended_opens_nothing_and_is_shown_for_a_while,
    a_key_knows_what_it_may_be_used_for,
    a_key_has_the_present_role_of_its_person,
    a_workspace_has_so_many_living_keys_and_no_more,
    an_exchanged_key_ends_and_never_later_than_before,
    what_has_ended_or_is_foreign_is_not_exchanged,
);

/// Beyond what any case writes.
const MANY: usize = 100;

impl World {
    pub(super) fn a_key(&self, name: &str) -> ApiKey {
        ApiKey {
            id: ApiKeyId::generate(self.now()),
            user: self.user,
            workspace: self.workspace,
            name: name.to_owned(),
            prefix: "cz_live_0aB1".to_owned(),
            last_four: "T2OE".to_owned(),
            created_at: self.now(),
            last_used_at: None,
            scopes: Scopes::All,
            expires_at: None,
        }
    }

    pub(super) async fn written(&self, key: ApiKey, hash: u8) -> ApiKey {
        let hash = KeyHash([hash; 32]);
        assert!(ok(self.store.insert_key(key.clone(), hash, MANY).await));
        key
    }

    async fn key(&self, name: &str, hash: u8) -> ApiKey {
        self.written(self.a_key(name), hash).await
    }

    /// A key that ends.
    async fn ending(&self, hash: u8, at: DateTime<Utc>) -> ApiKey {
        let key = ApiKey {
            expires_at: Some(at),
            ..self.a_key("ends")
        };
        self.written(key, hash).await
    }

    async fn rotated(&self, old: ApiKeyId, until: DateTime<Utc>, hash: u8) -> KeyRotated {
        let key = self.a_key("new");
        let hash = KeyHash([hash; 32]);
        ok(self.store.rotate_key(old, until, key, hash, MANY).await)
    }

    async fn opens(&self, hash: u8) -> Option<FoundKey> {
        ok(self.store.find_key(KeyHash([hash; 32])).await)
    }
}

/// Each key its own user and workspace, and no other.
pub async fn a_key_opens_its_own_workspace(w: World) {
    let theirs = w.beside("2").await;
    let (mine, other) = (w.key("a", 1).await, theirs.key("a", 2).await);
    for (world, key, hash) in [(&w, mine, 1), (&theirs, other, 2)] {
        let found = FoundKey {
            id: key.id,
            actor: Actor {
                user: world.user,
                workspace: world.workspace,
            },
            role: Role::Owner,
            scopes: Scopes::All,
        };
        assert_eq!(world.opens(hash).await, Some(found));
        assert_eq!(ok(w.store.keys(world.workspace).await), [key]);
    }
}

/// Only the whole hash finds.
pub async fn an_unknown_key_opens_nothing(w: World) {
    w.key("a", 1).await;
    let mut close = [1; 32];
    close[31] = 2;
    assert_eq!(ok(w.store.find_key(KeyHash(close)).await), None);
    assert_eq!(w.opens(0).await, None);
}

/// From the moment the deletion returned.
pub async fn a_deleted_key_opens_nothing_at_once(w: World) {
    let (gone, stays) = (w.key("a", 1).await, w.key("b", 2).await);
    assert!(w.opens(1).await.is_some());
    assert!(ok(w.store.delete_key(w.workspace, gone.id).await));
    assert_eq!(w.opens(1).await, None);
    assert!(w.opens(2).await.is_some());
    assert_eq!(ok(w.store.keys(w.workspace).await), [stays]);
    let again = ok(w.store.delete_key(w.workspace, gone.id).await);
    assert!(!again, "there is none any more");
}

/// In another workspace there is no such key.
pub async fn a_foreign_key_is_not_deleted(w: World) {
    let theirs = w.beside("2").await;
    let key = theirs.key("a", 1).await;
    assert!(!ok(w.store.delete_key(w.workspace, key.id).await));
    assert!(w.opens(1).await.is_some());
    assert_eq!(ok(w.store.keys(w.workspace).await), []);
}

/// In the order of their making.
pub async fn keys_come_oldest_first(w: World) {
    let mut expected = Vec::new();
    for (name, hash) in [("c", 3), ("a", 1), ("b", 2)] {
        expected.push(w.key(name, hash).await);
        w.pass(secs(1));
    }
    assert_eq!(ok(w.store.keys(w.workspace).await), expected);
}

/// The minute of the last use; an older use does not turn it back.
pub async fn the_last_use_is_known_to_the_minute(w: World) {
    let (used, other) = (w.key("a", 1).await, w.key("b", 2).await);
    let last = async || {
        let keys = ok(w.store.keys(w.workspace).await);
        let of = |id: ApiKeyId| {
            keys.iter()
                .find(|k| k.id == id)
                .and_then(|k| k.last_used_at)
        };
        (of(used.id), of(other.id))
    };
    assert_eq!(last().await, (None, None));
    let first = w.now() + TimeDelta::minutes(5);
    for (at, expected) in [
        (first + secs(30), first),
        (first + secs(59), first),
        (first + secs(61), first + secs(60)),
        (first, first + secs(60)),
    ] {
        ok(w.store.key_used(used.id, at).await);
        let (shown, untouched) = last().await;
        let shown = shown.expect("it was used");
        let off = (shown - expected).num_seconds();
        assert!((0..60).contains(&off), "{shown} for {expected}");
        assert_eq!(untouched, None);
    }
}

/// From its end on, to the millisecond; thirty days later it is forgotten.
pub async fn a_key_that_has_ended_opens_nothing_and_is_shown_for_a_while(w: World) {
    let stays = w.key("stays", 1).await;
    w.pass(secs(1));
    let ends = w.ending(2, w.now() + secs(60)).await;
    w.pass(secs(60) - TimeDelta::milliseconds(1));
    assert!(w.opens(2).await.is_some());
    w.pass(TimeDelta::milliseconds(1));
    assert_eq!(w.opens(2).await, None);
    let never = DateTime::UNIX_EPOCH;
    w.pass(TimeDelta::days(30) - secs(1));
    ok(w.store.forget_ended(never).await);
    let keys = ok(w.store.keys(w.workspace).await);
    assert_eq!(keys, [stays.clone(), ends]);
    w.pass(secs(1));
    ok(w.store.forget_ended(never).await);
    assert_eq!(ok(w.store.keys(w.workspace).await), [stays]);
    assert!(w.opens(1).await.is_some());
}

/// As written, in the look-up and in the list.
pub async fn a_key_knows_what_it_may_be_used_for(w: World) {
    let scopes = Scopes::Only(vec![Scope::PostsRead, Scope::MediaWrite]);
    let key = ApiKey {
        scopes: scopes.clone(),
        ..w.a_key("some")
    };
    let key = w.written(key, 1).await;
    w.written(w.a_key("all"), 2).await;
    let found = async |hash| w.opens(hash).await.map(|found| found.scopes);
    assert_eq!(found(1).await, Some(scopes));
    assert_eq!(found(2).await, Some(Scopes::All));
    assert!(ok(w.store.keys(w.workspace).await).contains(&key));
}

/// Of now, not of when the key was made; none once they are no member.
pub async fn a_key_has_the_present_role_of_its_person(w: World) {
    let other = w.beside("2").await;
    w.key("mine", 1).await;
    assert_eq!(w.opens(1).await.map(|found| found.role), Some(Role::Owner));
    w.invited(Some(w.workspace), Role::Owner, 7).await;
    ok(w.store.join(other.user, [7; 32]).await);
    let changed = w.store.set_role(w.workspace, w.user, Role::Viewer).await;
    ok(changed);
    assert_eq!(w.opens(1).await.map(|found| found.role), Some(Role::Viewer));
    ok(w.store.remove_member(w.workspace, w.user).await);
    assert_eq!(w.opens(1).await, None);
}

/// Those that have ended take no room, nor do those of others.
pub async fn a_workspace_has_so_many_living_keys_and_no_more(w: World) {
    let other = w.beside("2").await;
    other.key("theirs", 9).await;
    let first = w.key("1", 1).await;
    w.ending(2, w.now() + secs(60)).await;
    let insert = async |hash: u8| {
        let key = w.a_key("3");
        ok(w.store.insert_key(key, KeyHash([hash; 32]), 2).await)
    };
    assert!(!insert(3).await);
    assert_eq!(w.opens(3).await, None);
    let hash = KeyHash([3; 32]);
    let until = w.now() + secs(5);
    let full = w.store.rotate_key(first.id, until, w.a_key("4"), hash, 2);
    assert_eq!(ok(full.await), KeyRotated::Full);
    assert_eq!(ok(w.store.keys(w.workspace).await).len(), 2);
    w.pass(secs(60));
    assert!(w.opens(1).await.is_some(), "it was not given an end");
    assert!(insert(3).await);
    assert!(w.opens(3).await.is_some());
}

/// The new one is there at once, and the old one goes on for the grace and no longer than it would.
pub async fn an_exchanged_key_ends_and_never_later_than_before(w: World) {
    let (endless, ends) = (w.key("a", 1).await, w.ending(2, w.now() + secs(30)).await);
    let until = w.now() + secs(60);
    assert_eq!(w.rotated(endless.id, until, 11).await, KeyRotated::Done);
    assert_eq!(w.rotated(ends.id, until, 12).await, KeyRotated::Done);
    for hash in [1, 2, 11, 12] {
        assert!(w.opens(hash).await.is_some(), "{hash}");
    }
    let keys = ok(w.store.keys(w.workspace).await);
    let end = |id| keys.iter().find(|k| k.id == id).and_then(|k| k.expires_at);
    assert_eq!(end(endless.id), Some(until));
    assert_eq!(end(ends.id), ends.expires_at);
    w.pass(secs(60));
    let mut open = Vec::new();
    for hash in [1, 2, 11, 12] {
        open.push(w.opens(hash).await.is_some());
    }
    assert_eq!(open, [false, false, true, true]);
}

/// Nothing is written then.
pub async fn what_has_ended_or_is_foreign_is_not_exchanged(w: World) {
    let theirs = w.beside("2").await.key("theirs", 1).await;
    let ended = w.ending(2, w.now() + secs(1)).await;
    w.pass(secs(1));
    let until = w.now() + secs(60);
    let nobody = ApiKeyId::generate(w.now());
    for id in [theirs.id, ended.id, nobody] {
        assert_eq!(w.rotated(id, until, 3).await, KeyRotated::Missing);
        assert_eq!(w.opens(3).await, None);
    }
    let found = w.opens(1).await.expect("it was not touched");
    assert_eq!(found.id, theirs.id);
    let keys = ok(w.store.keys(theirs.workspace).await);
    assert_eq!(keys[0].expires_at, None);
}
