//! What was asked for, and the codes that were given for it.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::random;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::{Part, State, Twist};

/// Codes live so long.
const LIFE: TimeDelta = TimeDelta::minutes(10);

/// A sign-in that is asked for, as its address says.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) part: Part,
    pub(crate) client: String,
    pub(crate) redirect: Url,
    pub(crate) state: Option<String>,
    pub(crate) nonce: Option<String>,
    challenge: String,
    pub(crate) scopes: Vec<String>,
}

/// A code that was given.
#[derive(Debug)]
pub(crate) struct Grant {
    pub(crate) asked: Asked,
    pub(crate) name: String,
    at: DateTime<Utc>,
    used: bool,
}

/// What an address asks for, unless the provider refuses to ask anybody.
pub(crate) fn ask(state: &State, address: &Url) -> Result<Asked, String> {
    let part = address.path_segments().and_then(|mut path| path.next());
    let part = part.and_then(Part::parse).ok_or("no such provider")?;
    let query: HashMap<String, String> = address.query_pairs().into_owned().collect();
    let get = |name: &str| query.get(name).cloned();
    let client = get("client_id").ok_or("client_id is missing")?;
    let known = state.lock();
    let registered = known.clients.get(&(part, client.clone()));
    let registered = registered.ok_or("client_id is not known")?;
    let redirect = get("redirect_uri").ok_or("redirect_uri is missing")?;
    if !registered.redirects.contains(&redirect) {
        return Err("redirect_uri is not registered".to_owned());
    }
    if get("response_type").as_deref() != Some("code") {
        return Err("response_type must be code".to_owned());
    }
    if get("code_challenge_method").as_deref() != Some("S256") {
        return Err("code_challenge_method must be S256".to_owned());
    }
    let scopes = get("scope").unwrap_or_default();
    let scopes: Vec<String> = scopes.split_whitespace().map(str::to_owned).collect();
    if part != Part::Yandex && !scopes.iter().any(|scope| scope == "openid") {
        return Err("scope must hold openid".to_owned());
    }
    let nonce = get("nonce");
    if part == Part::Google && nonce.as_deref().is_none_or(|nonce| nonce.len() < 16) {
        return Err("nonce is missing".to_owned());
    }
    Ok(Asked {
        part,
        client,
        redirect: Url::parse(&redirect).map_err(|e| e.to_string())?,
        state: get("state"),
        nonce,
        challenge: get("code_challenge").ok_or("code_challenge is missing")?,
        scopes,
    })
}

/// Somebody agrees: where their browser goes.
pub(crate) fn agree(state: &State, asked: Asked, name: &str) -> Url {
    let code = random::base62(32);
    let mut back = asked.redirect.clone();
    back.query_pairs_mut().append_pair("code", &code);
    if let Some(text) = &asked.state {
        back.query_pairs_mut().append_pair("state", text);
    }
    let mut known = state.lock();
    if asked.part == Part::Google {
        let other = known
            .twist
            .take_if(|twist| *twist == Twist::OtherRedirectIssuer);
        let issuer = match other {
            Some(_) => "https://issuer.example".to_owned(),
            None => state.issuer(asked.part),
        };
        back.query_pairs_mut().append_pair("iss", &issuer);
    }
    let grant = Grant {
        asked,
        name: name.to_owned(),
        at: state.clock.now(),
        used: false,
    };
    known.grants.insert(code, grant);
    back
}

/// Somebody turns back.
pub(crate) fn decline(asked: &Asked) -> Url {
    let mut back = asked.redirect.clone();
    back.query_pairs_mut().append_pair("error", "access_denied");
    if let Some(text) = &asked.state {
        back.query_pairs_mut().append_pair("state", text);
    }
    back
}

/// A code against whose it is: what was asked for and by whom, or the word of the refusal.
pub(crate) fn redeem(
    state: &State,
    part: Part,
    form: &HashMap<String, String>,
    client: &str,
) -> Result<(Asked, String), &'static str> {
    if form.get("grant_type").map(String::as_str) != Some("authorization_code") {
        return Err("unsupported_grant_type");
    }
    let code = form.get("code").ok_or("invalid_request")?;
    let now = state.clock.now();
    let mut known = state.lock();
    let grant = known.grants.get_mut(code).ok_or("invalid_grant")?;
    let asked = &grant.asked;
    let verifier = form.get("code_verifier").map_or("", String::as_str);
    let challenge = challenge_of(verifier);
    let fits = asked.part == part
        && asked.client == client
        && form.get("redirect_uri").map(String::as_str) == Some(asked.redirect.as_str())
        && challenge == asked.challenge
        && now < grant.at + LIFE
        && !grant.used;
    // Whatever was wrong, nobody tries twice.
    grant.used = true;
    if !fits {
        return Err("invalid_grant");
    }
    Ok((grant.asked.clone(), grant.name.clone()))
}

/// The challenge that a verifier fits (RFC 7636, 4.2).
fn challenge_of(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use openidconnect::{PkceCodeChallenge, PkceCodeVerifier};

    use super::*;

    #[test]
    fn a_challenge_is_as_the_rfc_has_it() {
        // RFC 7636, appendix B: by the stand-in, and by what our providers make theirs with.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert_eq!(challenge_of(verifier), challenge);
        let verifier = PkceCodeVerifier::new(verifier.to_owned());
        let theirs = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
        assert_eq!(theirs.as_str(), challenge);
        assert_eq!(theirs.method().as_str(), "S256");
    }
}
