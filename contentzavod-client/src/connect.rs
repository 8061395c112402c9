//! Construction of a client: an address, a key, and no total timeout.

use std::fmt;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use crate::Client;

/// How long a connection may take to come about; a transfer may take as long as it needs.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// An API key, `cz_live_…`, which neither prints nor lingers in memory.
#[derive(Clone)]
pub struct ApiKey(SecretString);

impl From<&str> for ApiKey {
    fn from(key: &str) -> Self {
        Self(key.into())
    }
}

impl From<String> for ApiKey {
    fn from(key: String) -> Self {
        Self(key.into())
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("ApiKey(…)")
    }
}

/// Why no client could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The base URL is not an address such as `https://zavod.example.com`.
    #[error("the base URL must be http(s)://host[:port][/path], with nothing else in it")]
    BaseUrl,
    /// The key holds characters that no header can carry.
    #[error("the API key holds characters that no key has; was it copied with a line break?")]
    ApiKey,
    /// The HTTP client refused to start.
    #[error("the HTTP client does not start")]
    Http(#[source] reqwest::Error),
}

impl Client {
    /// Makes a client that sends the key with every request.
    ///
    /// Nothing is sent yet. Redirects are not followed: they would carry the key elsewhere.
    ///
    /// # Errors
    ///
    /// When the address or the key cannot be one, or TLS cannot be set up.
    pub fn with_api_key(base_url: &str, key: impl Into<ApiKey>) -> Result<Self, ConnectError> {
        let base_url = checked(base_url)?;
        let headers = HeaderMap::from_iter([(AUTHORIZATION, bearer(&key.into())?)]);
        #[expect(
            clippy::disallowed_methods,
            reason = "the client's constructor is its one home"
        )]
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .default_headers(headers)
            .build()
            .map_err(|error| ConnectError::Http(error.without_url()))?;
        Ok(Self::new_with_client(&base_url, http))
    }
}

/// The header that carries the key, marked so that nothing prints it.
fn bearer(key: &ApiKey) -> Result<HeaderValue, ConnectError> {
    let key = key.0.expose_secret();
    let mut value =
        HeaderValue::from_str(&format!("Bearer {key}")).map_err(|_| ConnectError::ApiKey)?;
    value.set_sensitive(true);
    Ok(value)
}

/// The base URL without a trailing slash, to which paths are appended.
fn checked(base_url: &str) -> Result<String, ConnectError> {
    let url = reqwest::Url::parse(base_url).map_err(|_| ConnectError::BaseUrl)?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    let bare = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if !web || !bare {
        return Err(ConnectError::BaseUrl);
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use crate::{ApiKey, Client, ClientInfo, ConnectError};

    #[test]
    fn a_trailing_slash_makes_no_difference() {
        for url in ["https://h.example/zavod", "https://h.example/zavod/"] {
            let client = Client::with_api_key(url, "k").unwrap();
            assert_eq!(client.baseurl(), "https://h.example/zavod");
        }
    }

    #[test]
    fn what_is_no_base_url_is_refused() {
        for url in [
            "",
            "h.example",
            "ftp://h",
            "https://u:p@h",
            "https://h?a=b",
            "https://h#a",
        ] {
            let refused = Client::with_api_key(url, "k");
            assert!(matches!(refused, Err(ConnectError::BaseUrl)), "{url}");
        }
    }

    #[test]
    fn a_key_with_a_line_break_is_refused_without_being_told() {
        let error = Client::with_api_key("http://h", "cz_live_secret\n").unwrap_err();
        assert!(matches!(error, ConnectError::ApiKey));
        assert!(!format!("{error} {error:?}").contains("secret"));
    }

    #[test]
    fn neither_key_nor_client_prints_the_key() {
        let client = Client::with_api_key("http://h", "cz_live_secret").unwrap();
        let printed = format!(
            "{:?} {client:?} {:?}",
            ApiKey::from("cz_live_secret"),
            client.post_get()
        );
        assert!(
            printed.contains("authorization"),
            "the header is there: {printed}"
        );
        assert!(!printed.contains("cz_live_secret"), "{printed}");
    }

    #[test]
    fn there_is_no_timeout_on_a_whole_transfer() {
        let client = Client::with_api_key("http://h", "k").unwrap();
        assert!(
            !format!("{client:?}").to_lowercase().contains("timeout"),
            "{client:?}"
        );
    }
}
