//! Coming in with each provider.

use contentzavod_identity::stand_in::Part;
use reqwest::Method;

use crate::world::{PARTS, World};

#[tokio::test]
async fn each_provider_lets_somebody_in_and_knows_them_again() {
    let w = World::new().await;
    let mut users = Vec::new();
    for part in PARTS {
        let mut browser = w.browser();
        assert_eq!(browser.me().await, None);
        let start = format!("/auth/{}/start", part.as_str());
        let back = w.through(&mut browser, &start, "Anna").await.must(303);
        // A newcomer is asked whether everything is right, after the cookie came back.
        let arrived = back.location().unwrap();
        assert_eq!(arrived.path(), "/auth/arrived");
        let to = browser.get(&browser.path_here(&arrived)).await.must(303);
        let to = to.location().unwrap();
        assert_eq!(browser.path_here(&to), "/settings?new=1");
        let page = browser.get("/").await.must(200);
        assert!(page.body.contains("Anna"), "{}", page.body);
        let me = browser.me().await.unwrap();
        assert_eq!(me["role"], "owner");
        assert_eq!(me["identities"][0]["provider"], part.as_str());

        // The same person in another browser is the same user, and goes to the start page.
        let mut other = w.browser();
        let page = w.sign_in(&mut other, part, "Anna").await.must(200);
        assert!(page.body.contains("auth/logout"), "{}", page.body);
        let again = other.me().await.unwrap();
        assert_eq!(again["id"], me["id"]);
        assert_eq!(again["workspace"]["id"], me["workspace"]["id"]);
        users.push(me["id"].clone());
    }
    // The name, the e-mail, and at two of them the number, are the same: nobody is taken for somebody else.
    assert!(users[0] != users[1] && users[1] != users[2] && users[0] != users[2]);
}

#[tokio::test]
async fn only_name_language_and_id_are_kept_of_what_a_provider_says() {
    let w = World::new().await;
    for (part, reads, name, locale) in [
        (Part::Google, "en", "Anna", "ru"),
        (Part::Telegram, "en", "Anna", "ru"),
        // Yandex says none: what the browser reads holds.
        (Part::Yandex, "en", "Anna", "en"),
        (Part::Yandex, "ru", "Boris", "ru"),
    ] {
        w.stand_in.reads("ru");
        let mut browser = w.browser().reading(reads);
        w.sign_in(&mut browser, part, name).await;
        let me = browser.me().await.unwrap();
        assert_eq!(me["name"], name);
        assert_eq!(me["locale"], locale, "{part:?}");
    }
    // Nothing else of it lies in the database: no address, no picture, no e-mail, no token.
    for file in ["contentzavod.db", "contentzavod.db-wal"] {
        let Ok(bytes) = std::fs::read(w.server.folder().join(file)) else {
            assert_ne!(file, "contentzavod.db", "the database is elsewhere");
            continue;
        };
        for word in [
            "mail.example",
            "pictures.example",
            "1.AA.bb",
            "eyJ",
            crate::world::SECRET,
        ] {
            let found = memchr::memmem::find(&bytes, word.as_bytes());
            assert_eq!(found, None, "{word} in {file}");
        }
    }
}

#[tokio::test]
async fn whoever_wanted_to_go_somewhere_comes_there() {
    let w = World::new().await;
    let mut browser = w.browser();
    let page = browser.get("/sign-in?to=/docs?x=1").await.must(200);
    assert!(
        page.body.contains("return_to=%2Fdocs%3Fx%3D1"),
        "{}",
        page.body
    );
    let start = "/auth/google/start?return_to=%2Fdocs%3Fx%3D1";
    let back = w.through(&mut browser, start, "Anna").await.must(303);
    let arrived = browser.path_here(&back.location().unwrap());
    let to = browser.get(&arrived).await.must(303).location().unwrap();
    assert_eq!(browser.path_here(&to), "/docs?x=1");
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_led_to_the_ways_in() {
    let w = World::new().await;
    let mut browser = w.browser();
    for path in ["/", "/settings", "/auth/again"] {
        let to = browser.get(path).await.must(303).location().unwrap();
        assert_eq!(browser.path_here(&to), "/sign-in", "{path}");
    }
    let page = browser.get("/sign-in").await.must(200);
    for name in ["Telegram", "Google", "Yandex ID"] {
        assert!(page.body.contains(name), "{name}: {}", page.body);
    }
    let page = browser.clone().reading("ru").get("/sign-in").await;
    assert!(page.body.contains("Яндекс ID"), "{}", page.body);
    let answer = browser.call(Method::GET, "/v1/users/me", None).await;
    assert_eq!(
        (answer.status.as_u16(), answer.code().as_str()),
        (401, "auth.required")
    );
}
