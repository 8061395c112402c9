//! Reading JSON as the platform writes it: ids as numbers or strings, lists wrapped or flat.

use serde_json::Value;

/// Longer than any id of the platform.
const ID_MAX: usize = 64;

/// An id: a string, or a whole number kept digit by digit (they exceed 2^53).
///
/// Only characters that are safe in a path are taken: an id goes into addresses.
pub(crate) fn id(value: &Value) -> Option<String> {
    let id = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.as_u64()?.to_string(),
        _ => return None,
    };
    is_id(&id).then_some(id)
}

/// Whether a text may stand as an id in a path.
pub(crate) fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= ID_MAX
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

/// A whole number, also where it is written as a string.
pub(crate) fn integer(value: &Value) -> Option<i64> {
    value
        .as_i64()
        .or_else(|| value.as_str()?.trim().parse().ok())
}

/// A whole number from zero that fits 32 bits, rounded down where it has a fraction.
pub(crate) fn count(value: &Value) -> Option<u32> {
    if let Some(number) = value.as_f64().filter(|n| n.is_finite() && *n >= 0.0) {
        // `as` saturates: a number out of range counts as the largest.
        return Some(number as u32);
    }
    value.as_str()?.trim().parse().ok()
}

/// A truth value, also where it is written as a string.
pub(crate) fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A text that is not empty.
pub(crate) fn text(object: &Value, field: &str) -> Option<String> {
    let text = object.get(field)?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// The object itself, or the first of `{"data": [{…}]}`: the documents wrap what the platform
/// answers flat.
pub(crate) fn unwrapped(body: &Value) -> &Value {
    match body.get("data") {
        Some(Value::Array(items)) => items.first().unwrap_or(&Value::Null),
        Some(inner @ Value::Object(_)) => inner,
        _ => body,
    }
}

/// A list written as an array or as a comma string; empty when missing.
pub(crate) fn list(value: Option<&Value>) -> Vec<String> {
    let own = |s: &str| s.trim().to_owned();
    let all: Vec<String> = match value {
        Some(Value::Array(items)) => items.iter().filter_map(|v| v.as_str().map(own)).collect(),
        Some(Value::String(text)) => text.split(',').map(own).collect(),
        _ => Vec::new(),
    };
    all.into_iter().filter(|s| !s.is_empty()).collect()
}
