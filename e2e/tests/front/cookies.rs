//! What a browser keeps, and for how long it opens anything.

use chrono::TimeDelta;
use contentzavod_identity::stand_in::Part;
use reqwest::Method;

use crate::world::World;

/// Name, value length and flags of each cookie of an answer.
fn flags(cookies: &[&str]) -> Vec<String> {
    let shown = cookies.iter().map(|cookie| {
        let (name, rest) = cookie.split_once('=').unwrap();
        let (value, rest) = rest.split_once("; ").unwrap();
        format!("{name}={}; {rest}", value.len())
    });
    shown.collect()
}

#[tokio::test]
async fn on_this_machine_cookies_are_plain() {
    let w = World::new().await;
    let mut browser = w.browser();
    let out = browser.get("/auth/google/start").await.must(303);
    let login = "cz_login=43; Path=/; Max-Age=600; HttpOnly; SameSite=Lax";
    assert_eq!(flags(&out.cookies()), [login]);
    let back = w
        .through(&mut browser, "/auth/google/start", "Anna")
        .await
        .must(303);
    assert_eq!(
        flags(&back.cookies()),
        [
            "cz_login=0; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
            "cz_session=43; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax",
        ]
    );
}

#[tokio::test]
async fn behind_https_cookies_belong_to_the_host_alone() {
    let w = World::behind_https().await;
    let mut browser = w.browser();
    let out = browser.get("/auth/google/start").await.must(303);
    let login = "__Host-cz_login=43; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure";
    assert_eq!(flags(&out.cookies()), [login]);
    let back = w
        .through(&mut browser, "/auth/google/start", "Anna")
        .await
        .must(303);
    assert_eq!(
        flags(&back.cookies()),
        [
            "__Host-cz_login=0; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure",
            "__Host-cz_session=43; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure",
        ]
    );
    assert!(browser.me().await.is_some());
    // A neighbour under the same domain can plant the plain name, and it opens nothing.
    let token = browser.jar.remove("__Host-cz_session").unwrap();
    browser.jar.insert("cz_session".into(), token.clone());
    assert_eq!(browser.me().await, None);
    browser.jar.insert("__Host-cz_session".into(), token);
    assert!(browser.me().await.is_some());
    let out = browser.post("/auth/logout", &[]).await.must(303);
    assert_eq!(
        flags(&out.cookies()),
        ["__Host-cz_session=0; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"]
    );
}

/// The way back leads to the address of the settings: where somebody set out by another name, their
/// cookie stays behind, and they are told both names.
#[tokio::test]
async fn whoever_sets_out_under_another_name_reads_both() {
    let w = World::behind_https().await;
    let mut anna = w.browser();
    w.sign_in(&mut anna, Part::Yandex, "Anna").await.must(200);
    for (start, own) in [
        ("/auth/google/start", "sign_in.other_browser"),
        ("/oauth/instagram/start?login=instagram", "connect"),
    ] {
        let mut www = anna.clone();
        let named = |host| {
            [
                ("host", host),
                ("accept", "text/html"),
                ("sec-fetch-site", "same-origin"),
            ]
        };
        let sent = named("www.zavod.example.com");
        let out = www.send(Method::GET, start, &sent, None).await.must(303);
        let out = out.location().unwrap();
        let back = match own {
            "connect" => crate::connect::agrees(&out, &[]).await,
            _ => w.stand_in.agree(&out, "Anna").unwrap(),
        };
        // The browser is at another site now, for which it keeps nothing.
        let mut apex = w.browser();
        let sent = named("zavod.example.com");
        let path = apex.path_here(&back);
        let page = apex.send(Method::GET, &path, &sent, None).await.must(400);
        for name in ["www.zavod.example.com", "https://zavod.example.com/"] {
            assert!(page.body.contains(name), "{start} {name}: {}", page.body);
        }
        // Whoever makes a name up shows it to themselves, as text.
        let made_up = path.replace("www.zavod.example.com", "%3Cb%3Eno");
        let page = apex
            .send(Method::GET, &made_up, &sent, None)
            .await
            .must(400);
        assert!(!page.body.contains("<b>no"), "{}", page.body);
    }
    // Under the right name nothing is said, and the mark is no part of the state.
    let mut browser = w.browser();
    w.sign_in(&mut browser, Part::Google, "Anna")
        .await
        .must(200);
}

#[tokio::test]
async fn every_sign_in_has_a_value_of_its_own_and_ends_the_one_before() {
    let w = World::new().await;
    let mut browser = w.browser();
    // Whatever was planted before is not what opens the session.
    browser.jar.insert("cz_session".into(), "x".repeat(43));
    w.sign_in(&mut browser, Part::Google, "Anna")
        .await
        .must(200);
    let first = browser.session().unwrap().to_owned();
    assert_ne!(first, "x".repeat(43));
    let mut old = browser.clone();
    w.sign_in(&mut browser, Part::Google, "Anna")
        .await
        .must(200);
    assert_ne!(browser.session().unwrap(), first);
    assert!(browser.me().await.is_some());
    assert_eq!(old.me().await, None, "the cookie of before is dead");
    // So it is where somebody else signs in in the same browser.
    let mut old = browser.clone();
    w.sign_in(&mut browser, Part::Telegram, "Boris")
        .await
        .must(200);
    assert_eq!(browser.me().await.unwrap()["name"], "Boris");
    assert_eq!(old.me().await, None);
    // And where somebody shows again who they are, or links something.
    for (part, purpose) in [(Part::Telegram, "again"), (Part::Yandex, "link")] {
        let mut old = browser.clone();
        let start = format!("/auth/{}/start?purpose={purpose}", part.as_str());
        w.through(&mut browser, &start, "Boris").await.must(303);
        assert!(browser.me().await.is_some());
        assert_eq!(old.me().await, None, "{purpose}");
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let w = World::new().await;
    let mut browser = w.somebody("Anna").await;
    let mut kept = browser.clone();
    let out = browser.post("/auth/logout", &[]).await.must(303);
    assert_eq!(
        out.header("clear-site-data"),
        Some("\"cache\", \"storage\"")
    );
    assert_eq!(browser.path_here(&out.location().unwrap()), "/sign-in");
    assert_eq!(browser.session(), None);
    assert_eq!(kept.me().await, None, "whoever kept the cookie");
    // Another site cannot do it, nor a picture on a page.
    let mut browser = w.somebody("Anna").await;
    let cross = [("sec-fetch-site", "cross-site")];
    browser
        .send(Method::POST, "/auth/logout", &cross, None)
        .await
        .must(403);
    browser.get("/auth/logout").await.must(405);
    assert!(browser.me().await.is_some());
}

#[tokio::test]
async fn sessions_are_listed_and_ended_from_another_one() {
    let w = World::new().await;
    let mut here = w.somebody("Anna").await;
    let mut phone = w.somebody("Anna").await;
    let mut tablet = w.somebody("Anna").await;
    let list = here
        .call(Method::GET, "/v1/sessions", None)
        .await
        .must(200)
        .json();
    let all = list["items"].as_array().unwrap().clone();
    assert_eq!(all.len(), 3);
    let current: Vec<_> = all.iter().filter(|one| one["current"] == true).collect();
    assert_eq!(current.len(), 1);
    // What opens them is no part of it.
    let shown = list.to_string();
    assert!(
        !shown.contains(here.session().unwrap()) && !shown.contains("hash"),
        "{shown}"
    );
    let of = |browser: &Option<serde_json::Value>| browser.is_some();
    let own = |list: serde_json::Value| {
        let all = list["items"].as_array().unwrap().clone();
        let own = all.into_iter().find(|one| one["current"] == true).unwrap();
        own["id"].as_str().unwrap().to_owned()
    };
    let id = own(phone.call(Method::GET, "/v1/sessions", None).await.json());
    here.call(Method::DELETE, &format!("/v1/sessions/{id}"), None)
        .await
        .must(204);
    assert_eq!(phone.me().await, None);
    // By the button of the start page.
    let id = own(tablet.call(Method::GET, "/v1/sessions", None).await.json());
    let page = here.get("/").await.must(200);
    let button = format!("/sessions/{id}/end");
    assert!(page.body.contains(&button), "{}", page.body);
    here.post(&button, &[]).await.must(303);
    assert_eq!(tablet.me().await, None);
    assert!(of(&here.me().await));
    // Nobody else's.
    let mut boris = w.somebody("Boris").await;
    let id = own(here.call(Method::GET, "/v1/sessions", None).await.json());
    boris
        .post(&format!("/sessions/{id}/end"), &[])
        .await
        .must(404);
    assert!(of(&here.me().await));
}

#[tokio::test]
async fn a_session_ends_after_seven_idle_days_and_after_thirty_in_any_case() {
    let w = World::new().await;
    let mut used = w.somebody("Anna").await;
    let mut idle = w.somebody("Anna").await;
    for day in (6..30).step_by(6) {
        w.server.clock.advance(TimeDelta::days(6));
        assert!(used.me().await.is_some(), "day {day}");
        if day == 6 {
            assert!(idle.me().await.is_some());
        }
    }
    // Twenty-four days by now; eighteen since the other was used.
    assert_eq!(idle.me().await, None);
    let to = idle.get("/").await.must(303).location().unwrap();
    assert_eq!(idle.path_here(&to), "/sign-in");
    w.server
        .clock
        .advance(TimeDelta::days(6) - TimeDelta::seconds(1));
    assert!(used.me().await.is_some());
    w.server.clock.advance(TimeDelta::seconds(1));
    assert_eq!(used.me().await, None, "thirty days");
}

#[tokio::test]
async fn what_is_no_token_opens_nothing() {
    let w = World::new().await;
    let mut browser = w.somebody("Anna").await;
    let token = browser.session().unwrap().to_owned();
    let mut other = token.clone();
    other.replace_range(..1, if token.starts_with('a') { "b" } else { "a" });
    let short = token[..42].to_owned();
    for wrong in [
        other,
        short,
        format!("{token}x"),
        "'; --".to_owned(),
        "%00".to_owned(),
    ] {
        browser.jar.insert("cz_session".into(), wrong.clone());
        assert_eq!(browser.me().await, None, "{wrong}");
    }
    // A key in its place, too; and the token in the place of a key.
    browser.jar.clear();
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    browser
        .send(Method::GET, "/v1/users/me", &headers, None)
        .await
        .must(401);
}
