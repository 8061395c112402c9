//! Where this server is: its own address, from the settings and never from a request's headers.
//!
//! Cookies, ways back from providers, and links in answers are made of it.

use std::net::SocketAddr;

use poem::http::uri::Authority;
use url::{Host, Url};

/// The server's own address, and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    base: Url,
    /// Nobody told it: it is where this process listens.
    guessed: bool,
}

/// Whether a browser keeps and sends this server's cookies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookies {
    /// It does, if it lets us.
    Work,
    /// It came from elsewhere, and the server knows of no address there.
    NoAddress,
    /// The server's own address is plain HTTP and not this machine.
    PlainHttp,
}

impl Site {
    /// The site under the public address, or else where the process listens.
    #[must_use]
    pub fn new(public: Option<&Url>, listen: SocketAddr, tls: bool) -> Self {
        if let Some(base) = public {
            return Self {
                base: with_slash(base.clone()),
                guessed: false,
            };
        }
        let mut address = listen;
        if address.ip().is_unspecified() {
            address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
        }
        let scheme = if tls { "https" } else { "http" };
        let text = format!("{scheme}://{address}/");
        Self {
            base: Url::parse(&text).unwrap_or_else(|_| here()),
            guessed: true,
        }
    }

    /// The address, with a slash at its end.
    #[must_use]
    pub const fn base(&self) -> &Url {
        &self.base
    }

    /// True where nobody set the public address.
    #[must_use]
    pub const fn is_guessed(&self) -> bool {
        self.guessed
    }

    /// An address of ours, whatever the path looks like. `path` has no slash in front.
    #[must_use]
    pub fn at(&self, path: &str) -> Url {
        // Of a path alone `https://elsewhere` would be an address of its own.
        let path = format!("./{path}");
        self.base.join(&path).unwrap_or_else(|_| self.base.clone())
    }

    /// True when browsers come by HTTPS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.base.scheme() == "https"
    }

    /// True when only this machine reaches it.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.base)
    }

    /// `https://zavod.example.com`: what browsers call `Origin`.
    #[must_use]
    pub fn origin(&self) -> String {
        self.base.origin().ascii_serialization()
    }

    /// Whether cookies can work for a browser that asked this host. A proxy may ask another than
    /// the browser did: where the address is known, it is not held against anybody.
    #[must_use]
    pub fn cookies_for(&self, host: Option<&str>) -> Cookies {
        if !self.is_https() && !self.is_loopback() {
            return Cookies::PlainHttp;
        }
        if self.guessed && !host.is_some_and(is_here) {
            return Cookies::NoAddress;
        }
        Cookies::Work
    }

    /// True when a request went to this site's own host.
    #[must_use]
    pub fn is_own(&self, host: &str) -> bool {
        let Ok(asked) = host.parse::<Authority>() else {
            return false;
        };
        let port = asked.port_u16().or(match self.base.scheme() {
            "https" => Some(443),
            _ => Some(80),
        });
        let own = self.base.host_str().unwrap_or_default();
        asked.host().eq_ignore_ascii_case(own) && port == self.base.port_or_known_default()
    }
}

/// Whether a host is this machine.
fn is_here(host: &str) -> bool {
    let url = format!("http://{host}/").parse::<Url>();
    url.is_ok_and(|url| is_loopback(&url))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

/// Paths are joined under it, not in its place.
fn with_slash(mut base: Url) -> Url {
    if !base.path().ends_with('/') {
        base.set_path(&format!("{}/", base.path()));
    }
    base
}

#[expect(clippy::expect_used, reason = "a constant address")]
fn here() -> Url {
    Url::parse("http://127.0.0.1/").expect("a constant address")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(public: Option<&str>, listen: &str) -> Site {
        let public = public.map(|url| Url::parse(url).unwrap());
        Site::new(public.as_ref(), listen.parse().unwrap(), false)
    }

    #[test]
    fn without_a_public_address_it_is_where_it_listens() {
        let here = site(None, "0.0.0.0:8080");
        assert_eq!(
            here.at("auth/logout").as_str(),
            "http://127.0.0.1:8080/auth/logout"
        );
        assert!(here.is_loopback() && here.is_guessed() && !here.is_https());
        assert_eq!(here.origin(), "http://127.0.0.1:8080");
        assert!(site(None, "[::1]:80").is_loopback());
    }

    #[test]
    fn a_site_may_lie_in_a_folder() {
        let site = site(Some("https://example.com/zavod"), "127.0.0.1:1");
        assert_eq!(
            site.at("privacy").as_str(),
            "https://example.com/zavod/privacy"
        );
        assert_eq!(site.origin(), "https://example.com");
    }

    #[test]
    fn no_path_leads_to_another_site() {
        for folder in ["", "zavod/"] {
            let site = site(
                Some(&format!("https://example.com/{folder}")),
                "127.0.0.1:1",
            );
            for path in [
                "https://evil.example",
                "https:x",
                "javascript:alert(1)",
                "//evil.example",
                "",
                "?x",
            ] {
                let to = site.at(path);
                assert_eq!(to.origin(), site.base().origin(), "{path}");
                assert!(
                    to.as_str().starts_with(site.base().as_str()),
                    "{path}: {to}"
                );
            }
        }
    }

    #[test]
    fn cookies_work_where_the_address_is_known_and_safe() {
        let public = site(Some("https://zavod.example.com"), "127.0.0.1:8080");
        // A proxy may have asked another host than the browser did.
        for host in [None, Some("zavod.example.com"), Some("127.0.0.1:8080")] {
            assert_eq!(public.cookies_for(host), Cookies::Work, "{host:?}");
        }
        let plain = site(Some("http://zavod.lan"), "0.0.0.0:80");
        assert_eq!(plain.cookies_for(Some("zavod.lan")), Cookies::PlainHttp);
        let here = site(None, "[::1]:8080");
        for host in ["[::1]:8080", "localhost:8080", "127.0.0.1:8080"] {
            assert_eq!(here.cookies_for(Some(host)), Cookies::Work, "{host}");
        }
        for host in [None, Some("192.168.1.5:8080"), Some("zavod.lan"), Some(" ")] {
            assert_eq!(here.cookies_for(host), Cookies::NoAddress, "{host:?}");
        }
    }

    #[test]
    fn its_own_host_is_known_with_and_without_the_port() {
        let public = site(Some("https://zavod.example.com"), "127.0.0.1:8080");
        for host in ["zavod.example.com", "ZAVOD.example.com:443"] {
            assert!(public.is_own(host), "{host}");
        }
        for host in ["zavod.example.com:80", "evil.example", "", "[::1]"] {
            assert!(!public.is_own(host), "{host}");
        }
        assert!(site(None, "[::1]:8080").is_own("[::1]:8080"));
    }
}
