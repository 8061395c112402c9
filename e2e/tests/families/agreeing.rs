//! Connecting on the platform's own pages, the whole way over HTTP, and what it takes away again.

use std::sync::Arc;

use chrono::TimeDelta;
use contentzavod_core::model::{AccountStatus, Actor, Lang, NoticeKind, Secret};
use contentzavod_core::service::{
    Bound, ConnectBack, ConnectEnd, ConnectStarted, ServiceError, SignInError,
};
use contentzavod_core::testing::ManualClock;
use contentzavod_instagram::sandbox::{FACEBOOK_APP, INSTAGRAM_APP, Sandbox};
use contentzavod_instagram::{Family, signed_request};
use e2e::server::{Server, hosts};
use url::Url;

const PLATFORM: &str = "instagram";
const BACK: &str = "https://zavod.example/oauth/instagram/callback";

struct World {
    server: Server,
    sandbox: Sandbox,
    actor: Actor,
}

impl World {
    async fn new() -> Self {
        let clock = Arc::new(ManualClock::new());
        let sandbox = Sandbox::builder().clock(clock.clone()).redirect_uri(BACK);
        let sandbox = sandbox.start().await.unwrap();
        let url = sandbox.url();
        let mut settings = hosts(url.as_str());
        for (name, value) in [
            ("APP_ID", INSTAGRAM_APP.id),
            ("APP_SECRET", INSTAGRAM_APP.secret),
            ("META_APP_ID", FACEBOOK_APP.id),
            ("META_APP_SECRET", FACEBOOK_APP.secret),
        ] {
            let name = format!("CONTENTZAVOD_INSTAGRAM__{name}");
            settings.insert(name, value.to_owned());
        }
        let server = Server::start_with(url.as_str(), clock, settings);
        let server = server.await.unwrap();
        let actor = server.zavod.create_user("Anna").await.unwrap();
        Self {
            server,
            sandbox,
            actor,
        }
    }

    async fn start(&self, actor: Actor, family: Family) -> ConnectStarted {
        let (login, back) = (Some(family.as_str()), BACK.parse().unwrap());
        let zavod = &self.server.zavod;
        let way = zavod.start_connect(actor, PLATFORM, login, &back, Bound::Browser, None);
        way.await.unwrap()
    }

    /// What the browser brings back when its person says this on the page.
    async fn brings(&self, started: &ConnectStarted, says: &[(&str, &str)]) -> ConnectBack {
        let mut page = started.url.clone();
        page.query_pairs_mut().extend_pairs(says);
        let to = visit(page).await;
        let param = |name: &str| {
            let mut pairs = to.query_pairs();
            pairs.find(|(k, _)| k == name).map(|(_, v)| v.into_owned())
        };
        ConnectBack {
            state: param("state").unwrap(),
            code: param("code").map(Secret::from),
            error: param("error"),
            browser: started.browser.clone(),
            session: None,
        }
    }

    async fn finish(&self, back: ConnectBack) -> Result<ConnectEnd, ServiceError> {
        self.server.zavod.finish_connect(PLATFORM, back).await
    }

    /// The whole way of somebody.
    async fn through(
        &self,
        actor: Actor,
        family: Family,
        says: &[(&str, &str)],
    ) -> Result<ConnectEnd, ServiceError> {
        let started = self.start(actor, family).await;
        let back = self.brings(&started, says).await;
        self.finish(back).await
    }

    async fn connected(&self, actor: Actor, family: Family, name: &str) -> Connected {
        let says = [("sandbox_account", name)];
        match self.through(actor, family, &says).await.unwrap() {
            ConnectEnd::Connected {
                account, created, ..
            } => (*account, created),
            other => panic!("{other:?}"),
        }
    }

    /// Meta tells us that somebody took our access away; how many accounts it was.
    async fn takes_away(&self, family: Family, name: &str) -> Result<usize, ServiceError> {
        use contentzavod_core::ports::Clock;
        use contentzavod_core::ports::store::Said;
        let field = self.sandbox.signed_request(family, name);
        let secrets = [INSTAGRAM_APP.secret, FACEBOOK_APP.secret].map(Secret::from);
        let now = self.server.clock.now();
        let said = signed_request::verify(&field, &secrets, now).unwrap();
        let message = Said {
            mark: said.mark,
            until: said.marked_until(),
            at: said.issued_at,
        };
        let zavod = &self.server.zavod;
        zavod
            .removed_by_platform(PLATFORM, &said.user_id, message)
            .await
    }
}

type Connected = (contentzavod_core::model::Account, bool);

/// Where the page sends a browser.
#[expect(
    clippy::disallowed_methods,
    reason = "a browser that stays where it is"
)]
async fn visit(page: Url) -> Url {
    let browser = reqwest::Client::builder();
    let browser = browser.redirect(reqwest::redirect::Policy::none()).build();
    let answer = browser.unwrap().get(page).send().await.unwrap();
    let to = answer.headers().get("location").expect("sent back");
    to.to_str().unwrap().parse().unwrap()
}

#[track_caller]
fn refused(outcome: Result<ConnectEnd, ServiceError>) -> SignInError {
    match outcome {
        Err(ServiceError::SignIn(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_account_is_connected_by_either_page_and_connected_again() {
    let w = World::new().await;
    for (family, name) in [
        (Family::Instagram, "by.instagram"),
        (Family::Facebook, "by.facebook"),
    ] {
        let (account, created) = w.connected(w.actor, family, name).await;
        assert!(created);
        assert_eq!(
            (&*account.login, &*account.username),
            (family.as_str(), name)
        );
        assert!(
            account
                .scopes
                .iter()
                .any(|s| s.ends_with("content_publish"))
        );
        assert!(account.quota.is_some(), "its token is good");
        // A Page's token has no end, and is not renewed; the other is in its time.
        let renews = family == Family::Instagram;
        assert_eq!(account.refresh_at.is_some(), renews);
        assert_eq!(account.token_expires_at.is_some(), renews);
        let (again, created) = w.connected(w.actor, family, name).await;
        assert_eq!((again.id, created), (account.id, false));
        assert!(again.token_version > account.token_version);
    }
}

#[tokio::test]
async fn a_state_and_a_code_are_good_once() {
    let w = World::new().await;
    let started = w.start(w.actor, Family::Instagram).await;
    let back = w.brings(&started, &[]).await;
    let (state, code) = (back.state.clone(), back.code.clone());
    w.finish(back).await.unwrap();
    let again = ConnectBack {
        state,
        code: code.clone(),
        browser: started.browser.clone(),
        ..ConnectBack::default()
    };
    assert_eq!(refused(w.finish(again).await), SignInError::Unknown);
    // A code that was stolen on its way is refused by the platform.
    let started = w.start(w.actor, Family::Instagram).await;
    let mut back = w.brings(&started, &[]).await;
    back.code = code;
    let error = w.finish(back).await.unwrap_err();
    let ServiceError::TokenRefused(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.fault().code, "instagram.oauth.code_used");
    // Whoever takes too long begins anew.
    let started = w.start(w.actor, Family::Facebook).await;
    let back = w.brings(&started, &[]).await;
    w.server.clock.advance(TimeDelta::minutes(10));
    assert_eq!(refused(w.finish(back).await), SignInError::Unknown);
}

#[tokio::test]
async fn turning_back_and_unticking_connect_nothing() {
    let w = World::new().await;
    for (family, scope) in [
        (Family::Instagram, "instagram_business_content_publish"),
        (Family::Facebook, "pages_show_list"),
    ] {
        let turned = w.through(w.actor, family, &[("sandbox_cancel", "1")]);
        let word = SignInError::Declined("access_denied".to_owned());
        assert_eq!(refused(turned.await), word);
        let says = [("sandbox_declined", scope)];
        let ends = w.through(w.actor, family, &says).await.unwrap();
        let ConnectEnd::Missing { permissions, .. } = ends else {
            panic!("{ends:?}")
        };
        assert_eq!(permissions, [scope]);
    }
    let accounts = w.server.zavod.accounts(w.actor).await.unwrap();
    assert_eq!(accounts, []);
}

/// Every file of the data directory.
fn data(folder: &std::path::Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            bytes.extend(std::fs::read(path).unwrap());
        }
    }
    bytes
}

#[tokio::test]
async fn of_several_pages_one_is_chosen_and_nothing_lies_open_meanwhile() {
    let w = World::new().await;
    let says = [("sandbox_account", "one+two+bare.three")];
    let started = w.start(w.actor, Family::Facebook).await;
    let back = w.brings(&started, &says).await;
    let ends = w.finish(back).await.unwrap();
    let ConnectEnd::Choose { state, found, .. } = ends else {
        panic!("{ends:?}")
    };
    let shown: Vec<_> = found
        .iter()
        .map(|choice| (&*choice.username, choice.place.as_deref()))
        .collect();
    assert_eq!(
        shown,
        [("one", Some("Page of one")), ("two", Some("Page of two"))]
    );
    let lies = data(w.server.folder());
    let open = |text: &[u8]| memchr::memmem::find(&lies, text).is_some();
    assert!(open(b"choose"), "the way is there");
    assert!(!open(b"EAA-sandbox"), "and its token is sealed");
    let (zavod, two) = (&w.server.zavod, &found[1].remote_user_id);
    let browser = started.browser.as_ref();
    let ends = zavod.choose_account(&state, two, browser, None).await;
    let ends = ends.unwrap();
    let ConnectEnd::Connected { account, .. } = ends else {
        panic!("{ends:?}")
    };
    assert_eq!(account.username, "two");
    assert!(account.quota.is_some(), "its token is good");
    let again = zavod.choose_account(&state, two, browser, None).await;
    assert_eq!(refused(again), SignInError::Unknown);
}

#[tokio::test]
async fn what_cannot_be_connected_is_listed_with_why_not_in_both_languages() {
    let w = World::new().await;
    for (family, accounts, expected) in [
        (
            Family::Instagram,
            "personal.anna",
            &[("personal.anna", "personal", "личный")][..],
        ),
        (
            Family::Facebook,
            "bare.one+viewer.two",
            &[
                ("Page of bare.one", "is linked", "не привязан"),
                ("Page of viewer.two", "role", "роль"),
            ],
        ),
    ] {
        let says = [("sandbox_account", accounts)];
        let ends = w.through(w.actor, family, &says).await.unwrap();
        let ConnectEnd::Nothing { seen, .. } = ends else {
            panic!("{ends:?}")
        };
        assert_eq!(seen.len(), expected.len());
        for (seen, (name, en, ru)) in seen.iter().zip(expected) {
            let reason = seen.reason.as_ref().unwrap();
            assert_eq!(seen.name, *name);
            let (english, russian) = (reason.says(Lang::En), reason.says(Lang::Ru));
            assert!(english.contains(en) && english.contains(name), "{english}");
            assert!(russian.to_lowercase().contains(ru), "{russian}");
        }
    }
}

/// In every workspace; Meta names the account by Instagram Login, and the person by Facebook Login.
#[tokio::test]
async fn what_is_taken_away_on_metas_pages_is_erased_and_told() {
    let w = World::new().await;
    let other = w.server.zavod.create_user("Bert").await.unwrap();
    for family in Family::ALL {
        let name = format!("taken.{}", family.as_str());
        let mine = w.connected(w.actor, family, &name).await.0;
        let theirs = w.connected(other, family, &name).await.0;
        let kept = w.connected(w.actor, family, "kept").await.0;
        assert_eq!(w.takes_away(family, "nobody").await.unwrap(), 0);
        assert_eq!(w.takes_away(family, &name).await.unwrap(), 2);
        let again = w.takes_away(family, &name).await;
        assert!(matches!(again, Err(ServiceError::Replayed)));
        for (actor, id) in [(w.actor, mine.id), (other, theirs.id)] {
            let zavod = &w.server.zavod;
            let account = zavod.account(actor, id).await.unwrap();
            assert_eq!(account.status, AccountStatus::Reauthorize);
            assert_eq!(account.token, None);
            let told = zavod.notifications(actor, 0, 100).await.unwrap();
            let told = told.iter().filter(|n| n.account == Some(id));
            let kinds: Vec<_> = told.map(|n| n.notice.kind).collect();
            assert_eq!(kinds, [NoticeKind::AccessRemoved]);
        }
        let kept = w.server.zavod.account(w.actor, kept.id).await.unwrap();
        assert_eq!(kept.status, AccountStatus::Active);
        // Connecting again is all it takes.
        let (account, created) = w.connected(w.actor, family, &name).await;
        assert_eq!((account.id, created), (mine.id, false));
        assert_eq!(account.status, AccountStatus::Active);
        w.server.clock.advance(TimeDelta::seconds(1));
    }
}
