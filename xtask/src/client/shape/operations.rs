//! Rules about paths, parameters and answers.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::PROBLEM;
use super::walk::{operations, path_items, responses};

/// A server entry such as `/v1` becomes part of every path: progenitor ignores servers.
pub(super) fn fold_in_base_path(document: &mut Value) {
    let url = document["servers"][0]["url"].as_str().unwrap_or_default();
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let base = after_scheme
        .find('/')
        .map_or("", |start| &after_scheme[start..]);
    let base = base.trim_end_matches('/').to_owned();
    if base.is_empty() {
        return;
    }
    if let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) {
        let old = std::mem::take(paths);
        paths.extend(
            old.into_iter()
                .map(|(path, item)| (format!("{base}{path}"), item)),
        );
    }
}

/// Operations with a multipart body are left out; progenitor has no words for them.
pub(super) fn drop_multipart(document: &mut Value) {
    for item in path_items(document) {
        item.retain(|_, operation| {
            let bodies = operation["requestBody"]["content"].as_object();
            !bodies.is_some_and(|bodies| bodies.keys().any(|kind| kind.starts_with("multipart/")))
        });
    }
}

/// Cookie parameters are the browser's business.
pub(super) fn drop_cookie_parameters(document: &mut Value) {
    let strip = |holder: &mut Map<String, Value>| {
        if let Some(parameters) = holder.get_mut("parameters").and_then(Value::as_array_mut) {
            parameters.retain(|parameter| parameter["in"] != "cookie");
        }
    };
    path_items(document).for_each(strip);
    operations(document).for_each(strip);
}

/// `application/problem+json` is called JSON, else an error would be an untyped stream.
pub(super) fn plain_problem(document: &mut Value) {
    for operation in operations(document) {
        for answer in responses(operation).into_iter().flat_map(Map::values_mut) {
            let Some(content) = answer.get_mut("content").and_then(Value::as_object_mut) else {
                continue;
            };
            for (kind, body) in std::mem::take(content) {
                let plain = kind.starts_with("application/problem+json");
                content.insert(
                    if plain {
                        "application/json".into()
                    } else {
                        kind
                    },
                    body,
                );
            }
        }
    }
}

/// All error statuses become two ranges, so that every operation has one typed error.
pub(super) fn error_ranges(document: &mut Value) {
    if document["components"]["schemas"][PROBLEM].is_null() {
        return;
    }
    let schema = json!({ "$ref": format!("#/components/schemas/{PROBLEM}") });
    let content = json!({ "application/json": { "schema": schema } });
    for operation in operations(document) {
        let Some(answers) = responses(operation) else {
            continue;
        };
        answers.retain(|status, _| !status.starts_with(['4', '5']) && status != "default");
        for (range, description) in [("4XX", "Refused"), ("5XX", "Failed")] {
            let answer = json!({ "description": description, "content": content });
            answers.insert(range.into(), answer);
        }
    }
}

/// Success answers that differ become one untyped stream; the status tells them apart.
pub(super) fn one_success_shape(document: &mut Value) {
    for operation in operations(document) {
        let Some(answers) = responses(operation) else {
            continue;
        };
        if successes(answers).collect::<HashSet<_>>().len() < 2 {
            continue;
        }
        let stream = json!({ "*/*": { "schema": { "type": "string", "format": "binary" } } });
        for (status, answer) in answers.iter_mut() {
            if status.starts_with('2') {
                answer["content"] = stream.clone();
            }
        }
    }
}

/// The bodies of the success answers, as texts that can be compared.
pub(in crate::client) fn successes(
    answers: &Map<String, Value>,
) -> impl Iterator<Item = String> + '_ {
    let good = answers.iter().filter(|(status, _)| status.starts_with('2'));
    good.map(|(_, answer)| {
        let content = answer["content"].as_object();
        let bodies = content.into_iter().flatten();
        bodies
            .map(|(kind, body)| format!("{kind} {}", body["schema"]))
            .collect()
    })
}
