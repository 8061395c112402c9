//! Users and workspaces.

use super::world::{World, ok, secs};
use super::{Fresh, rows};
use crate::model::{NoticeKind, User, UserId, Workspace, WorkspaceId};
use crate::testing::suite::cases;

cases!(
    "people", world Fresh:
    a_user_and_their_workspace_are_read_back,
    a_user_is_made_whole_or_not_at_all,
    what_people_change_is_written,
    a_change_of_nobody_changes_nothing,
    a_new_policy_is_told_once_and_the_first_to_nobody,
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
}

/// Each version has its day; a change is told in every workspace.
pub async fn a_new_policy_is_told_once_and_the_first_to_nobody(w: World) {
    let told = async |w: &World| {
        let inbox = ok(w.store.notifications(w.workspace, 0, 99).await).into_iter();
        inbox
            .filter(|n| n.notice.kind == NoticeKind::PolicyChanged)
            .count()
    };
    let other = w.beside("2").await;
    let first = w.now();
    assert_eq!(ok(w.store.policy_since("one two").await), first);
    w.pass(secs(60));
    assert_eq!(ok(w.store.policy_since("one two").await), first);
    assert_eq!((told(&w).await, told(&other).await), (0, 0));
    let second = w.now();
    for _ in 0..2 {
        assert_eq!(ok(w.store.policy_since("three").await), second);
        assert_eq!((told(&w).await, told(&other).await), (1, 1));
        w.pass(secs(60));
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
    ok(w.store
        .update_me(user.clone(), Some(workspace.clone()))
        .await);
    assert_eq!(w.people().await, (user.clone(), workspace.clone()));
    user.name = "newer".to_owned();
    ok(w.store.update_me(user.clone(), None).await);
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
    assert!(w.store.update_me(nobody, Some(workspace)).await.is_err());
    assert!(w.store.update_me(user, Some(nowhere)).await.is_err());
    assert_eq!(w.people().await, before);
}
