//! `cargo xtask probe`: every operation alone, so that the one that breaks generation is named.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::{Map, Value, json};

use super::shape::{self, METHODS};
use super::{SPEC, generate, parse, polish, rules};
use crate::{Failure, spec, tree};

/// Something that breaks the client or makes it awkward.
#[derive(Debug)]
pub(crate) struct Trouble {
    place: String,
    what: String,
}

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.what)
    }
}

/// Probes openapi.yaml and names every trouble.
pub(crate) fn run() -> Result<(), Failure> {
    let document = parse(&tree::read(SPEC, spec::REMEDY)?)?;
    // The panics of progenitor come back as troubles; their traces would only bury them.
    std::panic::set_hook(Box::new(|_| {}));
    let troubles = probe(&document);
    let _ = std::panic::take_hook();
    for trouble in &troubles {
        println!("{trouble}");
    }
    let count = operations(&document).count();
    if troubles.is_empty() {
        println!("{count} operations, all fit");
        return Ok(());
    }
    Err(format!("{} troubles in {count} operations", troubles.len()).into())
}

/// Tries every operation alone, then what only the whole document can show.
pub(crate) fn probe(document: &Value) -> Vec<Trouble> {
    let mut troubles = Vec::new();
    for (path, method, item) in operations(document) {
        let operation = &item[method];
        let place = format!("{} {path}", method.to_uppercase());
        let mut found = rules::breaches(item, operation);
        found.extend(refused(&alone(document, path, method, item)));
        troubles.extend(found.into_iter().map(|what| Trouble {
            place: place.clone(),
            what,
        }));
    }
    let mut whole = rules::loose_unions(document);
    if troubles.is_empty() {
        whole.extend(refused(document));
    }
    troubles.extend(whole.into_iter().map(|what| Trouble {
        place: SPEC.into(),
        what,
    }));
    troubles
}

fn operations(document: &Value) -> impl Iterator<Item = (&String, &'static str, &Value)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let used = METHODS
            .into_iter()
            .filter(|method| item.get(method).is_some());
        used.map(move |method| (path, method, item))
    })
}

/// Why a document gives no client, if it gives none.
fn refused(document: &Value) -> Option<String> {
    let client = generate::tokens(&shape::shape(document.clone()))
        .and_then(|tokens| polish::polish(tokens, &shape::payloads(document)));
    client.err().map(|error| error.to_string())
}

/// The document with one operation and the schemas that it reaches.
fn alone(document: &Value, path: &str, method: &str, item: &Value) -> Value {
    let mut kept = Map::new();
    kept.insert(method.into(), item[method].clone());
    if let Some(parameters) = item.get("parameters") {
        kept.insert("parameters".into(), parameters.clone());
    }
    let kept = Value::Object(kept);
    let known = shape::named(document);
    let mut reached = BTreeSet::from([shape::PROBLEM.to_owned()]);
    let mut queue = references(&kept);
    queue.push(shape::PROBLEM.to_owned());
    while let Some(name) = queue.pop() {
        let fresh = references(known.get(&name).unwrap_or(&Value::Null));
        queue.extend(
            fresh
                .into_iter()
                .filter(|name| reached.insert(name.clone())),
        );
        reached.insert(name);
    }
    let mut copy = document.clone();
    copy["paths"] = json!({ path: kept });
    if let Some(schemas) = copy
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
    {
        schemas.retain(|name, _| reached.contains(name));
    }
    copy
}

/// The components that a value refers to.
fn references(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => text
            .strip_prefix("#/components/schemas/")
            .map(str::to_owned)
            .into_iter()
            .collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        Value::Object(map) => map.values().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::probe;

    #[test]
    fn the_operation_that_breaks_generation_is_named() {
        let good = json!({ "operationId": "good_get", "responses": { "200": { "description": "",
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Good" } } } } } });
        let mut bad = good.clone();
        bad["operationId"] = "bad_get".into();
        bad["responses"]["200"]["content"]["application/json"]["schema"] =
            json!({ "not": { "type": "string" } });
        bad["parameters"] = json!([{ "name": "f", "in": "query", "style": "deepObject", "schema": { "type": "object" } }]);
        let document = json!({
            "openapi": "3.0.0", "info": { "title": "t", "version": "1" },
            "paths": { "/good": { "get": good }, "/bad": { "get": bad } },
            "components": { "schemas": { "Good": { "type": "object", "properties": { "next": { "$ref": "#/components/schemas/Good" } } } } }
        });
        let troubles: Vec<_> = probe(&document).iter().map(ToString::to_string).collect();
        assert_eq!(troubles.len(), 1, "{troubles:?}");
        assert!(
            troubles[0].starts_with("GET /bad: progenitor"),
            "{troubles:?}"
        );
    }
}
