//! Sealing every token anew, after the key ring got another primary key.

use super::{Contentzavod, ServiceError};
use crate::ports::access::token_context;

/// Accounts of one step.
const BATCH: usize = 100;

/// What sealing anew came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Resealed {
    /// Tokens that are sealed by the new key now.
    pub sealed: usize,
    /// Tokens that were replaced while this went on: the next run finds them, if they need it.
    pub changed: usize,
    /// Tokens that no key of the ring opens. They stay as they are.
    pub unreadable: usize,
}

impl Contentzavod {
    /// Seals anew every token that another key than `primary` has sealed; `primary` is the key that
    /// the vault seals with. Works beside everything else, and may be broken off and repeated: each
    /// token is replaced in one step, and only while it is the one that was read.
    ///
    /// # Errors
    ///
    /// [`ServiceError`] when the store does not answer or the vault refuses to seal.
    pub async fn reseal(&self, primary: &str) -> Result<Resealed, ServiceError> {
        let mut done = Resealed::default();
        let mut after = None;
        loop {
            let page = self
                .inner
                .store
                .sealed_by_others(primary, after, BATCH)
                .await?;
            let Some(last) = page.last() else {
                return Ok(done);
            };
            after = Some(last.id);
            for account in &page {
                let Some(was) = &account.token else { continue };
                let context = token_context(account);
                let Ok(token) = self.inner.vault.open(was, &context) else {
                    tracing::error!(account = %account.id, "no key opens the token of this account");
                    done.unreadable += 1;
                    continue;
                };
                let now = self.inner.vault.seal(&token, &context)?;
                match self.inner.store.reseal(account.id, was, now).await? {
                    true => done.sealed += 1,
                    false => done.changed += 1,
                }
            }
        }
    }
}
