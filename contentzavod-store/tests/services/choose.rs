//! Choosing between several accounts of one token.

use chrono::TimeDelta;
use contentzavod_core::model::{Role, Secret};
use contentzavod_core::service::{Bound, ConnectBack, ConnectEnd, ServiceError, SignInError};
use secrecy::ExposeSecret;

use crate::connect::{World, back, of, refused};
use crate::rules;

/// A choice between two accounts, and the browser it belongs to.
async fn choice(w: &World, code: &str) -> (Secret, Secret) {
    let started = w.start().await;
    let ends = w.finish(back(&started, code)).await.unwrap();
    let ConnectEnd::Choose { state, found, .. } = ends else {
        panic!("{ends:?}")
    };
    let names: Vec<_> = found.iter().map(|c| &*c.username).collect();
    assert_eq!(names, ["anna", "bert"]);
    assert_eq!(found[0].place.as_deref(), Some("Place of anna"));
    (state, started.browser.unwrap())
}

#[tokio::test]
async fn of_several_accounts_a_person_chooses() {
    let w = World::new().await;
    let (state, browser) = choice(&w, "anna+bare.x+bert").await;
    let choose = async |id: &str, browser: &Secret| {
        let browser = Some(browser);
        w.app.choose_account(&state, id, browser, None).await
    };
    assert!(
        w.names().await.is_empty(),
        "nothing before they have chosen"
    );
    // What is none of them can be tried again, as can a platform that is down.
    for wrong in ["id-nobody", "id-bare.x", ""] {
        let told = rules(choose(wrong, &browser).await.unwrap_err());
        let field = Some("remote_user_id".to_owned());
        assert_eq!(told, [("remote_user_id.unknown".to_owned(), field)]);
    }
    w.connector.set_down(true);
    let down = choose("id-bert", &browser).await;
    assert!(matches!(down, Err(ServiceError::Platform(_))));
    w.connector.set_down(false);
    let ends = choose("id-bert", &browser).await.unwrap();
    let ConnectEnd::Connected {
        account, return_to, ..
    } = ends
    else {
        panic!("{ends:?}")
    };
    assert_eq!(account.username, "bert");
    assert_eq!(return_to.as_deref(), Some("/accounts"));
    assert_eq!(account.scopes, ["basic"]);
    assert!(account.token_expires_at.is_some() && account.token.is_some());
    let again = choose("id-anna", &browser).await;
    assert_eq!(refused(again), SignInError::Unknown);
    assert_eq!(w.names().await, ["bert"]);
}

#[tokio::test]
async fn a_choice_is_of_who_came_back_and_ends() {
    let w = World::new().await;
    let choose = async |state: &Secret, browser: Option<&Secret>| {
        w.app.choose_account(state, "id-anna", browser, None).await
    };
    let other = Secret::from("y".repeat(43));
    for (code, wrong) in [("anna+bert", None), ("bert+anna", Some(&other))] {
        let started = w.start().await;
        let ends = w.finish(back(&started, code)).await.unwrap();
        let ConnectEnd::Choose { state, .. } = ends else {
            panic!("{ends:?}")
        };
        let outcome = choose(&state, wrong).await;
        assert_eq!(refused(outcome), SignInError::OtherBrowser);
        let outcome = choose(&state, started.browser.as_ref()).await;
        assert_eq!(refused(outcome), SignInError::Unknown, "it is used up");
    }
    let (state, browser) = choice(&w, "anna+bare.1+bert").await;
    w.rig.clock.advance(TimeDelta::minutes(10));
    let late = choose(&state, Some(&browser)).await;
    assert_eq!(refused(late), SignInError::Unknown);
    // The state of a way is none of a choice, nor the other way round.
    let started = w.start().await;
    let state = Secret::from(crate::connect::state(&started));
    let way = choose(&state, started.browser.as_ref()).await;
    assert_eq!(refused(way), SignInError::Unknown);
    let (choice, browser) = choice(&w, "anna+bare.2+bert").await;
    let back = ConnectBack {
        state: choice.expose_secret().to_owned(),
        code: Some("anna".into()),
        browser: Some(browser),
        ..ConnectBack::default()
    };
    assert_eq!(refused(w.finish(back).await), SignInError::Unknown);
    assert!(w.names().await.is_empty());
}

/// By a session as well, and two who choose at once connect one.
#[tokio::test]
async fn a_choice_is_made_once_also_in_a_session() {
    let w = World::new().await;
    let session = w.member("carol", Role::Owner).await;
    let bound = Bound::Session(session.id);
    let started = w.begin(of(&session), None, bound);
    let came = ConnectBack {
        session: Some(session.id),
        ..back(&started.await.unwrap(), "anna+bert")
    };
    let ends = w.finish(came).await.unwrap();
    let ConnectEnd::Choose { state, .. } = ends else {
        panic!("{ends:?}")
    };
    let choose = |id| w.app.choose_account(&state, id, None, Some(session.id));
    let (one, two) = tokio::join!(choose("id-anna"), choose("id-bert"));
    let ends = [one, two];
    assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 1, "{ends:?}");
    assert_eq!(w.names().await.len(), 1);
}
