//! Id tokens, and every way in which one can be wrong.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::grants::Asked;
use super::keys::{Algorithm, Keys};
use super::{Known, Part, State, Twist};

/// The address of everybody at every provider.
pub(super) const EMAIL: &str = "anna@mail.example";
/// Seconds that a token lives.
const LIFE: i64 = 3600;

/// The id token for somebody, spoiled as the twist says; `None`: there is none.
pub(crate) fn id_token(
    state: &State,
    known: &Known,
    asked: &Asked,
    name: &str,
    twist: Option<Twist>,
) -> Option<String> {
    if twist == Some(Twist::NoToken) {
        return None;
    }
    let algorithm = match asked.part {
        Part::Telegram => Algorithm::Es256,
        Part::Google | Part::Yandex => Algorithm::Rs256,
    };
    let payload = payload(state, known, asked, name, twist);
    let mut header = json!({
        "alg": algorithm.as_str(), "typ": "JWT", "kid": known.keys.name(algorithm),
    });
    match twist {
        Some(Twist::AlgorithmNone) => header = json!({ "alg": "none", "typ": "JWT" }),
        Some(Twist::SecretAsKey) => header["alg"] = "HS256".into(),
        Some(Twist::UnknownKey) => header["kid"] = "nobodys".into(),
        Some(Twist::OtherKey) => {
            let other = match algorithm {
                Algorithm::Rs256 => Algorithm::Es256,
                Algorithm::Es256 => Algorithm::Rs256,
            };
            header["kid"] = known.keys.name(other).into();
        }
        _ => {}
    }
    // A key of somebody else, who says it is ours.
    let own = matches!(twist, Some(Twist::OwnKey | Twist::OwnKeyAsOurs))
        .then(Keys::new)
        .and_then(Result::ok);
    if let Some(own) = &own {
        if twist == Some(Twist::OwnKey) {
            header["kid"] = own.name(algorithm).into();
        }
        header["jwk"] = own.jwk(algorithm);
        header["jku"] = "https://keys.example/jwks".into();
    }
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&header), part(&payload));
    let signature = match twist {
        Some(Twist::AlgorithmNone) => Vec::new(),
        Some(Twist::SecretAsKey) => {
            let client = known.clients.get(&(asked.part, asked.client.clone()))?;
            let key = hmac::Key::new(hmac::HMAC_SHA256, client.secret.as_bytes());
            hmac::sign(&key, signed.as_bytes()).as_ref().to_vec()
        }
        _ => {
            let keys = own.as_ref().unwrap_or(&known.keys);
            keys.sign(algorithm, signed.as_bytes()).ok()?
        }
    };
    let signed = match twist {
        Some(Twist::Changed) => {
            let mut other = payload.clone();
            (other["sub"], other["id"]) = ("somebody-else".into(), 1.into());
            format!("{}.{}", part(&header), part(&other))
        }
        _ => signed,
    };
    Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
}

fn payload(state: &State, known: &Known, asked: &Asked, name: &str, twist: Option<Twist>) -> Value {
    let number = known.people.get(name).copied().unwrap_or(1);
    let now = state.clock.now().timestamp();
    let (issued, ends) = match twist {
        Some(Twist::Expired) => (now - LIFE, now - 90),
        Some(Twist::Old) => (now - 11 * 60, now + LIFE),
        Some(Twist::Early) => (now + 120, now + LIFE),
        _ => (now, now + LIFE),
    };
    let mut claims = json!({
        "iss": state.issuer(asked.part), "aud": asked.client, "iat": issued, "exp": ends,
        "sub": format!("{}-{number}", asked.part.as_str()), "locale": known.locale,
    });
    // Nobody asks for it, and everybody has the same: people are not told apart by it. Some providers
    // write the second one as a text.
    claims["email"] = EMAIL.into();
    claims["email_verified"] = "true".into();
    if asked.scopes.iter().any(|scope| scope == "profile") {
        claims["name"] = name.into();
        claims["picture"] = "https://pictures.example/1.jpg".into();
    }
    match asked.part {
        Part::Telegram => {
            claims["id"] = number.into();
            claims["preferred_username"] = name.to_lowercase().into();
        }
        // In the code flow Telegram was seen not to repeat it.
        _ => claims["nonce"] = asked.nonce.clone().into(),
    }
    match twist {
        Some(Twist::OtherIssuer) => claims["iss"] = "https://issuer.example".into(),
        Some(Twist::OtherAudience) => claims["aud"] = "somebody-else".into(),
        Some(Twist::TwoAudiences) => claims["aud"] = json!([asked.client, "somebody-else"]),
        Some(Twist::OtherNonce) => claims["nonce"] = "the nonce of another sign-in".into(),
        Some(Twist::NoNonce) => drop(claims.as_object_mut().map(|c| c.remove("nonce"))),
        Some(Twist::OtherParty) => claims["azp"] = "somebody-else".into(),
        Some(Twist::NoNumber) => drop(claims.as_object_mut().map(|c| c.remove("id"))),
        _ => {}
    }
    claims
}
