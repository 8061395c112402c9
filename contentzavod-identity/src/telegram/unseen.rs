//! Statements of Mini Apps for whoever does not have the bot's token: Telegram signs them with a key of
//! its own as well, for the number of the bot.

use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::{alphabet, engine::DecodePaddingMode};
use chrono::{DateTime, Utc};
use contentzavod_core::ports::{Asserted, IdentityError};

use super::signed::{APP_AGE, age, app_user, fields, untrusted};

/// Telegram's own key (from its pages about Mini Apps, Bot API 8.0).
pub const TELEGRAM_KEY: [u8; 32] = [
    0xe7, 0xbf, 0x03, 0xa2, 0xfa, 0x46, 0x02, 0xaf, 0x45, 0x80, 0x70, 0x3d, 0x88, 0xdd, 0xa5, 0xbb,
    0x59, 0xf3, 0x2e, 0xd8, 0xb0, 0x2a, 0x56, 0xc1, 0x87, 0xfe, 0x7d, 0x34, 0xca, 0xed, 0x24, 0x2d,
];

/// With padding or without: both were seen.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A bot, and the key with which statements for it are signed.
#[derive(Debug, Clone)]
pub(super) struct Signer {
    pub(super) bot: String,
    pub(super) key: [u8; 32],
}

impl Signer {
    /// Who the statement is about, if it was signed for this bot a moment ago.
    pub(super) fn verify(
        &self,
        statement: &str,
        now: DateTime<Utc>,
    ) -> Result<Asserted, IdentityError> {
        let fields = fields(statement)?;
        let signature = fields.get("signature");
        let signature = signature.ok_or_else(|| untrusted("without signature"))?;
        let raw = BASE64.decode(signature);
        let raw = raw.map_err(|_| untrusted("its signature is not base64url"))?;
        let signed = fields
            .iter()
            .filter(|(key, _)| !["hash", "signature"].contains(&key.as_str()))
            .map(|(key, value)| format!("{key}={value}"));
        let first = format!("{}:WebAppData", self.bot);
        let lines: Vec<String> = std::iter::once(first).chain(signed).collect();
        UnparsedPublicKey::new(&ED25519, &self.key)
            .verify(lines.join("\n").as_bytes(), &raw)
            .map_err(|_| untrusted("its signature is not Telegram's for this bot"))?;
        let until = age(&fields, APP_AGE, now)?;
        Ok(Asserted {
            who: app_user(&fields)?,
            // The signature itself may be written in more than one way.
            mark: hex::encode(raw),
            until,
        })
    }
}
