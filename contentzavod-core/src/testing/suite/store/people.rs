//! Users, workspaces and API keys.

use chrono::TimeDelta;

use super::world::{World, ok, secs};
use super::{Fresh, rows};
use crate::model::{Actor, ApiKey, ApiKeyId, User, UserId, Workspace, WorkspaceId};
use crate::ports::store::KeyHash;
use crate::testing::suite::cases;

cases!(
    "people", world Fresh:
    a_user_and_their_workspace_are_read_back,
    a_user_is_made_whole_or_not_at_all,
    what_people_change_is_written,
    a_change_of_nobody_changes_nothing,
    a_key_opens_its_own_workspace,
    an_unknown_key_opens_nothing,
    a_deleted_key_opens_nothing_at_once,
    a_foreign_key_is_not_deleted,
    keys_come_oldest_first,
    the_last_use_is_known_to_the_minute,
);

impl World {
    async fn people(&self) -> (User, Workspace) {
        let user = ok(self.store.user(self.user).await);
        let workspace = ok(self.store.workspace(self.workspace).await);
        (
            user.expect("the user is there"),
            workspace.expect("the workspace is there"),
        )
    }

    async fn key(&self, name: &str, hash: u8) -> ApiKey {
        let key = ApiKey {
            id: ApiKeyId::generate(self.now()),
            user: self.user,
            workspace: self.workspace,
            name: name.to_owned(),
            prefix: "cz_live_0aB1".to_owned(),
            last_four: "T2OE".to_owned(),
            created_at: self.now(),
            last_used_at: None,
        };
        ok(self
            .store
            .insert_key(key.clone(), KeyHash([hash; 32]))
            .await);
        key
    }

    async fn opens(&self, hash: u8) -> Option<(ApiKeyId, Actor)> {
        ok(self.store.find_key(KeyHash([hash; 32])).await)
    }
}

/// Field for field; others are not there.
pub async fn a_user_and_their_workspace_are_read_back(w: World) {
    let (mut user, mut workspace) = rows::people(w.now());
    user.name = "Аня 🎬".to_owned();
    user.locale = "ru".to_owned();
    workspace.name = "O'Brien \"Studio\"".to_owned();
    ok(w.store.create_user(user.clone(), workspace.clone()).await);
    assert_eq!(ok(w.store.user(user.id).await), Some(user));
    assert_eq!(ok(w.store.workspace(workspace.id).await), Some(workspace));
    let nobody = UserId::generate(w.now());
    assert_eq!(ok(w.store.user(nobody).await), None);
    let nowhere = WorkspaceId::generate(w.now());
    assert_eq!(ok(w.store.workspace(nowhere).await), None);
}

/// A workspace that is taken leaves no user behind.
pub async fn a_user_is_made_whole_or_not_at_all(w: World) {
    let (user, mut workspace) = rows::people(w.now());
    workspace.id = w.workspace;
    let before = w.people().await;
    let made = w.store.create_user(user.clone(), workspace).await;
    assert!(made.is_err(), "the workspace was there before");
    assert_eq!(ok(w.store.user(user.id).await), None);
    assert_eq!(w.people().await, before);
}

/// Name and locale, name and zone.
pub async fn what_people_change_is_written(w: World) {
    let theirs = w.beside("2").await;
    let others = theirs.people().await;
    let (mut user, mut workspace) = w.people().await;
    (user.name, user.locale) = ("new".to_owned(), "ru".to_owned());
    workspace.name = "new too".to_owned();
    workspace.timezone = "Asia/Tokyo".to_owned();
    ok(w.store.update_me(user.clone(), workspace.clone()).await);
    assert_eq!(w.people().await, (user, workspace));
    assert_eq!(theirs.people().await, others);
}

/// All or nothing: one that is not there keeps the other from being written.
pub async fn a_change_of_nobody_changes_nothing(w: World) {
    let before = w.people().await;
    let (mut user, mut workspace) = before.clone();
    (user.name, workspace.name) = ("new".to_owned(), "new".to_owned());
    let nobody = User {
        id: UserId::generate(w.now()),
        ..user.clone()
    };
    let nowhere = Workspace {
        id: WorkspaceId::generate(w.now()),
        ..workspace.clone()
    };
    assert!(w.store.update_me(nobody, workspace).await.is_err());
    assert!(w.store.update_me(user, nowhere).await.is_err());
    assert_eq!(w.people().await, before);
}

/// Each key its own user and workspace, and no other.
pub async fn a_key_opens_its_own_workspace(w: World) {
    let theirs = w.beside("2").await;
    let (mine, other) = (w.key("a", 1).await, theirs.key("a", 2).await);
    for (world, key, hash) in [(&w, mine, 1), (&theirs, other, 2)] {
        let actor = Actor {
            user: world.user,
            workspace: world.workspace,
        };
        assert_eq!(world.opens(hash).await, Some((key.id, actor)));
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
