//! Yandex, by OAuth 2.0: there is no id token, so everything rests on state, PKCE, the exchange from
//! server to server, and on `/info` naming our own client id.

use async_trait::async_trait;
use contentzavod_core::ports::{Begun, IdentityError, IdentityProvider, Pending, Person, Returned};
use openidconnect::core::CoreErrorResponseType;
use openidconnect::{
    AccessToken, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    StandardErrorResponse, TokenUrl,
};
use secrecy::ExposeSecret;
use serde::Deserialize;
use url::Url;

use crate::credentials::Credentials;
use crate::http::Http;
use crate::oidc::refusal;

const OAUTH: &str = "https://oauth.yandex.ru";
const INFO: &str = "https://login.yandex.ru/info";

/// A client of plain OAuth that says its errors with the words of OpenID Connect.
type Relying = oauth2::Client<
    StandardErrorResponse<CoreErrorResponseType>,
    oauth2::basic::BasicTokenResponse,
    oauth2::basic::BasicTokenIntrospectionResponse,
    oauth2::StandardRevocableToken,
    oauth2::basic::BasicRevocationErrorResponse,
    openidconnect::EndpointSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointSet,
>;

/// Sign-in with Yandex ID.
#[derive(Debug)]
pub struct Yandex {
    credentials: Credentials,
    oauth: Url,
    info: Url,
    http: Http,
}

/// What `/info` says; the rest of it is not read.
#[derive(Debug, Deserialize)]
struct Info {
    id: String,
    client_id: String,
    display_name: Option<String>,
    real_name: Option<String>,
    login: Option<String>,
}

impl Yandex {
    /// Yandex itself.
    ///
    /// # Errors
    ///
    /// When no HTTP client can be made.
    pub fn new(credentials: Credentials) -> Result<Self, IdentityError> {
        let parse =
            |text| Url::parse(text).map_err(|e| IdentityError::Misconfigured(e.to_string()));
        Self::at(parse(OAUTH)?, parse(INFO)?, credentials)
    }

    /// Asks another address for consent and tokens: the base of `/authorize` and `/token`.
    #[must_use]
    pub fn asking(mut self, oauth: Url) -> Self {
        self.oauth = oauth;
        self
    }

    /// Learns from another address who it is.
    #[must_use]
    pub fn told_by(mut self, info: Url) -> Self {
        self.info = info;
        self
    }

    /// Whoever plays Yandex: the base of `/authorize` and `/token`, and the address of `/info`.
    ///
    /// # Errors
    ///
    /// When no HTTP client can be made.
    pub fn at(oauth: Url, info: Url, credentials: Credentials) -> Result<Self, IdentityError> {
        Ok(Self {
            credentials,
            oauth,
            info,
            http: Http::new()?,
        })
    }

    fn client(&self, redirect: &Url) -> Relying {
        let below = |path: &str| {
            let mut url = self.oauth.clone();
            let base = url.path().trim_end_matches('/').to_owned();
            url.set_path(&format!("{base}/{path}"));
            url
        };
        let secret = self.credentials.secret.expose_secret().to_owned();
        oauth2::Client::new(ClientId::new(self.credentials.id.clone()))
            .set_client_secret(ClientSecret::new(secret))
            .set_auth_uri(AuthUrl::from_url(below("authorize")))
            .set_token_uri(TokenUrl::from_url(below("token")))
            .set_redirect_uri(RedirectUrl::from_url(redirect.clone()))
    }

    async fn info(&self, token: &AccessToken) -> Result<Info, IdentityError> {
        let mut url = self.info.clone();
        url.query_pairs_mut().append_pair("format", "json");
        let authorization = format!("OAuth {}", token.secret());
        let answer = self.http.get(url, &authorization).await?;
        if !answer.status().is_success() {
            let status = answer.status().as_u16();
            return Err(IdentityError::Unavailable(format!(
                "/info answered {status}"
            )));
        }
        serde_json::from_slice(answer.body())
            .map_err(|_| IdentityError::Unavailable("/info cannot be read".to_owned()))
    }
}

#[async_trait]
impl IdentityProvider for Yandex {
    fn name(&self) -> &'static str {
        "yandex"
    }

    async fn start(&self, state: &str, redirect: &Url) -> Result<Begun, IdentityError> {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let state = CsrfToken::new(state.to_owned());
        let client = self.client(redirect);
        let request = client.authorize_url(move || state.clone());
        // Name and login; neither mail nor telephone nor picture.
        let request = request.add_scope(Scope::new("login:info".to_owned()));
        // Whoever sits there now is asked, not only whoever signed in there last.
        let request = request.add_extra_param("force_confirm", "yes");
        let (url, _) = request.set_pkce_challenge(challenge).url();
        Ok(Begun {
            url,
            pending: Pending {
                nonce: None,
                verifier: Some(verifier.into_secret()),
            },
        })
    }

    async fn finish(
        &self,
        returned: &Returned,
        pending: &Pending,
        redirect: &Url,
    ) -> Result<Person, IdentityError> {
        let client = self.client(redirect);
        let code = AuthorizationCode::new(returned.code.expose_secret().to_owned());
        let mut request = client.exchange_code(code);
        if let Some(verifier) = &pending.verifier {
            request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier.clone()));
        }
        let tokens = request.request_async(&self.http).await.map_err(refusal)?;
        let info = self.info(tokens.access_token()).await?;
        if info.client_id != self.credentials.id {
            // A token that somebody got for another app would let them in as its user.
            return Err(IdentityError::Untrusted(
                "the token is another app's".to_owned(),
            ));
        }
        if info.id.is_empty() {
            return Err(IdentityError::Untrusted("without an id".to_owned()));
        }
        let names = [info.display_name, info.real_name, info.login];
        Ok(Person {
            subject: info.id,
            name: names
                .into_iter()
                .flatten()
                .find(|name| !name.trim().is_empty()),
            locale: None,
        })
    }
}
