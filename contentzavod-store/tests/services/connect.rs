//! Connecting accounts on the pages of a platform that grants what the code says.

use std::sync::Arc;

use chrono::TimeDelta;
use contentzavod_core::model::{
    Actor, Invitation, InvitationId, Notification, Role, Secret, Session, SessionId, User, UserId,
    Workspace, WorkspaceId,
};
use contentzavod_core::ports::store::{Admission, Arrival};
use contentzavod_core::ports::{Clock, LocalWake, NoLinks};
use contentzavod_core::publication::{Numbers, State};
use contentzavod_core::service::{
    Bound, ConnectBack, ConnectEnd, ConnectStarted, Contentzavod, Front, Intake, Parts,
    ServiceError, SignInError,
};
use contentzavod_core::testing::{FakeBlobs, FakeConnector, FakeVault, Rig};
use url::Url;

use crate::{rig, rules};

pub(crate) const PLATFORM: &str = "instagram";

pub(crate) struct World {
    pub(crate) app: Contentzavod,
    pub(crate) connector: Arc<FakeConnector>,
    pub(crate) rig: Rig,
    _folder: tempfile::TempDir,
}

pub(crate) fn callback() -> Url {
    let address = "https://zavod.example/oauth/instagram/callback";
    address.parse().unwrap()
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with_apps(&["instagram", "facebook"]).await
    }

    async fn with_apps(apps: &[&'static str]) -> Self {
        let (rig, folder) = rig().await;
        let ends = rig.clock.now() + TimeDelta::days(60);
        let connector = Arc::new(FakeConnector::new(apps).ending(ends));
        let app = Contentzavod::new(Parts {
            store: Arc::clone(&rig.store),
            vault: Arc::new(FakeVault),
            blobs: Arc::new(FakeBlobs::default()),
            clock: rig.clock.clone(),
            links: Arc::new(NoLinks),
            wake: Arc::new(LocalWake::new()),
            publishers: vec![rig.publisher.clone()],
            connectors: vec![connector.clone()],
            numbers: Numbers::default(),
            intake: Intake::default(),
            front: Front::default(),
        });
        Self {
            app,
            connector,
            rig,
            _folder: folder,
        }
    }

    /// A way out that begins, with the usual login or this one.
    pub(crate) async fn begin(
        &self,
        actor: Actor,
        login: Option<&str>,
        bound: Bound,
    ) -> Result<ConnectStarted, ServiceError> {
        let (redirect, return_to) = (callback(), Some("/accounts"));
        let app = &self.app;
        app.start_connect(actor, PLATFORM, login, &redirect, bound, return_to)
            .await
    }

    pub(crate) async fn start(&self) -> ConnectStarted {
        let way = self.begin(self.rig.actor, None, Bound::Browser);
        way.await.unwrap()
    }

    pub(crate) async fn finish(&self, back: ConnectBack) -> Result<ConnectEnd, ServiceError> {
        self.app.finish_connect(PLATFORM, back).await
    }

    /// The whole way in one browser.
    pub(crate) async fn through(&self, code: &str) -> Result<ConnectEnd, ServiceError> {
        let started = self.start().await;
        self.finish(back(&started, code)).await
    }

    /// A newcomer with a session, who follows an invitation of ours with a role.
    pub(crate) async fn member(&self, subject: &str, role: Role) -> Session {
        let now = self.rig.clock.now();
        let (user, workspace) = (UserId::generate(now), WorkspaceId::generate(now));
        let hash = [u8::try_from(subject.len()).unwrap(); 32];
        let invitation = Invitation {
            id: InvitationId::generate(now),
            workspace: Some(self.rig.actor.workspace),
            role,
            made_by: Some(self.rig.actor.user),
            created_at: now,
            ends_at: now + TimeDelta::days(1),
        };
        self.rig.store.invite(invitation, hash).await.unwrap();
        let arrival = Arrival {
            provider: "google".to_owned(),
            subject: subject.to_owned(),
            newcomer: User {
                id: user,
                name: subject.to_owned(),
                locale: "en".to_owned(),
                created_at: now,
            },
            open: false,
            workspace: Workspace {
                id: workspace,
                name: subject.to_owned(),
                timezone: "UTC".to_owned(),
                created_at: now,
            },
            invitation: Some(hash),
            session: Session {
                id: SessionId::generate(now),
                user,
                workspace,
                provider: "google".to_owned(),
                created_at: now,
                signed_in_at: now,
                seen_at: now,
                ends_at: now + TimeDelta::days(30),
            },
            token: hash,
            before: None,
        };
        match self.rig.store.admit(arrival).await.unwrap() {
            Admission::In { session, .. } => session,
            Admission::Uninvited => panic!("they are invited"),
        }
    }

    pub(crate) async fn told(&self) -> Vec<Notification> {
        let told = self.app.notifications(self.rig.actor, 0, 100);
        told.await.unwrap()
    }

    pub(crate) async fn names(&self) -> Vec<String> {
        let accounts = self.app.accounts(self.rig.actor).await.unwrap();
        accounts.into_iter().map(|a| a.username).collect()
    }
}

pub(crate) const fn of(session: &Session) -> Actor {
    Actor {
        user: session.user,
        workspace: session.workspace,
    }
}

pub(crate) fn state(started: &ConnectStarted) -> String {
    let mut pairs = started.url.query_pairs();
    pairs
        .find(|(key, _)| key == "state")
        .unwrap()
        .1
        .into_owned()
}

pub(crate) fn back(started: &ConnectStarted, code: &str) -> ConnectBack {
    ConnectBack {
        state: state(started),
        code: Some(code.into()),
        browser: started.browser.clone(),
        ..ConnectBack::default()
    }
}

#[track_caller]
pub(crate) fn refused<T: std::fmt::Debug>(outcome: Result<T, ServiceError>) -> SignInError {
    match outcome {
        Err(ServiceError::SignIn(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_account_is_connected_and_connected_again() {
    let w = World::new().await;
    let ConnectEnd::Connected {
        account,
        created,
        return_to,
    } = w.through("anna").await.unwrap()
    else {
        panic!("one account is connected")
    };
    assert!(created);
    assert_eq!(return_to.as_deref(), Some("/accounts"));
    assert_eq!((&*account.username, &*account.login), ("anna", "instagram"));
    assert_eq!(account.app_scoped_id.as_deref(), Some("app-anna"));
    // What the exchange said of the token is kept: it need not be guessed.
    assert_eq!(account.scopes, ["basic"]);
    let now = w.rig.clock.now();
    assert_eq!(account.token_expires_at, Some(now + TimeDelta::days(60)));
    assert_eq!(account.refresh_at, Some(now + TimeDelta::days(7)));
    // With a post that waits, as after a token died.
    let posted = w.rig.account("id-bert").await;
    let post = w.rig.schedule(posted, "Hello", TimeDelta::hours(1)).await;
    w.app.disconnect(w.rig.actor, posted).await.unwrap();
    w.rig.run_for(TimeDelta::minutes(40)).await;
    assert_eq!(w.rig.state(&post).await, State::WaitingAccount);
    let ConnectEnd::Connected {
        account, created, ..
    } = w.through("bert").await.unwrap()
    else {
        panic!("the known account is connected")
    };
    assert_eq!((account.id, created), (posted, false));
    w.rig.run_for(TimeDelta::minutes(30)).await;
    assert_eq!(w.rig.state(&post).await, State::Published);
}

#[tokio::test]
async fn a_way_that_is_not_ours_connects_nothing() {
    let w = World::new().await;
    // Used before.
    let started = w.start().await;
    w.finish(back(&started, "one")).await.unwrap();
    let again = w.finish(back(&started, "two")).await;
    assert_eq!(refused(again), SignInError::Unknown);
    // Never begun.
    let made_up = ConnectBack {
        state: "x".repeat(43),
        ..back(&started, "two")
    };
    assert_eq!(refused(w.finish(made_up).await), SignInError::Unknown);
    // In another browser, or in none; and then it is used up.
    for browser in [None, Some(Secret::from("y".repeat(43)))] {
        let started = w.start().await;
        let elsewhere = ConnectBack {
            browser,
            ..back(&started, "two")
        };
        assert_eq!(
            refused(w.finish(elsewhere).await),
            SignInError::OtherBrowser
        );
        let outcome = w.finish(back(&started, "two")).await;
        assert_eq!(refused(outcome), SignInError::Unknown);
    }
    // On another platform's path.
    let started = w.start().await;
    let outcome = w.app.finish_connect("another", back(&started, "two")).await;
    assert_eq!(refused(outcome), SignInError::OtherProvider);
    // Too late.
    let started = w.start().await;
    w.rig.clock.advance(TimeDelta::minutes(10));
    let outcome = w.finish(back(&started, "two")).await;
    assert_eq!(refused(outcome), SignInError::Unknown);
    // Without a code, and without a word why.
    let started = w.start().await;
    let empty = ConnectBack {
        code: None,
        ..back(&started, "")
    };
    assert_eq!(refused(w.finish(empty).await), SignInError::Unknown);
    // By a way in.
    let started = w.start().await;
    let sign_in = contentzavod_core::service::Back {
        state: state(&started),
        browser: started.browser.clone(),
        code: Some("two".into()),
        ..Default::default()
    };
    let outcome = w.app.finish_sign_in(PLATFORM, sign_in).await;
    assert_eq!(refused(outcome.map(|_| ())), SignInError::Unknown);
    assert_eq!(w.names().await, ["one"]);
}

#[tokio::test]
async fn a_session_brings_back_what_it_began() {
    let w = World::new().await;
    let session = w.member("carol", Role::Owner).await;
    let other = w.member("someone", Role::Owner).await;
    let start = async || {
        let bound = Bound::Session(session.id);
        w.begin(of(&session), None, bound).await.unwrap()
    };
    let with = |started: &ConnectStarted, session: Option<SessionId>, code: &str| ConnectBack {
        session,
        ..back(started, code)
    };
    let started = start().await;
    assert!(started.browser.is_none(), "its session is enough");
    let ends = w.finish(with(&started, Some(session.id), "anna")).await;
    assert!(matches!(ends, Ok(ConnectEnd::Connected { .. })), "{ends:?}");
    for another in [None, Some(other.id)] {
        let started = start().await;
        let ends = w.finish(with(&started, another, "bert")).await;
        assert_eq!(refused(ends), SignInError::OtherBrowser);
        let ends = w.finish(with(&started, Some(session.id), "bert")).await;
        assert_eq!(refused(ends), SignInError::Unknown, "it is used up");
    }
    // Nobody begins in somebody else's session.
    let bound = Bound::Session(other.id);
    let foreign = w.begin(of(&session), None, bound);
    assert_eq!(refused(foreign.await), SignInError::Unknown);
    // A session that ended meanwhile brings nothing back.
    let started = start().await;
    w.app.end_session(of(&session), session.id).await.unwrap();
    let ends = w.finish(with(&started, Some(session.id), "bert")).await;
    assert_eq!(refused(ends), SignInError::Unknown);
    assert_eq!(w.names().await, ["anna"]);
}

#[tokio::test]
async fn turning_back_unticking_and_trouble_are_told_apart() {
    let w = World::new().await;
    let started = w.start().await;
    let turned = ConnectBack {
        code: None,
        error: Some("access_denied<script>".to_owned()),
        ..back(&started, "")
    };
    assert!(!format!("{turned:?}").contains(&state(&started)));
    let word = SignInError::Declined("access_denied".to_owned());
    assert_eq!(refused(w.finish(turned).await), word);
    let ends = w.through("unticked").await.unwrap();
    let ConnectEnd::Missing { permissions, .. } = ends else {
        panic!("{ends:?}")
    };
    assert_eq!(permissions, ["publish"]);
    w.through("anna").await.unwrap();
    let used = w.through("anna").await;
    assert!(matches!(used, Err(ServiceError::TokenRefused(_))));
    let started = w.start().await;
    w.connector.set_down(true);
    let down = w.finish(back(&started, "bert")).await;
    assert!(matches!(down, Err(ServiceError::Platform(_))));
    assert_eq!(w.names().await, ["anna"]);
}

#[tokio::test]
async fn where_nothing_can_be_connected_everything_seen_is_listed() {
    let w = World::new().await;
    let ends = w.through("bare.one+bare.two").await.unwrap();
    let ConnectEnd::Nothing {
        seen, return_to, ..
    } = ends
    else {
        panic!("{ends:?}")
    };
    let shown: Vec<_> = seen
        .iter()
        .map(|s| (&*s.name, s.reason.as_ref().map(|r| &*r.code)))
        .collect();
    let bare = Some("fake.bare");
    assert_eq!(shown, [("bare.one", bare), ("bare.two", bare)]);
    assert_eq!(return_to.as_deref(), Some("/accounts"));
    // One of several is no choice.
    let ends = w.through("bare.one+anna").await.unwrap();
    assert!(matches!(ends, ConnectEnd::Connected { .. }), "{ends:?}");
    assert_eq!(w.names().await, ["anna"]);
}

#[tokio::test]
async fn a_member_who_was_removed_meanwhile_connects_nothing() {
    let w = World::new().await;
    let member = w.member("carol", Role::Owner).await;
    let start = async || w.begin(of(&member), None, Bound::Browser).await;
    let (first, second) = (start().await.unwrap(), start().await.unwrap());
    let ends = w.finish(back(&second, "anna+bert")).await.unwrap();
    let ConnectEnd::Choose { state, .. } = ends else {
        panic!("{ends:?}")
    };
    let ticket = w.app.connect_ticket(of(&member), PLATFORM, None, None);
    let ticket = ticket.await.unwrap();
    let workspace = w.rig.actor.workspace;
    let removed = w.rig.store.remove_member(workspace, member.user).await;
    removed.unwrap();
    let outcome = w.finish(back(&first, "anna")).await;
    assert_eq!(refused(outcome), SignInError::MayNotConnect);
    let browser = second.browser.as_ref();
    let outcome = w.app.choose_account(&state, "id-anna", browser, None).await;
    assert_eq!(refused(outcome), SignInError::MayNotConnect);
    let outcome = w.app.connect_offer(&ticket).await;
    assert_eq!(refused(outcome), SignInError::MayNotConnect);
    let outcome = w.app.start_connect_with(&ticket, &callback()).await;
    assert_eq!(refused(outcome), SignInError::MayNotConnect);
    assert_eq!(refused(start().await), SignInError::MayNotConnect);
    // Nor does somebody who only writes posts.
    let editor = w.member("an editor", Role::Editor).await;
    let outcome = w.app.connect_ticket(of(&editor), PLATFORM, None, None);
    assert_eq!(refused(outcome.await), SignInError::MayNotConnect);
    assert!(w.names().await.is_empty());
}

#[tokio::test]
async fn a_ticket_is_read_and_used_once_in_one_browser() {
    let w = World::new().await;
    let ticket = async |login| {
        let ticket = w
            .app
            .connect_ticket(w.rig.actor, PLATFORM, login, Some("/done"));
        ticket.await.unwrap()
    };
    let first = ticket(Some("facebook")).await;
    for _ in 0..2 {
        let offer = w.app.connect_offer(&first).await.unwrap();
        assert_eq!((&*offer.workspace, &*offer.asker), ("Rig", "Rig"));
        assert_eq!((&*offer.platform, &*offer.login), (PLATFORM, "facebook"));
    }
    let started = w.app.start_connect_with(&first, &callback()).await.unwrap();
    assert!(started.browser.is_some());
    let again = w.app.start_connect_with(&first, &callback()).await;
    assert_eq!(refused(again), SignInError::Unknown);
    assert_eq!(
        refused(w.app.connect_offer(&first).await),
        SignInError::Unknown
    );
    let ends = w.finish(back(&started, "anna")).await.unwrap();
    let ConnectEnd::Connected {
        account, return_to, ..
    } = ends
    else {
        panic!("{ends:?}")
    };
    assert_eq!(account.login, "facebook");
    assert_eq!(account.workspace, w.rig.actor.workspace);
    assert_eq!(return_to.as_deref(), Some("/done"));
    // Half an hour; a ticket is no state, and a state no ticket.
    let late = ticket(None).await;
    w.rig.clock.advance(TimeDelta::minutes(29));
    assert!(w.app.connect_offer(&late).await.is_ok());
    let started = w.start().await;
    let way = Secret::from(state(&started));
    let outcome = w.app.start_connect_with(&way, &callback()).await;
    assert_eq!(refused(outcome), SignInError::Unknown);
    let bert = w.finish(back(&started, "bert")).await;
    assert!(bert.is_ok(), "the way was not used up by it");
    w.rig.clock.advance(TimeDelta::minutes(1));
    for ticket in [late, "nonsense".into()] {
        let outcome = w.app.connect_offer(&ticket).await;
        assert_eq!(refused(outcome), SignInError::Unknown);
    }
}

#[tokio::test]
async fn without_an_app_the_settings_are_named() {
    let w = World::with_apps(&["facebook"]).await;
    assert_eq!(w.app.connect_logins(PLATFORM).unwrap(), ["facebook"]);
    let start = async |login| w.begin(w.rig.actor, login, Bound::Browser).await;
    // The usual one of those that have one.
    let started = start(None).await.unwrap();
    assert!(started.url.query().unwrap().contains("login=facebook"));
    let none = start(Some("instagram")).await.unwrap_err();
    let ServiceError::Invalid(findings) = &none else {
        panic!("{none:?}")
    };
    let fix = findings[0].fix.as_deref().unwrap();
    assert!(fix.contains("CONTENTZAVOD_INSTAGRAM__APP_SECRET") || fix.contains("__APP_SECRET"));
    let field = || Some("login".to_owned());
    assert_eq!(rules(none), [("login.no_app".to_owned(), field())]);
    let unknown = start(Some("myspace")).await.unwrap_err();
    assert_eq!(rules(unknown), [("login.unknown".to_owned(), field())]);
    let bare = World::with_apps(&[]).await;
    let none = bare
        .app
        .connect_ticket(bare.rig.actor, PLATFORM, None, None);
    let none = none.await.unwrap_err();
    assert_eq!(rules(none), [("login.no_app".to_owned(), field())]);
    let nowhere = bare.app.connect_logins("another").unwrap_err();
    assert_eq!(
        rules(nowhere),
        [("content.platform".to_owned(), Some("platform".to_owned()))]
    );
}
