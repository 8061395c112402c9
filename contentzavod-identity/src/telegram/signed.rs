//! Statements of the login widget and of Mini Apps: form fields, signed as a whole with a key that
//! is made of the bot's token.

use std::collections::BTreeMap;

use aws_lc_rs::{digest, hmac};
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::Secret;
use contentzavod_core::ports::{Asserted, IdentityError, Person};
use secrecy::ExposeSecret;

use super::number;

/// More than either sends.
const LENGTH_MAX: usize = 4096;
/// A statement of the widget is used at once.
const WIDGET_AGE: TimeDelta = TimeDelta::seconds(300);
/// A Mini App may have been open for a while.
pub(super) const APP_AGE: TimeDelta = TimeDelta::seconds(3600);
/// Clocks differ.
const AHEAD: TimeDelta = TimeDelta::seconds(60);

/// The fields of the widget; others are refused rather than signed along unseen.
const WIDGET: &[&str] = &[
    "id",
    "first_name",
    "last_name",
    "username",
    "photo_url",
    "auth_date",
    "hash",
];

pub(super) type Fields = BTreeMap<String, String>;

pub(super) fn untrusted(why: &str) -> IdentityError {
    IdentityError::Untrusted(why.to_owned())
}

/// Who the statement is about, if the bot's token signed it a moment ago.
pub(super) fn verify(
    statement: &str,
    token: &Secret,
    now: DateTime<Utc>,
) -> Result<Asserted, IdentityError> {
    let fields = fields(statement)?;
    // Mini Apps put the user into a field of its own.
    let of_app = fields.contains_key("user");
    if !of_app && let Some(odd) = fields.keys().find(|key| !WIDGET.contains(&key.as_str())) {
        return Err(untrusted(&format!("an unknown field, {:.20}", odd)));
    }
    let key = if of_app {
        app_key(token)
    } else {
        widget_key(token)
    };
    signature(&fields, &key)?;
    let until = age(&fields, if of_app { APP_AGE } else { WIDGET_AGE }, now)?;
    let who = if of_app {
        app_user(&fields)?
    } else {
        widget_user(&fields)?
    };
    let mark = fields.get("hash").cloned().unwrap_or_default();
    Ok(Asserted { who, mark, until })
}

/// Each field once, decoded.
pub(super) fn fields(statement: &str) -> Result<Fields, IdentityError> {
    if statement.len() > LENGTH_MAX {
        return Err(untrusted("longer than any statement"));
    }
    let mut fields = Fields::new();
    for (key, value) in url::form_urlencoded::parse(statement.as_bytes()) {
        // Lines are signed: what holds a line break could be read as two of them.
        if key.chars().chain(value.chars()).any(char::is_control) {
            return Err(untrusted("a field holds a control character"));
        }
        if fields
            .insert(key.into_owned(), value.into_owned())
            .is_some()
        {
            return Err(untrusted("a field stands twice"));
        }
    }
    Ok(fields)
}

fn widget_key(token: &Secret) -> hmac::Key {
    let secret = digest::digest(&digest::SHA256, token.expose_secret().as_bytes());
    hmac::Key::new(hmac::HMAC_SHA256, secret.as_ref())
}

fn app_key(token: &Secret) -> hmac::Key {
    // The constant is the key and the token the message, not the other way round.
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"WebAppData");
    let secret = hmac::sign(&key, token.expose_secret().as_bytes());
    hmac::Key::new(hmac::HMAC_SHA256, secret.as_ref())
}

/// Compares in constant time.
fn signature(fields: &Fields, key: &hmac::Key) -> Result<(), IdentityError> {
    let hash = fields
        .get("hash")
        .ok_or_else(|| untrusted("without hash"))?;
    if hash.bytes().any(|b| b.is_ascii_uppercase()) {
        return Err(untrusted("its hash is not lower-case hex"));
    }
    let hash = hex::decode(hash).map_err(|_| untrusted("its hash is not lower-case hex"))?;
    let signed = fields.iter().filter(|(key, _)| *key != "hash");
    let lines: Vec<String> = signed
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    hmac::verify(key, lines.join("\n").as_bytes(), &hash)
        .map_err(|_| untrusted("its hash is not of this bot"))
}

/// Until when it could be used.
pub(super) fn age(
    fields: &Fields,
    most: TimeDelta,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, IdentityError> {
    let at = fields.get("auth_date").and_then(|text| text.parse().ok());
    let at = at.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let at = at.ok_or_else(|| untrusted("without a time"))?;
    if at > now + AHEAD {
        return Err(untrusted("of the future"));
    }
    let until = at + most;
    if until < now {
        return Err(untrusted("too old"));
    }
    Ok(until + TimeDelta::seconds(1))
}

fn widget_user(fields: &Fields) -> Result<Person, IdentityError> {
    let id = fields.get("id").cloned().map(serde_json::Value::String);
    Ok(Person {
        subject: number(id.as_ref())?,
        name: full_name(
            fields.get("first_name").map(String::as_str),
            fields.get("last_name").map(String::as_str),
            fields.get("username").map(String::as_str),
        ),
        locale: None,
    })
}

pub(super) fn app_user(fields: &Fields) -> Result<Person, IdentityError> {
    let user = fields.get("user").map(String::as_str).unwrap_or_default();
    let user: serde_json::Value =
        serde_json::from_str(user).map_err(|_| untrusted("its user cannot be read"))?;
    let text = |field: &str| user.get(field).and_then(serde_json::Value::as_str);
    Ok(Person {
        subject: number(user.get("id"))?,
        name: full_name(text("first_name"), text("last_name"), text("username")),
        locale: text("language_code").map(str::to_owned),
    })
}

fn full_name(first: Option<&str>, last: Option<&str>, user: Option<&str>) -> Option<String> {
    let names: Vec<&str> = [first, last]
        .into_iter()
        .flatten()
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    let name = if names.is_empty() {
        user.unwrap_or_default().to_owned()
    } else {
        names.join(" ")
    };
    Some(name).filter(|name| !name.is_empty())
}
