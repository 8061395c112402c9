//! Nobody is sent to another site by an address of ours.

use contentzavod_identity::stand_in::Part;
use url::form_urlencoded::byte_serialize;

use crate::browser::Browser;
use crate::world::World;

/// Ways out, as somebody might write them into a link.
const OUT: &[&str] = &[
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%5Cevil.example",
    "/%2F%2Fevil.example",
    "/%09/evil.example",
    "https://evil.example",
    "https:evil.example",
    "/https://evil.example",
    "/https:evil.example",
    "/javascript:alert(1)",
    "/data:text/html,x",
    "javascript:alert(1)",
    "/./https://evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/a/../..//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\n//evil.example",
    "/\r\nLocation: https://evil.example",
    " //evil.example",
    "/@evil.example",
    "@evil.example",
    ".evil.example",
    "/;@evil.example",
    "//127.0.0.1@evil.example",
];

/// Where a browser goes from an answer: an address of this site, and a page at all.
fn at_home(browser: &Browser, location: &str) {
    // A browser reads it against the address it is at.
    let read = browser.site.join(location).unwrap();
    assert_eq!(read.origin(), browser.site.origin(), "{location}");
    let path = location.starts_with('/') && !location.starts_with("//");
    assert!(
        path || location.starts_with(browser.site.as_str()),
        "{location}"
    );
    assert!(!location.contains('\\'), "{location}");
}

#[tokio::test]
async fn arriving_stays_on_this_site() {
    let w = World::new().await;
    let mut browser = w.somebody("Anna").await;
    for out in OUT {
        let encoded: String = byte_serialize(out.as_bytes()).collect();
        // As it is, as a form encodes it, and once more.
        let twice: String = byte_serialize(encoded.as_bytes()).collect();
        for to in [encoded, twice] {
            let answer = browser
                .get(&format!("/auth/arrived?to={to}"))
                .await
                .must(303);
            let location = answer.header("location").unwrap();
            at_home(&browser, location);
        }
    }
    // The first of two holds.
    let answer = browser
        .get("/auth/arrived?to=/settings&to=https://evil.example")
        .await;
    let to = answer.must(303).location().unwrap();
    assert_eq!(browser.path_here(&to), "/settings");
}

#[tokio::test]
async fn coming_back_from_a_provider_stays_on_this_site() {
    let w = World::new().await;
    for out in OUT {
        let encoded: String = byte_serialize(out.as_bytes()).collect();
        let mut browser = w.browser();
        let start = format!("/auth/yandex/start?return_to={encoded}");
        let back = w.through(&mut browser, &start, "Anna").await.must(303);
        at_home(&browser, back.header("location").unwrap());
        let arrived = browser.path_here(&back.location().unwrap());
        let answer = browser.get(&arrived).await.must(303);
        at_home(&browser, answer.header("location").unwrap());
    }
}

#[tokio::test]
async fn links_of_the_ways_in_stay_on_this_site() {
    let w = World::new().await;
    let mut stranger = w.browser();
    let mut somebody = w.somebody("Anna").await;
    for out in OUT {
        let encoded: String = byte_serialize(out.as_bytes()).collect();
        let page = stranger
            .get(&format!("/sign-in?to={encoded}"))
            .await
            .must(200);
        links_stay(&page.body);
        let page = somebody
            .get(&format!("/auth/again?to={encoded}"))
            .await
            .must(200);
        links_stay(&page.body);
    }
    // The provider comes back to the address of the settings, whatever host was asked.
    let host = [
        ("host", "evil.example"),
        ("x-forwarded-host", "evil.example"),
    ];
    let asked = stranger
        .send(reqwest::Method::GET, "/auth/google/start", &host, None)
        .await;
    let out = asked.must(303).location().unwrap();
    let back = out
        .query_pairs()
        .find(|(name, _)| name == "redirect_uri")
        .unwrap()
        .1;
    assert_eq!(
        back,
        format!("{}auth/{}/callback", w.site, Part::Google.as_str())
    );
}

fn links_stay(page: &str) {
    for rest in page.split("href=\"").skip(1) {
        let link = rest.split('"').next().unwrap();
        assert!(link.starts_with('/') && !link.starts_with("//"), "{link}");
        assert!(!link.contains('\\'), "{link}");
    }
}
