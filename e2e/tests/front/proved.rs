//! What wants somebody who proved who they are a moment ago, and what people are known by.

use chrono::TimeDelta;
use contentzavod_identity::stand_in::Part;
use reqwest::Method;
use serde_json::json;

use crate::browser::{Answer, Browser};
use crate::world::{PARTS, World};

async fn make_key(browser: &mut Browser) -> Answer {
    let body = json!({ "name": "ci" });
    browser
        .call(Method::POST, "/v1/api-keys", Some(&body))
        .await
}

async fn unlink(browser: &mut Browser, provider: &str, subject: &str) -> Answer {
    let path = format!("/v1/users/me/identities/{provider}/{subject}");
    browser.call(Method::DELETE, &path, None).await
}

async fn known_by(browser: &mut Browser) -> Vec<(String, String)> {
    let me = browser.me().await.unwrap();
    let identities = me["identities"].as_array().unwrap().iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    identities
        .map(|one| (text(&one["provider"]), text(&one["subject"])))
        .collect()
}

#[tokio::test]
async fn ten_minutes_after_signing_in_keys_want_another_proof() {
    let w = World::new().await;
    for part in PARTS {
        let mut browser = w.browser();
        w.sign_in(&mut browser, part, "Anna").await.must(200);
        let made = make_key(&mut browser).await.must(201).json();
        let rotate = format!(
            "/v1/api-keys/{}/rotate",
            made["api_key"]["id"].as_str().unwrap()
        );
        w.server.clock.advance(TimeDelta::minutes(11));
        assert_eq!(make_key(&mut browser).await.must(403).code(), "auth.stale");
        let rotated = browser.call(Method::POST, &rotate, Some(&json!({}))).await;
        assert_eq!(rotated.must(403).code(), "auth.stale");
        let (provider, subject) = known_by(&mut browser).await.remove(0);
        let refused = unlink(&mut browser, &provider, &subject).await;
        assert_eq!(refused.must(403).code(), "auth.stale");
        // What can be undone works on.
        browser
            .call(Method::GET, "/v1/api-keys", None)
            .await
            .must(200);
        // The page offers what is theirs, and only that.
        let page = browser.get("/auth/again?to=/settings").await.must(200);
        for other in PARTS {
            let offered = page
                .body
                .contains(&format!("/auth/{}/start", other.as_str()));
            assert_eq!(offered, other == part, "{other:?}");
        }
        let start = format!(
            "/auth/{}/start?purpose=again&return_to=/settings",
            part.as_str()
        );
        let back = w.through(&mut browser, &start, "Anna").await.must(303);
        let arrived = browser.path_here(&back.location().unwrap());
        let to = browser.get(&arrived).await.must(303).location().unwrap();
        assert_eq!(browser.path_here(&to), "/settings");
        make_key(&mut browser).await.must(201);
        browser
            .call(Method::POST, &rotate, Some(&json!({})))
            .await
            .must(201);
    }
}

#[tokio::test]
async fn nobody_else_can_prove_it() {
    let w = World::new().await;
    let mut browser = w.somebody("Anna").await;
    w.server.clock.advance(TimeDelta::minutes(11));
    // Somebody whom nobody knows, and somebody whom the server knows as another.
    w.somebody("Boris").await;
    for name in ["Nobody", "Boris"] {
        let start = "/auth/google/start?purpose=again";
        let refused = w.through(&mut browser, start, name).await.must(403);
        assert!(
            !refused.signs_in() && refused.body.contains("Somebody else"),
            "{}",
            refused.body
        );
        assert_eq!(
            browser.me().await.unwrap()["name"],
            "Anna",
            "the session lives on"
        );
        assert_eq!(make_key(&mut browser).await.must(403).code(), "auth.stale");
    }
    // Herself, but by something that is not hers here.
    let refused = w
        .through(&mut browser, "/auth/yandex/start?purpose=again", "Anna")
        .await;
    assert!(!refused.must(403).signs_in());
    // Without a session there is nothing to prove.
    let mut stranger = w.browser();
    let to = stranger
        .get("/auth/google/start?purpose=again")
        .await
        .must(303);
    assert_eq!(stranger.path_here(&to.location().unwrap()), "/sign-in");
}

#[tokio::test]
async fn a_session_that_ended_meanwhile_is_not_proved() {
    let w = World::new().await;
    for purpose in ["again", "link"] {
        let mut browser = w.somebody("Anna").await;
        let mut other = w.somebody("Anna").await;
        let start = format!("/auth/google/start?purpose={purpose}");
        let back = w.agreed(&mut browser, &start, "Anna").await;
        let list = browser.call(Method::GET, "/v1/sessions", None).await.json();
        let own = list["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|s| s["current"] == true);
        let id = own.unwrap()["id"].as_str().unwrap();
        other
            .call(Method::DELETE, &format!("/v1/sessions/{id}"), None)
            .await
            .must(204);
        let refused = browser.get(&browser.path_here(&back)).await.must(400);
        assert!(!refused.signs_in(), "{purpose}");
        assert_eq!(browser.me().await, None);
    }
}

#[tokio::test]
async fn a_second_way_in_is_linked_and_opens_the_same_user() {
    let w = World::new().await;
    let mut browser = w.somebody("Anna").await;
    let id = browser.me().await.unwrap()["id"].clone();
    let page = browser.get("/").await.must(200);
    assert!(
        page.body.contains("Also sign in with Telegram"),
        "{}",
        page.body
    );
    let back = w
        .through(&mut browser, "/auth/telegram/start?purpose=link", "Anna T.")
        .await;
    browser.follow(back.must(303)).await.must(200);
    let me = browser.me().await.unwrap();
    assert_eq!(
        (&me["id"], &me["name"]),
        (&id, &json!("Anna")),
        "the name stays"
    );
    assert_eq!(me["identities"].as_array().unwrap().len(), 2);
    let mut phone = w.browser();
    w.sign_in(&mut phone, Part::Telegram, "Anna T.")
        .await
        .must(200);
    assert_eq!(phone.me().await.unwrap()["id"], id);
    // Linking it again changes nothing.
    w.through(&mut phone, "/auth/telegram/start?purpose=link", "Anna T.")
        .await
        .must(303);
    assert_eq!(known_by(&mut phone).await.len(), 2);
    // Unlinking ends the other sessions, and the last one stays.
    let (provider, subject) = known_by(&mut browser).await.remove(0);
    assert_eq!(provider, "google");
    unlink(&mut browser, &provider, &subject).await.must(204);
    assert_eq!(phone.me().await, None);
    let (provider, subject) = known_by(&mut browser).await.remove(0);
    let refused = unlink(&mut browser, &provider, &subject)
        .await
        .must(422)
        .json();
    assert_eq!(refused["findings"][0]["rule"], "identity.last");
    // Whom she was known as is a newcomer now.
    let mut stranger = w.browser();
    w.sign_in(&mut stranger, Part::Google, "Anna")
        .await
        .must(200);
    assert_ne!(stranger.me().await.unwrap()["id"], id);
}

#[tokio::test]
async fn what_belongs_to_somebody_else_is_neither_linked_nor_unlinked() {
    let w = World::new().await;
    let mut anna = w.browser();
    w.sign_in(&mut anna, Part::Google, "Anna").await;
    let mut boris = w.browser();
    w.sign_in(&mut boris, Part::Telegram, "Boris").await;
    let start = "/auth/telegram/start?purpose=link";
    let refused = w.through(&mut anna, start, "Boris").await.must(409);
    assert!(
        !refused.signs_in() && refused.body.contains("somebody else"),
        "{}",
        refused.body
    );
    assert_eq!(known_by(&mut anna).await.len(), 1);
    let (provider, subject) = known_by(&mut boris).await.remove(0);
    let foreign = unlink(&mut anna, &provider, &subject)
        .await
        .must(404)
        .code();
    let missing = unlink(&mut anna, &provider, "1").await.must(404).code();
    assert_eq!(
        (foreign.as_str(), missing.as_str()),
        ("identity.not_found", "identity.not_found")
    );
    assert!(boris.me().await.is_some());
}

#[tokio::test]
async fn linking_wants_a_fresh_proof_and_leads_to_it() {
    let w = World::new().await;
    let mut browser = w.somebody("Anna").await;
    w.server.clock.advance(TimeDelta::minutes(11));
    // The button of the start page does not end at a wall.
    let answer = browser
        .get("/auth/telegram/start?purpose=link")
        .await
        .must(303);
    let again = browser.path_here(&answer.location().unwrap());
    assert!(again.starts_with("/auth/again"), "{again}");
    let page = browser.get(&again).await.must(200);
    assert!(page.body.contains("/auth/google/start"), "{}", page.body);
    let link = page
        .body
        .split("href=\"")
        .find(|rest| rest.starts_with("/auth/google/start"));
    let link = link
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .replace("&#38;", "&");
    let link = link.replace("&amp;", "&");
    let back = w.through(&mut browser, &link, "Anna").await.must(303);
    browser.follow(back).await.must(200);
    let back = w
        .through(&mut browser, "/auth/telegram/start?purpose=link", "Anna")
        .await;
    browser.follow(back.must(303)).await.must(200);
    assert_eq!(known_by(&mut browser).await.len(), 2);
}
