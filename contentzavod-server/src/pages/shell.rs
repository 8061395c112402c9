//! What every page stands in: its language, its address, its headers, and the forms it sends.

use std::collections::BTreeMap;

use askama::Template;
use poem::http::{HeaderValue, StatusCode, header};
use poem::{FromRequest, Request, RequestBody, Response, Result};
use url::form_urlencoded;

use super::words::{self, Words};
use crate::api::Refused;
use crate::api::auth::Jar;
use crate::api::problem::body_too_large;
use crate::middleware::language;
use crate::site::Site;

/// Nothing is loaded from elsewhere, nothing runs, nobody puts it in a frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";
/// The largest form, in bytes.
const FORM_MAX: usize = 16 << 10;

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
        .header(header::REFERRER_POLICY, "no-referrer")
        .header("cross-origin-opener-policy", "same-origin")
        .body(text))
}

/// Goes on elsewhere on this site, with a GET.
pub(super) fn go(site: &Site, path: &str) -> Response {
    away(site.at(path.trim_start_matches('/')).as_str())
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

/// The fields of a form, or of the query of a page: small, text, each once.
#[derive(Debug, Default)]
pub(super) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// The fields of the query.
    pub(super) fn of_query(request: &Request) -> Self {
        Self::read(request.uri().query().unwrap_or_default().as_bytes())
    }

    fn read(text: &[u8]) -> Self {
        // The first of several holds: what somebody adds to a link does not take its place.
        let mut fields = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(text) {
            fields
                .entry(name.into_owned())
                .or_insert(value.into_owned());
        }
        Self(fields)
    }

    /// A field that is there and not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let value = self.0.get(name)?.trim();
        (!value.is_empty()).then_some(value)
    }

    /// A field, or nothing.
    pub(super) fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }
}

/// Forms are small, and come from our own pages.
impl<'a> FromRequest<'a> for Fields {
    async fn from_request(_: &'a Request, body: &mut RequestBody) -> Result<Self> {
        let body = body.take().map_err(poem::Error::from)?;
        match body.into_bytes_limit(FORM_MAX).await {
            Ok(bytes) => Ok(Self::read(&bytes)),
            Err(poem::error::ReadBodyError::PayloadTooLarge) => {
                Err(body_too_large(FORM_MAX as u64).into())
            }
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_several_fields_holds_and_empty_ones_are_none() {
        let fields = Fields::read(b"a=1&a=2&b=+&c=%D0%AF");
        assert_eq!(fields.get("a"), Some("1"));
        assert_eq!(fields.get("b"), None);
        assert_eq!(fields.text("c"), "Я");
        assert_eq!(fields.text("d"), "");
    }
}
