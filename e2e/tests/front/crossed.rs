//! Calls that another site makes a browser send.

use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::world::World;

const JSON: (&str, &str) = ("content-type", "application/json");
const EVIL: (&str, &str) = ("origin", "https://evil.example");

/// What a foreign page could change: a call of each method, and how one sees that it was done.
struct Victim {
    browser: Browser,
    member: String,
    key: String,
}

impl Victim {
    async fn new(w: &World) -> Self {
        let mut browser = w.somebody("Anna").await;
        let mut boris = w.member(&mut browser, "Boris", "viewer").await;
        let member = boris.me().await.unwrap()["id"].as_str().unwrap().to_owned();
        let made = browser
            .call(Method::POST, "/v1/api-keys", Some(&json!({ "name": "ci" })))
            .await;
        let key = made.must(201).json()["api_key"]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        Self {
            browser,
            member,
            key,
        }
    }

    fn calls(&self) -> [(Method, String, Option<Value>); 4] {
        [
            (
                Method::POST,
                "/v1/workspaces".into(),
                Some(json!({ "name": "Evil" })),
            ),
            (
                Method::PUT,
                "/v1/users/me".into(),
                Some(json!({ "name": "Evil" })),
            ),
            (
                Method::PATCH,
                format!("/v1/members/{}", self.member),
                Some(json!({ "role": "owner" })),
            ),
            (Method::DELETE, format!("/v1/api-keys/{}", self.key), None),
        ]
    }

    /// All that the calls could have changed.
    async fn state(&mut self) -> Vec<Value> {
        let mut state = Vec::new();
        for path in [
            "/v1/workspaces",
            "/v1/users/me",
            "/v1/members",
            "/v1/api-keys",
        ] {
            state.push(
                self.browser
                    .call(Method::GET, path, None)
                    .await
                    .must(200)
                    .json(),
            );
        }
        state
    }
}

#[tokio::test]
async fn a_call_with_a_cookie_must_come_from_our_own_pages() {
    let w = World::new().await;
    let mut victim = Victim::new(&w).await;
    let own = w.site.origin().ascii_serialization();
    let own = ("origin", own.as_str());
    let before = victim.state().await;
    let fetch = |from| ("sec-fetch-site", from);
    let crossed: Vec<Vec<(&str, &str)>> = vec![
        vec![fetch("cross-site")],
        vec![fetch("cross-site"), own],
        vec![fetch("same-site")],
        vec![fetch("same-site"), EVIL],
        vec![fetch("none")],
        vec![fetch("")],
        vec![EVIL],
        vec![("origin", "null")],
        vec![],
        vec![("referer", w.site.as_str())],
    ];
    for headers in &crossed {
        for (method, path, body) in victim.calls() {
            let mut headers = headers.clone();
            headers.push(JSON);
            let body = body.map(|body| body.to_string().into_bytes());
            let answer = victim
                .browser
                .send(method.clone(), &path, &headers, body)
                .await;
            assert_eq!(answer.status.as_u16(), 403, "{method} {path} {headers:?}");
            assert_eq!(answer.code(), "auth.cross_site");
        }
    }
    assert_eq!(victim.state().await, before, "nothing has changed");
    // And with what a browser says of our own pages each of them works.
    for (at, (method, path, body)) in victim.calls().into_iter().enumerate() {
        let headers = if at % 2 == 0 {
            [fetch("same-origin"), JSON]
        } else {
            [own, JSON]
        };
        let body = body.map(|body| body.to_string().into_bytes());
        let answer = victim.browser.send(method, &path, &headers, body).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.body);
    }
    let after = victim.state().await;
    assert!(
        after
            .iter()
            .zip(&before)
            .all(|(after, before)| after != before)
    );
}

#[tokio::test]
async fn a_form_is_no_call_whatever_it_says_of_itself() {
    let w = World::new().await;
    let mut victim = Victim::new(&w).await;
    let before = victim.state().await;
    for kind in [
        "text/plain",
        "text/plain; charset=utf-8",
        "TEXT/PLAIN",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ] {
        let headers = [("sec-fetch-site", "same-origin"), ("content-type", kind)];
        for (method, path, body) in victim.calls() {
            let body = body.map_or_else(Vec::new, |body| body.to_string().into_bytes());
            let answer = victim
                .browser
                .send(method, &path, &headers, Some(body))
                .await;
            assert_eq!(answer.must(403).code(), "auth.cross_site", "{kind} {path}");
        }
    }
    assert_eq!(victim.state().await, before);
}

#[tokio::test]
async fn what_is_read_is_not_read_for_another_site() {
    let w = World::new().await;
    let mut browser = w.somebody("Anna").await;
    for from in ["cross-site", "same-site"] {
        let headers = [("sec-fetch-site", from)];
        let answer = browser
            .send(Method::GET, "/v1/users/me", &headers, None)
            .await;
        assert_eq!(answer.must(403).code(), "auth.cross_site");
    }
    // Nobody lets another site ask first.
    let ask = [
        EVIL,
        ("access-control-request-method", "DELETE"),
        ("access-control-request-headers", "content-type"),
    ];
    let answer = browser
        .send(Method::OPTIONS, "/v1/users/me", &ask, None)
        .await;
    assert!(!answer.status.is_success(), "{}", answer.status);
    for path in ["/v1/users/me", "/healthz", "/"] {
        let answer = browser.send(Method::GET, path, &[EVIL], None).await;
        let cors = answer
            .headers
            .keys()
            .find(|name| name.as_str().starts_with("access-control"));
        assert_eq!(cors, None, "{path}");
    }
}

#[tokio::test]
async fn a_key_is_no_cookie_and_works_from_anywhere() {
    let w = World::new().await;
    let mut owner = w.somebody("Anna").await;
    let user = owner.me().await.unwrap()["id"].clone();
    let id = contentzavod_core::model::UserId(user.as_str().unwrap().parse().unwrap());
    let place = owner.me().await.unwrap()["workspace"]["id"]
        .as_str()
        .unwrap()
        .parse();
    let actor = contentzavod_core::model::Actor {
        user: id,
        workspace: contentzavod_core::model::WorkspaceId(place.unwrap()),
    };
    let (_, key) = w.server.zavod.create_key(actor, "ci").await.unwrap();
    let bearer = format!("Bearer {}", secrecy::ExposeSecret::expose_secret(&key));
    // A browser with somebody else's cookie: the key goes before it.
    let mut browser = w.somebody("Boris").await;
    for from in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "none"),
        EVIL,
    ] {
        let headers = [from, JSON, ("authorization", bearer.as_str())];
        let body = json!({ "name": "Anna K." }).to_string().into_bytes();
        let put = browser.send(Method::PUT, "/v1/users/me", &headers, Some(body));
        assert_eq!(put.await.must(200).json()["id"], user);
        let body = json!({ "name": "Second" }).to_string().into_bytes();
        browser
            .send(Method::POST, "/v1/workspaces", &headers, Some(body))
            .await
            .must(201);
    }
    // A key that is none is refused, whatever cookie comes along.
    let headers = [("authorization", "Bearer cz_live_none")];
    browser
        .send(Method::GET, "/v1/users/me", &headers, None)
        .await
        .must(401);
}

#[tokio::test]
async fn forms_of_our_pages_are_not_taken_from_elsewhere() {
    let w = World::new().await;
    let mut browser = w.somebody("Anna").await;
    let before = browser.me().await;
    let form = ("content-type", "application/x-www-form-urlencoded");
    for from in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        EVIL,
    ] {
        for path in ["/settings", "/auth/logout"] {
            let body = b"name=Evil&locale=ru&workspace=Evil&timezone=UTC".to_vec();
            let answer = browser
                .send(Method::POST, path, &[from, form], Some(body))
                .await;
            answer.must(403);
        }
        // What begins in a session is begun by our own pages only.
        for purpose in ["again", "link"] {
            let path = format!("/auth/google/start?purpose={purpose}");
            let answer = browser.send(Method::GET, &path, &[from], None).await;
            answer.must(403);
        }
    }
    assert_eq!(browser.me().await, before);
}

/// They say where a form comes from with `Origin`, and where a link stood with `Referer`.
#[tokio::test]
async fn browsers_without_fetch_metadata_use_our_forms_and_links() {
    let w = World::new().await;
    let mut anna = w.somebody("Anna").await;
    let (path, _) = w.invitation(&mut anna, "viewer").await;
    let origin = w.site.origin().ascii_serialization();
    let page = [("accept", "text/html")];
    let form = [
        ("accept", "text/html"),
        ("origin", origin.as_str()),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let body = b"name=Anna&locale=en&workspace=Old&timezone=UTC".to_vec();
    let saved = anna
        .send(Method::POST, "/settings", &form, Some(body))
        .await;
    saved.must(303);
    let start = crate::world::start_invited(contentzavod_identity::stand_in::Part::Google, &path);
    let mut boris = w.browser();
    let invited = format!("{}{}", origin, path);
    for (referer, out) in [
        (invited.as_str(), true),
        ("https://evil.example/", false),
        ("not an address", false),
    ] {
        let sent = [page[0], ("referer", referer)];
        let answer = boris.send(Method::GET, &start, &sent, None).await.must(303);
        let to = answer.location().unwrap();
        assert_eq!(to.origin() != w.site.origin(), out, "{referer}: {to}");
    }
    let answer = boris.send(Method::GET, &start, &page, None).await.must(303);
    assert_eq!(answer.location().unwrap().path(), path);
}
