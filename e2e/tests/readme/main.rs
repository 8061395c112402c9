//! What the documents say, held against what is there: commands, links, the output of the demo,
//! examples, packages.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod commands;
mod demo;
mod links;
mod packages;

use std::path::{Path, PathBuf};

/// Documents of the repository that tell people what to type.
const DOCUMENTS: [&str; 3] = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"];

/// The repository's root, one above this crate.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

fn read(file: &str) -> String {
    let path = root().join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
