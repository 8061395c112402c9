//! Users, workspaces and keys.

use reqwest::Method;
use serde_json::json;

use crate::world::{World, read};

#[tokio::test]
async fn whoever_asks_is_told_who_they_are_and_may_change_it() {
    let w = World::new().await;
    let me = w.get("/v1/users/me").await.fine();
    assert_eq!(me.body["name"], "Anna");
    assert_eq!(me.body["workspace"]["timezone"], "UTC");
    let change = json!({ "name": "Анна", "locale": "ru",
        "workspace": { "name": "Студия", "timezone": "Europe/Moscow" } });
    let changed = w.put("/v1/users/me", &change).await.fine();
    assert_eq!(changed.body["workspace"]["timezone"], "Europe/Moscow");
    assert_eq!(w.get("/v1/users/me").await.body, changed.body);
}

#[tokio::test]
async fn every_broken_rule_is_named_and_nothing_is_changed() {
    let w = World::new().await;
    let before = w.get("/v1/users/me").await.body;
    let change = json!({ "name": "", "locale": "de",
        "workspace": { "name": "x".repeat(101), "timezone": "Mars/Olympus" } });
    let refused = w.put("/v1/users/me", &change).await;
    let refused = refused.refused(422, "request.invalid");
    let wanted = [
        "locale.unknown locale",
        "name.length name",
        "name.length workspace.name",
        "timezone.unknown workspace.timezone",
    ];
    assert_eq!(refused.findings(), wanted);
    assert_eq!(w.get("/v1/users/me").await.body, before);
}

#[tokio::test]
async fn a_key_is_shown_once_opens_its_workspace_and_dies_when_deleted() {
    let w = World::new().await;
    let made = w
        .post("/v1/api-keys", &json!({ "name": "ci" }))
        .await
        .made();
    let secret = made.body["secret"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("cz_live_"));
    let list = w.get("/v1/api-keys").await.fine();
    assert!(!list.text.contains(&secret), "{}", list.text);
    let me = w.request_as(&secret, Method::GET, "/v1/users/me");
    read(me.send().await.unwrap()).await.fine();
    let id = made.body["api_key"]["id"].as_str().unwrap();
    let gone = w.delete(&format!("/v1/api-keys/{id}")).await;
    assert_eq!((gone.status, gone.text.as_str()), (204, ""));
    let me = w.request_as(&secret, Method::GET, "/v1/users/me");
    read(me.send().await.unwrap())
        .await
        .refused(401, "auth.required");
}

#[tokio::test]
async fn without_a_key_nothing_is_told() {
    let w = World::new().await;
    let nobodys = format!("cz_live_{}", "x".repeat(38));
    for key in ["", "nonsense", nobodys.as_str()] {
        for path in ["/v1/users/me", "/v1/posts", "/v1/media"] {
            let answer = w.request_as(key, Method::GET, path).send().await.unwrap();
            let answer = read(answer).await.refused(401, "auth.required");
            assert!(answer.headers.contains_key("www-authenticate"));
        }
    }
}

#[tokio::test]
async fn what_is_somebody_elses_is_like_what_is_not_there() {
    let w = World::new().await;
    let (post, account) = (w.scheduled("mine").await, w.account("anna").await);
    let publication = post.publication();
    let media = post.body["content"]["media_id"].as_str().unwrap();
    let keys = w.get("/v1/api-keys").await.body;
    let other = w.person("Boris").await;
    let nothing = "018f4b1e-0000-7000-8000-00000000dead";
    let paths = [
        (Method::GET, "/v1/posts/{}", post.id()),
        (Method::DELETE, "/v1/posts/{}", post.id()),
        (Method::POST, "/v1/posts/{}/cancel", post.id()),
        (Method::GET, "/v1/accounts/{}", account.clone()),
        (Method::DELETE, "/v1/accounts/{}", account),
        (Method::GET, "/v1/media/{}", media.to_owned()),
        (Method::DELETE, "/v1/media/{}", media.to_owned()),
        (
            Method::POST,
            "/v1/publications/{}/cancel",
            publication.clone(),
        ),
        (Method::GET, "/v1/publications/{}/receipt", publication),
        (
            Method::DELETE,
            "/v1/api-keys/{}",
            keys["items"][0]["id"].as_str().unwrap().into(),
        ),
    ];
    for (method, path, id) in paths {
        let ask = async |id: &str| {
            let request = w.request_as(&other, method.clone(), &path.replace("{}", id));
            let mut answer = read(request.send().await.unwrap()).await;
            answer.body["request_id"] = json!(null);
            (answer.status, answer.body)
        };
        let (foreign, missing) = (ask(&id).await, ask(nothing).await);
        assert_eq!(foreign.0, 404, "{method} {path}");
        assert_eq!(foreign, missing, "{method} {path}");
    }
    assert_eq!(
        w.get(&format!("/v1/posts/{}", post.id())).await.body["status"],
        "scheduled"
    );
}
