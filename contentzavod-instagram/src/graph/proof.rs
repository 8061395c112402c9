//! `appsecret_proof`: shows that whoever uses a token is the app it was made for.

use aws_lc_rs::hmac;
use contentzavod_core::model::Secret;
use secrecy::ExposeSecret;

/// HMAC-SHA256 of the token under the app's secret, in lower-case hex.
pub(crate) fn of(app_secret: &Secret, token: &Secret) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, app_secret.expose_secret().as_bytes());
    hex::encode(hmac::sign(&key, token.expose_secret().as_bytes()))
}
