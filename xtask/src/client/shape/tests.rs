//! One small document per rule, and what the generator makes of the shaped one.

use serde_json::{Value, json};

use super::shape;
use crate::client::{generate, polish};

/// A document with one operation, whose parts the tests replace.
fn document(operation: Value, schemas: Value) -> Value {
    let mut document = json!({
        "openapi": "3.0.0",
        "info": { "title": "t", "version": "1" },
        "paths": { "/a": {} },
        "components": {},
    });
    document["paths"]["/a"]["post"] = operation;
    document["components"]["schemas"] = schemas;
    document
}

fn answer(kind: &str, schema: Value) -> Value {
    let mut answer = json!({ "description": "", "content": {} });
    answer["content"][kind]["schema"] = schema;
    answer
}

fn answering(responses: Value) -> Value {
    let mut operation = json!({ "operationId": "a_do" });
    operation["responses"] = responses;
    document(operation, json!({ "Problem": { "type": "object" } }))
}

/// A document whose only interest is in its schemas.
fn holding(schemas: Value) -> Value {
    let nothing = json!({ "200": { "description": "" } });
    document(
        json!({ "operationId": "a_do", "responses": nothing }),
        schemas,
    )
}

fn schemas(schemas: Value) -> Value {
    shape(document(json!({}), schemas))["components"]["schemas"].clone()
}

/// The client that is generated from a shaped document.
fn client(document: Value) -> String {
    let payloads = super::payloads(&document);
    polish::polish(generate::tokens(&shape(document)).unwrap(), &payloads).unwrap()
}

#[test]
fn the_base_path_of_the_server_is_folded_into_the_paths() {
    for (url, path) in [
        ("/v1", "/v1/a"),
        ("http://h:80/v1/", "/v1/a"),
        ("http://h:80", "/a"),
    ] {
        let mut document = document(json!({}), json!({}));
        document["servers"] = json!([{ "url": url }]);
        assert!(shape(document)["paths"].get(path).is_some(), "{url}");
    }
}

#[test]
fn multipart_operations_are_dropped() {
    let multipart = json!({ "requestBody": { "content": { "multipart/form-data": {} } } });
    let json = json!({ "requestBody": { "content": { "application/json": {} } } });
    assert!(shape(document(multipart, json!({})))["paths"]["/a"]["post"].is_null());
    assert!(shape(document(json, json!({})))["paths"]["/a"]["post"].is_object());
}

#[test]
fn cookie_parameters_are_stripped() {
    let parameters = json!([{ "in": "cookie", "name": "c" }, { "in": "query", "name": "q" }]);
    let mut document = document(json!({ "parameters": parameters }), json!({}));
    document["paths"]["/a"]["parameters"] = parameters;
    let shaped = shape(document);
    for pointer in ["/paths/~1a/parameters", "/paths/~1a/post/parameters"] {
        assert_eq!(
            shaped.pointer(pointer).unwrap(),
            &json!([{ "in": "query", "name": "q" }])
        );
    }
}

#[test]
fn problem_json_is_called_json() {
    let mut document =
        answering(json!({ "400": answer("application/problem+json; charset=utf-8", json!({})) }));
    document["components"] = json!({});
    let content = &shape(document)["paths"]["/a"]["post"]["responses"]["400"]["content"];
    assert!(content["application/json"].is_object() && content.as_object().unwrap().len() == 1);
}

#[test]
fn error_statuses_collapse_into_two_ranges_of_problem() {
    let document = answering(json!({
        "200": answer("application/json", json!({ "type": "string" })),
        "404": answer("application/problem+json", json!({ "$ref": "#/components/schemas/Problem" })),
        "422": { "description": "no body" },
        "default": { "description": "" },
    }));
    let responses = shape(document.clone())["paths"]["/a"]["post"]["responses"].clone();
    let statuses: Vec<_> = responses
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(statuses, ["200", "4XX", "5XX"]);
    assert!(client(document).contains("Error<types::Problem>"));
}

#[test]
fn success_answers_that_differ_become_a_stream() {
    let document = answering(json!({
        "200": answer("application/json", json!({ "type": "string" })),
        "204": { "description": "" },
    }));
    assert!(
        generate::tokens(&document).is_err(),
        "progenitor learned it: the rule can go"
    );
    assert!(client(document).contains("ResponseValue<ByteStream>"));
}

#[test]
fn success_answers_that_agree_stay_typed() {
    let same = answer("application/json", json!({ "type": "string" }));
    let text = client(answering(json!({ "200": same, "201": same })));
    assert!(!text.contains("ResponseValue<ByteStream>"), "{text}");
}

/// A tagged union as poem writes it, with as many of the two variants as asked for.
fn tagged(variants: usize) -> Value {
    let variant = |tag: &str, payload: &str| {
        json!({ "allOf": [
            { "type": "object", "required": ["kind"], "properties": { "kind": { "type": "string", "enum": [tag], "example": tag } } },
            { "$ref": format!("#/components/schemas/{payload}") },
        ] })
    };
    let references = ["Content_Reel", "Content_Photo"]
        .map(|name| json!({ "$ref": format!("#/components/schemas/{name}") }));
    json!({
        "Content": {
            "type": "object",
            "oneOf": references[..variants],
            "discriminator": { "propertyName": "kind", "mapping": {} },
        },
        "Content_Reel": variant("instagram_reel", "Reel"),
        "Content_Photo": variant("instagram_photo", "Photo"),
        "Reel": { "type": "object", "required": ["caption"], "properties": { "caption": { "type": "string" }, "feed": { "type": "boolean" } } },
        "Photo": { "allOf": [
            { "$ref": "#/components/schemas/Reel" },
            { "type": "object", "properties": { "alt": { "type": "string" } } },
        ] },
    })
}

#[test]
fn a_tagged_union_becomes_a_tagged_enum_with_conversions() {
    let text = client(holding(tagged(2)));
    assert!(text.contains("#[serde(tag = \"kind\")]"), "{text}");
    assert!(
        text.contains("impl ::std::convert::From<Reel> for Content"),
        "{text}"
    );
    assert!(!text.contains("ContentReel"), "the wrapper is left: {text}");
}

#[test]
fn a_tagged_union_of_one_is_an_enum_already() {
    let text = client(holding(tagged(1)));
    assert!(
        text.contains("#[serde(tag = \"kind\")]") && text.contains("pub enum Content "),
        "{text}"
    );
}

#[test]
fn a_union_whose_variant_is_no_object_is_left_alone() {
    let mut parts = tagged(1);
    parts["Reel"] = json!({ "type": "string" });
    assert!(schemas(parts)["Content"]["discriminator"].is_object());
}

#[test]
fn any_of_becomes_one_of_without_its_type() {
    let union =
        &schemas(json!({ "U": { "type": "object", "anyOf": [{ "type": "string" }] } }))["U"];
    assert_eq!(union, &json!({ "oneOf": [{ "type": "string" }] }));
}

#[test]
fn an_externally_tagged_union_becomes_a_native_enum() {
    let text = client(holding(json!({
        "U": { "type": "object", "oneOf": [{ "$ref": "#/components/schemas/U_Reel" }] },
        "U_Reel": { "allOf": [{ "type": "object", "required": ["reel"], "properties": { "reel": { "type": "string" } } }] },
    })));
    assert!(
        text.contains("#[serde(rename = \"reel\")]\n        Reel("),
        "{text}"
    );
}

#[test]
fn naive_dates_are_dates_wherever_a_schema_stands() {
    let date = json!({ "type": "string", "format": "naive-date" });
    let deep = json!({ "type": "array", "items": { "allOf": [{ "properties": { "schema": date } }, date] } });
    let operation = json!({
        "parameters": [{ "in": "query", "schema": date, "example": { "schema": date } }],
        "responses": { "200": answer("application/json", deep.clone()) },
    });
    let shaped = shape(document(operation, json!({ "schema": deep })));
    let left = shaped.to_string().matches("naive-date").count();
    assert_eq!(
        left, 1,
        "only the example, which is data, keeps it: {shaped}"
    );
}

#[test]
fn all_of_one_reference_is_the_reference() {
    let reference = json!({ "$ref": "#/components/schemas/B" });
    let shaped = schemas(json!({ "A": { "properties": {
        "plain": { "allOf": [reference], "description": "d" },
        "remarked": { "allOf": [reference, { "description": "d" }], "description": "d" },
        "two": { "allOf": [reference, reference] },
        "nullable": { "allOf": [reference], "nullable": true },
    } } }));
    assert_eq!(shaped["A"]["properties"]["plain"], reference);
    assert_eq!(shaped["A"]["properties"]["remarked"], reference);
    assert!(shaped["A"]["properties"]["two"]["allOf"].is_array());
    assert!(shaped["A"]["properties"]["nullable"]["allOf"].is_array());
}

#[test]
fn validation_is_dropped_and_fields_of_the_same_name_stay() {
    let shaped = schemas(
        json!({ "A": { "type": "object", "additionalProperties": false, "properties": {
        "minimum": { "type": "integer", "minimum": 1, "maximum": 2 },
        "name": { "type": "string", "minLength": 1, "maxLength": 9, "pattern": "x" },
        "list": { "type": "array", "items": { "type": "string", "maxLength": 1 }, "maxItems": 3 },
        "map": { "type": "object", "additionalProperties": { "type": "string", "maxLength": 1 } },
    } } }),
    );
    assert_eq!(
        shaped["A"],
        json!({ "type": "object", "properties": {
        "minimum": { "type": "integer" },
        "name": { "type": "string" },
        "list": { "type": "array", "items": { "type": "string" } },
        "map": { "type": "object", "additionalProperties": { "type": "string" } },
    } })
    );
}

#[test]
fn keys_come_out_sorted_at_every_depth() {
    let text = shape(json!({ "b": [{ "d": 1, "c": 2 }], "a": 3 })).to_string();
    assert_eq!(text, r#"{"a":3,"b":[{"c":2,"d":1}]}"#);
}
