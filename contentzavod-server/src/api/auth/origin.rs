//! Calls that a browser makes with a cookie must come from our own pages.
//!
//! Browsers say where a call comes from: newer ones with `Sec-Fetch-Site`, all of them with `Origin`
//! on whatever changes something. A call that carries a cookie and says neither is no browser's.

use poem::http::header::{CONTENT_TYPE, ORIGIN, REFERER};
use poem::http::{Method, StatusCode};
use poem::{Request, Result};
use url::Url;

use crate::api::problem::Refused;
use crate::site::Site;

/// What pages of other sites can send without asking first.
const FORMS: [&str; 3] = [
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain",
];

fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Whether a call with a cookie comes from our own pages, or a person typed the address.
fn is_ours(request: &Request, site: &Site) -> bool {
    let changes = changes(request.method());
    if let Some(from) = request.header("sec-fetch-site") {
        return from == "same-origin" || (from == "none" && !changes);
    }
    match request.header(ORIGIN) {
        Some(origin) => origin == site.origin() || is_where_it_went(origin, request, site),
        // Reading changes nothing, and what is read stays with the reader.
        None => !changes,
    }
}

/// Where nobody named the public address, `localhost` is as good as `127.0.0.1`.
fn is_where_it_went(origin: &str, request: &Request, site: &Site) -> bool {
    let host = request.header("host").unwrap_or_default();
    site.is_guessed() && site.is_loopback() && origin == format!("http://{host}")
}

/// Whether somebody came by a link on one of our own pages: not by an address that they typed or were
/// sent, which others can choose. Older browsers say it with `Referer`, which no page of another site
/// can make up.
#[must_use]
pub fn clicked_here(request: &Request, site: &Site) -> bool {
    if let Some(from) = request.header("sec-fetch-site") {
        return from == "same-origin";
    }
    let from = request
        .header(REFERER)
        .and_then(|from| from.parse::<Url>().ok());
    let from = from.map(|from| from.origin().ascii_serialization());
    from.is_some_and(|from| from == site.origin() || is_where_it_went(&from, request, site))
}

fn crossed() -> Refused {
    Refused::new(StatusCode::FORBIDDEN, "auth.cross_site")
}

/// For the pages' own forms.
///
/// # Errors
///
/// 403 where it comes from elsewhere.
pub fn own_page(request: &Request, site: &Site) -> Result<(), Refused> {
    if is_ours(request, site) {
        Ok(())
    } else {
        Err(crossed())
    }
}

/// For the API, which takes no forms: other sites would have to ask first, and are told no.
///
/// # Errors
///
/// 403 where it comes from elsewhere, or could.
pub fn own_call(request: &Request, site: &Site) -> Result<(), Refused> {
    own_page(request, site)?;
    let given = request.header(CONTENT_TYPE).unwrap_or_default();
    let plain = given.split(';').next().unwrap_or_default().trim();
    let form = FORMS.iter().any(|form| form.eq_ignore_ascii_case(plain));
    if changes(request.method()) && form {
        return Err(crossed());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use url::Url;

    fn asked(method: Method, headers: &[(&str, &str)]) -> bool {
        let url = Url::parse("https://zavod.example.com").unwrap();
        let site = Site::new(Some(&url), "127.0.0.1:80".parse().unwrap(), false);
        let request = Request::builder().method(method);
        let request = headers.iter().fold(request, |r, (n, v)| r.header(*n, *v));
        own_call(&request.finish(), &site).is_ok()
    }

    #[test]
    fn only_our_own_pages_change_anything_with_a_cookie() {
        let (fetch, ours) = ("sec-fetch-site", "https://zavod.example.com");
        for (good, method, headers) in [
            (true, Method::POST, &[(fetch, "same-origin")][..]),
            (true, Method::POST, &[("origin", ours)]),
            (
                true,
                Method::DELETE,
                &[(fetch, "same-origin"), ("origin", ours)],
            ),
            (false, Method::POST, &[]),
            (false, Method::POST, &[(fetch, "none")]),
            (false, Method::POST, &[(fetch, "cross-site")]),
            (false, Method::POST, &[(fetch, "same-site")]),
            (
                false,
                Method::POST,
                &[(fetch, "cross-site"), ("origin", ours)],
            ),
            (false, Method::POST, &[("origin", "https://evil.example")]),
            (false, Method::POST, &[("origin", "null")]),
            (
                false,
                Method::POST,
                &[("origin", "https://zavod.example.com.evil.example")],
            ),
            (
                false,
                Method::POST,
                &[(fetch, "same-origin"), ("content-type", "text/plain")],
            ),
            (
                false,
                Method::POST,
                &[
                    (fetch, "same-origin"),
                    ("content-type", "Multipart/Form-Data; boundary=x"),
                ],
            ),
            (true, Method::GET, &[]),
            (true, Method::GET, &[(fetch, "none")]),
            (false, Method::GET, &[(fetch, "cross-site")]),
        ] {
            assert_eq!(asked(method.clone(), headers), good, "{method} {headers:?}");
        }
    }
}
