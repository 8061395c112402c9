//! Signing in with what people have: the port of identity providers.
//!
//! A provider only answers who somebody is. State, the browser it belongs to, and whether a sign-in
//! was used already are the service's matter, so that no provider can forget them.

use std::fmt::{self, Debug};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::model::Secret;

/// What a provider says of a person. Nothing else of what it sends is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The provider's id of the person: what an identity is known by, together with the provider.
    pub subject: String,
    /// Display name.
    pub name: Option<String>,
    /// Language, e.g. `ru` or `ru-RU`.
    pub locale: Option<String>,
}

/// What must be remembered until a person comes back. Sealed at rest.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// Comes back inside the signed answer, where the provider does so.
    pub nonce: Option<String>,
    /// Proves that whoever exchanges the code is who asked for it (RFC 7636).
    pub verifier: Option<String>,
}

impl Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending")
    }
}

/// A sign-in that begins. `Debug` shows none of it: the address holds the state.
#[derive(Clone)]
pub struct Begun {
    /// Where the browser goes.
    pub url: Url,
    /// What must be remembered.
    pub pending: Pending,
}

impl Debug for Begun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Begun").finish_non_exhaustive()
    }
}

/// What a browser brought back.
#[derive(Debug)]
pub struct Returned {
    /// The code to exchange.
    pub code: Secret,
    /// Who says it is the issuer (RFC 9207), where it does.
    pub issuer: Option<String>,
}

/// A statement about a person that is signed as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asserted {
    /// Who it is.
    pub who: Person,
    /// The same for the same statement: it may be used once.
    pub mark: String,
    /// Until when it could be used again.
    pub until: DateTime<Utc>,
}

/// Why nobody is signed in. No variant holds a token, a code or a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdentityError {
    /// The provider does not answer, or not as it should; it may later.
    #[error("the provider does not answer: {0}")]
    Unavailable(String),
    /// The provider does not take our client id, secret or redirect address.
    #[error("the provider refuses this server: {0}")]
    Misconfigured(String),
    /// The code is wrong, used or too old.
    #[error("the provider refuses the code: {0}")]
    Refused(String),
    /// What came is not what this sign-in asked for, or not signed by whom it should be.
    #[error("the answer cannot be trusted: {0}")]
    Untrusted(String),
    /// The provider signs no statements, or none that we take.
    #[error("this provider has no such way in")]
    Unsupported,
}

/// A way to sign in.
///
/// Contract: [`Self::finish`] trusts nothing that is not bound to the `pending` of the same sign-in
/// and to this server's own client id; what it returns as `subject` never changes for a person and
/// is never another's.
#[async_trait]
pub trait IdentityProvider: Send + Sync + Debug {
    /// The word in paths and rows: `telegram`, `google`, `yandex`.
    fn name(&self) -> &'static str;

    /// Begins: where the browser goes. `state` comes back with it.
    ///
    /// # Errors
    ///
    /// [`IdentityError::Unavailable`] when the provider must be asked first and does not answer.
    async fn start(&self, state: &str, redirect: &Url) -> Result<Begun, IdentityError>;

    /// Ends: who came back. `redirect` is the address of [`Self::start`].
    ///
    /// # Errors
    ///
    /// [`IdentityError`]; nobody is signed in then.
    async fn finish(
        &self,
        returned: &Returned,
        pending: &Pending,
        redirect: &Url,
    ) -> Result<Person, IdentityError>;

    /// Who a signed statement is about.
    ///
    /// # Errors
    ///
    /// [`IdentityError::Unsupported`] where the provider signs none; else [`IdentityError::Untrusted`].
    fn verify(&self, assertion: &str) -> Result<Asserted, IdentityError> {
        let _ = assertion;
        Err(IdentityError::Unsupported)
    }
}
