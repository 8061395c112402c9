//! OpenID Connect, as far as providers differ only in what they call things.

mod keys;
mod verify;

use std::sync::Arc;

use contentzavod_core::model::Secret;
use contentzavod_core::ports::{Begun, Clock, IdentityError, Pending, Returned};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType,
    CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
    CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenClaims,
    IdTokenFields, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RequestTokenError, Scope, StandardErrorResponse, StandardTokenResponse,
};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::credentials::Credentials;
use crate::http::Http;
use keys::{Known, Shelf};

/// Claims beside those of the standard.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Extra {
    /// Telegram's number of a user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<serde_json::Value>,
}

impl AdditionalClaims for Extra {}

pub(crate) type Claims = IdTokenClaims<Extra, CoreGenderClaim>;

type Fields = IdTokenFields<
    Extra,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Tokens = StandardTokenResponse<Fields, CoreTokenType>;

type Relying = Client<
    Extra,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What a provider wants and does its own way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ways {
    /// What is asked for beside `openid`.
    pub(crate) scopes: &'static [&'static str],
    /// Signatures that are taken.
    pub(crate) algorithms: &'static [CoreJwsSigningAlgorithm],
    /// What the person is asked although they are signed in there: whoever sits there now may be
    /// somebody else.
    pub(crate) prompt: Option<&'static str>,
    /// An answer without our nonce is refused. One with another is refused always.
    pub(crate) nonce_must: bool,
}

/// This server as a client of one provider.
#[derive(Debug)]
pub(crate) struct Oidc {
    issuer: IssuerUrl,
    credentials: Credentials,
    ways: Ways,
    clock: Arc<dyn Clock>,
    http: Http,
    shelf: Shelf,
}

impl Oidc {
    pub(crate) fn new(
        issuer: &Url,
        credentials: Credentials,
        ways: Ways,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, IdentityError> {
        // An issuer is compared as text, and without a path it has no slash at its end.
        let text = issuer.as_str();
        let text = text.strip_suffix('/').unwrap_or(text).to_owned();
        let issuer =
            IssuerUrl::new(text).map_err(|e| IdentityError::Misconfigured(e.to_string()))?;
        Ok(Self {
            issuer,
            credentials,
            ways,
            clock,
            http: Http::new()?,
            shelf: Shelf::default(),
        })
    }

    fn client(&self, known: &Known, redirect: &Url) -> Relying {
        let id = ClientId::new(self.credentials.id.clone());
        let secret = ClientSecret::new(self.credentials.secret.expose_secret().to_owned());
        let client = Relying::from_provider_metadata(known.metadata.clone(), id, Some(secret));
        client.set_redirect_uri(RedirectUrl::from_url(redirect.clone()))
    }

    /// Where the browser goes, and what must be remembered.
    pub(crate) async fn start(&self, state: &str, redirect: &Url) -> Result<Begun, IdentityError> {
        let known = self
            .shelf
            .known(&self.issuer, &self.http, self.clock.now())
            .await?;
        let client = self.client(&known, redirect);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let state = CsrfToken::new(state.to_owned());
        let scopes = self.ways.scopes.iter();
        let request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || state.clone(),
                Nonce::new_random,
            )
            .add_scopes(scopes.map(|scope| Scope::new((*scope).to_owned())))
            .set_pkce_challenge(challenge);
        let (url, _, nonce) = match self.ways.prompt {
            Some(prompt) => request.add_extra_param("prompt", prompt).url(),
            None => request.url(),
        };
        Ok(Begun {
            url,
            pending: Pending {
                nonce: Some(nonce.secret().clone()),
                verifier: Some(verifier.into_secret()),
            },
        })
    }

    /// The claims about whoever came back.
    pub(crate) async fn finish(
        &self,
        returned: &Returned,
        pending: &Pending,
        redirect: &Url,
    ) -> Result<Claims, IdentityError> {
        if let Some(issuer) = &returned.issuer
            && issuer != self.issuer.as_str()
        {
            return Err(IdentityError::Untrusted(
                "another issuer answered".to_owned(),
            ));
        }
        let known = self
            .shelf
            .known(&self.issuer, &self.http, self.clock.now())
            .await?;
        let client = self.client(&known, redirect);
        let tokens = self.exchange(&client, &returned.code, pending).await?;
        let token = tokens.extra_fields().id_token();
        let token = token.ok_or_else(|| IdentityError::Untrusted("no id token came".to_owned()))?;
        let check = verify::Check {
            ways: self.ways,
            now: self.clock.now(),
            nonce: pending.nonce.as_deref(),
        };
        match check.claims(&client, token) {
            Err(verify::Wrong::UnknownKey) => {
                // Keys are turned: what we know may be of yesterday.
                let known = self
                    .shelf
                    .anew(&self.issuer, &self.http, self.clock.now())
                    .await?;
                let client = self.client(&known, redirect);
                check.claims(&client, token).map_err(Into::into)
            }
            checked => checked.map_err(Into::into),
        }
    }

    async fn exchange(
        &self,
        client: &Relying,
        code: &Secret,
        pending: &Pending,
    ) -> Result<Tokens, IdentityError> {
        let code = AuthorizationCode::new(code.expose_secret().to_owned());
        let request = client.exchange_code(code);
        let mut request = request.map_err(|e| IdentityError::Unavailable(e.to_string()))?;
        if let Some(verifier) = &pending.verifier {
            request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier.clone()));
        }
        request.request_async(&self.http).await.map_err(refusal)
    }
}

/// What a refused exchange means: whether we are wrong or the code is.
pub(crate) fn refusal<E: std::error::Error>(
    error: RequestTokenError<E, StandardErrorResponse<CoreErrorResponseType>>,
) -> IdentityError {
    match error {
        RequestTokenError::ServerResponse(said) => {
            // The description may repeat what was sent: only the word is kept.
            let word = said.error().to_string();
            match said.error() {
                CoreErrorResponseType::InvalidClient
                | CoreErrorResponseType::UnauthorizedClient
                | CoreErrorResponseType::UnsupportedGrantType => IdentityError::Misconfigured(word),
                _ => IdentityError::Refused(word),
            }
        }
        RequestTokenError::Request(error) => IdentityError::Unavailable(error.to_string()),
        RequestTokenError::Parse(..) => {
            IdentityError::Unavailable("its answer cannot be read".to_owned())
        }
        RequestTokenError::Other(_) => {
            IdentityError::Unavailable("its answer is not what was asked for".to_owned())
        }
    }
}
