//! `cargo xtask client`: openapi.yaml → shape → progenitor → the checked-in client.

mod generate;
mod polish;
pub(crate) mod probe;
mod rules;
mod shape;

use serde_json::Value;

use crate::{Failure, spec, tree};

/// The API contract, at the repository's root.
pub(crate) const SPEC: &str = "openapi.yaml";
/// What is generated from it.
const GENERATED: &str = "contentzavod-client/src/generated.rs";
/// The command that writes the client; error messages point to it.
const REMEDY: &str = "cargo xtask client";

/// Generates the client and writes it, or with `check` compares it.
pub(crate) fn run(check: bool) -> Result<(), Failure> {
    let source = source(&tree::read(SPEC, spec::REMEDY)?)?;
    tree::settle(GENERATED, &source, check, REMEDY)
}

/// Reads an OpenAPI document from its YAML text.
pub(crate) fn parse(text: &str) -> Result<Value, Failure> {
    let document: Value =
        serde_yaml::from_str(text).map_err(|error| format!("{SPEC} is not YAML: {error}"))?;
    if document["paths"]
        .as_object()
        .is_none_or(serde_json::Map::is_empty)
    {
        return Err(format!("{SPEC} describes no path").into());
    }
    Ok(document)
}

/// The whole way from the text of openapi.yaml to the text of the client.
fn source(text: &str) -> Result<String, Failure> {
    let document = parse(text)?;
    let tokens = generate::tokens(&shape::shape(document.clone()))
        .map_err(|error| format!("{error}; `cargo xtask probe` names the operation"))?;
    polish::polish(tokens, &shape::payloads(&document))
}

#[cfg(test)]
mod tests {
    use super::{GENERATED, REMEDY, SPEC, probe, source};
    use crate::{spec, tree};

    fn openapi() -> String {
        tree::read(SPEC, spec::REMEDY).unwrap()
    }

    #[test]
    fn client_is_current() {
        let found = tree::read(GENERATED, REMEDY).unwrap();
        let wanted = source(&openapi()).unwrap();
        assert!(found == wanted, "{GENERATED} is stale: run `{REMEDY}`");
    }

    #[test]
    fn the_same_document_gives_the_same_client() {
        assert!(source(&openapi()).unwrap() == source(&openapi()).unwrap());
    }

    #[test]
    fn every_operation_passes_the_probe() {
        let document = super::parse(&openapi()).unwrap();
        let troubles: Vec<String> = probe::probe(&document)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert!(troubles.is_empty(), "{}", troubles.join("\n"));
    }
}
