//! Google, by OpenID Connect.

use std::sync::Arc;

use async_trait::async_trait;
use contentzavod_core::ports::{
    Begun, Clock, IdentityError, IdentityProvider, Pending, Person, Returned,
};
use openidconnect::core::CoreJwsSigningAlgorithm;
use url::Url;

use crate::credentials::Credentials;
use crate::oidc::{Claims, Oidc, Ways};

const ISSUER: &str = "https://accounts.google.com";

const WAYS: Ways = Ways {
    // The name; an address of mail is not asked for.
    scopes: &["profile"],
    algorithms: &[CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256],
    prompt: Some("select_account"),
    nonce_must: true,
};

/// Sign-in with Google.
#[derive(Debug)]
pub struct Google(Oidc);

impl Google {
    /// Google itself.
    ///
    /// # Errors
    ///
    /// When no HTTP client can be made.
    pub fn new(credentials: Credentials, clock: Arc<dyn Clock>) -> Result<Self, IdentityError> {
        let issuer = Url::parse(ISSUER).map_err(|e| IdentityError::Misconfigured(e.to_string()))?;
        Self::at(&issuer, credentials, clock)
    }

    /// Whoever plays Google at an issuer's address.
    ///
    /// # Errors
    ///
    /// When no HTTP client can be made.
    pub fn at(
        issuer: &Url,
        credentials: Credentials,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, IdentityError> {
        Ok(Self(Oidc::new(issuer, credentials, WAYS, clock)?))
    }
}

#[async_trait]
impl IdentityProvider for Google {
    fn name(&self) -> &'static str {
        "google"
    }

    async fn start(&self, state: &str, redirect: &Url) -> Result<Begun, IdentityError> {
        self.0.start(state, redirect).await
    }

    async fn finish(
        &self,
        returned: &Returned,
        pending: &Pending,
        redirect: &Url,
    ) -> Result<Person, IdentityError> {
        let claims = self.0.finish(returned, pending, redirect).await?;
        Ok(Person {
            subject: claims.subject().to_string(),
            name: name(&claims),
            locale: locale(&claims),
        })
    }
}

/// The display name.
pub(crate) fn name(claims: &Claims) -> Option<String> {
    let name = claims.name().and_then(|name| name.get(None));
    name.map(|name| name.to_string())
        .filter(|name| !name.trim().is_empty())
}

/// The language.
pub(crate) fn locale(claims: &Claims) -> Option<String> {
    claims.locale().map(ToString::to_string)
}
