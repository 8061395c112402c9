//! Signing in with each provider, and everything that must not sign anybody in.

use contentzavod_core::ports::{IdentityError, Pending, Returned};
use contentzavod_identity::stand_in::{Part, Twist};
use secrecy::ExposeSecret;

use crate::world::{BACK, ID, SECRET, World, back, returned};

const ALL: [Part; 3] = [Part::Telegram, Part::Google, Part::Yandex];
const OIDC: [Part; 2] = [Part::Telegram, Part::Google];

#[tokio::test]
async fn somebody_is_known_by_the_providers_own_id() {
    let w = World::new().await;
    let boris = w.stand_in.person("Борис Б.");
    let telegram = w.sign_in(Part::Telegram, "Борис Б.").await.unwrap();
    assert_eq!(
        telegram.subject,
        boris.to_string(),
        "the number that bots see, not `sub`"
    );
    assert_eq!(telegram.name.as_deref(), Some("Борис Б."));
    let google = w.sign_in(Part::Google, "Борис Б.").await.unwrap();
    assert_eq!(google.subject, format!("google-{boris}"));
    assert_eq!(google.locale.as_deref(), Some("ru"));
    let yandex = w.sign_in(Part::Yandex, "Борис Б.").await.unwrap();
    assert_eq!(yandex.subject, boris.to_string());
    assert_eq!(yandex.locale, None);
    // The same person again is the same.
    assert_eq!(w.sign_in(Part::Yandex, "Борис Б.").await.unwrap(), yandex);
}

#[tokio::test]
async fn nothing_more_is_asked_for_than_is_kept() {
    let w = World::new().await;
    for (part, scope) in [
        (Part::Telegram, "openid profile"),
        (Part::Google, "openid profile"),
        (Part::Yandex, "login:info"),
    ] {
        let (_, begun) = w.begun(part).await;
        let query: std::collections::HashMap<_, _> = begun.url.query_pairs().collect();
        assert_eq!(query["scope"], scope);
        assert_eq!(query["code_challenge_method"], "S256");
        assert_eq!(query["redirect_uri"], BACK);
        assert_eq!(query["state"], "the state");
        // What is to be remembered shows in no log.
        let shown = format!("{:?}", begun.pending);
        let verifier = begun.pending.verifier.clone().unwrap();
        assert!(
            !shown.contains(&verifier) && verifier.len() >= 43,
            "{shown}"
        );
        assert!(!begun.url.as_str().contains(SECRET));
    }
}

#[tokio::test]
async fn an_id_token_that_is_not_as_it_must_be_signs_nobody_in() {
    let w = World::new().await;
    let spoiled = [
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
    for part in OIDC {
        for twist in spoiled {
            w.stand_in.twist(twist);
            let outcome = w.sign_in(part, "Anna").await;
            let untrusted = matches!(outcome, Err(IdentityError::Untrusted(_)));
            let said = format!("{outcome:?}");
            assert!(
                untrusted || twist == Twist::AlgorithmNone && outcome.is_err(),
                "{part:?} {twist:?}: {said}"
            );
            assert!(!said.contains("eyJ") && !said.contains(SECRET), "{said}");
        }
        w.sign_in(part, "Anna")
            .await
            .expect("and the next one is fine");
    }
}

#[tokio::test]
async fn each_provider_has_its_own_musts() {
    let w = World::new().await;
    // Telegram does not repeat the nonce where a code is exchanged; Google must.
    w.stand_in.twist(Twist::NoNonce);
    w.sign_in(Part::Telegram, "Anna").await.unwrap();
    w.stand_in.twist(Twist::NoNonce);
    assert!(w.sign_in(Part::Google, "Anna").await.is_err());
    w.stand_in.twist(Twist::NoNumber);
    let outcome = w.sign_in(Part::Telegram, "Anna").await;
    assert!(
        matches!(outcome, Err(IdentityError::Untrusted(_))),
        "{outcome:?}"
    );
    // A token that somebody got for their own app opens nothing here.
    w.stand_in.twist(Twist::OtherClient);
    let outcome = w.sign_in(Part::Yandex, "Anna").await;
    assert!(
        matches!(outcome, Err(IdentityError::Untrusted(_))),
        "{outcome:?}"
    );
    // Who says it is the issuer must be.
    w.stand_in.twist(Twist::OtherRedirectIssuer);
    let outcome = w.sign_in(Part::Google, "Anna").await;
    assert!(
        matches!(outcome, Err(IdentityError::Untrusted(_))),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn the_redirects_issuer_may_be_absent() {
    let w = World::new().await;
    let (provider, begun) = w.begun(Part::Google).await;
    let mut came = returned(&w.stand_in.agree(&begun.url, "Anna").unwrap());
    assert!(came.issuer.is_some());
    came.issuer = None;
    provider
        .finish(&came, &begun.pending, &back())
        .await
        .unwrap();
}

#[tokio::test]
async fn the_stand_in_refuses_what_providers_refuse() {
    let w = World::new().await;
    for part in ALL {
        // Before anybody is asked.
        let (_, begun) = w.begun(part).await;
        for (from, to, why) in [
            (
                format!("client_id={ID}"),
                "client_id=1".to_owned(),
                "client_id",
            ),
            (
                "zavod.example".to_owned(),
                "elsewhere.example".to_owned(),
                "redirect_uri",
            ),
            ("S256".to_owned(), "plain".to_owned(), "S256"),
            (
                "response_type=code".to_owned(),
                "response_type=token".to_owned(),
                "response_type",
            ),
        ] {
            let wrong = begun.url.as_str().replace(&from, &to).parse().unwrap();
            let refused = w.stand_in.agree(&wrong, "Anna").unwrap_err();
            assert!(refused.contains(why), "{part:?}: {refused}");
        }
    }
    let (_, begun) = w.begun(Part::Google).await;
    let nonce = begun.pending.nonce.unwrap();
    let without = begun.url.as_str().replace(&format!("nonce={nonce}"), "x=1");
    let refused = w
        .stand_in
        .agree(&without.parse().unwrap(), "Anna")
        .unwrap_err();
    assert!(refused.contains("nonce"), "{refused}");
}

#[tokio::test]
async fn a_code_is_exchanged_once_by_whom_it_was_given_to() {
    let w = World::new().await;
    for part in ALL {
        let (provider, begun) = w.begun(part).await;
        // A verifier of another sign-in, and then the right one: the code is used up.
        let came = returned(&w.stand_in.agree(&begun.url, "Anna").unwrap());
        let (_, other) = w.begun(part).await;
        let outcome = provider.finish(&came, &other.pending, &back()).await;
        assert!(
            matches!(outcome, Err(IdentityError::Refused(_))),
            "{part:?}: {outcome:?}"
        );
        let outcome = provider.finish(&came, &begun.pending, &back()).await;
        assert!(
            matches!(outcome, Err(IdentityError::Refused(_))),
            "{part:?}: {outcome:?}"
        );
        // Without one.
        let (_, begun) = w.begun(part).await;
        let came = returned(&w.stand_in.agree(&begun.url, "Anna").unwrap());
        let without = Pending {
            verifier: None,
            ..begun.pending
        };
        assert!(provider.finish(&came, &without, &back()).await.is_err());
        // Another redirect address than the one that was asked with.
        let (_, begun) = w.begun(part).await;
        let came = returned(&w.stand_in.agree(&begun.url, "Anna").unwrap());
        let elsewhere = format!("{BACK}/").parse().unwrap();
        let outcome = provider.finish(&came, &begun.pending, &elsewhere).await;
        assert!(
            matches!(outcome, Err(IdentityError::Refused(_))),
            "{part:?}: {outcome:?}"
        );
        // A code that nobody gave.
        let made_up = Returned {
            code: "made up".into(),
            issuer: None,
        };
        let outcome = provider.finish(&made_up, &begun.pending, &back()).await;
        assert!(
            matches!(outcome, Err(IdentityError::Refused(_))),
            "{part:?}: {outcome:?}"
        );
    }
}

#[tokio::test]
async fn a_wrong_secret_is_our_mistake_and_says_so() {
    let w = World::new().await;
    for part in ALL {
        let provider = w.provider_as(part, ID, "another secret");
        let begun = provider.start("the state", &back()).await.unwrap();
        let came = returned(&w.stand_in.agree(&begun.url, "Anna").unwrap());
        let outcome = provider.finish(&came, &begun.pending, &back()).await;
        let said = format!("{outcome:?}");
        assert!(
            matches!(outcome, Err(IdentityError::Misconfigured(_))),
            "{part:?}: {said}"
        );
        assert!(said.contains("invalid_client"), "{said}");
        let code = came.code.expose_secret();
        assert!(
            !said.contains("another secret") && !said.contains(code),
            "{said}"
        );
    }
}

#[tokio::test]
async fn keys_that_were_turned_are_read_anew_but_not_at_every_word() {
    let w = World::new().await;
    let provider = w.provider(Part::Google);
    let read = || {
        w.stand_in
            .calls()
            .iter()
            .filter(|c| c.ends_with("/google/jwks"))
            .count()
    };
    let sign_in = async || {
        let begun = provider.start("the state", &back()).await?;
        let came = returned(&w.stand_in.agree(&begun.url, "Anna").unwrap());
        provider.finish(&came, &begun.pending, &back()).await
    };
    sign_in().await.unwrap();
    sign_in().await.unwrap();
    assert_eq!(read(), 1);
    // A made-up key does not make us ask again at once.
    w.stand_in.twist(Twist::UnknownKey);
    assert!(sign_in().await.is_err());
    assert_eq!(read(), 1);
    w.clock.advance(chrono::TimeDelta::seconds(61));
    w.stand_in.turn_keys().unwrap();
    sign_in().await.unwrap();
    assert_eq!(read(), 2);
    // After hours they are read again by themselves.
    w.clock.advance(chrono::TimeDelta::hours(7));
    sign_in().await.unwrap();
    assert_eq!(read(), 3);
}

#[tokio::test]
async fn keys_of_before_do_while_the_provider_does_not_answer() {
    let w = World::new().await;
    let provider = w.provider(Part::Google);
    let asked = || {
        let calls = w.stand_in.calls();
        let of = calls.iter().filter(|c| c.contains("openid-configuration"));
        of.count()
    };
    let start = async || provider.start("the state", &back()).await;
    start().await.unwrap();
    assert_eq!(asked(), 1);
    w.clock.advance(chrono::TimeDelta::hours(7));
    w.stand_in.twist(Twist::Speechless);
    start().await.unwrap();
    assert_eq!(asked(), 2, "it was asked, and could not answer");
    for _ in 0..3 {
        start().await.unwrap();
    }
    assert_eq!(asked(), 2, "nobody waits for it again at once");
    w.clock.advance(chrono::TimeDelta::seconds(61));
    start().await.unwrap();
    assert_eq!(asked(), 3);
}

#[tokio::test]
async fn a_provider_that_fails_is_told_from_one_that_refuses() {
    let w = World::new().await;
    for part in ALL {
        w.stand_in.twist(Twist::Broken);
        let outcome = w.sign_in(part, "Anna").await;
        let said = format!("{outcome:?}");
        assert!(
            matches!(outcome, Err(IdentityError::Unavailable(_))),
            "{part:?}: {said}"
        );
    }
    // Nobody listens there, and the address is not told.
    let World { stand_in, clock } = w;
    let url = stand_in.url(Part::Google);
    drop(stand_in);
    let credentials = contentzavod_identity::Credentials::new(ID, SECRET.into());
    let google = contentzavod_identity::Google::at(&url, credentials, clock).unwrap();
    let google: &dyn contentzavod_core::ports::IdentityProvider = &google;
    let outcome = google.start("the state", &back()).await;
    let said = format!("{outcome:?}");
    assert!(
        matches!(outcome, Err(IdentityError::Unavailable(_))),
        "{said}"
    );
    assert!(!said.contains("127.0.0.1"), "{said}");
}

#[tokio::test]
async fn somebody_may_turn_back() {
    let w = World::new().await;
    for part in ALL {
        let (_, begun) = w.begun(part).await;
        let back = w.stand_in.decline(&begun.url).unwrap();
        let query: std::collections::HashMap<_, _> = back.query_pairs().collect();
        assert_eq!(query["error"], "access_denied");
        assert!(!query.contains_key("code"));
    }
}
