//! Signing in by a statement that a provider signed as a whole: Telegram's widget and its Mini Apps.
//!
//! Such a statement is bound to no browser: whoever has it is taken for that person until it was used,
//! or is too old. A program that takes one must itself know that it comes from where it was asked for.

use secrecy::ExposeSecret;

use super::{SECRET, SignedIn, hashed, outcome};
use crate::model::random::base62;
use crate::model::{Lang, Secret};
use crate::service::{Contentzavod, ServiceError, SignInError};

impl Contentzavod {
    /// Signs somebody in by a statement, once. `lang` is what they read where the provider does not
    /// say, `before` the token of the session that it replaces.
    ///
    /// # Errors
    ///
    /// [`ServiceError::SignIn`] when it is not to be trusted, or newcomers need an invitation;
    /// [`ServiceError::Replayed`] when it was used before.
    pub async fn sign_in_asserted(
        &self,
        provider: &str,
        statement: &Secret,
        lang: Lang,
        before: Option<&Secret>,
    ) -> Result<SignedIn, ServiceError> {
        let asserting = async {
            let asserted = self.provider(provider)?.verify(statement.expose_secret());
            let asserted = asserted.map_err(SignInError::from)?;
            // Marks of different providers are different, whatever they look like.
            let mark = hashed(&format!("statement {provider} {}", asserted.mark));
            if !self.store().mark(mark, asserted.until).await? {
                return Err(ServiceError::Replayed);
            }
            let token = Secret::from(base62(SECRET));
            let arrival = self.arrival(provider, asserted.who, lang, None, before, &token);
            self.admitted(arrival, token, None).await
        };
        let ended = asserting.await;
        outcome(provider, &ended);
        ended
    }
}
