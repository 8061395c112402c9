//! Walks over a document: its operations, and its schemas wherever they stand.

use serde_json::{Map, Value};

/// The keys of a path item that hold operations.
pub(in crate::client) const METHODS: [&str; 7] =
    ["get", "put", "post", "delete", "options", "head", "patch"];

/// Keys whose values are data, never schemas.
const DATA: [&str; 4] = ["example", "examples", "default", "enum"];

/// Every operation of the document.
pub(super) fn operations(document: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
    path_items(document).flat_map(|item| {
        let operations = item
            .iter_mut()
            .filter(|(key, _)| METHODS.contains(&key.as_str()));
        operations.filter_map(|(_, operation)| operation.as_object_mut())
    })
}

/// Every path item of the document.
pub(super) fn path_items(document: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    paths
        .into_iter()
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut)
}

/// The answers of an operation, by status.
pub(super) fn responses(operation: &mut Map<String, Value>) -> Option<&mut Map<String, Value>> {
    operation.get_mut("responses")?.as_object_mut()
}

/// The document's named schemas; empty when it has none.
pub(in crate::client) fn named(document: &Value) -> Map<String, Value> {
    document["components"]["schemas"]
        .as_object()
        .cloned()
        .unwrap_or_default()
}

/// The component that a schema is a reference to.
pub(super) fn target<'a>(schema: &Value, known: &'a Map<String, Value>) -> Option<&'a Value> {
    known.get(target_name(schema)?)
}

/// The name of the component that a schema is a reference to.
pub(super) fn target_name(schema: &Value) -> Option<&str> {
    schema
        .get("$ref")?
        .as_str()?
        .strip_prefix("#/components/schemas/")
}

/// Visits every schema of the document, the inner ones before the one that holds them.
pub(super) fn each_schema(document: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    outside_schemas(document, visit);
    let components = document.pointer_mut("/components/schemas");
    for schema in components
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(Map::values_mut)
    {
        within_schema(schema, visit);
    }
}

/// Outside of schemas the key `schema` always holds one (parameters, headers, media types).
fn outside_schemas(value: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    match value {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| outside_schemas(item, visit)),
        Value::Object(map) => {
            for (key, inner) in map {
                match key.as_str() {
                    "schema" => within_schema(inner, visit),
                    // components.schemas: their keys are names, and they are walked by name.
                    "schemas" => {}
                    key if DATA.contains(&key) => {}
                    _ => outside_schemas(inner, visit),
                }
            }
        }
        _ => {}
    }
}

fn within_schema(schema: &mut Value, visit: &mut dyn FnMut(&mut Value)) {
    if let Some(map) = schema.as_object_mut() {
        for (key, inner) in map.iter_mut() {
            match (key.as_str(), inner) {
                ("properties", Value::Object(properties)) => {
                    properties
                        .values_mut()
                        .for_each(|inner| within_schema(inner, visit));
                }
                ("allOf" | "oneOf" | "anyOf", Value::Array(parts)) => {
                    parts
                        .iter_mut()
                        .for_each(|inner| within_schema(inner, visit));
                }
                ("items" | "not" | "additionalProperties", inner @ Value::Object(_)) => {
                    within_schema(inner, visit);
                }
                _ => {}
            }
        }
    }
    visit(schema);
}
