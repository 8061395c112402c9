//! Parameters of a call: from the query and the body alike, as a form or as JSON.

use std::collections::BTreeMap;

use http::request::Parts;
use serde_json::{Map, Value};
use url::{Url, form_urlencoded};

use super::answer::Answer;

/// What every call may carry.
const COMMON: &[&str] = &["access_token", "appsecret_proof", "appsecret_time"];

/// Parameters by name. Lists and objects are JSON text, as in a form.
#[derive(Default)]
pub(super) struct Params(BTreeMap<String, String>);

impl Params {
    /// Reads the query and the body; what stands in the body wins.
    pub(super) fn read(parts: &Parts, body: &[u8]) -> Result<Self, Answer> {
        let query = parts.uri.query().unwrap_or_default();
        let mut params: BTreeMap<String, String> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        if is_json(parts) && !body.is_empty() {
            let Ok(object) = serde_json::from_slice::<Map<String, Value>>(body) else {
                return Err(Answer::parameter("The request body is not a JSON object"));
            };
            params.extend(object.into_iter().filter_map(|(k, v)| Some((k, text(v)?))));
        } else {
            params.extend(form_urlencoded::parse(body).into_owned());
        }
        Ok(Self(params))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// All of them, by name.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(k, v)| (k.as_str(), v.as_str()))
    }

    /// Everything but the caption, addresses and what says who calls.
    pub(super) fn options(&self) -> BTreeMap<String, String> {
        let hidden =
            |name: &str| name == "caption" || name.ends_with("_url") || COMMON.contains(&name);
        let kept = self.0.iter().filter(|(name, _)| !hidden(name));
        kept.map(|(k, v)| (k.clone(), v.clone())).collect()
    }

    /// Refuses parameters that a call does not know.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), Answer> {
        let mut names = self.0.keys().map(String::as_str);
        match names.find(|name| !COMMON.contains(name) && !known.contains(name)) {
            Some(name) => Err(Answer::parameter(&format!(
                "Param {name} is not known here"
            ))),
            None => Ok(()),
        }
    }

    /// Refuses a parameter that is there and not as it must be.
    pub(super) fn check(
        &self,
        name: &str,
        must_be: &str,
        good: impl FnOnce(&str) -> bool,
    ) -> Result<(), Answer> {
        match self.get(name) {
            Some(value) if !good(value) => Err(Answer::parameter(&format!(
                "Param {name} must be {must_be}"
            ))),
            _ => Ok(()),
        }
    }

    /// An address of the web, if the parameter is there.
    pub(super) fn address(&self, name: &str) -> Result<Option<Url>, Answer> {
        let web = |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host();
        if self.get(name).is_some_and(|text| !text.is_ascii()) {
            let message = format!("Param {name} must be an ASCII URL");
            return Err(Answer::parameter(&message));
        }
        let url = self.get(name).map(Url::parse);
        match url {
            None => Ok(None),
            Some(Ok(url)) if web(&url) => Ok(Some(url)),
            Some(_) => Err(Answer::parameter(&format!(
                "Param {name} must be a valid URL"
            ))),
        }
    }

    /// A list, empty where the parameter is missing.
    pub(super) fn list(&self, name: &str) -> Result<Vec<Value>, Answer> {
        let list = self.get(name).map_or(Ok(Vec::new()), serde_json::from_str);
        list.map_err(|_| Answer::parameter(&format!("Param {name} must be an array")))
    }

    /// The token, from the header or the parameters.
    pub(super) fn token<'a>(&'a self, parts: &'a Parts) -> Option<&'a str> {
        let header = parts.headers.get("authorization");
        let bearer = header
            .and_then(|value| value.to_str().ok())
            .and_then(|text| text.strip_prefix("Bearer "));
        bearer.or_else(|| self.get("access_token"))
    }
}

fn is_json(parts: &Parts) -> bool {
    let kind = parts.headers.get("content-type");
    kind.and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.trim_start().starts_with("application/json"))
}

/// A JSON value as it would stand in a form; `null` is as good as missing.
fn text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}
