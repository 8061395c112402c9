//! What somebody does with their data: takes it out, deletes it; what Meta asks for; and the page that
//! says what is kept.

use contentzavod_core::model::{AccountStatus, Actor, UserId, WorkspaceId};
use contentzavod_instagram::Family;
use reqwest::Method;
use serde_json::Value;

use crate::browser::{Answer, Browser};
use crate::sound::sound;
use crate::world::World;

async fn actor(browser: &mut Browser) -> Actor {
    let me = browser.me().await.unwrap();
    let id = |value: &Value| value.as_str().unwrap().parse().unwrap();
    Actor {
        user: UserId(id(&me["id"])),
        workspace: WorkspaceId(id(&me["workspace"]["id"])),
    }
}

/// What Meta sends to a callback of ours.
async fn meta_calls(w: &World, path: &str, signed: &str) -> Answer {
    let form = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("signed_request", signed)
        .finish();
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let mut meta = w.browser();
    meta.send(Method::POST, path, &headers, Some(form.into_bytes()))
        .await
}

async fn connected(w: &World, browser: &mut Browser, name: &str) {
    let token = w.sandbox.add_account(name);
    let body = serde_json::json!({ "access_token": token });
    let made = browser
        .call(Method::POST, "/v1/accounts", Some(&body))
        .await;
    made.must(201);
}

/// Every file of the server's folder holds none of these.
fn nowhere(w: &World, secrets: &[&str]) {
    let mut folders = vec![w.server.folder().to_owned()];
    let mut looked = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            looked += 1;
            let bytes = std::fs::read(&path).unwrap();
            for secret in secrets {
                let found = memchr::memmem::find(&bytes, secret.as_bytes());
                assert_eq!(found, None, "{secret} is in {}", path.display());
            }
        }
    }
    assert!(looked > 1, "nothing was looked at");
}

#[tokio::test]
async fn whoever_types_their_name_is_gone_to_the_last_byte() {
    let w = World::new().await;
    let mut anna = w.somebody("Anna Karenina-Canary").await;
    connected(&w, &mut anna, "canary.account").await;
    let me = anna.me().await.unwrap();
    let page = anna.get("/delete").await.must(200);
    sound("/delete", &page, "en");
    let wrong = anna
        .post("/delete", &[("word", "Somebody")])
        .await
        .must(422);
    sound("/delete", &wrong, "en");
    assert!(anna.me().await.is_some(), "nothing was deleted");
    let right = [("word", "Anna Karenina-Canary")];
    let page = anna.post("/delete", &right).await.must(200);
    sound("farewell", &page, "en");
    assert_eq!(anna.session(), None, "the cookie is taken away");
    let code = page.body.split("/data-deletion/").nth(1).unwrap();
    let code = code.split('"').next().unwrap().to_owned();
    for lang in ["en", "ru"] {
        let path = format!("/data-deletion/{code}");
        let status = w.browser().reading(lang).get(&path).await.must(200);
        sound(&path, &status, lang);
        assert!(!status.body.contains("Canary"), "{}", status.body);
    }
    let id = me["id"].as_str().unwrap();
    nowhere(&w, &["Karenina-Canary", "canary.account", id]);
    // Whoever comes again is simply new.
    let mut again = w.somebody("Anna Karenina-Canary").await;
    assert_ne!(again.me().await.unwrap()["id"], me["id"]);
}

/// Whoever shares a workspace reads before that it stays, with what is connected there.
#[tokio::test]
async fn what_others_keep_is_named_before() {
    let w = World::new().await;
    let mut anna = w.somebody("Anna").await;
    connected(&w, &mut anna, "shared.account").await;
    let page = anna.get("/delete").await.must(200);
    assert!(
        !page.body.contains("shared.account"),
        "it goes: {}",
        page.body
    );
    w.member(&mut anna, "Boris", "owner").await;
    let page = anna.get("/delete").await.must(200);
    sound("/delete", &page, "en");
    for words in ["stay with them", "Anna: @shared.account"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    anna.post("/delete", &[("word", " Anna ")]).await.must(200);
}

#[tokio::test]
async fn what_cannot_be_undone_wants_a_fresh_proof_also_on_pages() {
    let w = World::new().await;
    let mut anna = w.somebody("Anna").await;
    w.server.clock.advance(chrono::TimeDelta::minutes(11));
    for path in ["/delete", "/export"] {
        let away = anna.get(path).await.must(303).location().unwrap();
        assert_eq!(away.path(), "/auth/again", "{path}");
        assert!(away.query().unwrap().contains("to=%2F"), "{away}");
    }
    let refused = anna.post("/delete", &[("word", "Anna")]).await.must(303);
    assert_eq!(refused.location().unwrap().path(), "/auth/again");
    assert!(anna.me().await.is_some());
    let back = w.through(
        &mut anna,
        "/auth/google/start?purpose=again&return_to=/delete",
        "Anna",
    );
    let back = back.await.must(303);
    let page = anna.follow(back).await.must(200);
    assert!(page.body.contains("type your name"), "{}", page.body);
}

#[tokio::test]
async fn everything_is_taken_out_as_one_archive() {
    let w = World::new().await;
    let mut anna = w.somebody("Anna").await;
    connected(&w, &mut anna, "anna").await;
    let page = anna.get("/export").await.must(200);
    sound("/export", &page, "en");
    let page = anna.post("/export", &[]).await.must(200);
    assert_eq!(page.header("content-type"), Some("application/zip"));
    let name = page.header("content-disposition").unwrap();
    assert!(
        name.contains("contentzavod-") && name.contains(".zip"),
        "{name}"
    );
    assert!(page.body.starts_with("PK"), "an archive");
    assert!(!page.body.contains("czv1."), "no sealed token");
    w.browser().get("/export").await.must(303);
}

#[tokio::test]
async fn metas_word_erases_access_and_data_once() {
    let w = World::new().await;
    let mut anna = w.somebody("Anna").await;
    connected(&w, &mut anna, "taken").await;
    connected(&w, &mut anna, "kept").await;
    let who = actor(&mut anna).await;
    let signed = w.sandbox.signed_request(Family::Instagram, "taken");
    let (deauthorize, deletion) = ("/webhooks/meta/deauthorize", "/webhooks/meta/data-deletion");
    for bad in ["", "x.y", &signed[1..], &format!("{signed}x")] {
        for path in [deauthorize, deletion] {
            let refused = meta_calls(&w, path, bad).await.must(400);
            assert_eq!(refused.code(), "meta.signed_request", "{path} {bad}");
        }
    }
    meta_calls(&w, deauthorize, &signed).await.must(200);
    let replayed = meta_calls(&w, deauthorize, &signed).await.must(400);
    assert_eq!(replayed.code(), "meta.signed_request");
    let zavod = &w.server.zavod;
    let all = zavod.accounts(who).await.unwrap();
    let named = |name: &str| all.iter().find(|a| a.username == name).unwrap();
    let taken = named("taken");
    assert_eq!(
        (taken.status, &taken.token),
        (AccountStatus::Reauthorize, &None)
    );
    assert_eq!(named("kept").status, AccountStatus::Active);
    w.server.clock.advance(chrono::TimeDelta::seconds(1));
    let signed = w.sandbox.signed_request(Family::Instagram, "taken");
    let answer = meta_calls(&w, deletion, &signed).await.must(200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let answer = answer.json();
    let code = answer["confirmation_code"].as_str().unwrap();
    let url: url::Url = answer["url"].as_str().unwrap().parse().unwrap();
    assert_eq!(url.path(), format!("/data-deletion/{code}"));
    let page = w.browser().get(url.path()).await.must(200);
    sound(url.path(), &page, "en");
    let names: Vec<_> = zavod.accounts(who).await.unwrap();
    assert!(
        names.iter().all(|account| account.username != "taken"),
        "{names:?}"
    );
    // Nobody we know: a code all the same.
    let nobody = w.sandbox.signed_request(Family::Instagram, "nobody");
    let answer = meta_calls(&w, deletion, &nobody).await.must(200).json();
    let path = format!(
        "/data-deletion/{}",
        answer["confirmation_code"].as_str().unwrap()
    );
    let page = w.browser().get(&path).await.must(200);
    assert!(page.body.contains("Nothing was stored"), "{}", page.body);
}

#[tokio::test]
async fn the_page_about_privacy_names_exactly_who_is_switched_on() {
    let w = World::new().await;
    let page = w.browser().get("/privacy").await.must(200).body;
    for word in [
        "Telegram",
        "Google",
        "Yandex",
        "Instagram",
        "Facebook",
        "30 days",
        "2 hours",
        "under 13",
    ] {
        assert!(page.contains(word), "{word}: {page}");
    }
    let alone = e2e::front::Front::without_providers().await.unwrap();
    let more = World(alone);
    let page = more.browser().get("/privacy").await.must(200).body;
    for word in ["Telegram", "Google", "Yandex"] {
        assert!(!page.contains(word), "{word}: {page}");
    }
    let set = [
        ("OPERATOR__NAME", "Studio Canary"),
        ("OPERATOR__CONTACT", "privacy@example.org"),
        ("MEDIA__UNUSED_TTL", "3h"),
        ("LOG__RETENTION", "7d"),
        ("SIGN_IN__PROVIDERS", "yandex"),
    ];
    let w = World(e2e::front::Front::start(&set, None).await.unwrap());
    let page = w.browser().get("/privacy").await.must(200).body;
    for word in [
        "Studio Canary",
        "privacy@example.org",
        "3 hours",
        "7 days",
        "Yandex",
    ] {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert!(
        !page.contains("Google") && !page.contains("30 days, "),
        "{page}"
    );
}
