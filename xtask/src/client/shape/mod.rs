//! The shape: a copy of the document in the words that progenitor understands.
//!
//! The published document says exactly what the server does; the generator knows only a part
//! of OpenAPI. Each rule here bridges one gap, for the generator only, and has its own test.
//! progenitor ignores the content type of an answer, so renaming one costs nothing at run time.

mod operations;
mod schemas;
mod unions;
mod walk;

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

pub(super) use operations::successes;
pub(super) use unions::{Payload, payloads};
pub(super) use walk::{METHODS, named};

/// The component every error answer carries.
pub(super) const PROBLEM: &str = "Problem";

/// Applies every rule, in the order in which they build on each other.
pub(super) fn shape(mut document: Value) -> Value {
    let rules: [fn(&mut Value); 11] = [
        operations::fold_in_base_path,
        operations::drop_multipart,
        operations::drop_cookie_parameters,
        operations::plain_problem,
        operations::error_ranges,
        operations::one_success_shape,
        unions::inline_tagged,
        schemas::one_of,
        schemas::dates,
        schemas::unwrap_all_of,
        schemas::drop_validation,
    ];
    for rule in rules {
        rule(&mut document);
    }
    sorted(document)
}

/// The document with sorted keys, so that the output depends on no feature of `serde_json`.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.into_iter().collect();
            entries.sort_by(|left, right| left.0.cmp(&right.0));
            let entries = entries.into_iter().map(|(key, value)| (key, sorted(value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        other => other,
    }
}
