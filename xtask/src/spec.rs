//! `cargo xtask spec`: openapi.yaml as the server's own code describes it.

use std::process::Command;

use crate::{Failure, client, tree};

/// The command that writes openapi.yaml; error messages point to it.
pub(crate) const REMEDY: &str = "cargo xtask spec";

/// Asks the server binary for its document and writes or compares openapi.yaml.
pub(crate) fn run(check: bool) -> Result<(), Failure> {
    let answer = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "contentzavod-server"])
        .args(["--", "openapi"])
        .current_dir(tree::root())
        .stderr(std::process::Stdio::inherit())
        .output()?;
    if !answer.status.success() {
        return Err(format!("`contentzavod openapi` ended with {}", answer.status).into());
    }
    let document = String::from_utf8(answer.stdout)?;
    // An empty or foreign answer must not replace the contract.
    client::parse(&document)?;
    tree::settle(client::SPEC, &document, check, REMEDY)
}
