//! Telegram: OpenID Connect as the main way in; statements that are signed with the bot's token as
//! another, for the login widget and for Mini Apps.

mod signed;
mod unseen;

use std::sync::Arc;

use async_trait::async_trait;
use contentzavod_core::model::Secret;
use contentzavod_core::ports::{
    Asserted, Begun, Clock, IdentityError, IdentityProvider, Pending, Person, Returned,
};
use openidconnect::core::CoreJwsSigningAlgorithm;
use url::Url;

use crate::credentials::Credentials;
use crate::google::{locale, name};
use crate::oidc::{Oidc, Ways};

use unseen::Signer;
pub use unseen::TELEGRAM_KEY;

const ISSUER: &str = "https://oauth.telegram.org";
/// Telegram numbers its users below this.
const ID_MAX: i64 = 1 << 52;

const WAYS: Ways = Ways {
    // Brings the name, and the number that bots see.
    scopes: &["profile"],
    algorithms: &[
        CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
        CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        CoreJwsSigningAlgorithm::EdDsa,
    ],
    // Measured: it does not come back where a code is exchanged. PKCE and state hold then.
    prompt: None,
    nonce_must: false,
};

/// Sign-in with Telegram.
#[derive(Debug)]
pub struct Telegram {
    oidc: Option<Oidc>,
    bot_token: Option<Secret>,
    signer: Option<Signer>,
    clock: Arc<dyn Clock>,
}

impl Telegram {
    /// Telegram itself, by OpenID Connect.
    ///
    /// # Errors
    ///
    /// When no HTTP client can be made.
    pub fn new(credentials: Credentials, clock: Arc<dyn Clock>) -> Result<Self, IdentityError> {
        let issuer = Url::parse(ISSUER).map_err(|e| IdentityError::Misconfigured(e.to_string()))?;
        Self::at(&issuer, credentials, clock)
    }

    /// Whoever plays Telegram at an issuer's address.
    ///
    /// # Errors
    ///
    /// When no HTTP client can be made.
    pub fn at(
        issuer: &Url,
        credentials: Credentials,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, IdentityError> {
        Ok(Self {
            oidc: Some(Oidc::new(issuer, credentials, WAYS, Arc::clone(&clock))?),
            bot_token: None,
            signer: None,
            clock,
        })
    }

    /// Only statements that a bot's token signs.
    #[must_use]
    pub fn of_bot(token: Secret, clock: Arc<dyn Clock>) -> Self {
        Self {
            oidc: None,
            bot_token: Some(token),
            signer: None,
            clock,
        }
    }

    /// Takes statements that a bot's token signs, too.
    #[must_use]
    pub fn with_bot(mut self, token: Secret) -> Self {
        self.bot_token = Some(token);
        self
    }

    /// Takes statements of the Mini Apps of a bot whose token is not here: Telegram's own key
    /// ([`TELEGRAM_KEY`]) signs them for the bot's number. Where the token is here, it is asked.
    #[must_use]
    pub fn with_mini_apps_of(mut self, bot: u64, key: [u8; 32]) -> Self {
        let bot = bot.to_string();
        self.signer = Some(Signer { bot, key });
        self
    }

    fn oidc(&self) -> Result<&Oidc, IdentityError> {
        self.oidc.as_ref().ok_or(IdentityError::Unsupported)
    }
}

/// The number of a user, from what stands in a claim or a field.
fn number(value: Option<&serde_json::Value>) -> Result<String, IdentityError> {
    let number = match value {
        Some(serde_json::Value::Number(number)) => number.as_i64(),
        Some(serde_json::Value::String(text)) => text.parse().ok(),
        _ => None,
    };
    let number = number.filter(|number| (1..ID_MAX).contains(number));
    let number =
        number.ok_or_else(|| IdentityError::Untrusted("without a user's id".to_owned()))?;
    Ok(number.to_string())
}

#[async_trait]
impl IdentityProvider for Telegram {
    fn name(&self) -> &'static str {
        "telegram"
    }

    async fn start(&self, state: &str, redirect: &Url) -> Result<Begun, IdentityError> {
        self.oidc()?.start(state, redirect).await
    }

    async fn finish(
        &self,
        returned: &Returned,
        pending: &Pending,
        redirect: &Url,
    ) -> Result<Person, IdentityError> {
        let claims = self.oidc()?.finish(returned, pending, redirect).await?;
        Ok(Person {
            // `sub` is another number, which neither bots nor widgets know.
            subject: number(claims.additional_claims().id.as_ref())?,
            name: name(&claims),
            locale: locale(&claims),
        })
    }

    fn verify(&self, assertion: &str) -> Result<Asserted, IdentityError> {
        let now = self.clock.now();
        if let Some(token) = &self.bot_token {
            return signed::verify(assertion, token, now);
        }
        let signer = self.signer.as_ref().ok_or(IdentityError::Unsupported)?;
        signer.verify(assertion, now)
    }
}
