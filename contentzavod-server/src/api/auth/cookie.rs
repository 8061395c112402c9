//! The two cookies of this server: a session, and a sign-in on its way.
//!
//! Behind HTTPS they carry the prefix `__Host-`: browsers take them from this very host only, and
//! no neighbour under the same domain can plant one.

use contentzavod_core::model::Secret;
use contentzavod_core::service::ABSOLUTE;
use poem::Request;
use poem::http::HeaderValue;
use poem::http::header::COOKIE;
use secrecy::ExposeSecret;

use crate::site::Site;

/// A cookie of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jar {
    /// Opens a session.
    Session,
    /// Binds a way through a provider's pages to the browser that began it.
    Login,
}

/// A sign-in takes ten minutes at most.
const LOGIN_SECS: i64 = 10 * 60;

impl Jar {
    const fn name(self) -> &'static str {
        match self {
            Self::Session => "cz_session",
            Self::Login => "cz_login",
        }
    }

    fn full_name(self, site: &Site) -> String {
        let prefix = if site.is_https() { "__Host-" } else { "" };
        format!("{prefix}{}", self.name())
    }

    const fn life_secs(self) -> i64 {
        match self {
            Self::Session => ABSOLUTE.num_seconds(),
            Self::Login => LOGIN_SECS,
        }
    }

    /// What a request brings; nothing where it brings two: one of them was planted.
    #[must_use]
    pub fn of(self, request: &Request, site: &Site) -> Option<Secret> {
        let name = self.full_name(site);
        let lines = request.headers().get_all(COOKIE).into_iter();
        let texts = lines.filter_map(|line| line.to_str().ok());
        let mut found = texts
            .flat_map(|text| text.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(given, _)| *given == name)
            .map(|(_, value)| value.to_owned());
        match (found.next(), found.next()) {
            (Some(value), None) => Some(value.into()),
            _ => None,
        }
    }

    /// `Set-Cookie` with a value.
    #[must_use]
    pub fn set(self, value: &Secret, site: &Site) -> Option<HeaderValue> {
        self.header(value.expose_secret(), self.life_secs(), site)
    }

    /// `Set-Cookie` that takes it away.
    #[must_use]
    pub fn unset(self, site: &Site) -> Option<HeaderValue> {
        self.header("", 0, site)
    }

    /// Lax, not Strict: the way back from a provider is a link from another site.
    fn header(self, value: &str, secs: i64, site: &Site) -> Option<HeaderValue> {
        let name = self.full_name(site);
        let secure = if site.is_https() { "; Secure" } else { "" };
        let text =
            format!("{name}={value}; Path=/; Max-Age={secs}; HttpOnly; SameSite=Lax{secure}");
        let mut header = HeaderValue::from_str(&text).ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use url::Url;

    fn site(url: &str) -> Site {
        let url = Url::parse(url).unwrap();
        Site::new(Some(&url), "127.0.0.1:80".parse().unwrap(), false)
    }

    #[test]
    fn behind_https_it_belongs_to_this_host_alone() {
        let value = Secret::from("x");
        let safe = Jar::Session
            .set(&value, &site("https://a.example"))
            .unwrap();
        let safe = safe.to_str().unwrap();
        assert_eq!(
            safe,
            "__Host-cz_session=x; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure"
        );
        let here = Jar::Login
            .set(&value, &site("http://127.0.0.1:8080"))
            .unwrap();
        let here = here.to_str().unwrap();
        assert_eq!(
            here,
            "cz_login=x; Path=/; Max-Age=600; HttpOnly; SameSite=Lax"
        );
    }

    #[test]
    fn two_of_a_name_are_none() {
        let site = site("http://127.0.0.1:8080");
        let brought = |cookie: &str| {
            let request = Request::builder().header(COOKIE, cookie).finish();
            let found = Jar::Session.of(&request, &site);
            found.map(|value| value.expose_secret().to_owned())
        };
        assert_eq!(brought("a=1; cz_session=x; b=2").as_deref(), Some("x"));
        assert_eq!(brought("__Host-cz_session=x; xcz_session=y"), None);
        assert_eq!(brought("cz_session=x; cz_session=y"), None);
        assert_eq!(brought(""), None);
    }
}
