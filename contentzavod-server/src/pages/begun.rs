//! By which address somebody set out for a provider: the way back leads to the one that the settings
//! name, and where that is another, the cookie of the way out does not come along.

use url::Url;

use super::visitor::Visitor;

/// Between the state and the host: no state of ours has it.
const MARK: char = '~';
/// Ends of names that are good in one network only.
const PRIVATE: [&str; 5] = ["local", "internal", "lan", "home", "localdomain"];
/// Names are no longer than that, with a port.
const LONGEST: usize = 259;

/// The address of the provider's page, whose state says by which host the browser came, unless it is
/// the site's own.
pub(super) fn marked(visitor: &Visitor<'_>, mut url: Url) -> Url {
    // On this very machine it is nobody's secret that one name is not the other.
    let told = |host: &&str| is_public(host) || visitor.site.is_loopback();
    let host = visitor.host().filter(|host| is_host(host)).filter(told);
    let Some(host) = host.filter(|host| !visitor.site.is_own(host)) else {
        return url;
    };
    let pairs = url.query_pairs().into_owned().map(|(name, value)| {
        let value = match name.as_str() {
            "state" => format!("{value}{MARK}{host}"),
            _ => value,
        };
        (name, value)
    });
    let pairs: Vec<_> = pairs.collect();
    url.query_pairs_mut().clear().extend_pairs(pairs);
    url
}

/// A state that came back, and the host that it was marked with.
pub(super) fn unmarked(state: &str) -> (String, Option<&str>) {
    let (state, host) = match state.split_once(MARK) {
        Some((state, host)) if is_host(host) => (state, Some(host)),
        _ => (state, None),
    };
    (state.to_owned(), host)
}

/// What a name and a port are written with: the rest is nobody's host.
fn is_host(text: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || ".:-[]".contains(c);
    (1..=LONGEST).contains(&text.len()) && text.chars().all(good)
}

/// A name that the world knows, with or without a port. An address in numbers or a name without a dot
/// may be what a proxy calls us, which is nobody else's matter.
fn is_public(host: &str) -> bool {
    let name = host.split_once(':').map_or(host, |(name, _)| name);
    let last = name.rsplit_once('.').map_or("", |(_, last)| last);
    last.starts_with(|c: char| c.is_ascii_alphabetic()) && !PRIVATE.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_the_world_knows_are_told_it() {
        for host in ["www.zavod.example.com", "a.b:8443"] {
            assert!(is_host(host) && is_public(host), "{host}");
        }
        for host in [
            "zavod",
            "zavod:8787",
            "10.0.0.5:8080",
            "127.0.0.1",
            "[::1]:80",
            "box.local",
            "app.internal:80",
        ] {
            assert!(is_host(host) && !is_public(host), "{host}");
        }
        for text in ["", "<b>.example", "a~b.c", "a b", &"x".repeat(300)] {
            assert!(!is_host(text), "{text}");
        }
    }

    #[test]
    fn a_mark_is_taken_off_again() {
        assert_eq!(unmarked("s"), ("s".to_owned(), None));
        assert_eq!(unmarked("s~a.b"), ("s".to_owned(), Some("a.b")));
        assert_eq!(unmarked("s~<b>"), ("s~<b>".to_owned(), None));
    }
}
