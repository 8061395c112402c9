//! The pages themselves: what stands around them, in which language, and what they must not run.

use contentzavod_identity::stand_in::Part;
use reqwest::Method;
use serde_json::json;

use crate::browser::Browser;
use crate::sound::sound;
use crate::world::World;

async fn looks(browser: &Browser, pages: &[(&str, u16)]) {
    for (lang, accepts) in [("en", "en-GB,en;q=0.9"), ("ru", "ru-RU,ru;q=0.9,en;q=0.8")] {
        let mut browser = browser.clone().reading(accepts);
        if browser.me().await.is_some() {
            browser.set_language(lang).await;
        }
        for (path, status) in pages {
            let page = browser.get(path).await.must(*status);
            sound(path, &page, lang);
        }
    }
}

#[tokio::test]
async fn every_page_is_sound_in_both_languages() {
    let w = World::new().await;
    let link = w.server.zavod.first_owner_link().await.unwrap().unwrap();
    let first = format!(
        "/auth/first/{}",
        secrecy::ExposeSecret::expose_secret(&link)
    );
    looks(&w.browser(), &[(&first, 200)]).await;
    let mut owner = w.somebody("Anna").await;
    let (invitation, _) = w.invitation(&mut owner, "editor").await;
    let stranger: &[(&str, u16)] = &[
        ("/sign-in", 200),
        (&invitation, 200),
        ("/invitation/made-up", 403),
        ("/auth/link/made-up", 200),
        ("/auth/first/made-up", 403),
        ("/auth/arrived", 400),
        ("/auth/google/callback", 400),
        ("/auth/facebook/start", 404),
        ("/nowhere", 404),
        ("/privacy", 200),
        ("/data-deletion", 200),
        ("/data-deletion/made-up", 404),
        ("/oauth/instagram/callback", 400),
        ("/oauth/instagram/start?ticket=made-up", 400),
    ];
    looks(&w.browser(), stranger).await;
    let own: &[(&str, u16)] = &[
        ("/", 200),
        ("/settings", 200),
        ("/settings?new=1", 200),
        ("/auth/again", 200),
        ("/delete", 200),
        ("/export", 200),
        (&invitation, 200),
    ];
    looks(&owner, own).await;
    for (lang, words) in [("en", "en"), ("ru", "ru")] {
        let mut browser = owner.clone().reading(lang);
        browser.set_language(lang).await;
        let wrong = [
            ("name", ""),
            ("locale", "de"),
            ("workspace", "x"),
            ("timezone", "Mars"),
        ];
        let page = browser.post("/settings", &wrong).await.must(422);
        sound("POST /settings", &page, words);
        assert_eq!(
            page.body.matches("role=\"alert\"").count(),
            3,
            "{}",
            page.body
        );
        let page = browser.post("/auth/first/made-up", &wrong).await.must(403);
        sound("POST /auth/first", &page, words);
    }
}

#[tokio::test]
async fn whoever_is_signed_in_reads_their_own_language() {
    let w = World::new().await;
    w.stand_in.reads("ru");
    let anna = w.somebody("Anna").await;
    for named in ["de", "en"] {
        let mut browser = anna.clone().reading(named);
        sound("/", &browser.get("/").await.must(200), "ru");
    }
    let mut browser = anna.reading("ru");
    browser.set_language("en").await;
    sound("/", &browser.get("/").await.must(200), "en");
    // A program says what it reads with every call.
    let key = json!({ "name": "program" });
    let key = format!("Bearer {}", w.key(&mut browser, &key).await);
    for (named, russian) in [("ru", true), ("de", false)] {
        let mut program = w.browser().reading(named);
        let sent = [("authorization", key.as_str())];
        let answer = program.send(Method::GET, "/v1/posts/nothing", &sent, None);
        let title = answer.await.json()["title"].to_string();
        let is_russian = title.chars().any(|c| ('а'..='я').contains(&c));
        assert_eq!(is_russian, russian, "{named}: {title}");
    }
    let mut stranger = w.browser().reading("de");
    sound("/sign-in", &stranger.get("/sign-in").await.must(200), "en");
}

#[tokio::test]
async fn ways_on_are_not_kept_and_tell_nobody_where_they_came_from() {
    let w = World::new().await;
    let mut browser = w.browser();
    let out = browser.get("/auth/google/start").await.must(303);
    let back = w
        .through(&mut browser, "/auth/google/start", "Anna")
        .await
        .must(303);
    let arrived = browser.path_here(&back.location().unwrap());
    let on = browser.get(&arrived).await.must(303);
    for answer in [out, back, on] {
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert!(answer.body.is_empty(), "{}", answer.body);
    }
}

#[tokio::test]
async fn behind_https_browsers_are_told_to_stay_there() {
    let w = World::behind_https().await;
    let safe = w.browser().get("/sign-in").await.must(200);
    assert_eq!(
        safe.header("strict-transport-security"),
        Some("max-age=31536000; includeSubDomains")
    );
    let w = World::new().await;
    let plain = w.browser().get("/sign-in").await.must(200);
    assert_eq!(plain.header("strict-transport-security"), None);
}

#[tokio::test]
async fn a_browser_reads_a_page_and_a_program_a_problem() {
    let w = World::new().await;
    let mut browser = w.browser();
    for (path, status) in [
        ("/nowhere", 404),
        ("/auth/google/callback?code=1&state=1", 400),
        ("/auth/facebook/start", 404),
        ("/invitation/made-up", 403),
        ("/auth/logout", 405),
        ("/sessions/1/end", 405),
    ] {
        let page = browser.get(path).await.must(status);
        assert!(page.body.contains("<main>"), "{path}: {}", page.body);
        for accept in ["*/*", "application/json", "application/problem+json"] {
            let headers = [("accept", accept)];
            let answer = browser
                .send(Method::GET, path, &headers, None)
                .await
                .must(status);
            assert_eq!(
                answer.header("content-type"),
                Some("application/problem+json"),
                "{path}"
            );
            assert_eq!(answer.json()["status"], status, "{path}");
        }
    }
    // The API answers problems, whoever asks.
    for path in ["/v1/users/me", "/v1/nowhere", "/v1/posts/1"] {
        let answer = browser.get(path).await;
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json"),
            "{path}"
        );
    }
    // A form that is refused is a page as well, and says which methods there are.
    let page = browser.post("/sign-in", &[]).await.must(405);
    assert_eq!(page.header("allow"), Some("GET, HEAD"));
    assert!(page.body.contains("<main>"));
    // Nor is a form that has no end.
    let long = "x".repeat(20 << 10);
    let mut owner = w.somebody("Anna").await;
    let page = owner.post("/settings", &[("name", &long)]).await.must(413);
    assert!(page.body.contains("<main>"), "{}", page.body);
}

#[tokio::test]
async fn names_are_text_whatever_they_look_like() {
    const NAME: &str = "<script>alert('1')</script>\"><img src=x onerror=alert(1)> {{7*7}} &amp;";
    let w = World::new().await;
    let mut evil = w.somebody(NAME).await;
    let me = evil.me().await.unwrap();
    assert_eq!(
        (&me["name"], &me["workspace"]["name"]),
        (&NAME.into(), &NAME.into())
    );
    let (invitation, _) = w.invitation(&mut evil, "viewer").await;
    let mut pages = Vec::new();
    for path in ["/", "/settings", "/settings?new=1", &invitation] {
        pages.push(evil.get(path).await.must(200));
    }
    pages.push(w.browser().get(&invitation).await.must(200));
    let mut anna = w.browser();
    w.sign_in(&mut anna, Part::Telegram, "Anna").await;
    pages.push(anna.get(&invitation).await.must(200));
    let wrong = [
        ("name", NAME),
        ("locale", NAME),
        ("workspace", NAME),
        ("timezone", NAME),
    ];
    pages.push(evil.post("/settings", &wrong).await.must(422));
    for page in &pages {
        assert!(page.body.contains("&#60;script&#62;") || page.body.contains("&lt;script&gt;"));
        sound("names", page, "en");
        assert!(page.body.contains("{{7*7}}"), "{}", page.body);
    }
    // What stands in an address comes out as text as well.
    let path = "/sign-in?to=/%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
    sound("to", &w.browser().get(path).await.must(200), "en");
    let path = "/%3Cscript%3Ealert(1)%3C/script%3E";
    sound("path", &w.browser().get(path).await.must(404), "en");
    // A provider's id in an address, and a request's own id, too.
    let headers = [
        ("accept", "text/html"),
        ("x-request-id", "<script>alert(1)</script>"),
    ];
    let page = w
        .browser()
        .send(Method::GET, "/nowhere", &headers, None)
        .await;
    sound("id", &page.must(404), "en");
}

#[tokio::test]
async fn the_style_is_ours_and_loads_nothing() {
    let w = World::new().await;
    let style = w.browser().get("/assets/pages.css").await.must(200);
    assert_eq!(
        style.header("content-type"),
        Some("text/css; charset=utf-8")
    );
    assert!(!style.body.contains("url(") && !style.body.contains("@import"));
}
