//! What every page stands in: its language, its address and its headers.

use askama::Template;
use poem::http::{HeaderValue, StatusCode, header};
use poem::{Response, Result};
use url::Url;

use super::words::{self, Words};
use crate::api::Refused;
use crate::api::auth::Jar;
use crate::middleware::language;
use crate::site::Site;

/// Nothing is loaded from elsewhere, nothing runs, nobody puts it in a frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// What every template begins with.
#[derive(Debug)]
pub(super) struct Shell {
    /// `en`, `ru`.
    pub(super) lang: &'static str,
    /// The path of the site, with slashes at both ends.
    pub(super) root: String,
    /// The texts.
    pub(super) w: &'static Words,
}

impl Shell {
    /// In the language of the request.
    pub(super) fn new(site: &Site) -> Self {
        use contentzavod_core::model::Lang;
        let lang = language::current();
        Self {
            lang: match lang {
                Lang::En => "en",
                Lang::Ru => "ru",
            },
            root: site.base().path().to_owned(),
            w: words::of(lang),
        }
    }
}

/// A page.
pub(super) fn html(status: StatusCode, page: &impl Template) -> Result<Response, Refused> {
    let text = page.render().map_err(|error| {
        tracing::error!(%error, "a page could not be made");
        Refused::internal()
    })?;
    Ok(Response::builder()
        .status(status)
        .content_type("text/html; charset=utf-8")
        .header(header::CONTENT_SECURITY_POLICY, POLICY)
        .header(header::CACHE_CONTROL, "no-store")
        // Our own pages hear where a form comes from, also by browsers without `Sec-Fetch-Site`:
        // with `no-referrer` those say `Origin: null`.
        .header(header::REFERRER_POLICY, "same-origin")
        .header("cross-origin-opener-policy", "same-origin")
        .body(text))
}

/// Goes on elsewhere on this site, with a GET.
pub(super) fn go(site: &Site, path: &str) -> Response {
    here(&site.at(path.trim_start_matches('/')))
}

/// Goes on to an address of this site, by whichever name the browser came: there it keeps what it was
/// given, also where the settings name another.
pub(super) fn here(url: &Url) -> Response {
    let path = &url[url::Position::BeforePath..];
    // What begins with two slashes would be read as a host.
    away(if path.starts_with("//") {
        url.as_str()
    } else {
        path
    })
}

/// Goes on to an address, with a GET.
pub(super) fn away(url: &str) -> Response {
    Response::builder()
        .status(StatusCode::SEE_OTHER)
        .header(header::LOCATION, url)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::REFERRER_POLICY, "no-referrer")
        .finish()
}

/// Adds a cookie to an answer.
pub(super) fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Takes a cookie away.
pub(super) fn without_cookie(response: Response, jar: Jar, site: &Site) -> Response {
    with_cookie(response, jar.unset(site))
}
