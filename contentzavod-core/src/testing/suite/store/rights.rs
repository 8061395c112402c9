//! Deletion: what goes with a person, what stays with others, and what a platform asks to forget.

use chrono::{DateTime, Utc};

use super::Fresh;
use super::rows::{self, unique};
use super::world::{LEASE, World, ok, secs};
use crate::model::{
    Account, AccountStatus, DeletionKind, DeletionStanding, Erased, Live, NoticeKind, Role,
    Tombstone, UserId, Workspace,
};
use crate::ports::store::{
    Admission, Fence, Forget, KeyHash, PostFilter, Recorded, Said, UserDeleted,
};
use crate::publication::{Lane, State};
use crate::testing::suite::cases;

cases!(
    "rights", world Fresh:
    a_workspace_of_one_goes_with_everything_in_it,
    what_others_share_stays_with_them,
    the_last_owner_of_others_stays_unless_forced,
    the_highest_and_oldest_of_the_others_becomes_owner,
    nobody_is_deleted_twice,
    bytes_without_a_row_are_listed_until_they_are_gone,
    whoever_holds_a_row_that_went_is_fenced,
    nothing_is_written_into_what_went,
    a_token_that_others_hold_is_not_given_back,
    whoever_comes_again_is_new,
    tombstones_delete_again_what_a_backup_brings_back,
    tombstones_delete_no_more_than_they_name,
    tombstones_forget_again_what_a_backup_brings_back,
    a_forgotten_account_is_nobody,
    what_was_to_go_out_on_a_forgotten_account_is_cancelled,
    a_forgotten_account_that_nothing_refers_to_is_removed,
    a_request_is_answered_once_and_again_alike,
    a_deletion_is_found_by_its_code_alone,
);

impl World {
    async fn deleted(&self, force: bool, code: u8) -> UserDeleted {
        ok(self.store.delete_user(self.user, force, [code; 32]).await)
    }

    async fn erased(&self, force: bool) -> Erased {
        match self.deleted(force, 1).await {
            UserDeleted::Done(erased) => erased,
            other => panic!("they were not deleted: {other:?}"),
        }
    }

    /// Lets somebody else in.
    async fn joined(&self, user: UserId, role: Role) {
        let hash = [unique_byte(); 32];
        let invitation = self.invited(Some(self.workspace), role, hash[0]).await;
        assert_eq!(ok(self.store.join(user, hash).await), invitation.workspace);
    }

    async fn forgets(&self, ids: &[&str], code: u8, mark: Option<u8>) -> usize {
        let forget = Forget {
            platform: "instagram".to_owned(),
            remote_ids: ids.iter().map(|id| (*id).to_owned()).collect(),
            code: [code; 32],
            said: mark.map(|mark| Said {
                mark: [mark; 32],
                until: self.now() + secs(60),
                at: self.now(),
            }),
        };
        ok(self.store.forget_remote(forget).await)
    }

    async fn standing(&self, code: u8) -> Option<(DeletionKind, DeletionStanding)> {
        let found = ok(self.store.deletion([code; 32]).await);
        found.map(|deletion| (deletion.kind, deletion.state))
    }

    async fn posts_left(&self) -> usize {
        let filter = PostFilter {
            limit: 100,
            ..PostFilter::default()
        };
        ok(self.store.posts(self.workspace, filter).await)
            .items
            .len()
    }

    async fn this_workspace(&self) -> Workspace {
        let found = ok(self.store.workspace(self.workspace).await);
        found.expect("it is there")
    }
}

fn unique_byte() -> u8 {
    let text = unique("");
    let digits = text.trim_start_matches('-');
    let n: u64 = digits.parse().expect("a number");
    // Small ones are used by the cases themselves.
    u8::try_from(100 + n % 150).expect("it fits")
}

/// Rows of every kind, and nothing of others.
pub async fn a_workspace_of_one_goes_with_everything_in_it(w: World) {
    let other = w.beside("2").await;
    other.at(State::Published).await;
    let (live, armed) = (w.at(State::Published).await, w.at(State::Uncertain).await);
    w.at(State::Draft).await;
    w.at(State::Failed).await;
    let second = w.upload().await;
    let key = w.written(w.a_key("key"), 1).await;
    let erased = w.erased(false).await;
    assert_eq!(erased.workspaces, [w.workspace]);
    let mut files = erased.media.clone();
    files.sort_unstable();
    let mut expected = [w.media.id, second.id];
    expected.sort_unstable();
    assert_eq!(files, expected);
    assert_eq!(erased.accounts, std::slice::from_ref(&w.account));
    let name = w.account.username.clone();
    let stays = Live {
        platform: "instagram".to_owned(),
        username: name,
        posts: 1,
    };
    assert_eq!(erased.live, [stays]);
    assert_eq!(erased.on_their_way, [armed.id]);
    assert_eq!(ok(w.store.user(w.user).await), None);
    assert_eq!(ok(w.store.workspace(w.workspace).await), None);
    assert_eq!(ok(w.store.accounts(w.workspace).await), []);
    assert_eq!(ok(w.store.media(w.workspace, w.media.id).await), None);
    assert_eq!(ok(w.store.post_of(w.workspace, live.id).await), None);
    assert_eq!(w.posts_left().await, 0);
    assert_eq!(w.inbox().await, []);
    assert_eq!(w.moves().await, []);
    assert_eq!(ok(w.store.keys(w.workspace).await), []);
    assert_eq!(
        ok(w.store.find_key(KeyHash([1; 32])).await),
        None,
        "{key:?}"
    );
    assert_eq!(other.posts_left().await, 1);
    assert_eq!(ok(w.store.accounts(other.workspace).await).len(), 1);
    assert!(ok(w.store.user(other.user).await).is_some());
}

/// Posts and files stay; sessions, keys and invitations of whoever leaves do not.
pub async fn what_others_share_stays_with_them(w: World) {
    let other = w.beside("2").await;
    other.joined(w.user, Role::Owner).await;
    let post = other.at(State::Published).await;
    let mut key = other.a_key("theirs");
    key.user = w.user;
    other.written(key, 2).await;
    let mut made = other.invited(Some(other.workspace), Role::Viewer, 3).await;
    made.made_by = Some(w.user);
    ok(w.store.withdraw(other.workspace, made.id).await);
    ok(w.store.invite(made, [3; 32]).await);
    let stays = other.written(other.a_key("mine"), 4).await;
    let erased = w.erased(false).await;
    assert_eq!(erased.workspaces, [w.workspace]);
    assert_eq!(ok(w.store.find_key(KeyHash([2; 32])).await), None);
    assert_eq!(ok(w.store.invitation([3; 32]).await), None);
    assert_eq!(ok(w.store.keys(other.workspace).await), [stays]);
    let members = ok(w.store.members(other.workspace).await);
    assert_eq!(members.len(), 1, "{members:?}");
    assert_eq!(other.read(post.id).await.state(), State::Published);
    assert!(ok(w.store.account(other.workspace, other.account.id).await).is_some());
    assert!(other.media_now(other.media.id).await.expires_at.is_some());
}

/// Nothing is written then, and the workspaces are named.
pub async fn the_last_owner_of_others_stays_unless_forced(w: World) {
    let other = w.beside("2").await;
    w.joined(other.user, Role::Editor).await;
    let expected = UserDeleted::LastOwner(vec![w.this_workspace().await]);
    assert_eq!(w.deleted(false, 1).await, expected);
    assert!(ok(w.store.user(w.user).await).is_some());
    assert_eq!(ok(w.store.members(w.workspace).await).len(), 2);
    assert_eq!(w.standing(1).await, None);
    let erased = w.erased(true).await;
    assert_eq!(erased, Erased::default());
    let role = ok(w.store.role(other.user, w.workspace).await);
    assert_eq!(role, Some(Role::Owner));
    assert!(ok(w.store.account(w.workspace, w.account.id).await).is_some());
}

/// A younger editor goes before an older viewer, and an older editor before a younger.
pub async fn the_highest_and_oldest_of_the_others_becomes_owner(w: World) {
    let (first, second) = (w.beside("2").await, w.beside("3").await);
    let third = w.beside("4").await;
    w.joined(first.user, Role::Viewer).await;
    w.pass(secs(1));
    w.joined(second.user, Role::Editor).await;
    w.pass(secs(1));
    w.joined(third.user, Role::Editor).await;
    w.erased(true).await;
    let members = ok(w.store.members(w.workspace).await);
    let roles: Vec<_> = members.iter().map(|m| (m.user, m.role)).collect();
    let expected = [
        (first.user, Role::Viewer),
        (second.user, Role::Owner),
        (third.user, Role::Editor),
    ];
    assert_eq!(roles, expected);
}

/// Nor somebody who never was.
pub async fn nobody_is_deleted_twice(w: World) {
    w.erased(false).await;
    assert_eq!(w.deleted(true, 2).await, UserDeleted::Missing);
    assert_eq!(w.standing(2).await, None);
}

/// And with the last of them the deletion is done.
pub async fn bytes_without_a_row_are_listed_until_they_are_gone(w: World) {
    let (second, gone) = (w.upload().await, w.upload().await);
    ok(w.store.delete_media(w.workspace, gone.id).await);
    ok(w.store.bytes_deleted(&[gone.id]).await);
    let erased = w.erased(false).await;
    assert!(!erased.media.contains(&gone.id), "its bytes went before");
    let listed = async || {
        let mut ids = ok(w.store.bytes_to_delete(10).await);
        ids.sort_unstable();
        ids
    };
    let mut both = [w.media.id, second.id];
    both.sort_unstable();
    assert_eq!(listed().await, both);
    let underway = (DeletionKind::Person, DeletionStanding::Underway);
    assert_eq!(w.standing(1).await, Some(underway));
    ok(w.store.bytes_deleted(&[w.media.id]).await);
    assert_eq!(listed().await, [second.id]);
    assert_eq!(w.standing(1).await, Some(underway));
    w.pass(secs(5));
    ok(w.store.bytes_deleted(&[second.id]).await);
    assert_eq!(listed().await, []);
    let done = ok(w.store.deletion([1; 32]).await).expect("it is known");
    assert_eq!(done.state, DeletionStanding::Done);
    assert_eq!(done.done_at, Some(done.asked_at + secs(5)));
}

/// Outcomes and renewals of rows that are not there.
pub async fn whoever_holds_a_row_that_went_is_fenced(w: World) {
    w.scheduled(w.now()).await;
    let row = w.take(Lane::Stage).await;
    w.erased(false).await;
    let renewed = ok(w.store.renew(&[Fence::of(&row)], LEASE).await);
    assert_eq!(renewed, [false]);
    let recorded = w.record(w.outcome(&row, State::Ready)).await;
    assert_eq!(recorded, Recorded::Fenced);
    assert_eq!(w.claim(Lane::Stage).await.len(), 0);
    assert_eq!(ok(w.store.void_leases().await), 0);
    let bound = w.store.bound_remote_ids(&row.remote_key, row.id, &[]).await;
    assert!(ok(bound).is_empty());
    // What is known of the account comes too late as well.
    let id = w.account.id;
    let status = w.store.set_status(id, 1, AccountStatus::Reauthorize).await;
    assert!(!ok(status));
    let notice = crate::model::Notice::new(NoticeKind::ClockHeld);
    ok(w.store.notify_account(id, notice).await);
    assert_eq!(w.inbox().await, []);
}

/// Whoever was let in before comes too late: with a file, with an account.
pub async fn nothing_is_written_into_what_went(w: World) {
    w.erased(false).await;
    let file = rows::media(w.workspace, w.now());
    assert!(w.store.insert_media(file.clone()).await.is_err());
    assert_eq!(ok(w.store.media(w.workspace, file.id).await), None);
    let account = rows::account(w.workspace, "1", w.now());
    assert!(w.store.connect(account).await.is_err());
    assert_eq!(ok(w.store.accounts(w.workspace).await), []);
}

/// The platform takes the permission from its person, for all of us.
pub async fn a_token_that_others_hold_is_not_given_back(w: World) {
    let other = w.beside("1").await;
    let mine = w.connect("2").await;
    assert_eq!(w.erased(false).await.accounts, [mine]);
    let found = ok(w.store.account(other.workspace, other.account.id).await);
    assert!(found.and_then(|a| a.token).is_some());
}

/// With the same identity, too.
pub async fn whoever_comes_again_is_new(w: World) {
    let (session, _) = w.comes("1", 1).await;
    let deleted = w.store.delete_user(session.user, false, [1; 32]).await;
    assert!(matches!(ok(deleted), UserDeleted::Done(_)));
    assert_eq!(w.opens_session(1).await, None);
    match ok(w.store.admit(w.arrival("1", 2)).await) {
        Admission::In {
            session: again,
            new,
        } => {
            assert!(new);
            assert_ne!(again.user, session.user);
        }
        Admission::Uninvited => panic!("they were not let in"),
    }
}

/// As a restored backup brings it back: the same rows, and no tombstone.
pub async fn tombstones_delete_again_what_a_backup_brings_back(w: World) {
    let (session, _) = w.comes("1", 1).await;
    let user = ok(w.store.user(session.user).await).expect("they are there");
    let home = ok(w.store.workspace(session.workspace).await).expect("it is there");
    let deleted = w.store.delete_user(user.id, false, [1; 32]).await;
    assert!(matches!(ok(deleted), UserDeleted::Done(_)));
    let tombs = ok(w.store.tombstones().await);
    for tomb in [
        Tombstone::of_user(user.id, w.now()),
        Tombstone::of_workspace(home.id, w.now()),
        Tombstone::of_identity(user.id, "google", "1", w.now()),
    ] {
        assert!(tombs.contains(&tomb), "{tomb:?}");
    }
    assert_eq!(tombs.len(), 3);
    ok(w.store.create_user(user.clone(), home.clone()).await);
    let erased = ok(w.store.bury_again(tombs.clone()).await);
    assert_eq!(erased.workspaces, [home.id]);
    assert_eq!(ok(w.store.user(user.id).await), None);
    assert_eq!(ok(w.store.tombstones().await), tombs);
    assert!(ok(w.store.user(w.user).await).is_some(), "nobody else");
    assert_eq!(ok(w.store.bury_again(tombs).await), Erased::default());
}

/// Who was a member of what is as old as the backup: nobody is given anything by it, and nothing goes
/// that no tombstone names.
pub async fn tombstones_delete_no_more_than_they_name(w: World) {
    let (viewer, _) = w.comes("1", 1).await;
    w.joined(viewer.user, Role::Viewer).await;
    let tombs = vec![Tombstone::of_user(w.user, w.now())];
    let erased = ok(w.store.bury_again(tombs).await);
    assert_eq!(erased.workspaces, []);
    assert_eq!(erased.ownerless, [w.workspace]);
    assert_eq!(ok(w.store.user(w.user).await), None);
    let role = ok(w.store.role(viewer.user, w.workspace).await);
    assert_eq!(role, Some(Role::Viewer));
    assert_eq!(w.account_now(&w.account).await, w.account);
}

/// As a restored backup brings it back: the same row with its token. What was connected anew is not
/// what was forgotten.
pub async fn tombstones_forget_again_what_a_backup_brings_back(w: World) {
    assert_eq!(w.forgets(&["1"], 1, None).await, 1);
    let tombs = ok(w.store.tombstones().await);
    assert_eq!(tombs, [Tombstone::of_account(w.account.id, w.now())]);
    let anew = w.connect("1").await;
    assert_ne!(anew.id, w.account.id);
    ok(w.store.bury_again(tombs.clone()).await);
    assert_eq!(w.account_now(&anew).await, anew);
    assert_eq!(w.forgets(&["1"], 2, None).await, 1);
    ok(w.store.connect(w.account.clone()).await);
    assert_eq!(ok(w.store.accounts(w.workspace).await).len(), 1);
    ok(w.store.bury_again(tombs).await);
    assert_eq!(ok(w.store.accounts(w.workspace).await), []);
}

/// By either id, wherever it is connected, and no other account.
pub async fn a_forgotten_account_is_nobody(w: World) {
    let other = w.beside("1").await;
    let stays = w.connect("9").await;
    let live = w.at(State::Published).await;
    other.at(State::Published).await;
    let elsewhere = Forget {
        platform: "elsewhere".to_owned(),
        remote_ids: vec!["1".to_owned()],
        code: [7; 32],
        said: None,
    };
    assert_eq!(ok(w.store.forget_remote(elsewhere).await), 0);
    assert_eq!(w.forgets(&["app-1"], 1, None).await, 2);
    for world in [&w, &other] {
        let account = world.account_now(&world.account).await;
        nobody(&account, &world.account);
        let by_remote = world
            .store
            .account_by_remote(world.workspace, "instagram", "1");
        assert_eq!(ok(by_remote.await), None);
        assert_eq!(world.told().await, [NoticeKind::AccountForgotten]);
    }
    let row = w.read(live.id).await;
    assert_eq!(row.state(), State::Published);
    let p = &row.progress;
    assert_eq!(
        (&p.remote_id, &p.permalink, &p.container),
        (&None, &None, &None)
    );
    assert!(p.sends.is_empty() && p.check.is_none() && p.published_at.is_some());
    assert!(!row.remote_key.ends_with(":1"), "{}", row.remote_key);
    assert_eq!(w.account_now(&stays).await, stays);
    let done = (DeletionKind::Account, DeletionStanding::Done);
    assert_eq!(w.standing(1).await, Some(done));
    // Connected again it is another account.
    let again = w.connect("1").await;
    assert_ne!(again.id, w.account.id);
    assert_eq!(w.forgets(&["1"], 2, None).await, 1);
}

fn nobody(now: &Account, before: &Account) {
    assert_eq!(now.status, AccountStatus::Disconnected);
    assert_eq!((&now.token, &now.app_scoped_id), (&None, &None));
    assert_ne!(now.username, before.username);
    assert_ne!(now.remote_user_id, before.remote_user_id);
    assert!(now.scopes.is_empty() && now.quota.is_none());
    assert!(now.token_version > before.token_version);
    assert_eq!((now.refresh_at, now.token_expires_at), (None, None));
}

/// Also what is armed: nobody can find out any more what became of it. Drafts lose the account.
pub async fn what_was_to_go_out_on_a_forgotten_account_is_cancelled(w: World) {
    let second = w.connect("9").await;
    let draft = w.draft(&[&w.account, &second], &unique("caption"));
    let draft = w.put(draft).await;
    let mut rows = Vec::new();
    for state in [State::Failed, State::Uncertain, State::WaitingAccount] {
        rows.push(w.at(state).await);
    }
    w.scheduled(w.now()).await;
    let held = w.take(Lane::Stage).await;
    assert_eq!(w.forgets(&["1"], 1, None).await, 1);
    let recorded = w.record(w.outcome(&held, State::Ready)).await;
    assert_eq!(recorded, Recorded::Fenced);
    rows.push(held);
    for row in rows {
        let view = w.view_of(&row).await;
        let now = &view.publications[0];
        assert_eq!(now.state(), State::Cancelled, "{:?}", row.state());
        assert_eq!((now.progress.next_at, now.lease_until), (None, None));
        assert!(!now.progress.slot && now.progress.trouble.is_none());
    }
    let left = w.view(draft.post.id).await.publications;
    let accounts: Vec<_> = left.iter().map(|p| p.account).collect();
    assert_eq!(accounts, [second.id]);
    let cancelled = w.moves().await.into_iter();
    assert_eq!(cancelled.filter(|m| m.2 == State::Cancelled).count(), 4);
    let inbox = w.inbox().await;
    let notice = inbox.last().expect("they are told");
    assert_eq!(notice.notice.kind, NoticeKind::AccountForgotten);
    assert_eq!(notice.notice.params["posts"], "4");
    let later: DateTime<Utc> = w.now() + secs(100_000);
    w.pass(later - w.now());
    for lane in Lane::ALL {
        assert_eq!(w.claim(lane).await.len(), 0, "{lane:?}");
    }
}

/// Nothing is left of it but the notice.
pub async fn a_forgotten_account_that_nothing_refers_to_is_removed(w: World) {
    assert_eq!(w.forgets(&["x", "1"], 1, None).await, 1);
    assert_eq!(ok(w.store.accounts(w.workspace).await), []);
    let inbox = w.inbox().await;
    assert_eq!(inbox.len(), 1);
    assert_eq!(inbox[0].account, None);
}

/// A request that comes again finds what it found, and forgets nothing more.
pub async fn a_request_is_answered_once_and_again_alike(w: World) {
    assert_eq!(w.forgets(&["1"], 1, Some(9)).await, 1);
    let again = w.connect("1").await;
    assert_eq!(w.forgets(&["1"], 2, Some(9)).await, 1);
    assert_eq!(w.account_now(&again).await, again);
    let (first, second) = (w.standing(1).await, w.standing(2).await);
    assert!(first.is_some() && first == second);
    assert_eq!(w.forgets(&["1"], 3, Some(8)).await, 1, "another request");
}

/// Of unknown accounts there is one, too: there was nothing to delete.
pub async fn a_deletion_is_found_by_its_code_alone(w: World) {
    assert_eq!(w.forgets(&["nobody"], 1, None).await, 0);
    let nothing = (DeletionKind::Account, DeletionStanding::Nothing);
    assert_eq!(w.standing(1).await, Some(nothing));
    assert_eq!(w.standing(2).await, None);
    let asked = ok(w.store.deletion([1; 32]).await).expect("it is known");
    assert_eq!(asked.asked_at, w.now());
    assert!(w.account_now(&w.account).await.token.is_some());
}
