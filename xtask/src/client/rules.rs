//! The six API rules, checked on the published document itself.
//!
//! The shape step makes most breaches generate all the same, as something awkward: an untyped
//! stream, a value that cannot be sent. So they are named here, before the shape hides them.

use serde_json::{Map, Value};

use super::shape::{self, PROBLEM};

/// Request bodies that progenitor can send.
const SENDABLE: [&str; 4] = [
    "application/json",
    "application/octet-stream",
    "application/x-www-form-urlencoded",
    "text/plain",
];

/// Everything about one operation that the client would be awkward for.
pub(super) fn breaches(item: &Value, operation: &Value) -> Vec<String> {
    let mut found = Vec::new();
    name(operation, &mut found);
    answers(operation, &mut found);
    body(operation, &mut found);
    for holder in [item, operation] {
        for parameter in holder["parameters"].as_array().into_iter().flatten() {
            parameter_rules(parameter, &mut found);
        }
    }
    found
}

/// Unions that are no tagged `oneOf`, by component name.
pub(super) fn loose_unions(document: &Value) -> Vec<String> {
    let named = shape::named(document).into_iter();
    let loose = named.filter(|(_, schema)| schema.get("anyOf").is_some());
    loose
        .map(|(name, _)| format!("{name}: anyOf; use one_of, with a discriminator"))
        .collect()
}

fn name(operation: &Value, found: &mut Vec<String>) {
    let id = operation["operationId"].as_str().unwrap_or_default();
    let plain = id
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if id.is_empty() || !plain {
        found.push("operation_id must be set, in the form noun_verb".into());
    }
}

fn answers(operation: &Value, found: &mut Vec<String>) {
    let empty = Map::new();
    let answers = operation["responses"].as_object().unwrap_or(&empty);
    let mut shapes: Vec<_> = shape::successes(answers).collect();
    shapes.sort();
    shapes.dedup();
    match shapes.len() {
        0 => found.push("no success answer is described".into()),
        1 => {}
        _ => {
            found.push("success answers differ in shape: the client gets an untyped stream".into());
        }
    }
    for (status, answer) in answers {
        if status.starts_with('3') {
            found.push(format!(
                "{status}: a redirect reaches the client as an unexpected answer"
            ));
        }
        if (status.starts_with(['4', '5']) || status == "default") && !is_problem(answer) {
            found.push(format!("{status}: every error carries {PROBLEM}"));
        }
    }
}

fn is_problem(answer: &Value) -> bool {
    let content = answer["content"].as_object();
    let mut bodies = content.into_iter().flat_map(Map::values);
    let reference = format!("#/components/schemas/{PROBLEM}");
    bodies.any(|body| body["schema"]["$ref"] == reference.as_str())
}

fn body(operation: &Value, found: &mut Vec<String>) {
    let Some(content) = operation["requestBody"]["content"].as_object() else {
        return;
    };
    let kinds: Vec<_> = content
        .keys()
        .map(|kind| kind.split(';').next().unwrap_or(kind))
        .collect();
    match kinds.as_slice() {
        [kind] if SENDABLE.contains(kind) => {}
        [kind] => found.push(format!(
            "a body of {kind} cannot be sent; uploads are octet-stream"
        )),
        _ => found.push("one media type for a request body".into()),
    }
    if operation["requestBody"]["required"] != true {
        found.push("the request body is optional: the client will always send it".into());
    }
}

fn parameter_rules(parameter: &Value, found: &mut Vec<String>) {
    let name = parameter["name"].as_str().unwrap_or("?");
    let list = parameter["schema"]["type"] == "array";
    match parameter["in"].as_str() {
        Some("cookie") => found.push(format!(
            "{name}: no cookie parameters, use a security scheme"
        )),
        Some("header") if list => {
            found.push(format!("{name}: a list in a header does not compile"));
        }
        Some("query") if list && parameter["explode"] == false => {
            found.push(format!(
                "{name}: explode = false is sent wrongly and read wrongly"
            ));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{breaches, loose_unions};

    fn sound() -> Value {
        let problem = json!({ "schema": { "$ref": "#/components/schemas/Problem" } });
        json!({
            "operationId": "post_create",
            "parameters": [{ "name": "tag", "in": "query", "schema": { "type": "array" } }],
            "requestBody": { "required": true, "content": { "application/json; charset=utf-8": {} } },
            "responses": {
                "201": { "content": { "application/json": { "schema": { "type": "string" } } } },
                "422": { "content": { "application/problem+json": problem } }
            }
        })
    }

    /// What is said when the value at `pointer` is replaced.
    fn said(pointer: &str, value: Value) -> String {
        let mut operation = sound();
        *operation.pointer_mut(pointer).unwrap() = value;
        breaches(&Value::Null, &operation).join("; ")
    }

    #[test]
    fn a_sound_operation_breaks_no_rule() {
        assert_eq!(breaches(&Value::Null, &sound()), Vec::<String>::new());
    }

    #[test]
    fn each_rule_names_its_breach() {
        assert!(said("/operationId", "postCreate".into()).contains("operation_id"));
        assert!(said("/responses/422/content", json!({})).contains("422: every error"));
        assert!(said("/responses/201", json!({})).is_empty());
        assert!(
            said(
                "/responses",
                json!({ "200": {}, "201": { "content": { "a/b": {} } } })
            )
            .contains("differ")
        );
        assert!(said("/responses", json!({})).contains("no success"));
        assert!(said("/responses", json!({ "200": {}, "304": {} })).contains("304"));
        assert!(said("/requestBody/required", json!(false)).contains("optional"));
        assert!(said("/requestBody/content", json!({ "image/jpeg": {} })).contains("image/jpeg"));
        assert!(
            said("/requestBody/content", json!({ "a/b": {}, "c/d": {} }))
                .contains("one media type")
        );
        assert!(said("/parameters/0/in", "cookie".into()).contains("cookie"));
        assert!(said("/parameters/0/in", "header".into()).contains("header"));
        let unexploded =
            json!({ "name": "t", "in": "query", "explode": false, "schema": { "type": "array" } });
        assert!(said("/parameters/0", unexploded).contains("explode"));
    }

    #[test]
    fn a_union_that_is_tried_one_after_another_is_named() {
        let document = json!({ "components": { "schemas": { "Loose": { "anyOf": [] }, "Tight": { "oneOf": [] } } } });
        assert_eq!(loose_unions(&document).len(), 1);
    }
}
