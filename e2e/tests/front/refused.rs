//! What must not sign anybody in.

use chrono::TimeDelta;
use contentzavod_identity::stand_in::{Part, Twist};
use e2e::front::Front;
use url::Url;

use crate::browser::{Answer, Browser};
use crate::world::{PARTS, World};

fn start(part: Part) -> String {
    format!("/auth/{}/start", part.as_str())
}

/// A page that says no: nobody is signed in by it, and nobody who was is signed out.
async fn nobody(browser: &mut Browser, answer: Answer, status: u16, words: &str) {
    let answer = answer.must(status);
    assert!(!answer.signs_in(), "{:?}", answer.cookies());
    assert!(answer.body.contains(words), "{words}: {}", answer.body);
    assert!(!answer.body.contains("eyJ"), "{}", answer.body);
    assert_eq!(browser.me().await, None);
}

#[tokio::test]
async fn a_state_is_used_once_within_ten_minutes() {
    let w = World::new().await;
    for part in PARTS {
        let mut browser = w.browser();
        let back = w.agreed(&mut browser, &start(part), "Anna").await;
        let (path, mut thief) = (browser.path_here(&back), browser.clone());
        assert!(browser.get(&path).await.must(303).signs_in());
        // Again, with all that the browser had.
        let again = thief.get(&path).await;
        nobody(&mut thief, again, 400, "not known").await;
        // Begun ten minutes before.
        let mut browser = w.browser();
        let back = w.agreed(&mut browser, &start(part), "Anna").await;
        w.server.clock.advance(TimeDelta::minutes(10));
        let late = browser.get(&browser.path_here(&back)).await;
        nobody(&mut browser, late, 400, "not known").await;
        // Never begun.
        let made_up = format!("/auth/{}/callback?code=1&state=made-up", part.as_str());
        let answer = browser.get(&made_up).await;
        nobody(&mut browser, answer, 400, "not known").await;
        let answer = browser
            .get(&format!("/auth/{}/callback", part.as_str()))
            .await;
        nobody(&mut browser, answer, 400, "not known").await;
    }
}

#[tokio::test]
async fn a_sign_in_ends_in_the_browser_that_began_it() {
    let w = World::new().await;
    for part in PARTS {
        // Whoever gets the address without the cookie.
        let mut browser = w.browser();
        let back = w.agreed(&mut browser, &start(part), "Anna").await;
        let path = browser.path_here(&back);
        let mut other = w.browser();
        let answer = other.get(&path).await;
        nobody(&mut other, answer, 400, "another browser").await;
        // It is used up by that: not even the right one comes in.
        let answer = browser.get(&path).await;
        nobody(&mut browser, answer, 400, "not known").await;
        // Whoever began another one.
        let back = w.agreed(&mut browser, &start(part), "Anna").await;
        let mut other = w.browser();
        other.get(&start(part)).await.must(303);
        let answer = other.get(&browser.path_here(&back)).await;
        nobody(&mut other, answer, 400, "another browser").await;
        // Two cookies of the name: one of them was planted.
        let back = w.agreed(&mut browser, &start(part), "Anna").await;
        let own = browser.jar["cz_login"].clone();
        browser
            .jar
            .insert("cz_login".into(), format!("{own}; cz_login=planted"));
        let answer = browser.get(&browser.path_here(&back)).await;
        nobody(&mut browser, answer, 400, "another browser").await;
    }
}

#[tokio::test]
async fn a_sign_in_ends_at_the_provider_where_it_began() {
    let w = World::new().await;
    for part in PARTS {
        for other in PARTS.into_iter().filter(|other| *other != part) {
            let mut browser = w.browser();
            let back = w.agreed(&mut browser, &start(part), "Anna").await;
            let path = browser.path_here(&back);
            let path = path.replace(part.as_str(), other.as_str());
            let before = w.stand_in.calls().len();
            let answer = browser.get(&path).await;
            nobody(&mut browser, answer, 400, "another provider").await;
            assert_eq!(
                w.stand_in.calls().len(),
                before,
                "the code was shown to nobody"
            );
        }
    }
}

#[tokio::test]
async fn whatever_is_wrong_with_an_answer_nobody_is_signed_in() {
    let oidc = [
        Twist::AlgorithmNone,
        Twist::SecretAsKey,
        Twist::OtherIssuer,
        Twist::OtherAudience,
        Twist::TwoAudiences,
        Twist::OtherNonce,
        Twist::Expired,
        Twist::Old,
        Twist::Early,
        Twist::UnknownKey,
        Twist::OwnKey,
        Twist::OwnKeyAsOurs,
        Twist::Changed,
        Twist::OtherParty,
        Twist::OtherKey,
        Twist::NoToken,
    ];
    let mut all = vec![
        (Part::Telegram, Twist::NoNumber),
        (Part::Google, Twist::NoNonce),
        (Part::Google, Twist::OtherRedirectIssuer),
        (Part::Yandex, Twist::OtherClient),
    ];
    for part in [Part::Telegram, Part::Google] {
        all.extend(oidc.map(|twist| (part, twist)));
    }
    let w = World::new().await;
    for (part, twist) in all {
        let mut browser = w.browser();
        w.stand_in.twist(twist);
        let answer = w.through(&mut browser, &start(part), "Anna").await;
        assert_eq!(
            answer.status.as_u16(),
            400,
            "{part:?} {twist:?}: {}",
            answer.body
        );
        nobody(&mut browser, answer, 400, "To the start page").await;
    }
    // Telegram does not repeat the nonce where a code is exchanged: that is no fault.
    w.stand_in.twist(Twist::NoNonce);
    let mut browser = w.browser();
    w.sign_in(&mut browser, Part::Telegram, "Anna")
        .await
        .must(200);
    // And the next one is fine everywhere.
    for part in PARTS {
        let mut browser = w.browser();
        w.sign_in(&mut browser, part, "Anna").await.must(200);
        assert!(browser.me().await.is_some(), "{part:?}");
    }
}

#[tokio::test]
async fn whoever_says_in_the_redirect_that_it_is_the_issuer_must_be() {
    let w = World::new().await;
    let with = |back: &Url, issuer: Option<&str>| {
        let pairs: Vec<_> = back.query_pairs().into_owned().collect();
        let mut url = back.clone();
        let kept = pairs.iter().filter(|(name, _)| name != "iss");
        url.query_pairs_mut().clear().extend_pairs(kept);
        if let Some(issuer) = issuer {
            url.query_pairs_mut().append_pair("iss", issuer);
        }
        url
    };
    for part in [Part::Telegram, Part::Google] {
        let own = w.stand_in.url(part).to_string();
        let slash = format!("{own}/");
        for (issuer, good) in [
            (None, true),
            (Some(own.as_str()), true),
            (Some("https://issuer.example"), false),
            (Some(slash.as_str()), false),
            (Some(w.stand_in.url(Part::Yandex).as_str()), false),
        ] {
            let mut browser = w.browser();
            let back = w.agreed(&mut browser, &start(part), "Anna").await;
            let back = with(&back, issuer);
            let answer = browser.get(&browser.path_here(&back)).await;
            assert_eq!(
                answer.signs_in(),
                good,
                "{part:?} {issuer:?}: {}",
                answer.body
            );
        }
    }
}

#[tokio::test]
async fn somebody_who_turned_back_is_told_so_and_can_begin_again() {
    let w = World::new().await;
    for part in PARTS {
        let mut browser = w.browser();
        let out = browser
            .get(&start(part))
            .await
            .must(303)
            .location()
            .unwrap();
        let back = w.stand_in.decline(&out).unwrap();
        let path = browser.path_here(&back);
        let answer = browser.get(&path).await;
        assert!(answer.body.contains("access_denied"), "{}", answer.body);
        nobody(&mut browser, answer, 400, "You are not signed in").await;
        // The state is used up with it, and a script in the word stays a word.
        let answer = browser.get(&path).await;
        nobody(&mut browser, answer, 400, "not known").await;
        let out = browser
            .get(&start(part))
            .await
            .must(303)
            .location()
            .unwrap();
        let back = w.stand_in.decline(&out).unwrap();
        let odd = browser
            .path_here(&back)
            .replace("access_denied", "%3Cscript%3E");
        let answer = browser.get(&odd).await;
        assert!(!answer.body.contains("script"), "{}", answer.body);
        nobody(&mut browser, answer, 400, "You are not signed in").await;
        w.sign_in(&mut browser, part, "Anna").await.must(200);
    }
}

#[tokio::test]
async fn a_provider_that_is_down_is_named_as_that() {
    let w = World::new().await;
    // It fails where the code is exchanged.
    for part in PARTS {
        let mut browser = w.browser();
        w.stand_in.twist(Twist::Broken);
        let answer = w.through(&mut browser, &start(part), "Anna").await;
        nobody(&mut browser, answer, 502, "does not answer").await;
    }
    // Nobody is there at all. Yandex is not asked before the way back.
    let fresh = World::new().await;
    let site = fresh.site.clone();
    let Front {
        server, stand_in, ..
    } = fresh.0;
    drop(stand_in);
    for part in [Part::Telegram, Part::Google] {
        let mut browser = Browser::new(&server.base, &site);
        let answer = browser.get(&start(part)).await;
        assert!(!answer.body.contains("127.0.0.1"), "{}", answer.body);
        nobody(&mut browser, answer, 502, "does not answer").await;
    }
}

#[tokio::test]
async fn there_are_no_other_ways() {
    let w = World::new().await;
    let mut browser = w.browser();
    for path in [
        "/auth/facebook/start",
        "/auth/link/start",
        "/auth/GOOGLE/start",
        "/auth/google/start?purpose=connect",
        "/auth/google/start?purpose=return",
    ] {
        let answer = browser.get(path).await;
        if path == "/auth/link/start" {
            // A link with a secret that nobody made: it is looked at, and opens nothing.
            answer.must(200);
            let answer = browser.post(path, &[]).await;
            nobody(&mut browser, answer, 400, "not known").await;
            continue;
        }
        nobody(&mut browser, answer, 404, "To the start page").await;
    }
    let answer = browser.get("/auth/facebook/callback?state=1&code=1").await;
    assert!(
        matches!(answer.status.as_u16(), 400 | 404),
        "{}",
        answer.status
    );
    assert!(!answer.signs_in());
}
