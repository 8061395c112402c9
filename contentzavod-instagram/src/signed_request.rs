//! What Meta itself sends when somebody takes our access away, or asks for their data to be deleted:
//! one field, `signed_request`, of a signature and a payload.
//!
//! ```
//! # use contentzavod_core::model::Secret;
//! # use contentzavod_core::ports::Clock;
//! # use contentzavod_instagram::{GraphConfig, signed_request};
//! # fn callback(config: &GraphConfig, clock: &dyn Clock, field: &str) {
//! match signed_request::verify(field, &config.app_secrets(), clock.now()) {
//!     // `mark` is for a store that refuses to hear the same twice.
//!     Ok(said) => tracing::info!(user = said.user_id, "took our access away"),
//!     Err(error) => tracing::warn!(%error, "a request that Meta did not sign"),
//! }
//! # }
//! ```

use aws_lc_rs::{digest, hmac};
use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::Secret;
use secrecy::ExposeSecret;

use crate::graph::{unique, value};

/// Longer than any of Meta's by far.
const LENGTH_MAX: usize = 4096;
/// What is older is not heard any more.
const AGE_MAX: TimeDelta = TimeDelta::hours(24);
/// How far Meta's clock may be ahead of ours.
const AHEAD_MAX: TimeDelta = TimeDelta::minutes(5);
/// The one way of signing that there is.
const ALGORITHM: &str = "HMAC-SHA256";

/// Meta leaves the padding out; some of its relays do not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Something that Meta said of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRequest {
    /// Of whom: the id that the app knows an account by, or the person behind Pages.
    pub user_id: String,
    /// When it was said.
    pub issued_at: DateTime<Utc>,
    /// SHA-256 of what is signed: the same again is the same mark, however it is written.
    pub mark: [u8; 32],
}

impl SignedRequest {
    /// Until when the mark must be kept: afterwards the request is refused as too old.
    #[must_use]
    pub fn marked_until(&self) -> DateTime<Utc> {
        self.issued_at + AGE_MAX + AHEAD_MAX
    }
}

/// Why a request is not heard. No variant holds any of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignedRequestError {
    /// It is not of the form, or too long.
    #[error("it is no signed request")]
    Malformed,
    /// None of the secrets signed it.
    #[error("it is signed with no secret of ours")]
    Signature,
    /// It is signed in a way that is not known.
    #[error("it names another algorithm than {ALGORITHM}")]
    Algorithm,
    /// It was made too long ago.
    #[error("it is older than a day")]
    Stale,
    /// It was made later than now.
    #[error("it comes from the future")]
    Future,
}

/// Reads a `signed_request` if one of the app's secrets signed it within the last day. Nothing of it
/// is read before its signature is good.
///
/// # Errors
///
/// [`SignedRequestError`].
pub fn verify(
    field: &str,
    secrets: &[Secret],
    now: DateTime<Utc>,
) -> Result<SignedRequest, SignedRequestError> {
    if field.len() > LENGTH_MAX {
        return Err(SignedRequestError::Malformed);
    }
    let parts = field.split_once('.');
    let (signature, payload) = parts.ok_or(SignedRequestError::Malformed)?;
    let signature = decoded(signature)?;
    if !secrets.iter().any(|s| signed(s, payload, &signature)) {
        return Err(SignedRequestError::Signature);
    }
    let body = decoded(payload)?;
    let body = unique::parse(&body).map_err(|_| SignedRequestError::Malformed)?;
    if value::text(&body, "algorithm").as_deref() != Some(ALGORITHM) {
        return Err(SignedRequestError::Algorithm);
    }
    let said = || {
        let issued_at = value::integer(body.get("issued_at")?)?;
        Some(SignedRequest {
            user_id: body.get("user_id").and_then(value::id)?,
            issued_at: DateTime::from_timestamp(issued_at, 0)?,
            mark: mark(payload),
        })
    };
    let said = said().ok_or(SignedRequestError::Malformed)?;
    let age = now - said.issued_at;
    if age > AGE_MAX {
        return Err(SignedRequestError::Stale);
    }
    if age < -AHEAD_MAX {
        return Err(SignedRequestError::Future);
    }
    Ok(said)
}

fn decoded(text: &str) -> Result<Vec<u8>, SignedRequestError> {
    let bytes = BASE64.decode(text);
    bytes.map_err(|_| SignedRequestError::Malformed)
}

/// What is signed is the encoded text, and the comparison takes the same time whatever it finds.
fn signed(secret: &Secret, payload: &str, signature: &[u8]) -> bool {
    let secret = secret.expose_secret();
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    // With an empty secret anybody can sign.
    !secret.is_empty() && hmac::verify(&key, payload.as_bytes(), signature).is_ok()
}

/// Of the text that is signed: the signature can be written in more ways than one.
fn mark(payload: &str) -> [u8; 32] {
    let digest = digest::digest(&digest::SHA256, payload.as_bytes());
    let mut mark = [0; 32];
    mark.copy_from_slice(digest.as_ref());
    mark
}

/// A request as Meta makes it, for the stand-in.
#[cfg(feature = "sandbox")]
pub(crate) fn made(secret: &Secret, user_id: &str, issued_at: DateTime<Utc>) -> String {
    const PLAIN: GeneralPurpose = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let body = serde_json::json!({
        "user_id": user_id,
        "algorithm": ALGORITHM,
        "issued_at": issued_at.timestamp(),
    });
    let payload = PLAIN.encode(body.to_string());
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose_secret().as_bytes());
    let signature = PLAIN.encode(hmac::sign(&key, payload.as_bytes()));
    format!("{signature}.{payload}")
}
