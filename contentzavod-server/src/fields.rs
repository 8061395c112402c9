//! The fields of forms and of queries, for what is no part of the API.

use std::collections::BTreeMap;

use poem::{FromRequest, Request, RequestBody, Result};
use url::form_urlencoded;

use crate::api::problem::body_too_large;

/// The largest form, in bytes.
const FORM_MAX: usize = 16 << 10;

/// The fields of a form, or of the query of a page: small, text, each once.
#[derive(Default)]
pub(crate) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// The fields of the query.
    pub(crate) fn of_query(request: &Request) -> Self {
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
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let value = self.0.get(name)?.trim();
        (!value.is_empty()).then_some(value)
    }

    /// A field, or nothing.
    pub(crate) fn text(&self, name: &str) -> String {
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
