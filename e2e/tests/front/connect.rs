//! An Instagram account is connected on the platform's pages, by whoever is signed in and by whom a
//! program sends here.

use contentzavod_instagram::sandbox::INSTAGRAM_APP;
use reqwest::Method;
use serde_json::json;
use url::Url;

use crate::browser::{Answer, Browser};
use crate::sound::sound;
use crate::world::World;

const START: &str = "/oauth/instagram/start?login=instagram";
const BY_PAGE: &str = "/oauth/instagram/start?login=facebook";

/// Somebody agrees on the platform's page, or says something else there: where it sends them.
#[expect(
    clippy::disallowed_methods,
    reason = "a browser that stays where it is"
)]
pub(crate) async fn agrees(page: &Url, says: &[(&str, &str)]) -> Url {
    let mut page = page.clone();
    page.query_pairs_mut().extend_pairs(says);
    let browser = reqwest::Client::builder();
    let browser = browser.redirect(reqwest::redirect::Policy::none()).build();
    let answer = browser.unwrap().get(page).send().await.unwrap();
    let to = answer.headers().get("location").expect("sent back");
    to.to_str().unwrap().parse().unwrap()
}

/// The whole way of somebody who begins there; what they read then.
async fn through(browser: &mut Browser, start: &str, says: &[(&str, &str)]) -> Answer {
    let out = browser.click(start).await.must(303).location().unwrap();
    let back = agrees(&out, says).await;
    let path = browser.path_here(&back);
    browser.get(&path).await
}

async fn accounts(browser: &mut Browser) -> Vec<String> {
    let list = browser.call(Method::GET, "/v1/accounts", None).await;
    let list = list.must(200).json();
    let items = list["items"].as_array().unwrap().iter();
    let mut names: Vec<_> = items
        .map(|account| account["username"].as_str().unwrap().to_owned())
        .collect();
    // The clock stands still: which was first is not told.
    names.sort();
    names
}

/// A field of a form on a page.
fn field<'a>(page: &'a str, name: &str) -> &'a str {
    let from = format!("name=\"{name}\" value=\"");
    let rest = page.split_once(&from).unwrap_or_else(|| panic!("{page}")).1;
    rest.split('"').next().unwrap()
}

#[tokio::test]
async fn an_owner_connects_by_either_login_and_reads_what_came_of_it() {
    let w = World::new().await;
    let mut anna = w.somebody("Anna").await;
    let out = anna.get(START).await.must(303).location().unwrap();
    let asked: std::collections::BTreeMap<_, _> = out.query_pairs().into_owned().collect();
    assert_eq!(asked["client_id"], INSTAGRAM_APP.id);
    let scopes = "instagram_business_basic,instagram_business_content_publish";
    assert_eq!(asked["scope"], scopes, "no more than is needed");
    assert_eq!(
        asked["redirect_uri"],
        w.site.join("oauth/instagram/callback").unwrap().as_str()
    );
    let says = [("sandbox_account", "anna.reels")];
    let page = through(&mut anna, START, &says).await.must(200);
    sound("connected", &page, "en");
    assert!(
        page.body.contains("@anna.reels is connected"),
        "{}",
        page.body
    );
    let page = through(&mut anna, START, &says).await.must(200);
    assert!(page.body.contains("was here before"), "{}", page.body);
    let says = [("sandbox_account", "by.page")];
    anna.set_language("ru").await;
    let page = through(&mut anna, BY_PAGE, &says).await.must(200);
    sound("connected", &page, "ru");
    assert_eq!(accounts(&mut anna).await, ["anna.reels", "by.page"]);
    let home = anna.get("/").await.must(200).body;
    assert!(
        home.contains("@anna.reels") && home.contains("@by.page"),
        "{home}"
    );
}

#[tokio::test]
async fn of_several_pages_one_is_chosen() {
    let w = World::new().await;
    let mut anna = w.somebody("Anna").await;
    let says = [("sandbox_account", "one+two")];
    let page = through(&mut anna, BY_PAGE, &says).await.must(200);
    sound("choose", &page, "en");
    let ids: Vec<_> = page
        .body
        .split("name=\"id\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert_eq!(ids.len(), 2, "{}", page.body);
    let form = [("state", field(&page.body, "state")), ("id", ids[1])];
    // Neither another browser nor another site's page chooses.
    let mut other = w.somebody("Boris").await;
    let made_up = [("state", "made-up"), ("id", ids[1])];
    other
        .post("/oauth/instagram/choose", &made_up)
        .await
        .must(400);
    let done = anna.post("/oauth/instagram/choose", &form).await.must(200);
    assert!(done.body.contains("@two is connected"), "{}", done.body);
    let again = anna.post("/oauth/instagram/choose", &form).await.must(400);
    sound("chosen already", &again, "en");
    assert_eq!(accounts(&mut anna).await, ["two"]);
    assert_eq!(accounts(&mut other).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_cannot_be_connected_is_listed_and_what_is_missing_is_named() {
    let w = World::new().await;
    let mut anna = w.somebody("Anna").await;
    anna.set_language("ru").await;
    for (start, says, words) in [
        (
            START,
            ("sandbox_account", "personal.anna"),
            ["personal.anna", "личный"],
        ),
        (
            BY_PAGE,
            ("sandbox_account", "bare.one"),
            ["Page of bare.one", "не привязан"],
        ),
        (
            START,
            ("sandbox_declined", "instagram_business_content_publish"),
            ["instagram_business_content_publish", "разрешения"],
        ),
    ] {
        let page = through(&mut anna, start, &[says]).await.must(422);
        sound(start, &page, "ru");
        for word in words {
            assert!(page.body.contains(word), "{word}: {}", page.body);
        }
        let login = start.split('?').nth(1).unwrap();
        assert!(
            page.body.contains(login),
            "begin the same again: {}",
            page.body
        );
    }
    let turned = through(&mut anna, START, &[("sandbox_cancel", "1")]).await;
    let turned = turned.must(400);
    assert!(turned.body.contains("access_denied"), "{}", turned.body);
    assert_eq!(accounts(&mut anna).await, Vec::<String>::new());
}

#[tokio::test]
async fn the_way_back_belongs_to_the_session_that_set_out() {
    let w = World::new().await;
    let (mut anna, mut boris) = (w.somebody("Anna").await, w.somebody("Boris").await);
    let says = [("sandbox_account", "anna.reels")];
    for taker in [&mut boris, &mut w.browser()] {
        let out = anna.get(START).await.must(303).location().unwrap();
        let back = agrees(&out, &says).await;
        let path = anna.path_here(&back);
        let refused = taker.get(&path).await.must(400);
        sound("another session", &refused, "en");
        // And it is used up.
        anna.get(&path).await.must(400);
    }
    let out = anna.get(START).await.must(303).location().unwrap();
    let back = agrees(&out, &says).await;
    let elsewhere = anna
        .path_here(&back)
        .replace("/oauth/instagram/", "/auth/google/");
    anna.get(&elsewhere).await.must(400);
    assert_eq!(accounts(&mut anna).await, Vec::<String>::new());
    assert_eq!(accounts(&mut boris).await, Vec::<String>::new());
    // Only owners set out.
    let mut viewer = w.member(&mut anna, "Vera", "viewer").await;
    viewer.get(START).await.must(403);
    w.browser().get(START).await.must(303);
}

#[tokio::test]
async fn an_owner_disconnects_after_reading_what_it_means() {
    let w = World::new().await;
    let mut anna = w.somebody("Anna").await;
    let says = [("sandbox_account", "anna.reels")];
    through(&mut anna, START, &says).await.must(200);
    let home = anna.get("/").await.must(200).body;
    let path = home
        .split("href=\"")
        .find(|rest| rest.contains("/disconnect\""));
    let path = path.unwrap().split('"').next().unwrap().to_owned();
    let page = anna.get(&path).await.must(200);
    sound("/disconnect", &page, "en");
    assert!(
        page.body.contains("Disconnect @anna.reels?"),
        "{}",
        page.body
    );
    // Nobody else: neither another site, nor a stranger, nor another owner, nor a viewer.
    let cross = [("sec-fetch-site", "cross-site")];
    let sent = anna.send(Method::POST, &path, &cross, None).await;
    sent.must(403);
    w.browser().get(&path).await.must(303);
    let mut boris = w.somebody("Boris").await;
    boris.get(&path).await.must(404);
    boris.post(&path, &[]).await.must(404);
    let nothing = anna.get("/accounts/abc/disconnect").await.must(404);
    sound("no id", &nothing, "en");
    anna.post("/sessions/abc/end", &[]).await.must(404);
    let mut viewer = w.member(&mut anna, "Vera", "viewer").await;
    viewer.get(&path).await.must(403);
    viewer.post(&path, &[]).await.must(403);
    let home = viewer.get("/").await.must(200).body;
    assert!(!home.contains("/disconnect"), "{home}");
    let list = anna.call(Method::GET, "/v1/accounts", None).await.json();
    assert_eq!(list["items"][0]["status"], "active");
    anna.post(&path, &[]).await.must(303);
    let list = anna.call(Method::GET, "/v1/accounts", None).await.json();
    assert_eq!(list["items"][0]["status"], "disconnected");
    let home = anna.get("/").await.must(200).body;
    assert!(!home.contains("/disconnect"), "{home}");
}

/// A program has no browser: its person is asked first, and once.
#[tokio::test]
async fn a_program_sends_its_person_to_a_page_that_asks() {
    let w = World::new().await;
    let mut anna = w.somebody("Anna").await;
    let body = json!({ "name": "app", "scopes": ["accounts:write"] });
    let key = format!("Bearer {}", w.key(&mut anna, &body).await);
    let headers = [("authorization", key.as_str())];
    let begun = w
        .browser()
        .send(Method::POST, "/v1/accounts/connect", &headers, None)
        .await;
    let url: Url = begun.must(200).json()["authorize_url"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let mut visitor = w.browser();
    let path = visitor.path_here(&url);
    // Looking uses nothing up, and says who asks.
    for lang in ["en", "ru"] {
        let page = visitor.clone().reading(lang).get(&path).await.must(200);
        sound("offer", &page, lang);
        assert!(page.body.contains("Anna"), "{}", page.body);
    }
    let go = format!("{path}&go=1");
    for from in ["cross-site", "none"] {
        let sent = [("sec-fetch-site", from), ("accept", "text/html")];
        let page = visitor.send(Method::GET, &go, &sent, None).await;
        // Nobody else presses the button: they read who asks.
        assert!(page.must(200).body.contains("Anna"), "{from}");
    }
    let page = through(&mut visitor, &go, &[("sandbox_account", "guest")]).await;
    let page = page.must(200);
    assert!(page.body.contains("@guest is connected"), "{}", page.body);
    assert_eq!(visitor.me().await, None, "nobody is signed in by it");
    visitor.click(&go).await.must(400);
    assert_eq!(accounts(&mut anna).await, ["guest"]);
}
