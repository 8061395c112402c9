//! Signing in, as a client goes through it, and what is refused on the way.

use chrono::TimeDelta;
use contentzavod_core::model::Secret;
use contentzavod_core::ports::CallError;
use contentzavod_instagram::Family;
use contentzavod_instagram::graph::{GraphClient, Token};
use contentzavod_instagram::sandbox::{App, FACEBOOK_APP, INSTAGRAM_APP};
use reqwest::Method;
use secrecy::ExposeSecret;
use serde_json::json;
use url::Url;

use crate::bench::{Bench, bench, bench_with};
use crate::contract::config;

const BACK: &str = "https://zavod.example/oauth/instagram/callback";

fn page(family: Family, scope: &str) -> Vec<(&'static str, String)> {
    let id = app(family).id;
    vec![
        ("client_id", id.to_owned()),
        ("redirect_uri", BACK.to_owned()),
        ("response_type", "code".to_owned()),
        ("scope", scope.to_owned()),
        ("state", "opaque state".to_owned()),
    ]
}

const fn app(family: Family) -> App {
    match family {
        Family::Instagram => INSTAGRAM_APP,
        Family::Facebook => FACEBOOK_APP,
    }
}

const fn path(family: Family) -> &'static str {
    match family {
        Family::Instagram => "/oauth/authorize",
        Family::Facebook => "/v25.0/dialog/oauth",
    }
}

const fn scopes(family: Family) -> &'static str {
    match family {
        Family::Instagram => "instagram_business_basic,instagram_business_content_publish",
        Family::Facebook => {
            "instagram_basic,instagram_content_publish,pages_show_list,business_management"
        }
    }
}

/// Where the page sends the browser, or what it says.
#[expect(
    clippy::disallowed_methods,
    reason = "a browser that stays where it is"
)]
async fn visit(b: &Bench, family: Family, query: &[(&str, String)]) -> Result<Url, String> {
    let browser = reqwest::Client::builder();
    let browser = browser.redirect(reqwest::redirect::Policy::none()).build();
    let url = b.sandbox.url().join(path(family)).unwrap();
    let answer = browser.unwrap().get(url).query(query).send().await.unwrap();
    match answer.headers().get("location") {
        Some(to) if answer.status() == 302 => Ok(to.to_str().unwrap().parse().unwrap()),
        _ => {
            let body: serde_json::Value = answer.json().await.unwrap();
            Err(body["error_message"].as_str().unwrap().to_owned())
        }
    }
}

fn param(url: &Url, name: &str) -> Option<String> {
    let mut pairs = url.query_pairs();
    pairs.find(|(k, _)| k == name).map(|(_, v)| v.into_owned())
}

async fn exchange(b: &Bench, family: Family, code: &str) -> Result<Token, CallError> {
    let client = GraphClient::new(config(b)).unwrap().of(family);
    let (app, back) = (app(family), BACK.parse().unwrap());
    let (secret, code) = (app.secret.into(), Secret::from(code));
    let answer = client.exchange_code(app.id, &secret, &back, &code);
    answer.await.map(|a| a.value)
}

#[tokio::test]
async fn a_person_agrees_and_the_code_is_worth_a_token_once() {
    for family in Family::ALL {
        let b = bench().await;
        let back = visit(&b, family, &page(family, scopes(family)))
            .await
            .unwrap();
        assert!(back.as_str().starts_with(BACK));
        assert_eq!(param(&back, "state").as_deref(), Some("opaque state"));
        // Instagram glues it to the address.
        let fragment = (family == Family::Instagram).then_some("_");
        assert_eq!(back.fragment(), fragment);
        let code = param(&back, "code").unwrap() + "#_";
        let token = exchange(&b, family, &code).await.unwrap();
        assert!(Family::of_token(&token.token) == Some(family));
        let again = exchange(&b, family, &code).await.unwrap_err();
        assert_eq!(again.fault().code, "instagram.oauth.code_used");
        assert!(matches!(again, CallError::Token(_)));
    }
}

#[tokio::test]
async fn a_token_of_an_hour_becomes_one_of_sixty_days() {
    let b = bench().await;
    let family = Family::Instagram;
    let back = visit(&b, family, &page(family, scopes(family)))
        .await
        .unwrap();
    let short = exchange(&b, family, &param(&back, "code").unwrap())
        .await
        .unwrap();
    // As it is seen, not as it is documented: a number beyond 2^53, and a list.
    assert!(short.user_id.unwrap().starts_with("2764"));
    assert_eq!(short.permissions.join(","), scopes(family));
    let client = GraphClient::new(config(&b)).unwrap();
    let wrong = client
        .exchange_long(&"not the secret".into(), &short.token)
        .await;
    assert!(wrong.is_err());
    let secret = INSTAGRAM_APP.secret.into();
    let long = client.exchange_long(&secret, &short.token).await;
    let long = long.unwrap().value;
    assert_eq!(long.expires_in, Some(5_184_000));
    b.clock.advance(TimeDelta::hours(1));
    assert!(client.me(&long.token).await.is_ok());
    let dead = client.me(&short.token).await.unwrap_err();
    assert_eq!(dead.fault().code, "instagram.190.463");
}

#[tokio::test]
async fn what_is_not_granted_is_refused_later() {
    let b = bench().await;
    let family = Family::Instagram;
    let mut query = page(family, scopes(family));
    query.push((
        "sandbox_declined",
        "instagram_business_content_publish".to_owned(),
    ));
    let back = visit(&b, family, &query).await.unwrap();
    let token = exchange(&b, family, &param(&back, "code").unwrap())
        .await
        .unwrap();
    assert_eq!(token.permissions, ["instagram_business_basic"]);
    let form = b.reel("reel.mp4", "c");
    let create = b.request(Method::POST, "/v25.0/me/media").form(&form);
    let create = create.bearer_auth(token.token.expose_secret());
    assert_eq!(b.send(create).await.error(), (10, 0));
}

#[tokio::test]
async fn who_turns_back_brings_no_code() {
    let b = bench().await;
    let mut query = page(Family::Facebook, scopes(Family::Facebook));
    query.push(("sandbox_cancel", "1".to_owned()));
    let back = visit(&b, Family::Facebook, &query).await.unwrap();
    assert_eq!(param(&back, "error").as_deref(), Some("access_denied"));
    assert_eq!(param(&back, "code"), None);
}

#[tokio::test]
async fn the_page_refuses_what_the_platform_refuses() {
    let b = bench_with(|builder| builder.redirect_uri(BACK)).await;
    for family in Family::ALL {
        let good = page(family, scopes(family));
        assert!(visit(&b, family, &good).await.is_ok());
        let other = match family {
            Family::Instagram => Family::Facebook,
            Family::Facebook => Family::Instagram,
        };
        for (name, value, says) in [
            // The dashboard adds a slash without a word.
            (
                "redirect_uri",
                format!("{BACK}/"),
                "redirect_uri is identical",
            ),
            (
                "client_id",
                app(other).id.to_owned(),
                "Invalid platform app",
            ),
            ("scope", scopes(other).to_owned(), "Invalid scope"),
            ("scope", "business_basic".to_owned(), "Invalid scope"),
            ("response_type", "token".to_owned(), "response_type"),
        ] {
            let mut wrong = good.clone();
            wrong.retain(|(k, _)| *k != name);
            wrong.push((name, value));
            let said = visit(&b, family, &wrong).await.unwrap_err();
            assert!(said.contains(says), "{family:?} {name}: {said}");
        }
    }
}

#[tokio::test]
async fn the_exchange_refuses_what_the_platform_refuses() {
    let b = bench().await;
    for family in Family::ALL {
        let code = async || {
            let back = visit(&b, family, &page(family, scopes(family))).await;
            param(&back.unwrap(), "code").unwrap()
        };
        let client = GraphClient::new(config(&b)).unwrap().of(family);
        let app = app(family);
        let slash: Url = format!("{BACK}/").parse().unwrap();
        let back: Url = BACK.parse().unwrap();
        let secret = |text: &str| Secret::from(text);
        for (id, key, redirect, expected) in [
            ("1", app.secret, &back, "instagram.oauth.app_id"),
            (app.id, "wrong", &back, "instagram.http.400"),
            (app.id, app.secret, &slash, "instagram.oauth.redirect_uri"),
        ] {
            let code = secret(&code().await);
            let refused = client
                .exchange_code(id, &secret(key), redirect, &code)
                .await;
            assert_eq!(refused.unwrap_err().fault().code, expected);
        }
        let late = code().await;
        b.clock.advance(TimeDelta::hours(1));
        let late = exchange(&b, family, &late).await.unwrap_err();
        assert_eq!(late.fault().code, "instagram.oauth.code_used");
        let unknown = exchange(&b, family, "AQBnobody").await.unwrap_err();
        assert_eq!(unknown.fault().code, "instagram.oauth.code_used");
    }
    // The exchange of Instagram Login is no GET.
    let get = b.request(Method::GET, "/oauth/access_token?code=1");
    let said = b.send(get).await.body;
    assert_eq!(
        said,
        json!({ "error_type": "OAuthException", "code": 400,
        "error_message": "Unsupported request - method type: get" })
    );
}
