//! Facebook Login: Pages, permissions, pushed videos, and everything that is refused.

use chrono::TimeDelta;
use contentzavod_core::model::{Content, MediaKind, Reel};
use contentzavod_core::ports::{CallError, Connector, PublishRequest, Publisher};
use contentzavod_instagram::sandbox::{Fault, Record, Rule, Stage};
use contentzavod_instagram::{Family, InstagramConnector, InstagramPublisher};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::bench::{Bench, Reply, bench};
use crate::contract::{Memory, config, connected, file};
use crate::web;

const PERSON: &str = "EAA-sandbox-demo";

async fn as_person(b: &Bench, method: Method, path: &str, form: &Value) -> Reply {
    let request = b.request(method, path).bearer_auth(PERSON);
    let request = if form.is_null() {
        request
    } else {
        request.form(form)
    };
    b.send(request).await
}

async fn user(b: &Bench) -> String {
    let me = b.get("/v25.0/me?fields=user_id").await;
    me.body["user_id"].as_str().unwrap().to_owned()
}

async fn pushed(b: &Bench, caption: &str) -> (String, String) {
    let form = json!({ "media_type": "REELS", "upload_type": "resumable", "caption": caption });
    let path = format!("/v25.0/{}/media", user(b).await);
    let made = as_person(b, Method::POST, &path, &form).await;
    (made.id(), made.body["uri"].as_str().unwrap().to_owned())
}

fn push(b: &Bench, uri: &str, offset: usize, bytes: &'static [u8]) -> RequestBuilder {
    let request = b
        .http
        .post(uri)
        .header("authorization", format!("OAuth {PERSON}"));
    let request = request.header("offset", offset);
    request.header("file_size", web::REEL.len()).body(bytes)
}

async fn phase(b: &Bench, container: &str) -> (Value, Value) {
    let path = format!("/v25.0/{container}?fields=status_code,video_status");
    let body = as_person(b, Method::GET, &path, &Value::Null).await.body;
    (
        body["status_code"].clone(),
        body["video_status"]["uploading_phase"].clone(),
    )
}

#[tokio::test]
async fn a_person_sees_pages_and_a_page_sees_itself() {
    let b = bench().await;
    let path =
        "/v25.0/me/accounts?fields=id,name,access_token,instagram_business_account{id,username}";
    let pages = as_person(&b, Method::GET, path, &Value::Null).await.body;
    let page = &pages["data"][0];
    let account = json!({ "id": user(&b).await, "username": "demo" });
    assert_eq!(page["instagram_business_account"], account);
    assert_eq!(page["access_token"], "EAA-page-demo");
    let page_asks = |path: &str| b.request(Method::GET, path).bearer_auth("EAA-page-demo");
    let own = "/v25.0/me?fields=id,name,instagram_business_account{id,username}";
    let own = b.send(page_asks(own)).await.body;
    assert_eq!(own["instagram_business_account"], account);
    for path in ["/v25.0/me/accounts", "/v25.0/me/permissions"] {
        assert_eq!(b.send(page_asks(path)).await.error(), (100, 0), "{path}");
    }
    // A person has no such account of their own.
    let path = "/v25.0/me?fields=instagram_business_account";
    let reply = as_person(&b, Method::GET, path, &Value::Null).await;
    assert_eq!(reply.error(), (100, 0));
}

#[tokio::test]
async fn pages_come_in_lists_and_some_stay_hidden() {
    let b = bench().await;
    let list = |token: &str, query: &str| {
        let path = format!("/v25.0/me/accounts?fields=name{query}");
        b.request(Method::GET, &path).bearer_auth(token)
    };
    let first = b.send(list("EAA-sandbox-a+b+c", "&limit=2")).await.body;
    assert_eq!(first["data"].as_array().unwrap().len(), 2);
    assert!(first["paging"]["next"].is_string());
    let after = first["paging"]["cursors"]["after"].as_str().unwrap();
    let last = b
        .send(list(
            "EAA-sandbox-a+b+c",
            &format!("&limit=2&after={after}"),
        ))
        .await;
    assert_eq!(last.body["data"][0]["name"], "Page of c");
    assert!(last.body["paging"]["next"].is_null());
    let few = json!({ "username": "demo", "login": "facebook", "token": "EAAfew",
        "scopes": ["pages_show_list", "instagram_basic"] });
    b.send(b.request(Method::POST, "/__accounts").json(&few))
        .await;
    let hidden = b.send(list("EAAfew", "")).await;
    assert_eq!((hidden.status, &hidden.body), (200, &json!({ "data": [] })));
    let granted = b
        .request(Method::GET, "/v25.0/me/permissions")
        .bearer_auth("EAAfew");
    let granted = b.send(granted).await.body;
    let declined = json!({ "permission": "instagram_content_publish", "status": "declined" });
    assert!(granted["data"].as_array().unwrap().contains(&declined));
    // What was not granted is not done.
    let path = format!("/v25.0/{}/media", user(&b).await);
    let form = json!({ "media_type": "REELS", "upload_type": "resumable" });
    let create = b
        .request(Method::POST, &path)
        .bearer_auth("EAAfew")
        .form(&form);
    assert_eq!(b.send(create).await.error(), (10, 0));
}

#[tokio::test]
async fn a_pushed_video_is_processed_and_published() {
    let b = bench().await;
    let (container, uri) = pushed(&b, "pushed").await;
    assert_eq!(phase(&b, &container).await.1["status"], "not_started");
    let done = b.send(push(&b, &uri, 0, web::REEL)).await;
    assert_eq!(done.body["success"], true, "{done:?}");
    let pull = b.pulled(&container).await;
    assert_eq!(pull.sha256.as_deref(), Some(&*web::sha256(web::REEL)));
    assert_eq!(phase(&b, &container).await.0, "IN_PROGRESS");
    b.clock.advance(TimeDelta::milliseconds(1500));
    assert_eq!(
        phase(&b, &container).await,
        (
            json!("FINISHED"),
            json!({ "status": "complete", "bytes_transferred": web::REEL.len() })
        )
    );
    let form = json!({ "creation_id": container });
    let path = format!("/v25.0/{}/media_publish", user(&b).await);
    as_person(&b, Method::POST, &path, &form).await.id();
    assert_eq!(b.sandbox.ledger()[0].sha256, web::sha256(web::REEL));
}

#[tokio::test]
async fn a_push_that_breaks_off_goes_on_where_it_stopped_and_nowhere_else() {
    let b = bench().await;
    let (container, uri) = pushed(&b, "resumed").await;
    let cut = Fault::Cut { bytes: 20_000 };
    b.sandbox
        .set_faults(vec![Rule::times(Stage::Upload, cut, 1)].into());
    assert!(push(&b, &uri, 0, web::REEL).send().await.is_err());
    let (word, upload) = phase(&b, &container).await;
    assert_eq!(word, "IN_PROGRESS");
    assert_eq!(
        upload,
        json!({ "status": "in_progress", "bytes_transferred": 20_000 })
    );
    for (offset, from) in [(0, 0), (19_999, 19_999), (20_001, 20_001)] {
        let wrong = b.send(push(&b, &uri, offset, &web::REEL[from..])).await;
        assert_eq!(
            wrong.body["debug_info"]["type"], "ProcessingFailedError",
            "{offset}"
        );
    }
    let done = b.send(push(&b, &uri, 20_000, &web::REEL[20_000..])).await;
    assert_eq!(done.body["success"], true, "{done:?}");
    let pull = b.pulled(&container).await;
    assert_eq!(pull.sha256.as_deref(), Some(&*web::sha256(web::REEL)));
}

#[tokio::test]
async fn a_wrong_push_is_refused() {
    let b = bench().await;
    let (container, uri) = pushed(&b, "c").await;
    let base = || b.http.post(&uri).header("offset", 0);
    let oauth = |token: &str| format!("OAuth {token}");
    let all = web::REEL.len();
    let whole = |request: RequestBuilder| request.header("file_size", all).body(web::REEL);
    for (what, request, kind) in [
        (
            "bearer",
            whole(base().header("authorization", format!("Bearer {PERSON}"))),
            "NotAuthorizedError",
        ),
        ("no token", whole(base()), "NotAuthorizedError"),
        (
            "Instagram Login",
            whole(base().header("authorization", oauth("sandbox-demo"))),
            "NotAuthorizedError",
        ),
        (
            "a stranger",
            whole(base().header("authorization", oauth("EAA-sandbox-other"))),
            "NotAuthorizedError",
        ),
        (
            "no size",
            base()
                .header("authorization", oauth(PERSON))
                .body(web::REEL),
            "ProcessingFailedError",
        ),
        (
            "a wrong size",
            base()
                .header("authorization", oauth(PERSON))
                .header("file_size", 5)
                .body(web::REEL),
            "ProcessingFailedError",
        ),
    ] {
        let reply = b.send(request).await;
        assert_eq!(reply.status, 400, "{what}");
        assert_eq!(reply.body["debug_info"]["type"], kind, "{what}");
        assert_eq!(reply.body["debug_info"]["retriable"], false, "{what}");
    }
    assert_eq!(phase(&b, &container).await.1["status"], "not_started");
    // What is no video is one no more for being pushed.
    let noise: &'static [u8] = Box::leak(vec![b'x'; all].into_boxed_slice());
    b.send(push(&b, &uri, 0, noise)).await;
    b.pulled(&container).await;
    assert_eq!(phase(&b, &container).await.0, "ERROR");
    let again = b.send(push(&b, &uri, 0, web::REEL)).await;
    assert_eq!(again.body["debug_info"]["type"], "ProcessingFailedError");
}

/// What one family may, the other may not; each host refuses the other's tokens.
#[tokio::test]
async fn the_families_are_kept_apart() {
    let b = bench().await;
    let form = json!({ "media_type": "REELS", "upload_type": "resumable" });
    assert_eq!(b.post("/v25.0/me/media", &form).await.error(), (100, 0));
    let container = b.create("demo", "reel.mp4", "c").await;
    let path = format!("/v25.0/{container}?fields=video_status");
    assert_eq!(b.get(&path).await.error(), (100, 0));
    // By Facebook Login an account is called by its id alone.
    let me = as_person(&b, Method::POST, "/v25.0/me/media", &form).await;
    assert_eq!(me.error(), (100, 33));
    let refresh = "/refresh_access_token?grant_type=ig_refresh_token";
    let refused = as_person(&b, Method::GET, refresh, &Value::Null).await;
    assert_eq!(refused.error(), (2500, 0));
    for (host, token, good) in [
        ("graph.instagram.com", "sandbox-demo", true),
        ("graph.facebook.com", PERSON, true),
        ("graph.instagram.com", PERSON, false),
        ("graph.facebook.com", "sandbox-demo", false),
    ] {
        let path = format!("/{host}/v25.0/me");
        let reply = b
            .send(b.request(Method::GET, &path).bearer_auth(token))
            .await;
        assert_eq!(reply.status == 200, good, "{host} {token}");
        if !good {
            assert_eq!(reply.error(), (190, 0));
        }
    }
    let path = "/v25.0/me?appsecret_proof=0000";
    let unproven = as_person(&b, Method::GET, path, &Value::Null).await;
    assert_eq!(unproven.error(), (100, 0));
}

fn reel(b: &Bench, family: Family) -> PublishRequest {
    let media = file(b, MediaKind::Video, web::REEL.len() as u64);
    PublishRequest {
        content: Content::InstagramReel(Reel::new(media.id, "c")),
        login: Some(family.as_str().to_owned()),
        media_url: Some(b.files.url("reel.mp4")),
        media,
        cover: None,
        cover_url: None,
    }
}

#[tokio::test]
async fn the_real_client_resumes_and_does_not_trust_a_refusal() {
    let b = bench().await;
    let publisher = InstagramPublisher::new(config(&b)).unwrap();
    let access = connected(&b, Family::Facebook).await;
    let made = publisher.create(&access, &reel(&b, Family::Facebook)).await;
    let handle = made.unwrap().value;
    let rules = [
        Rule::times(Stage::Upload, Fault::Cut { bytes: 7_001 }, 1),
        Rule::times(Stage::Upload, Fault::UploadRefused { retriable: false }, 1),
    ];
    b.sandbox.set_faults(vec![rules[0].clone()].into());
    let cut = publisher
        .deliver(&access, &handle, &Memory(web::REEL))
        .await;
    assert!(matches!(cut, Err(CallError::Transient(_))), "{cut:?}");
    b.sandbox.set_faults(vec![rules[1].clone()].into());
    publisher
        .deliver(&access, &handle, &Memory(web::REEL))
        .await
        .unwrap();
    let pull = b.pulled(handle.name()).await;
    assert_eq!(pull.sha256.as_deref(), Some(&*web::sha256(web::REEL)));
    let creates = b.sandbox.records().into_iter();
    let creates = creates.filter(|r| matches!(r, Record::Create(_)));
    assert_eq!(creates.count(), 1);
}

#[tokio::test]
async fn every_account_behind_the_pages_is_found() {
    let b = bench().await;
    let connector = InstagramConnector::new(config(&b)).unwrap();
    let token = "EAA-sandbox-one+two".into();
    let found = connector.identify(&token, None).await.unwrap().value;
    let names: Vec<_> = found.iter().map(|who| who.username.as_str()).collect();
    assert_eq!(names, ["one", "two"]);
    assert_eq!(found[1].place.as_deref(), Some("Page of two"));
    for (scopes, code) in [
        (vec!["instagram_basic"], "instagram.permissions.missing"),
        (
            vec!["instagram_basic", "instagram_content_publish"],
            "instagram.pages.hidden",
        ),
    ] {
        let few = json!({ "username": "demo", "login": "facebook", "token": "EAAfew",
            "scopes": scopes });
        b.send(b.request(Method::POST, "/__accounts").json(&few))
            .await;
        let error = connector
            .identify(&"EAAfew".into(), None)
            .await
            .unwrap_err();
        assert_eq!(error.fault().code, code);
    }
}
