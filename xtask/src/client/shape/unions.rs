//! The rule about tagged unions, and what it inlined.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::walk::{each_schema, named, target, target_name};

/// How deep `allOf` may nest in a payload; a document that refers to itself ends here.
const DEEPEST: usize = 8;

/// A variant of a tagged union whose payload has a name of its own.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::client) struct Payload {
    /// The union's component name.
    pub(in crate::client) union: String,
    /// The tag's value.
    pub(in crate::client) variant: String,
    /// The payload's component name.
    pub(in crate::client) payload: String,
}

/// A variant as poem writes it: `allOf` of the tag's object and a reference to the payload.
struct Variant<'a> {
    tag_object: &'a Value,
    payload: &'a Value,
}

impl<'a> Variant<'a> {
    fn read(part: &Value, tag: &str, known: &'a Map<String, Value>) -> Option<Self> {
        let parts = target(part, known)?.get("allOf")?.as_array()?;
        let [tag_object, payload] = parts.as_slice() else {
            return None;
        };
        let tagged = tag_object["properties"][tag]["enum"].as_array()?.len() == 1;
        (tagged && payload.get("$ref").is_some()).then_some(Self {
            tag_object,
            payload,
        })
    }

    fn value(&self, tag: &str) -> Option<&str> {
        self.tag_object["properties"][tag]["enum"][0].as_str()
    }
}

/// Writes tag and payload into one object per variant: typify then finds the tag and makes
/// `#[serde(tag = "…")] enum` of it, where it would else try the variants one after another.
pub(super) fn inline_tagged(document: &mut Value) {
    let known = named(document);
    let mut inlined = BTreeSet::new();
    each_schema(document, &mut |schema| {
        let Some(tag) = schema["discriminator"]["propertyName"]
            .as_str()
            .map(str::to_owned)
        else {
            return;
        };
        let Some(map) = schema.as_object_mut() else {
            return;
        };
        let key = if map.contains_key("oneOf") {
            "oneOf"
        } else {
            "anyOf"
        };
        let Some(parts) = map.get(key).and_then(Value::as_array) else {
            return;
        };
        let Some(objects) = parts
            .iter()
            .map(|part| inline(part, &tag, &known))
            .collect()
        else {
            return;
        };
        inlined.extend(parts.iter().filter_map(target_name).map(str::to_owned));
        map.insert(key.into(), Value::Array(objects));
        map.remove("discriminator");
    });
    drop_unreferenced(document, &inlined);
}

/// Names every variant of a top-level union whose payload is a component.
pub(in crate::client) fn payloads(document: &Value) -> Vec<Payload> {
    let known = named(document);
    let mut found = Vec::new();
    for (union, schema) in &known {
        let Some(tag) = schema["discriminator"]["propertyName"].as_str() else {
            continue;
        };
        let parts = schema.get("oneOf").or_else(|| schema.get("anyOf"));
        for part in parts.and_then(Value::as_array).into_iter().flatten() {
            let Some(variant) = Variant::read(part, tag, &known) else {
                continue;
            };
            let names = variant.value(tag).zip(target_name(variant.payload));
            found.extend(names.map(|(variant, payload)| Payload {
                union: union.clone(),
                variant: variant.into(),
                payload: payload.into(),
            }));
        }
    }
    found
}

fn inline(part: &Value, tag: &str, known: &Map<String, Value>) -> Option<Value> {
    let variant = Variant::read(part, tag, known)?;
    let mut object = Object::default();
    object.take(variant.payload, known, DEEPEST)?;
    object.take(variant.tag_object, known, DEEPEST)?;
    Some(json!({
        "type": "object",
        "required": object.required,
        "properties": object.properties,
    }))
}

/// The fields of an object, gathered through references and `allOf`.
#[derive(Default)]
struct Object {
    required: BTreeSet<String>,
    properties: Map<String, Value>,
}

impl Object {
    /// Adds the fields of a schema; `None` when it is no object.
    fn take(&mut self, schema: &Value, known: &Map<String, Value>, depth: usize) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        if schema.get("$ref").is_some() {
            return self.take(target(schema, known)?, known, depth);
        }
        if let Some(parts) = schema.get("allOf") {
            for part in parts.as_array()? {
                self.take(part, known, depth)?;
            }
        } else if schema["type"] != "object" {
            return None;
        }
        let required = schema["required"].as_array().into_iter().flatten();
        self.required
            .extend(required.filter_map(Value::as_str).map(str::to_owned));
        let properties = schema["properties"].as_object().into_iter().flatten();
        self.properties
            .extend(properties.map(|(name, field)| (name.clone(), field.clone())));
        Some(())
    }
}

/// The wrappers that were inlined would be generated as types that nothing uses.
fn drop_unreferenced(document: &mut Value, names: &BTreeSet<String>) {
    let text = document.to_string();
    let used = |name: &str| text.contains(&format!("\"$ref\":\"#/components/schemas/{name}\""));
    let schemas = document.pointer_mut("/components/schemas");
    if let Some(schemas) = schemas.and_then(Value::as_object_mut) {
        schemas.retain(|name, _| !names.contains(name) || used(name));
    }
}
