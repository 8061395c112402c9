//! Which call does what.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contentzavod_core::model::random;
use http::request::Parts;
use serde_json::json;

use super::answer::{self, Answer};
use super::{Part, State, Twist, grants, page, token};

pub(crate) fn answer(state: &State, parts: &Parts, body: &[u8]) -> Answer {
    let path: Vec<&str> = parts.uri.path().split('/').skip(1).collect();
    let called = format!("{} {}", parts.method, parts.uri.path());
    state.lock().calls.push(called);
    let form: HashMap<String, String> = url::form_urlencoded::parse(body).into_owned().collect();
    let Some(part) = path.first().and_then(|word| Part::parse(word)) else {
        return answer::json(404, &json!({ "error": "no such provider" }));
    };
    match (parts.method.as_str(), path.get(1..).unwrap_or_default()) {
        ("GET", [".well-known", "openid-configuration"]) if part != Part::Yandex => {
            let mut known = state.lock();
            let silent = known.twist.take_if(|twist| *twist == Twist::Speechless);
            drop(known);
            match silent {
                Some(_) => answer::with(502, "text/html", "<h1>Bad gateway</h1>"),
                None => answer::json(200, &discovery(state, part)),
            }
        }
        ("GET", ["jwks"]) => answer::json(200, &state.lock().keys.jwks()),
        ("GET", ["authorize"]) => ask(state, parts),
        ("POST", ["agree"]) => agreed(state, &form),
        ("POST", ["token"]) => exchange(state, part, parts, &form),
        ("GET", ["info"]) if part == Part::Yandex => info(state, parts),
        _ => answer::json(404, &json!({ "error": "no such path" })),
    }
}

fn discovery(state: &State, part: Part) -> serde_json::Value {
    let issuer = state.issuer(part);
    json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256", "EdDSA", "ES256K"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["plain", "S256"],
        "scopes_supported": ["openid", "profile", "phone"],
        "claims_supported": ["aud", "exp", "iat", "iss", "name", "picture", "sub"],
    })
}

/// The address of a page, as `Url` wants it.
fn address(state: &State, text: &str) -> Option<url::Url> {
    state.base.join(text).ok()
}

fn ask(state: &State, parts: &Parts) -> Answer {
    let text = parts.uri.path_and_query().map(ToString::to_string);
    let text = text.unwrap_or_default();
    let asked = address(state, &text).ok_or_else(|| "no address".to_owned());
    match asked.and_then(|address| grants::ask(state, &address)) {
        Ok(asked) => answer::with(200, "text/html", page::ask(state, &asked, &text)),
        Err(why) => answer::with(400, "text/html", page::refusal(&why)),
    }
}

fn agreed(state: &State, form: &HashMap<String, String>) -> Answer {
    let text = form.get("address").map_or("", String::as_str);
    let asked = address(state, text).ok_or_else(|| "no address".to_owned());
    match asked.and_then(|address| grants::ask(state, &address)) {
        Ok(asked) => match form.get("who").map(String::as_str) {
            Some("") | None => answer::redirect(&grants::decline(&asked)),
            Some(name) => answer::redirect(&grants::agree(state, asked, name)),
        },
        Err(why) => answer::with(400, "text/html", page::refusal(&why)),
    }
}

/// The client that calls, if its secret is right.
fn client(
    state: &State,
    part: Part,
    parts: &Parts,
    form: &HashMap<String, String>,
) -> Option<String> {
    let basic = parts
        .headers
        .get("authorization")
        .and_then(|h| h.to_str().ok());
    let basic = basic.and_then(|text| text.strip_prefix("Basic "));
    let (id, secret) = match basic {
        Some(text) => {
            let text = String::from_utf8(STANDARD.decode(text).ok()?).ok()?;
            let (id, secret) = text.split_once(':')?;
            // Both are form-encoded first (RFC 6749, 2.3.1).
            let decode = |text: &str| {
                let pair = format!("x={text}");
                let mut pairs = url::form_urlencoded::parse(pair.as_bytes());
                pairs.next().map(|(_, value)| value.into_owned())
            };
            (decode(id)?, decode(secret)?)
        }
        None => (
            form.get("client_id")?.clone(),
            form.get("client_secret")?.clone(),
        ),
    };
    let known = state.lock();
    let registered = known.clients.get(&(part, id.clone()))?;
    (registered.secret == secret).then_some(id)
}

fn exchange(state: &State, part: Part, parts: &Parts, form: &HashMap<String, String>) -> Answer {
    let Some(client) = client(state, part, parts, form) else {
        return answer::oauth(401, "invalid_client");
    };
    let (asked, name) = match grants::redeem(state, part, form, &client) {
        Ok(redeemed) => redeemed,
        Err(word) => return answer::oauth(400, word),
    };
    let mut known = state.lock();
    let elsewhere = [Twist::OtherClient, Twist::Speechless];
    let twist = known.twist.take_if(|twist| !elsewhere.contains(twist));
    if twist == Some(Twist::Broken) {
        return answer::with(502, "text/html", "<h1>Bad gateway</h1>");
    }
    let access = random::base62(40);
    let mut tokens = json!({
        "access_token": access, "token_type": "Bearer", "expires_in": 3600,
    });
    if part == Part::Yandex {
        known.tokens.insert(access, (name, client));
        tokens["token_type"] = "bearer".into();
        tokens["refresh_token"] = random::base62(40).into();
    } else if let Some(token) = token::id_token(state, &known, &asked, &name, twist) {
        tokens["id_token"] = token.into();
    }
    answer::json(200, &tokens)
}

fn info(state: &State, parts: &Parts) -> Answer {
    let token = parts
        .headers
        .get("authorization")
        .and_then(|h| h.to_str().ok());
    let token = token.and_then(|text| text.strip_prefix("OAuth "));
    let mut known = state.lock();
    let owner = token.and_then(|token| known.tokens.get(token)).cloned();
    let Some((name, client)) = owner else {
        return answer::json(401, &json!({ "error": "invalid token" }));
    };
    let other = known.twist.take_if(|twist| *twist == Twist::OtherClient);
    let number = known.people.get(&name).copied().unwrap_or(1);
    let client = if other.is_some() {
        "somebody-else".to_owned()
    } else {
        client
    };
    let mut who = json!({ "id": number.to_string(), "client_id": client,
        "login": name.to_lowercase(), "display_name": name, "psuid": "1.AA.bb" });
    // It is there only for whoever lets us see it, which not everybody does.
    if number % 2 == 0 {
        who["default_email"] = token::EMAIL.into();
    }
    answer::json(200, &who)
}
