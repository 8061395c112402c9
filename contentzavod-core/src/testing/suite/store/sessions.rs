//! How people come in: who is let in as whom, what opens a session, and what may be used once.

use chrono::{DateTime, TimeDelta, Utc};

use super::Fresh;
use super::rows;
use super::world::{World, ok, secs};
use crate::model::{
    Identity, Invitation, InvitationId, Login, Purpose, Role, Sealed, Session, SessionId, UserId,
    WorkspaceId,
};
use crate::ports::store::{Admission, Arrival, Hash, Linked, MemberChanged, Unlinked};
use crate::testing::suite::cases;

cases!(
    "sessions", world Fresh:
    a_newcomer_gets_a_workspace_of_their_own,
    whoever_is_known_is_always_the_same_person,
    where_newcomers_are_not_let_in_nothing_is_written,
    an_invitation_leads_into_its_workspace_once,
    an_invitation_that_ended_leads_nowhere,
    the_first_owners_link_is_one,
    a_new_session_ends_the_one_before,
    a_token_opens_only_while_its_session_lives,
    a_use_is_noted_every_few_minutes,
    who_proved_again_gets_another_token,
    a_foreign_session_is_not_ended,
    an_identity_is_one_persons,
    the_last_identity_stays,
    a_sign_in_under_way_is_taken_once,
    a_sign_in_under_way_is_looked_at_without_being_taken,
    a_mark_is_made_once,
    a_workspace_keeps_an_owner,
    whoever_leaves_is_out_at_once,
    one_works_only_where_one_is_a_member,
    what_has_ended_is_forgotten,
);

/// Long ago: nothing is idle.
fn never() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH
}

impl World {
    pub(super) fn arrival(&self, subject: &str, token: u8) -> Arrival {
        let (newcomer, workspace) = rows::people(self.now());
        Arrival {
            provider: "google".to_owned(),
            subject: subject.to_owned(),
            session: Session {
                id: SessionId::generate(self.now()),
                user: newcomer.id,
                workspace: workspace.id,
                provider: "google".to_owned(),
                created_at: self.now(),
                signed_in_at: self.now(),
                seen_at: self.now(),
                ends_at: self.now() + TimeDelta::days(30),
            },
            newcomer,
            workspace,
            open: true,
            invitation: None,
            token: [token; 32],
            before: None,
        }
    }

    pub(super) async fn admitted(&self, arrival: Arrival) -> (Session, bool) {
        match ok(self.store.admit(arrival).await) {
            Admission::In { session, new } => (session, new),
            Admission::Uninvited => panic!("they are let in"),
        }
    }

    pub(super) async fn comes(&self, subject: &str, token: u8) -> (Session, bool) {
        self.admitted(self.arrival(subject, token)).await
    }

    pub(super) async fn opens_session(&self, token: u8) -> Option<(Session, Role)> {
        ok(self.store.session([token; 32], never()).await)
    }

    pub(super) async fn invited(
        &self,
        workspace: Option<WorkspaceId>,
        role: Role,
        hash: u8,
    ) -> Invitation {
        let invitation = Invitation {
            id: InvitationId::generate(self.now()),
            workspace,
            role,
            made_by: workspace.map(|_| self.user),
            created_at: self.now(),
            ends_at: self.now() + TimeDelta::days(7),
        };
        ok(self.store.invite(invitation.clone(), [hash; 32]).await);
        invitation
    }

    async fn role_of(&self, user: UserId, workspace: WorkspaceId) -> Option<Role> {
        ok(self.store.role(user, workspace).await)
    }

    fn under_way(&self, state: u8) -> Login {
        Login {
            state: [state; 32],
            browser: [state + 100; 32],
            provider: "google".to_owned(),
            purpose: Purpose::SignIn {
                invitation: Some("ab".repeat(32)),
            },
            pending: Sealed("czv1.k1.n.c".to_owned()),
            redirect: "https://zavod.example/auth/google/callback".to_owned(),
            return_to: Some("/calendar".to_owned()),
            ends_at: self.now() + TimeDelta::minutes(10),
        }
    }

    fn identity(&self, user: UserId, subject: &str) -> Identity {
        Identity {
            provider: "yandex".to_owned(),
            subject: subject.to_owned(),
            user,
            created_at: self.now(),
        }
    }
}

/// Whose owner they are.
pub async fn a_newcomer_gets_a_workspace_of_their_own(w: World) {
    let arrival = w.arrival("1", 1);
    let (session, new) = w.admitted(arrival.clone()).await;
    assert!(new);
    assert_eq!(session.user, arrival.newcomer.id);
    assert_eq!(session.workspace, arrival.workspace.id);
    assert_eq!(
        w.opens_session(1).await,
        Some((session.clone(), Role::Owner))
    );
    assert_eq!(ok(w.store.user(session.user).await), Some(arrival.newcomer));
    let workspaces = ok(w.store.workspaces(session.user).await);
    assert_eq!(workspaces, [(arrival.workspace, Role::Owner)]);
    let known_by = ok(w.store.identities(session.user).await);
    let known_by: Vec<_> = known_by
        .iter()
        .map(|i| (&*i.provider, &*i.subject))
        .collect();
    assert_eq!(known_by, [("google", "1")]);
}

/// By provider and subject, and by nothing else; back where they worked last.
pub async fn whoever_is_known_is_always_the_same_person(w: World) {
    let (first, _) = w.comes("1", 1).await;
    w.pass(secs(60));
    let (again, new) = w.comes("1", 2).await;
    assert!(!new);
    assert_eq!((again.user, again.workspace), (first.user, first.workspace));
    let mut other = w.arrival("1", 3);
    other.provider = "yandex".to_owned();
    // The same number at another provider is somebody else, whatever their name.
    let (other, new) = w.admitted(other).await;
    assert!(new && other.user != first.user);
    let (another, new) = w.comes("2", 4).await;
    assert!(new && another.user != first.user);
}

/// Neither a person nor a session; whoever is known comes in all the same.
pub async fn where_newcomers_are_not_let_in_nothing_is_written(w: World) {
    let closed = |subject: &str, token| Arrival {
        open: false,
        ..w.arrival(subject, token)
    };
    let arrival = closed("1", 1);
    let user = arrival.newcomer.id;
    assert_eq!(ok(w.store.admit(arrival).await), Admission::Uninvited);
    assert_eq!(ok(w.store.user(user).await), None);
    assert_eq!(w.opens_session(1).await, None);
    w.comes("1", 2).await;
    let (_, new) = w.admitted(closed("1", 3)).await;
    assert!(!new);
}

/// With its role; whoever is there already keeps the higher one.
pub async fn an_invitation_leads_into_its_workspace_once(w: World) {
    let invitation = w.invited(Some(w.workspace), Role::Editor, 7).await;
    assert_eq!(
        ok(w.store.invitation([7; 32]).await),
        Some(invitation.clone())
    );
    assert_eq!(ok(w.store.invitations(w.workspace).await), [invitation]);
    let with = |subject: &str, token| Arrival {
        open: false,
        invitation: Some([7; 32]),
        ..w.arrival(subject, token)
    };
    let (session, new) = w.admitted(with("1", 1)).await;
    assert!(new);
    assert_eq!(session.workspace, w.workspace);
    assert_eq!(
        w.role_of(session.user, w.workspace).await,
        Some(Role::Editor)
    );
    assert_eq!(ok(w.store.invitation([7; 32]).await), None);
    assert_eq!(ok(w.store.admit(with("2", 2)).await), Admission::Uninvited);
    // Somebody who is signed in follows one, too.
    w.invited(Some(w.workspace), Role::Viewer, 8).await;
    let joined = ok(w.store.join(session.user, [8; 32]).await);
    assert_eq!(joined, Some(w.workspace));
    assert_eq!(
        w.role_of(session.user, w.workspace).await,
        Some(Role::Editor)
    );
    assert_eq!(ok(w.store.join(session.user, [8; 32]).await), None);
}

/// By its time, or because it was taken back; by nobody else.
pub async fn an_invitation_that_ended_leads_nowhere(w: World) {
    let theirs = w.beside("2").await;
    let one = w.invited(Some(w.workspace), Role::Viewer, 7).await;
    assert!(!ok(w.store.withdraw(theirs.workspace, one.id).await));
    assert!(ok(w.store.withdraw(w.workspace, one.id).await));
    assert_eq!(ok(w.store.invitation([7; 32]).await), None);
    w.invited(Some(w.workspace), Role::Viewer, 8).await;
    w.pass(TimeDelta::days(7));
    assert_eq!(ok(w.store.invitation([8; 32]).await), None);
    assert_eq!(ok(w.store.invitations(w.workspace).await), []);
    assert_eq!(ok(w.store.join(theirs.user, [8; 32]).await), None);
}

/// A later one takes its place; who follows it makes a workspace.
pub async fn the_first_owners_link_is_one(w: World) {
    w.invited(None, Role::Owner, 7).await;
    w.invited(None, Role::Owner, 8).await;
    assert_eq!(ok(w.store.invitation([7; 32]).await), None);
    let arrival = Arrival {
        open: false,
        invitation: Some([8; 32]),
        ..w.arrival("1", 1)
    };
    let made = arrival.workspace.id;
    let (session, _) = w.admitted(arrival).await;
    assert_eq!(session.workspace, made);
    assert_eq!(w.role_of(session.user, made).await, Some(Role::Owner));
    assert!(ok(w.store.has_users().await));
}

/// Of the same browser; those of others go on.
pub async fn a_new_session_ends_the_one_before(w: World) {
    w.comes("1", 1).await;
    w.comes("1", 2).await;
    let next = Arrival {
        before: Some([1; 32]),
        ..w.arrival("1", 3)
    };
    let (session, _) = w.admitted(next).await;
    assert_eq!(w.opens_session(1).await, None);
    assert!(w.opens_session(2).await.is_some());
    let all = ok(w.store.sessions(session.user).await);
    assert_eq!(all.len(), 2);
    assert!(all.contains(&session));
}

/// Not when it ended, not when it was idle, and not with another token.
pub async fn a_token_opens_only_while_its_session_lives(w: World) {
    w.comes("1", 1).await;
    let mut close = [1; 32];
    close[31] = 2;
    assert_eq!(ok(w.store.session(close, never()).await), None);
    let begun = w.now();
    let idle = |at: DateTime<Utc>| w.store.session([1; 32], at);
    assert!(ok(idle(begun - secs(1)).await).is_some());
    assert_eq!(ok(idle(begun).await), None);
    let (session, _) = w.opens_session(1).await.expect("it lives");
    let by_id = async || ok(w.store.session_by_id(session.id).await);
    assert_eq!(by_id().await, Some(session.clone()));
    w.pass(TimeDelta::days(30));
    assert_eq!(w.opens_session(1).await, None);
    assert_eq!(by_id().await, None);
}

/// And never turned back.
pub async fn a_use_is_noted_every_few_minutes(w: World) {
    let (session, _) = w.comes("1", 1).await;
    let seen = async || w.opens_session(1).await.map(|(s, _)| s.seen_at);
    let begun = w.now();
    ok(w.store.session_used(session.id, begun + secs(200)).await);
    assert_eq!(seen().await, Some(begun));
    let later = begun + secs(301);
    ok(w.store.session_used(session.id, later).await);
    assert_eq!(seen().await, Some(later));
    ok(w.store.session_used(session.id, begun).await);
    assert_eq!(seen().await, Some(later));
}

/// And the old one opens nothing more.
pub async fn who_proved_again_gets_another_token(w: World) {
    let (session, _) = w.comes("1", 1).await;
    w.pass(secs(600));
    assert!(ok(w
        .store
        .renew_session(session.id, [9; 32], w.now())
        .await));
    assert_eq!(w.opens_session(1).await, None);
    let (renewed, _) = w.opens_session(9).await.expect("the new one opens");
    assert_eq!(renewed.id, session.id);
    assert_eq!(renewed.signed_in_at, w.now());
    let nobodys = SessionId::generate(w.now());
    assert!(!ok(w.store.renew_session(nobodys, [8; 32], w.now()).await));
}

/// Only by whose it is.
pub async fn a_foreign_session_is_not_ended(w: World) {
    let (mine, _) = w.comes("1", 1).await;
    let (theirs, _) = w.comes("2", 2).await;
    assert!(!ok(w.store.end_session(mine.user, theirs.id).await));
    assert!(w.opens_session(2).await.is_some());
    assert!(ok(w.store.end_session(mine.user, mine.id).await));
    assert_eq!(w.opens_session(1).await, None);
    assert!(!ok(w.store.end_session(mine.user, mine.id).await));
}

/// Linked twice is linked once; another's is refused.
pub async fn an_identity_is_one_persons(w: World) {
    let (mine, _) = w.comes("1", 1).await;
    let (theirs, _) = w.comes("2", 2).await;
    let link = |user| w.store.link(w.identity(user, "77"));
    assert_eq!(ok(link(mine.user).await), Linked::Done);
    assert_eq!(ok(link(mine.user).await), Linked::Done);
    assert_eq!(ok(link(theirs.user).await), Linked::Taken);
    assert_eq!(ok(w.store.identities(mine.user).await).len(), 2);
    assert_eq!(ok(w.store.identities(theirs.user).await).len(), 1);
    // Whoever comes with it is who it was linked to.
    let arrival = Arrival {
        provider: "yandex".to_owned(),
        ..w.arrival("77", 3)
    };
    let (session, new) = w.admitted(arrival).await;
    assert_eq!((session.user, new), (mine.user, false));
}

/// Without it they could not come in; with less, other sessions end.
pub async fn the_last_identity_stays(w: World) {
    let (mine, _) = w.comes("1", 1).await;
    let (theirs, _) = w.comes("2", 9).await;
    let (other, _) = w.comes("1", 2).await;
    let unlink = |user, provider: &'static str, subject: &'static str| {
        let store = std::sync::Arc::clone(&w.store);
        async move { ok(store.unlink(user, provider, subject, mine.id).await) }
    };
    assert_eq!(unlink(mine.user, "google", "1").await, Unlinked::Last);
    ok(w.store.link(w.identity(mine.user, "77")).await);
    assert_eq!(unlink(mine.user, "google", "2").await, Unlinked::Missing);
    assert_eq!(unlink(theirs.user, "yandex", "77").await, Unlinked::Missing);
    assert_eq!(unlink(mine.user, "google", "1").await, Unlinked::Done);
    let left = ok(w.store.sessions(mine.user).await);
    assert!(
        left.iter().all(|s| s.id == mine.id) && left.len() == 1,
        "{other:?}"
    );
    assert!(w.opens_session(9).await.is_some());
}

/// As it was begun, and not when it has ended.
pub async fn a_sign_in_under_way_is_taken_once(w: World) {
    let login = |state: u8| w.under_way(state);
    ok(w.store.begin_login(login(1)).await);
    ok(w.store.begin_login(login(2)).await);
    let take = |state: u8| w.store.take_login([state; 32]);
    let (one, two) = tokio::join!(take(1), take(1));
    let taken: Vec<Login> = [ok(one), ok(two)].into_iter().flatten().collect();
    assert_eq!(taken, [login(1)]);
    assert_eq!(ok(take(3).await), None);
    w.pass(TimeDelta::minutes(10));
    assert_eq!(ok(take(2).await), None);
}

/// As often as somebody likes, while it lives.
pub async fn a_sign_in_under_way_is_looked_at_without_being_taken(w: World) {
    let (one, two) = (w.under_way(1), w.under_way(2));
    ok(w.store.begin_login(one.clone()).await);
    ok(w.store.begin_login(two).await);
    let peek = |state: u8| w.store.peek_login([state; 32]);
    for _ in 0..2 {
        assert_eq!(ok(peek(1).await), Some(one.clone()));
    }
    assert_eq!(ok(peek(3).await), None);
    assert_eq!(ok(w.store.take_login([1; 32]).await), Some(one));
    assert_eq!(ok(peek(1).await), None, "it was taken");
    w.pass(TimeDelta::minutes(10));
    assert_eq!(ok(peek(2).await), None, "it has ended");
}

/// By one of those who try at once.
pub async fn a_mark_is_made_once(w: World) {
    let until = w.now() + TimeDelta::minutes(5);
    let mark = |mark: Hash| w.store.mark(mark, until);
    let (one, two) = tokio::join!(mark([1; 32]), mark([1; 32]));
    assert_ne!(ok(one), ok(two));
    assert!(ok(mark([2; 32]).await));
    assert!(!ok(mark([2; 32]).await));
}

/// Whatever is asked for.
pub async fn a_workspace_keeps_an_owner(w: World) {
    let set = |user, role| w.store.set_role(w.workspace, user, role);
    assert_eq!(
        ok(set(w.user, Role::Viewer).await),
        MemberChanged::LastOwner
    );
    let leave = w.store.remove_member(w.workspace, w.user).await;
    assert_eq!(ok(leave), MemberChanged::LastOwner);
    w.pass(secs(1));
    let (other, _) = w.comes("1", 1).await;
    assert_eq!(
        ok(set(other.user, Role::Owner).await),
        MemberChanged::Missing
    );
    w.invited(Some(w.workspace), Role::Viewer, 7).await;
    ok(w.store.join(other.user, [7; 32]).await);
    assert_eq!(ok(set(other.user, Role::Owner).await), MemberChanged::Done);
    assert_eq!(ok(set(w.user, Role::Editor).await), MemberChanged::Done);
    let members = ok(w.store.members(w.workspace).await);
    let roles: Vec<_> = members.iter().map(|m| (m.user, m.role)).collect();
    assert_eq!(roles, [(w.user, Role::Editor), (other.user, Role::Owner)]);
}

/// Sessions and keys of that workspace, and of no other.
pub async fn whoever_leaves_is_out_at_once(w: World) {
    w.invited(Some(w.workspace), Role::Editor, 7).await;
    let with = Arrival {
        invitation: Some([7; 32]),
        ..w.arrival("1", 1)
    };
    let (session, _) = w.admitted(with).await;
    let (elsewhere, _) = w.comes("2", 2).await;
    let left = w.store.remove_member(w.workspace, session.user).await;
    assert_eq!(ok(left), MemberChanged::Done);
    assert_eq!(w.opens_session(1).await, None);
    assert_eq!(w.role_of(session.user, w.workspace).await, None);
    assert!(w.opens_session(2).await.is_some(), "{elsewhere:?}");
    // Who comes back gets a workspace of their own.
    let (again, new) = w.comes("1", 3).await;
    assert!(!new && again.workspace != w.workspace);
}

/// Wherever that is.
pub async fn one_works_only_where_one_is_a_member(w: World) {
    let (session, _) = w.comes("1", 1).await;
    assert!(!ok(w.store.enter(session.id, w.workspace).await));
    let (_, workspace) = rows::people(w.now());
    let second = workspace.id;
    ok(w.store.create_workspace(session.user, workspace).await);
    assert!(ok(w.store.enter(session.id, second).await));
    let (now, role) = w.opens_session(1).await.expect("it goes on");
    assert_eq!((now.workspace, role), (second, Role::Owner));
    assert_eq!(ok(w.store.workspaces(session.user).await).len(), 2);
}

/// And nothing else.
pub async fn what_has_ended_is_forgotten(w: World) {
    w.comes("1", 1).await;
    w.invited(Some(w.workspace), Role::Viewer, 7).await;
    let until = w.now() + TimeDelta::minutes(5);
    ok(w.store.mark([1; 32], until).await);
    assert_eq!(ok(w.store.forget_ended(never()).await), 0);
    w.pass(TimeDelta::minutes(5));
    assert_eq!(ok(w.store.forget_ended(never()).await), 1);
    assert!(ok(w.store.mark([1; 32], w.now() + secs(1)).await));
    assert_eq!(
        ok(w.store.forget_ended(w.now()).await),
        1,
        "the idle session"
    );
    assert_eq!(w.opens_session(1).await, None);
    w.pass(TimeDelta::days(8));
    assert_eq!(ok(w.store.forget_ended(never()).await), 2);
}
