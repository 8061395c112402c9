//! Connecting on the platform's pages: where they are, what a code is worth, what a token shows.

use chrono::TimeDelta;
use contentzavod_core::model::{Lang, Secret};
use contentzavod_core::ports::{CallError, Connector, Granted, Seen};
use contentzavod_instagram::{GraphConfig, InstagramApp, InstagramConnector, MetaApp};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use url::Url;
use wiremock::Mock;
use wiremock::matchers::{method, path};

use crate::common::{Platform, USER, date, json as reply, pairs};

const BASIC: &str = "instagram_business_basic";
const PUBLISH: &str = "instagram_business_content_publish";

fn back() -> Url {
    Url::parse("https://our.example/oauth/instagram/callback").unwrap()
}

fn apps(config: GraphConfig) -> GraphConfig {
    GraphConfig {
        instagram_app: Some(InstagramApp {
            id: "991".to_owned(),
            secret: "instagram-secret".into(),
        }),
        meta_app: Some(MetaApp {
            id: Some("992".to_owned()),
            secret: "meta-secret".into(),
        }),
        ..config
    }
}

fn connector(config: GraphConfig) -> InstagramConnector {
    InstagramConnector::new(apps(config)).unwrap()
}

fn query(url: &Url) -> Vec<(String, String)> {
    url.query_pairs().into_owned().collect()
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = pairs.iter();
    owned
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect()
}

async fn answering(answers: &[(&str, &str, Value)]) -> Platform {
    let platform = Platform::new().await;
    for (verb, at, body) in answers {
        let mock = Mock::given(method(*verb)).and(path(*at));
        platform.mount(mock.respond_with(reply(200, body))).await;
    }
    platform
}

#[test]
fn people_are_sent_to_the_page_of_the_family() {
    let connector = connector(GraphConfig::default());
    let page = connector.authorize("instagram", "a state", &back());
    let page = page.unwrap();
    assert_eq!(
        &page[..url::Position::AfterPath],
        "https://www.instagram.com/oauth/authorize"
    );
    let scope = format!("{BASIC},{PUBLISH}");
    let expected = [
        ("client_id", "991"),
        ("redirect_uri", back().as_str()),
        ("response_type", "code"),
        ("scope", &scope),
        ("state", "a state"),
        ("force_reauth", "true"),
    ]
    .map(|(k, v)| (k.to_owned(), v.to_owned()));
    assert_eq!(query(&page), expected);
    let page = connector.authorize("facebook", "a state", &back());
    let page = page.unwrap();
    assert_eq!(
        &page[..url::Position::AfterPath],
        "https://www.facebook.com/v25.0/dialog/oauth"
    );
    let scope = "instagram_basic,instagram_content_publish,pages_show_list,pages_read_engagement,\
                 business_management";
    let expected = owned(&[
        ("client_id", "992"),
        ("redirect_uri", back().as_str()),
        ("response_type", "code"),
        ("scope", scope),
        ("state", "a state"),
        ("auth_type", "rerequest"),
    ]);
    assert_eq!(query(&page), expected);
}

/// Calls can be signed with a secret alone; people cannot be sent anywhere.
#[test]
fn without_an_app_there_is_no_page() {
    let none = InstagramConnector::new(GraphConfig::default()).unwrap();
    let secret_only = GraphConfig {
        meta_app: Some(MetaApp {
            id: None,
            secret: "meta-secret".into(),
        }),
        ..GraphConfig::default()
    };
    let secret_only = InstagramConnector::new(secret_only).unwrap();
    for connector in [&none, &secret_only] {
        for login in ["instagram", "facebook"] {
            assert!(!connector.has_app(login), "{login}");
            assert_eq!(connector.authorize(login, "s", &back()), None, "{login}");
        }
    }
    let both = connector(GraphConfig::default());
    assert!(both.has_app("instagram") && both.has_app("facebook"));
    assert!(!both.has_app("myspace"));
    assert_eq!(both.authorize("myspace", "s", &back()), None);
}

/// Every form of the answer in which a code's token comes, with what was granted, where it is said.
fn forms() -> Vec<(Value, Vec<&'static str>)> {
    let number = 27_640_000_000_000_001_u64;
    let comma = format!("{BASIC}, {PUBLISH}");
    let both = vec![BASIC, PUBLISH];
    vec![
        (
            json!({ "access_token": "IGAAshort", "user_id": number, "permissions": both }),
            both.clone(),
        ),
        (
            json!({ "data": [{ "access_token": "IGAAshort", "user_id": "27640000000000001",
                "permissions": comma }] }),
            both,
        ),
        // Where it is not said, nothing is refused.
        (json!({ "access_token": "IGAAshort" }), vec![]),
    ]
}

async fn exchanged(platform: &Platform, login: &str) -> Result<Granted, CallError> {
    let connector = connector(platform.config());
    let code = Secret::from("AQBcode#_");
    let granted = connector.exchange(login, &code, &back()).await;
    granted.map(|answer| answer.value)
}

#[tokio::test]
async fn a_code_of_instagram_login_is_worth_a_token_of_sixty_days() {
    let long = json!({ "access_token": "IGAAlong", "expires_in": 5_183_944 });
    for (short, scopes) in forms() {
        let platform = answering(&[
            ("POST", "/oauth-host/oauth/access_token", short.clone()),
            ("GET", "/access_token", long.clone()),
        ])
        .await;
        let granted = exchanged(&platform, "instagram").await.unwrap();
        assert_eq!(granted.token.expose_secret(), "IGAAlong");
        assert_eq!(granted.scopes, scopes, "{short}");
        assert_eq!(granted.missing, Vec::<String>::new());
        let ends = date() + TimeDelta::seconds(5_183_944);
        assert_eq!(granted.expires_at, Some(ends));
        let heard = platform.heard().await;
        let expected = owned(&[
            ("client_id", "991"),
            ("client_secret", "instagram-secret"),
            ("grant_type", "authorization_code"),
            ("redirect_uri", back().as_str()),
            ("code", "AQBcode"),
        ]);
        assert_eq!(pairs(&heard[0].body), expected);
        let expected = owned(&[
            ("grant_type", "ig_exchange_token"),
            ("client_secret", "instagram-secret"),
            ("access_token", "IGAAshort"),
        ]);
        assert_eq!(query(&heard[1].url), expected);
        assert_eq!(heard.len(), 2);
    }
}

/// Nothing more is asked for with a token that is good for nothing.
#[tokio::test]
async fn what_was_unticked_is_named() {
    let short = json!({ "access_token": "IGAAshort", "permissions": [BASIC] });
    let platform = answering(&[("POST", "/oauth-host/oauth/access_token", short)]).await;
    let granted = exchanged(&platform, "instagram").await.unwrap();
    assert_eq!(granted.missing, [PUBLISH]);
    assert_eq!(platform.heard().await.len(), 1);
    let rows = json!({ "data": [
        { "permission": "instagram_basic", "status": "granted" },
        { "permission": "instagram_content_publish", "status": "declined" },
        { "permission": "business_management", "status": "declined" } ] });
    let platform = answering(&[
        (
            "POST",
            "/v25.0/oauth/access_token",
            json!({ "access_token": "EAAshort" }),
        ),
        ("GET", "/v25.0/me/permissions", rows),
    ])
    .await;
    let granted = exchanged(&platform, "facebook").await.unwrap();
    // Not every Page is in a portfolio: that one is not needed.
    assert_eq!(
        granted.missing,
        ["instagram_content_publish", "pages_show_list"]
    );
}

#[tokio::test]
async fn a_code_of_facebook_login_is_worth_one_too() {
    let names = [
        "instagram_basic",
        "instagram_content_publish",
        "pages_show_list",
    ];
    let rows: Vec<Value> = names
        .iter()
        .map(|name| json!({ "permission": name, "status": "granted" }))
        .collect();
    let token = json!({ "access_token": "EAAlong", "token_type": "bearer" });
    let platform = answering(&[
        ("POST", "/v25.0/oauth/access_token", token),
        ("GET", "/v25.0/me/permissions", json!({ "data": rows })),
    ])
    .await;
    let granted = exchanged(&platform, "facebook").await.unwrap();
    assert_eq!(granted.token.expose_secret(), "EAAlong");
    assert_eq!(granted.scopes, names);
    assert!(granted.missing.is_empty());
    // It may leave its life out: sixty days.
    assert_eq!(granted.expires_at, Some(date() + TimeDelta::days(60)));
    let heard = platform.heard().await;
    let expected = owned(&[
        ("client_id", "992"),
        ("client_secret", "meta-secret"),
        ("redirect_uri", back().as_str()),
        ("code", "AQBcode"),
    ]);
    assert_eq!(pairs(&heard[0].body), expected);
    let renewed = pairs(&heard[2].body);
    assert!(renewed.contains(&("grant_type".to_owned(), "fb_exchange_token".to_owned())));
}

#[tokio::test]
async fn a_code_that_is_refused_and_a_family_without_an_app_are_told() {
    let used = json!({ "error_type": "OAuthException", "code": 400,
        "error_message": "This authorization code has been used" });
    let platform = Platform::says(400, &used).await;
    for login in ["instagram", "facebook"] {
        let error = exchanged(&platform, login).await.unwrap_err();
        assert!(matches!(error, CallError::Token(_)), "{login}: {error:?}");
        assert_eq!(error.fault().code, "instagram.oauth.code_used");
    }
    let appless = platform.connector();
    for (login, code) in [
        ("instagram", "instagram.no_app"),
        ("facebook", "instagram.no_app"),
        ("myspace", "instagram.login_family"),
    ] {
        let error = appless.exchange(login, &"c".into(), &back()).await;
        assert_eq!(error.unwrap_err().fault().code, code);
    }
}

async fn seen(platform: &Platform, login: &str) -> Vec<Seen> {
    let connector = platform.connector();
    let seen = connector.survey(&"a token".into(), Some(login)).await;
    seen.unwrap().value
}

#[tokio::test]
async fn a_personal_account_is_seen_and_not_connected() {
    for (kind, good) in [
        (Some("BUSINESS"), true),
        (Some("media_creator"), true),
        (Some("Personal"), false),
        (Some("PERSONAL"), false),
        (None, true),
    ] {
        let me = json!({ "user_id": USER, "username": "demo.shop", "account_type": kind });
        let platform = Platform::says(200, &me).await;
        let seen = seen(&platform, "instagram").await;
        let [one] = seen.as_slice() else {
            panic!("{seen:?}")
        };
        assert_eq!(one.name, "demo.shop");
        assert_eq!(one.account.is_some(), good, "{kind:?}");
        assert_eq!(one.reason.is_none(), good, "{kind:?}");
        let found = platform.connector();
        let found = found.identify(&"a token".into(), Some("instagram")).await;
        match found {
            Ok(found) => assert!(good && found.value.len() == 1),
            Err(error) => {
                assert!(!good && matches!(error, CallError::Permission(_)));
                assert_eq!(error.fault().code, "instagram.account.personal");
                assert!(error.fault().says(Lang::Ru).contains("личный"));
            }
        }
    }
}

#[tokio::test]
async fn every_page_is_seen_with_why_not() {
    let page = |id: &str, name: &str, tasks: Value, account: Value| {
        json!({ "id": id, "name": name, "access_token": format!("EAA{id}"), "tasks": tasks,
            "instagram_business_account": account })
    };
    let account = |id: &str| json!({ "id": id, "username": format!("name.{id}") });
    let pages = [
        page("1", "Bakery", json!(["MANAGE"]), Value::Null),
        page("2", "Florist", json!(["ANALYZE", "MODERATE"]), account("2")),
        page("3", "Shop", json!(["CREATE_CONTENT"]), account("3")),
        page("4", "New", json!(["PROFILE_PLUS_MANAGE"]), account("4")),
        page("5", "Old", Value::Null, account("5")),
    ];
    let mut pages = pages.to_vec();
    pages[4].as_object_mut().unwrap().remove("tasks");
    let rows: Vec<Value> = ["instagram_basic", "instagram_content_publish"]
        .map(|name| json!({ "permission": name, "status": "granted" }))
        .to_vec();
    let platform = answering(&[
        ("GET", "/v25.0/me/permissions", json!({ "data": rows })),
        ("GET", "/v25.0/me/accounts", json!({ "data": pages })),
        (
            "GET",
            "/v25.0/me",
            json!({ "id": 10_200_000_000_000_001_u64 }),
        ),
    ])
    .await;
    let seen = seen(&platform, "facebook").await;
    let shown: Vec<_> = seen
        .iter()
        .map(|seen| {
            let reason = seen.reason.as_ref().map(|fault| &*fault.code);
            let account = seen.account.as_ref().map(|who| &*who.remote_user_id);
            (&*seen.name, seen.place.as_deref(), account, reason)
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("Bakery", None, None, Some("instagram.page.unlinked")),
            ("Florist", None, None, Some("instagram.page.task")),
            ("name.3", Some("Shop"), Some("3"), None),
            ("name.4", Some("New"), Some("4"), None),
            ("name.5", Some("Old"), Some("5"), None),
        ]
    );
    let reason = seen[1].reason.as_ref().unwrap();
    assert!(reason.says(Lang::En).contains("Florist"), "{reason}");
    assert!(reason.says(Lang::Ru).contains("Florist"), "{reason}");
    let person = seen[2].account.as_ref().unwrap().app_scoped_id.as_deref();
    assert_eq!(person, Some("10200000000000001"));
    // To identify is to see, without what cannot be connected.
    let found = platform.connector();
    let found = found.identify(&"t".into(), Some("facebook")).await.unwrap();
    assert_eq!(found.value.len(), 3);
}

#[tokio::test]
async fn a_token_that_shows_nothing_says_why() {
    let rows: Vec<Value> = ["instagram_basic", "instagram_content_publish"]
        .map(|name| json!({ "permission": name, "status": "granted" }))
        .to_vec();
    let platform = answering(&[
        ("GET", "/v25.0/me/permissions", json!({ "data": rows })),
        ("GET", "/v25.0/me/accounts", json!({ "data": [] })),
    ])
    .await;
    let seen = seen(&platform, "facebook").await;
    let [nothing] = seen.as_slice() else {
        panic!("{seen:?}")
    };
    assert!(nothing.name.is_empty() && nothing.account.is_none());
    let reason = nothing.reason.as_ref().unwrap();
    assert_eq!(reason.code, "instagram.pages.hidden");
}
