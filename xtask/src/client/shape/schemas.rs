//! Rules about single schemas.

use serde_json::{Map, Value};

use super::walk::{each_schema, named, target};

/// Restrictions that the server checks, and that would turn plain types into new ones.
const VALIDATION: [&str; 13] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// What may stand beside a single `allOf` without changing the type.
const REMARKS: [&str; 8] = [
    "title",
    "description",
    "example",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
];

/// `anyOf` becomes `oneOf`, which typify turns into an enum instead of a struct of options.
pub(super) fn one_of(document: &mut Value) {
    let known = named(document);
    each_schema(document, &mut |schema| {
        let Some(map) = schema.as_object_mut() else {
            return;
        };
        if let Some(parts) = map.remove("anyOf") {
            map.insert("oneOf".into(), parts);
        }
        let Some(parts) = map.get_mut("oneOf").and_then(Value::as_array_mut) else {
            return;
        };
        for part in parts {
            if let Some(wrapped) = externally_tagged(part, &known) {
                *part = wrapped;
            }
        }
        // `type: object` beside it would hide the union from openapiv3.
        map.remove("type");
    });
}

/// The object `{variant: payload}` behind a reference, as poem names externally tagged variants.
fn externally_tagged(part: &Value, known: &Map<String, Value>) -> Option<Value> {
    let [inner] = target(part, known)?.get("allOf")?.as_array()?.as_slice() else {
        return None;
    };
    let single = inner["properties"]
        .as_object()
        .is_some_and(|properties| properties.len() == 1);
    single.then(|| inner.clone())
}

/// `naive-date` is poem's word for what the standard calls `date`.
pub(super) fn dates(document: &mut Value) {
    each_schema(document, &mut |schema| {
        if schema["format"] == "naive-date" {
            schema["format"] = "date".into();
        }
    });
}

/// An `allOf` of one reference, beside remarks perhaps, as poem writes documented fields, becomes
/// the reference.
pub(super) fn unwrap_all_of(document: &mut Value) {
    each_schema(document, &mut |schema| {
        let Some(map) = schema.as_object() else {
            return;
        };
        let plain = map
            .keys()
            .all(|key| key == "allOf" || REMARKS.contains(&key.as_str()));
        let Some(parts) = map.get("allOf").and_then(Value::as_array) else {
            return;
        };
        let mut parts = parts.iter().filter(|part| !is_remark(part));
        let (Some(only), None) = (parts.next(), parts.next()) else {
            return;
        };
        if plain && only.get("$ref").is_some() {
            *schema = only.clone();
        }
    });
}

/// Whether a part says nothing about the type.
fn is_remark(part: &Value) -> bool {
    part.as_object()
        .is_some_and(|part| part.keys().all(|key| REMARKS.contains(&key.as_str())))
}

/// Lengths and bounds are left to the server; a client refuses no field it does not know.
pub(super) fn drop_validation(document: &mut Value) {
    each_schema(document, &mut |schema| {
        let Some(map) = schema.as_object_mut() else {
            return;
        };
        map.retain(|key, value| {
            let closed = key == "additionalProperties" && *value == false;
            !closed && !VALIDATION.contains(&key.as_str())
        });
    });
}
