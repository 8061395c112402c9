//! Accounts and tokens.

use chrono::TimeDelta;
use contentzavod_core::model::Secret;
use contentzavod_core::ports::{CallError, Connector};
use contentzavod_instagram::graph::GraphClient;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use url::Url;

use crate::common::{CANARY, Platform, USER, access, date, header, pairs, token};

fn secret(text: &str) -> Secret {
    Secret::from(text.to_owned())
}

#[tokio::test]
async fn me_says_whose_the_token_is() {
    let flat = json!({ "user_id": USER, "username": "demo.shop", "account_type": "BUSINESS",
        "id": "27640000000000001" });
    let numbers = json!({ "user_id": 17_841_400_000_000_001_u64, "username": "demo.shop",
        "id": 27_640_000_000_000_001_u64 });
    let wrapped = json!({ "data": [flat.clone()] });
    for body in [flat, numbers, wrapped] {
        let platform = Platform::says(200, &body).await;
        let found = platform.connector().identify(&token(), None).await.unwrap();
        let [who] = found.value.as_slice() else {
            panic!("{:?}", found.value)
        };
        assert_eq!(who.remote_user_id, USER, "{body}");
        assert_eq!(who.app_scoped_id.as_deref(), Some("27640000000000001"));
        assert_eq!((&*who.username, &*who.login), ("demo.shop", "instagram"));
        assert!(who.renews && who.token.is_none() && who.expires_at.is_none());
        // How old a pasted token is nobody tells: sixty days are the most.
        assert_eq!(who.ends_by, Some(date() + TimeDelta::days(60)));
        assert_eq!(found.remote_time, Some(date()));
        let heard = platform.only().await;
        let line = format!("{} {}", heard.method, heard.url.path());
        assert_eq!(line, "GET /v25.0/me");
        let fields = "fields=id%2Cuser_id%2Cusername%2Caccount_type";
        assert_eq!(heard.url.query(), Some(fields));
        let bearer = format!("Bearer {CANARY}");
        assert_eq!(header(&heard, "authorization"), Some(bearer.as_str()));
    }
}

#[tokio::test]
async fn me_without_id_or_name_identifies_nobody() {
    for body in [
        json!({ "username": "demo.shop", "id": "2764" }),
        json!({ "user_id": USER }),
        json!({ "user_id": -5, "username": "demo.shop" }),
        json!({ "user_id": 1.5, "username": "demo.shop" }),
        json!({ "data": [] }),
        json!(null),
    ] {
        let platform = Platform::says(200, &body).await;
        let error = platform.connector().identify(&token(), None).await;
        assert!(matches!(error, Err(CallError::Unreadable(_))), "{body}");
    }
}

#[tokio::test]
async fn refresh_exchanges_the_token_outside_of_versions() {
    let body = json!({ "access_token": "IGAAlongexample", "token_type": "bearer",
        "expires_in": 5_183_944 });
    let platform = Platform::says(200, &body).await;
    let refreshed = platform.connector().refresh(&access()).await.unwrap().value;
    assert_eq!(refreshed.token.expose_secret(), "IGAAlongexample");
    let expected = date() + TimeDelta::seconds(5_183_944);
    assert_eq!(refreshed.expires_at, expected);
    let heard = platform.only().await;
    assert_eq!(heard.url.path(), "/refresh_access_token");
    // This endpoint takes the token in the query only.
    let query = format!("grant_type=ig_refresh_token&access_token={CANARY}");
    assert_eq!(heard.url.query(), Some(query.as_str()));
    assert_eq!(header(&heard, "authorization"), None);
}

#[tokio::test]
async fn a_refreshed_token_without_its_life_lives_sixty_days() {
    for body in [
        json!({ "access_token": "IGAAnew" }),
        json!({ "access_token": "IGAAnew", "expires_in": 0 }),
        json!({ "access_token": "IGAAnew", "expires_in": "5184000" }),
    ] {
        let platform = Platform::says(200, &body).await;
        let refreshed = platform.connector().refresh(&access()).await.unwrap();
        let expected = date() + TimeDelta::days(60);
        assert_eq!(refreshed.value.expires_at, expected, "{body}");
    }
}

#[tokio::test]
async fn only_a_dead_token_is_called_dead_at_refresh() {
    let dead = json!({ "error": { "code": 190, "error_subcode": 463 } });
    let young = json!({ "error": { "code": 100, "message": "Unsupported request" } });
    let platform = Platform::says(400, &dead).await;
    let error = platform.connector().refresh(&access()).await;
    assert!(matches!(error, Err(CallError::Token(_))));
    for (status, body) in [
        (400, young),
        (500, json!({})),
        (200, json!({ "expires_in": 5 })),
    ] {
        let platform = Platform::says(status, &body).await;
        let error = platform.connector().refresh(&access()).await;
        assert!(
            matches!(
                error,
                Err(CallError::Unreadable(_) | CallError::Transient(_))
            ),
            "{body}"
        );
    }
}

#[tokio::test]
async fn revoke_is_best_effort() {
    let done = (200, json!({ "success": true }));
    let dead = (400, json!({ "error": { "code": 190 } }));
    for (status, body) in [done, dead] {
        let platform = Platform::says(status, &body).await;
        platform.connector().revoke(&access()).await.unwrap();
        let heard = platform.only().await;
        let line = format!("{} {}", heard.method, heard.url.path());
        assert_eq!(line, "DELETE /me/permissions");
        let bearer = format!("Bearer {CANARY}");
        assert_eq!(header(&heard, "authorization"), Some(bearer.as_str()));
    }
    let platform = Platform::says(500, &json!({ "error": { "code": 2 } })).await;
    let error = platform.connector().revoke(&access()).await;
    assert!(matches!(error, Err(CallError::Transient(_))));
}

/// Every form in which documents and reports show the answer of the code exchange.
fn exchange_answers() -> Vec<(Value, Option<&'static str>, Vec<&'static str>)> {
    let id = Some("27640000000000001");
    let both = vec![
        "instagram_business_basic",
        "instagram_business_content_publish",
    ];
    let comma = "instagram_business_basic, instagram_business_content_publish";
    let number = 27_640_000_000_000_001_u64;
    vec![
        (
            json!({ "data": [{ "access_token": "IGAAshort", "user_id": "27640000000000001",
            "permissions": comma }] }),
            id,
            both.clone(),
        ),
        (
            json!({ "access_token": "IGAAshort", "user_id": number,
            "permissions": both.clone() }),
            id,
            both.clone(),
        ),
        (
            json!({ "access_token": "IGAAshort", "user_id": number, "permissions": comma }),
            id,
            both.clone(),
        ),
        (
            json!({ "data": { "access_token": "IGAAshort", "user_id": number } }),
            id,
            vec![],
        ),
        (json!({ "access_token": "IGAAshort" }), None, vec![]),
        (
            json!({ "access_token": "IGAAshort", "user_id": null, "permissions": "" }),
            None,
            vec![],
        ),
    ]
}

#[tokio::test]
async fn the_code_exchange_is_read_in_all_its_forms() {
    let redirect = Url::parse("https://our.example/oauth/instagram/callback").unwrap();
    for (body, user, permissions) in exchange_answers() {
        let platform = Platform::says(200, &body).await;
        let client = GraphClient::new(platform.config()).unwrap();
        let answer = client
            .exchange_code(
                "991",
                &secret("app-secret"),
                &redirect,
                &secret("AQBcode#_"),
            )
            .await
            .unwrap()
            .value;
        assert_eq!(answer.token.expose_secret(), "IGAAshort");
        assert_eq!(answer.user_id.as_deref(), user, "{body}");
        assert_eq!(answer.permissions, permissions, "{body}");
        let heard = platform.only().await;
        let line = format!("{} {}", heard.method, heard.url);
        assert!(line.starts_with("POST ") && line.ends_with("/oauth-host/oauth/access_token"));
        let expected = [
            ("client_id", "991"),
            ("client_secret", "app-secret"),
            ("grant_type", "authorization_code"),
            ("redirect_uri", redirect.as_str()),
            ("code", "AQBcode"),
        ]
        .map(|(k, v)| (k.to_owned(), v.to_owned()));
        assert_eq!(pairs(&heard.body), expected);
    }
}

#[tokio::test]
async fn a_used_code_and_a_stranger_are_told_apart() {
    let redirect = Url::parse("https://our.example/cb").unwrap();
    let flat =
        |text: &str| json!({ "error_type": "OAuthException", "code": 400, "error_message": text });
    for (text, code, token) in [
        (
            "This authorization code has been used",
            "instagram.oauth.code_used",
            true,
        ),
        (
            "Insufficient Developer Role",
            "instagram.oauth.tester",
            false,
        ),
    ] {
        let platform = Platform::says(400, &flat(text)).await;
        let client = GraphClient::new(platform.config()).unwrap();
        let error = client
            .exchange_code("991", &secret("s"), &redirect, &secret("c"))
            .await
            .unwrap_err();
        assert_eq!(error.fault().code, code);
        assert_eq!(matches!(error, CallError::Token(_)), token);
        assert_eq!(matches!(error, CallError::Permission(_)), !token);
    }
}

#[tokio::test]
async fn the_long_exchange_takes_secret_and_token_in_the_query() {
    let body = json!({ "access_token": "IGAAlong", "expires_in": 5_183_944 });
    let platform = Platform::says(200, &body).await;
    let client = GraphClient::new(platform.config()).unwrap();
    let answer = client.exchange_long(&secret("app-secret"), &token()).await;
    assert_eq!(answer.unwrap().value.life_secs(), 5_183_944);
    let heard = platform.only().await;
    assert_eq!(heard.url.path(), "/access_token");
    let query =
        format!("grant_type=ig_exchange_token&client_secret=app-secret&access_token={CANARY}");
    assert_eq!(heard.url.query(), Some(query.as_str()));
}
