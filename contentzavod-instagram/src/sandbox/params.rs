//! Parameters of a call, from the query and the form alike.

use std::collections::HashMap;

use http::request::Parts;
use url::form_urlencoded;

/// Parameters by name.
#[derive(Debug, Default)]
pub(super) struct Params(HashMap<String, String>);

impl Params {
    /// Reads the query, and the body where it is a form.
    pub(super) fn read(parts: &Parts, body: &[u8]) -> Self {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = form_urlencoded::parse(query.as_bytes());
        let form = form_urlencoded::parse(body);
        Self(
            pairs
                .chain(form)
                .map(|(k, v)| (k.into_owned(), v.into_owned()))
                .collect(),
        )
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The names, except those every call may have.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let common = ["access_token", "fields", "limit"];
        self.0
            .keys()
            .map(String::as_str)
            .filter(move |name| !common.contains(name))
    }

    /// The token, from the header or the parameters.
    pub(super) fn token(&self, parts: &Parts) -> Option<String> {
        let header = parts.headers.get("authorization");
        let bearer = header
            .and_then(|value| value.to_str().ok())
            .and_then(|text| text.strip_prefix("Bearer "));
        bearer
            .or_else(|| self.get("access_token"))
            .map(str::to_owned)
    }
}
