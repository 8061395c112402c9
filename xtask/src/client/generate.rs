//! The call of progenitor, whose panics become errors.

use std::panic::{AssertUnwindSafe, catch_unwind};

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, InterfaceStyle};
use schemars::schema::{InstanceType, SchemaObject};
use serde_json::Value;

use crate::Failure;

/// Generates the client's tokens from a shaped document.
pub(super) fn tokens(shaped: &Value) -> Result<TokenStream, Failure> {
    let api: OpenAPI = serde_json::from_value(shaped.clone())
        .map_err(|error| format!("not an OpenAPI 3.0 document: {error}"))?;
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Builder);
    settings.with_conversion(secret(), "crate::Secret", std::iter::empty());
    // progenitor asserts where it could return: one operation would take the whole run down.
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        Generator::new(&settings).generate_tokens(&api)
    }));
    match outcome {
        Ok(Ok(tokens)) => Ok(tokens),
        Ok(Err(error)) => Err(format!("progenitor refuses: {error}").into()),
        Err(panic) => Err(format!("progenitor panics: {}", said(&*panic)).into()),
    }
}

/// Strings of the format `password` do not print.
fn secret() -> SchemaObject {
    SchemaObject {
        instance_type: Some(InstanceType::String.into()),
        format: Some("password".to_owned()),
        ..SchemaObject::default()
    }
}

/// What a panic said, if it said it in words.
fn said(panic: &(dyn std::any::Any + Send)) -> &str {
    if let Some(text) = panic.downcast_ref::<String>() {
        return text;
    }
    panic
        .downcast_ref::<&str>()
        .copied()
        .unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::tokens;

    #[test]
    fn a_refusal_is_an_error_and_no_panic() {
        let body = |kind: &str| json!({ "content": { "application/json": { "schema": { "type": kind } } }, "description": "" });
        let document = json!({
            "openapi": "3.0.0", "info": { "title": "t", "version": "1" },
            "paths": { "/a": { "get": { "operationId": "a", "responses": {
                "200": body("string"), "201": body("integer")
            } } } }
        });
        assert!(
            tokens(&document)
                .unwrap_err()
                .to_string()
                .contains("panics")
        );
    }
}
