//! Tokens and whose they are.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;

use crate::bench::{bench, bench_with};

#[tokio::test]
async fn a_token_comes_as_bearer_in_the_query_or_in_the_form() {
    let b = bench().await;
    let bearer = b.get("/v25.0/me?fields=user_id").await;
    let query = b.request(
        Method::GET,
        "/v25.0/me?fields=user_id&access_token=sandbox-demo",
    );
    assert_eq!(b.send(query).await.body, bearer.body);
    let mut reel = b.reel("reel.mp4", "Hello");
    reel["access_token"] = json!("sandbox-demo");
    let form = b.request(Method::POST, "/v25.0/me/media").form(&reel);
    b.send(form).await.id();
    for request in [
        b.request(Method::GET, "/v25.0/me"),
        b.request(Method::GET, "/v25.0/me").bearer_auth("nonsense"),
        b.request(Method::GET, "/v25.0/me")
            .bearer_auth("sandbox-no such name"),
    ] {
        let reply = b.send(request).await;
        assert_eq!((reply.status, reply.error()), (401, (190, 0)));
    }
}

#[tokio::test]
async fn any_of_an_accounts_ids_stands_in_a_path_and_nobody_elses() {
    let b = bench().await;
    let me = b.get("/v25.0/me?fields=id,user_id").await.body;
    for id in [
        "me",
        me["id"].as_str().unwrap(),
        me["user_id"].as_str().unwrap(),
    ] {
        let list = b.get(&format!("/v25.0/{id}/media")).await;
        assert_eq!(list.body, json!({ "data": [] }));
        assert_eq!(b.get(&format!("/v25.0/{id}?fields=user_id")).await.body, me);
    }
    let user = me["user_id"].as_str().unwrap();
    let container = b.ready("demo", "mine").await;
    let media = b.publish("demo", &container).await.id();
    for path in [
        format!("/v25.0/{user}/media"),
        format!("/v25.0/{user}/content_publishing_limit"),
        format!("/v25.0/{container}?fields=status"),
        format!("/v25.0/{media}?fields=permalink"),
        "/v25.0/17990000000000001".to_owned(),
    ] {
        let reply = b.get_as("other", &path).await;
        assert_eq!((reply.status, reply.error()), (400, (100, 33)), "{path}");
        assert_eq!(reply.body["error"]["type"], "GraphMethodException");
    }
    let reel = b.reel("reel.mp4", "not mine");
    let foreign = b
        .post_as("other", &format!("/v25.0/{user}/media"), &reel)
        .await;
    assert_eq!(foreign.error(), (100, 33));
    let foreign = b.ready("demo", "mine").await;
    assert_eq!(b.publish("other", &foreign).await.error(), (24, 2_207_008));
}

#[tokio::test]
async fn a_token_is_refreshed_and_given_back() {
    let b = bench().await;
    let path = "/refresh_access_token?grant_type=ig_refresh_token&access_token=sandbox-demo";
    // Not before it is a day old, and only as a parameter.
    let young = b.send(b.request(Method::GET, path)).await;
    assert_eq!(young.error(), (100, 0));
    b.clock.advance(TimeDelta::hours(24));
    let bearer = "/refresh_access_token?grant_type=ig_refresh_token";
    assert_eq!(b.get(bearer).await.error(), (100, 0));
    let fresh = b.send(b.request(Method::GET, path)).await;
    let expected = json!({
        "access_token": "sandbox-demo", "token_type": "bearer", "expires_in": 5_184_000,
    });
    assert_eq!(fresh.body, expected);
    let wrong = "/refresh_access_token?access_token=sandbox-demo";
    assert_eq!(
        b.send(b.request(Method::GET, wrong)).await.error(),
        (100, 0)
    );

    let gone = b
        .request(Method::DELETE, "/me/permissions")
        .bearer_auth("sandbox-demo");
    assert_eq!(b.send(gone).await.body, json!({ "success": true }));
    let dead = b.get("/v25.0/me").await;
    assert_eq!((dead.status, dead.error()), (400, (190, 458)));
    assert_eq!(b.sandbox.add_account("demo"), "sandbox-demo");
    assert_eq!(b.get("/v25.0/me").await.status, 200, "connected again");
}

#[tokio::test]
async fn accounts_are_made_by_a_call_or_at_the_start() {
    let b = bench_with(|builder| {
        let builder = builder.only_told_accounts();
        builder
            .account("told", None)
            .account("own", Some("IGAAown"))
    })
    .await;
    assert_eq!(b.get_as("told", "/v25.0/me").await.status, 200);
    for unknown in ["demo", "own"] {
        let reply = b.get_as(unknown, "/v25.0/me").await;
        assert_eq!(reply.error(), (190, 0), "{unknown}");
    }
    let own = b
        .request(Method::GET, "/me?fields=username")
        .bearer_auth("IGAAown");
    assert_eq!(b.send(own).await.body["username"], "own");

    let make = async |body| {
        let request = b.request(Method::POST, "/__accounts");
        b.send(request.json(&body)).await
    };
    let made = make(json!({ "username": "new" })).await;
    assert_eq!(
        made.body,
        json!({ "username": "new", "access_token": "sandbox-new" })
    );
    assert_eq!(b.get_as("new", "/v25.0/me").await.status, 200);
    let made = make(json!({ "username": "new", "token": "IGAAnew" })).await;
    assert_eq!(made.body["access_token"], "IGAAnew");
    let both = b
        .request(Method::GET, "/me?fields=username")
        .bearer_auth("IGAAnew");
    assert_eq!(b.send(both).await.body["username"], "new");
    for wrong in [
        json!({}),
        json!({ "username": "no name" }),
        json!({ "username": "new", "token": "" }),
        json!({ "username": "new", "tokn": "x" }),
    ] {
        assert_eq!(make(wrong.clone()).await.status, 422, "{wrong}");
    }
    let unknown = b.request(Method::GET, "/__nothing");
    assert_eq!(b.send(unknown).await.status, 404);
}
