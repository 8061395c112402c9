//! Signing in through a provider that says what the test wants.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta};
use contentzavod_core::model::{Actor, Lang, Purpose, Role, Secret, Tombstone};
use contentzavod_core::ports::{
    Asserted, Begun, Clock, IdentityError, IdentityProvider, LocalWake, NoLinks, Pending, Person,
    Returned,
};
use contentzavod_core::publication::Numbers;
use contentzavod_core::service::{
    Back, Contentzavod, Front, Intake, Parts, ServiceError, SignInError, SignedIn, Started,
};
use contentzavod_core::testing::{FakeBlobs, FakeVault, Rig};
use secrecy::ExposeSecret;
use url::Url;

use crate::rig;

/// A provider where the code is the subject.
#[derive(Debug)]
struct Fake(&'static str);

#[async_trait]
impl IdentityProvider for Fake {
    fn name(&self) -> &'static str {
        self.0
    }

    async fn start(&self, state: &str, redirect: &Url) -> Result<Begun, IdentityError> {
        let mut url = redirect.clone();
        url.query_pairs_mut().append_pair("state", state);
        let pending = Pending {
            nonce: Some(state.to_owned()),
            verifier: Some("a verifier".to_owned()),
        };
        Ok(Begun { url, pending })
    }

    async fn finish(
        &self,
        returned: &Returned,
        pending: &Pending,
        redirect: &Url,
    ) -> Result<Person, IdentityError> {
        // What was remembered comes back as it was, for this sign-in and its own address.
        assert_eq!(pending.verifier.as_deref(), Some("a verifier"));
        assert_eq!(redirect.path(), format!("/auth/{}/callback", self.0));
        match returned.code.expose_secret() {
            "wrong" => Err(IdentityError::Refused("invalid_grant".to_owned())),
            code => Ok(Person {
                subject: code.to_owned(),
                name: Some(format!("Name of {code}")),
                locale: Some("ru-RU".to_owned()),
            }),
        }
    }

    fn verify(&self, assertion: &str) -> Result<Asserted, IdentityError> {
        let subject = assertion.strip_prefix("signed ");
        let subject = subject.ok_or_else(|| IdentityError::Untrusted("not signed".to_owned()))?;
        let who = Person {
            subject: subject.to_owned(),
            name: None,
            locale: None,
        };
        let until = DateTime::UNIX_EPOCH + TimeDelta::days(365 * 100);
        Ok(Asserted {
            who,
            mark: subject.to_owned(),
            until,
        })
    }
}

struct World {
    app: Contentzavod,
    rig: Rig,
    _folder: tempfile::TempDir,
}

impl World {
    async fn new(open: bool) -> Self {
        let (rig, folder) = rig().await;
        let providers: Vec<Arc<dyn IdentityProvider>> =
            vec![Arc::new(Fake("telegram")), Arc::new(Fake("google"))];
        let app = Contentzavod::new(Parts {
            store: Arc::clone(&rig.store),
            vault: Arc::new(FakeVault),
            blobs: Arc::new(FakeBlobs::default()),
            clock: rig.clock.clone(),
            links: Arc::new(NoLinks),
            wake: Arc::new(LocalWake::new()),
            publishers: Vec::new(),
            connectors: Vec::new(),
            numbers: Numbers::default(),
            intake: Intake::default(),
            front: Front { providers, open },
        });
        Self {
            app,
            rig,
            _folder: folder,
        }
    }

    async fn start(&self, provider: &str, purpose: Purpose) -> Started {
        let back = format!("https://zavod.example/auth/{provider}/callback");
        let back = back.parse().unwrap();
        let started = self
            .app
            .start_sign_in(provider, purpose, &back, Some("/calendar"));
        started.await.unwrap()
    }

    async fn finish(&self, provider: &str, back: Back) -> Result<SignedIn, SignInError> {
        match self.app.finish_sign_in(provider, back).await {
            Ok(signed_in) => Ok(signed_in),
            Err(ServiceError::SignIn(error)) => Err(error),
            Err(other) => panic!("{other}"),
        }
    }

    /// The whole way of somebody.
    async fn comes(&self, provider: &str, subject: &str) -> Result<SignedIn, SignInError> {
        let started = self.start(provider, sign_in()).await;
        self.finish(provider, back(&started, subject)).await
    }
}

const fn sign_in() -> Purpose {
    Purpose::SignIn { invitation: None }
}

fn back(started: &Started, code: &str) -> Back {
    let state = started.url.query_pairs().find(|(key, _)| key == "state");
    Back {
        state: state.unwrap().1.into_owned(),
        code: Some(code.into()),
        browser: Some(started.browser.clone()),
        ..Back::default()
    }
}

#[tokio::test]
async fn somebody_comes_in_and_is_known_the_next_time() {
    let w = World::new(true).await;
    assert_eq!(
        w.app.providers(),
        ["telegram", "google"],
        "as they were given"
    );
    let first = w.comes("telegram", "77").await.unwrap();
    assert!(first.new);
    assert_eq!(first.return_to.as_deref(), Some("/calendar"));
    let (session, _) = w.app.session(&first.token).await.unwrap().unwrap();
    assert_eq!(session, first.session);
    let user = w.rig.store.user(session.user).await.unwrap().unwrap();
    assert_eq!((&*user.name, &*user.locale), ("Name of 77", "ru"));
    let again = w.comes("telegram", "77").await.unwrap();
    assert!(!again.new && again.session.user == first.session.user);
    assert_ne!(again.token.expose_secret(), first.token.expose_secret());
    // The same number elsewhere is somebody else.
    let other = w.comes("google", "77").await.unwrap();
    assert!(other.new && other.session.user != first.session.user);
}

#[tokio::test]
async fn a_sign_in_that_is_not_ours_signs_nobody_in() {
    let w = World::new(true).await;
    // Used before.
    let started = w.start("google", sign_in()).await;
    w.finish("google", back(&started, "1")).await.unwrap();
    let outcome = w.finish("google", back(&started, "1")).await;
    assert_eq!(outcome.unwrap_err(), SignInError::Unknown);
    // Never begun.
    let made_up = Back {
        state: "x".repeat(43),
        ..back(&started, "1")
    };
    assert_eq!(
        w.finish("google", made_up).await.unwrap_err(),
        SignInError::Unknown
    );
    // In another browser, or in none; and then it is used up.
    for browser in [None, Some(Secret::from("y".repeat(43)))] {
        let started = w.start("google", sign_in()).await;
        let elsewhere = Back {
            browser,
            ..back(&started, "1")
        };
        let outcome = w.finish("google", elsewhere).await;
        assert_eq!(outcome.unwrap_err(), SignInError::OtherBrowser);
        let outcome = w.finish("google", back(&started, "1")).await;
        assert_eq!(outcome.unwrap_err(), SignInError::Unknown);
    }
    // On another provider's path.
    let started = w.start("google", sign_in()).await;
    let outcome = w.finish("telegram", back(&started, "1")).await;
    assert_eq!(outcome.unwrap_err(), SignInError::OtherProvider);
    // Too late.
    let started = w.start("google", sign_in()).await;
    w.rig.clock.advance(TimeDelta::minutes(10));
    let outcome = w.finish("google", back(&started, "1")).await;
    assert_eq!(outcome.unwrap_err(), SignInError::Unknown);
}

#[tokio::test]
async fn turning_back_and_a_wrong_code_are_told_apart() {
    let w = World::new(true).await;
    let started = w.start("google", sign_in()).await;
    let turned = Back {
        code: None,
        error: Some("access_denied<script>".to_owned()),
        ..back(&started, "1")
    };
    let outcome = w.finish("google", turned).await;
    assert_eq!(
        outcome.unwrap_err(),
        SignInError::Declined("access_denied".to_owned())
    );
    let outcome = w.comes("google", "wrong").await.unwrap_err();
    assert!(matches!(
        outcome,
        SignInError::Provider(IdentityError::Refused(_))
    ));
    let back = "https://zavod.example/x".parse().unwrap();
    let nobody = w.app.start_sign_in("myspace", sign_in(), &back, None).await;
    let nobody = nobody.unwrap_err();
    assert!(matches!(
        nobody,
        ServiceError::SignIn(SignInError::UnknownProvider)
    ));
}

#[tokio::test]
async fn a_signed_statement_lets_somebody_in_once() {
    let w = World::new(true).await;
    let says = |provider: &'static str, text: &str| {
        let text = Secret::from(text);
        let app = w.app.clone();
        async move { app.sign_in_asserted(provider, &text, Lang::Ru, None).await }
    };
    let came = says("telegram", "signed 77").await.unwrap();
    assert!(came.new && came.return_to.is_none());
    let (session, _) = w.app.session(&came.token).await.unwrap().unwrap();
    let user = w.rig.store.user(session.user).await.unwrap().unwrap();
    assert_eq!(user.locale, "ru");
    let again = says("telegram", "signed 77").await;
    assert!(matches!(again, Err(ServiceError::Replayed)));
    // The person is the one whom the other way in knows, and elsewhere it is another statement.
    let known = w.comes("telegram", "77").await.unwrap();
    assert!(!known.new && known.session.user == came.session.user);
    let other = says("google", "signed 77").await.unwrap();
    assert!(other.new);
    let untrusted = says("telegram", "77").await.unwrap_err();
    let ServiceError::SignIn(SignInError::Provider(IdentityError::Untrusted(_))) = untrusted else {
        panic!("{untrusted}")
    };
    let closed = World::new(false).await.app;
    let statement = Secret::from("signed 78");
    let outside = closed.sign_in_asserted("telegram", &statement, Lang::En, None);
    let outside = outside.await.unwrap_err();
    assert!(matches!(
        outside,
        ServiceError::SignIn(SignInError::Uninvited)
    ));
}

#[tokio::test]
async fn where_it_is_closed_newcomers_stay_outside() {
    let w = World::new(false).await;
    assert_eq!(
        w.comes("google", "1").await.unwrap_err(),
        SignInError::Uninvited
    );
}

#[tokio::test]
async fn a_session_ends_when_nobody_uses_it_and_in_any_case() {
    let w = World::new(true).await;
    let idle = w.comes("google", "1").await.unwrap();
    let idler = Actor {
        user: idle.session.user,
        workspace: idle.session.workspace,
    };
    assert_eq!(w.app.sessions(idler).await.unwrap().len(), 1);
    let idle = idle.token;
    let used = w.comes("google", "2").await.unwrap().token;
    for _ in 0..6 {
        w.rig
            .clock
            .advance(TimeDelta::days(5) - TimeDelta::seconds(1));
        assert!(w.app.session(&used).await.unwrap().is_some());
    }
    assert!(w.app.session(&idle).await.unwrap().is_none());
    let listed = w.app.sessions(idler).await.unwrap();
    assert_eq!(listed, [], "what opens nothing is not listed");
    w.rig.clock.advance(TimeDelta::seconds(6));
    assert!(w.app.session(&used).await.unwrap().is_none());
    for nonsense in ["", "x", &"я".repeat(43), &"' OR 1=1 --".repeat(4)] {
        assert!(w.app.session(&nonsense.into()).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn proving_again_is_for_the_same_person_and_turns_the_token() {
    let w = World::new(true).await;
    let first = w.comes("google", "1").await.unwrap();
    w.comes("google", "2").await.unwrap();
    w.rig.clock.advance(TimeDelta::minutes(11));
    assert!(!w.app.is_fresh(&first.session));
    let again = || Purpose::Again {
        session: first.session.id,
    };
    let started = w.start("google", again()).await;
    let outcome = w.finish("google", back(&started, "2")).await;
    assert_eq!(outcome.unwrap_err(), SignInError::SomebodyElse);
    let started = w.start("google", again()).await;
    let proved = w.finish("google", back(&started, "1")).await.unwrap();
    assert!(w.app.is_fresh(&proved.session));
    assert!(w.app.session(&first.token).await.unwrap().is_none());
    assert!(w.app.session(&proved.token).await.unwrap().is_some());
}

#[tokio::test]
async fn another_identity_is_linked_unless_it_is_somebody_elses() {
    let w = World::new(true).await;
    let mine = w.comes("google", "1").await.unwrap();
    w.comes("telegram", "taken").await.unwrap();
    let link = || Purpose::Link {
        session: mine.session.id,
    };
    let started = w.start("telegram", link()).await;
    let outcome = w.finish("telegram", back(&started, "taken")).await;
    assert_eq!(outcome.unwrap_err(), SignInError::Taken);
    let started = w.start("telegram", link()).await;
    w.finish("telegram", back(&started, "mine")).await.unwrap();
    let by_other = w.comes("telegram", "mine").await.unwrap();
    assert_eq!(by_other.session.user, mine.session.user);
    // A session that has ended links nothing.
    let actor = Actor {
        user: mine.session.user,
        workspace: mine.session.workspace,
    };
    let started = w.start("telegram", link()).await;
    w.app.end_session(actor, mine.session.id).await.unwrap();
    let outcome = w.finish("telegram", back(&started, "more")).await;
    assert_eq!(outcome.unwrap_err(), SignInError::Unknown);
}

/// A link that the operator made opens nothing by itself.
#[tokio::test]
async fn the_last_way_in_that_works_stays() {
    let w = World::new(true).await;
    let came = w.comes("google", "1").await.unwrap();
    let link = w.app.return_link(came.session.user).await.unwrap();
    let newer = w.app.return_link(came.session.user).await.unwrap();
    let old = w.app.come_back(&link, None).await;
    assert!(old.is_err(), "only the newest link is good");
    let came = w.app.come_back(&newer, None).await.unwrap().session;
    let actor = Actor {
        user: came.user,
        workspace: came.workspace,
    };
    assert_eq!(w.app.identities(actor).await.unwrap().len(), 2);
    let refused = w.app.unlink(actor, "google", "1", Some(came.id)).await;
    let Err(ServiceError::Invalid(findings)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(findings[0].rule, "identity.last");
    let started = w.start("telegram", Purpose::Link { session: came.id });
    let started = started.await;
    w.finish("telegram", back(&started, "mine")).await.unwrap();
    w.app
        .unlink(actor, "google", "1", Some(came.id))
        .await
        .unwrap();
}

/// After a restored copy nobody may be left who owns a workspace: the operator gives it to somebody.
#[tokio::test]
async fn a_workspace_without_an_owner_gets_one_by_the_operators_link() {
    let w = World::new(true).await;
    let gone = w.comes("google", "1").await.unwrap().session;
    let tomb = Tombstone::of_user(gone.user, w.rig.clock.now());
    let buried = w.app.bury_again(vec![tomb]).await.unwrap();
    assert_eq!(buried.ownerless, [gone.workspace]);
    let link = w.app.invite_owner(gone.workspace).await.unwrap();
    let came = w.comes("google", "2").await.unwrap().session;
    let actor = Actor {
        user: came.user,
        workspace: came.workspace,
    };
    assert_eq!(w.app.join(actor, &link).await.unwrap(), gone.workspace);
    let role = w.rig.store.role(came.user, gone.workspace).await.unwrap();
    assert_eq!(role, Some(Role::Owner));
    // One that has an owner is not given away.
    for owned in [gone.workspace, came.workspace] {
        let refused = w.app.invite_owner(owned).await;
        assert!(
            matches!(refused, Err(ServiceError::NotFound(_))),
            "{refused:?}"
        );
    }
}
