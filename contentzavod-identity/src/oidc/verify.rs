//! An id token is believed only if everything about it is as it must be.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::IdentityError;
use openidconnect::core::{
    CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
};
use openidconnect::{
    ClaimsVerificationError, IdToken, Nonce, NonceVerifier, SignatureVerificationError,
};

use super::{Claims, Extra, Relying, Ways};

/// Clocks differ.
const SLACK: TimeDelta = TimeDelta::seconds(60);
/// A token for a sign-in is made for it.
const AGE_MAX: TimeDelta = TimeDelta::minutes(10);

type Token =
    IdToken<Extra, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm>;

/// What a token must keep.
#[derive(Debug, Clone, Copy)]
pub(super) struct Check<'a> {
    pub(super) ways: Ways,
    pub(super) now: DateTime<Utc>,
    pub(super) nonce: Option<&'a str>,
}

/// Why it is not believed.
#[derive(Debug)]
pub(super) enum Wrong {
    /// Signed with a key that we have not read yet, perhaps.
    UnknownKey,
    Untrusted(String),
}

impl From<Wrong> for IdentityError {
    fn from(wrong: Wrong) -> Self {
        match wrong {
            Wrong::UnknownKey => Self::Untrusted("signed with an unknown key".to_owned()),
            Wrong::Untrusted(why) => Self::Untrusted(why),
        }
    }
}

impl Check<'_> {
    /// The claims, if issuer, audience, signature, times and nonce are as they must be.
    pub(super) fn claims(&self, client: &Relying, token: &Token) -> Result<Claims, Wrong> {
        let now = self.now;
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(self.ways.algorithms.iter().cloned())
            // Made for us and for nobody else.
            .set_other_audience_verifier_fn(|_| false)
            .set_time_fn(move || now - SLACK)
            .set_issue_time_verifier_fn(move |issued| fresh(issued, now));
        let claims = token.claims(&verifier, self).map_err(wrong)?;
        // The crate leaves this one to us: a token that names a party was made for that one.
        let party = claims.authorized_party();
        if party.is_some_and(|party| party != client.client_id()) {
            return Err(Wrong::Untrusted("made for another party".to_owned()));
        }
        Ok(claims.clone())
    }
}

fn fresh(issued: DateTime<Utc>, now: DateTime<Utc>) -> Result<(), String> {
    if issued > now + SLACK {
        return Err("issued in the future".to_owned());
    }
    if issued < now - AGE_MAX {
        return Err("issued too long ago".to_owned());
    }
    Ok(())
}

impl NonceVerifier for &Check<'_> {
    fn verify(self, nonce: Option<&Nonce>) -> Result<(), String> {
        match (nonce, self.nonce) {
            (Some(nonce), Some(ours)) if nonce.secret() == ours => Ok(()),
            (None, _) if !self.ways.nonce_must => Ok(()),
            (None, _) => Err("without nonce".to_owned()),
            (Some(_), _) => Err("with the nonce of another sign-in".to_owned()),
        }
    }
}

fn wrong(error: ClaimsVerificationError) -> Wrong {
    match error {
        ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoMatchingKey,
        ) => Wrong::UnknownKey,
        // Its words name claims and algorithms, never a token.
        error => Wrong::Untrusted(error.to_string()),
    }
}
