//! `fields=id,name,account{id,username}`: which fields of a node are answered.

use serde_json::{Map, Value};

use super::answer::Answer;
use super::params::Params;

/// The fields of a node that were asked for, and `always`. `absent` are fields that the node may
/// have and has not.
pub(super) fn asked(
    whole: &Value,
    params: &Params,
    always: &str,
    absent: &[&str],
) -> Result<Value, Answer> {
    let fields = params.get("fields").unwrap_or_default();
    let mut answer = picked(whole, fields, absent)?;
    if let Some(value) = whole.get(always) {
        answer.insert(always.to_owned(), value.clone());
    }
    Ok(Value::Object(answer))
}

fn picked(whole: &Value, fields: &str, absent: &[&str]) -> Result<Map<String, Value>, Answer> {
    let mut answer = Map::new();
    for field in split(fields) {
        let (name, inner) = match field.split_once('{') {
            Some((name, inner)) => (name.trim(), inner.strip_suffix('}')),
            None => (field, None),
        };
        match (whole.get(name), inner) {
            (Some(value), Some(inner)) => {
                answer.insert(name.to_owned(), Value::Object(picked(value, inner, &[])?));
            }
            // Of an edge without inner fields the platform shows the id alone.
            (Some(value @ Value::Object(_)), None) if value.get("id").is_some() => {
                answer.insert(name.to_owned(), Value::Object(picked(value, "id", &[])?));
            }
            (Some(value), None) => {
                answer.insert(name.to_owned(), value.clone());
            }
            (None, _) if absent.contains(&name) => {}
            (None, _) => {
                let message = format!("Tried accessing nonexisting field ({name})");
                return Err(Answer::parameter(&message));
            }
        }
    }
    Ok(answer)
}

/// At the commas that stand in no braces.
fn split(fields: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut from) = (0_u32, 0);
    for (at, c) in fields.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&fields[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&fields[from..]);
    let parts = parts.into_iter().map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}
