//! The shape of the tree, held against what the design says of it: which crate may know which,
//! what the graph of dependencies holds once, and what a source file looks like.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod arrows;
mod graph;
mod sources;

use std::path::{Path, PathBuf};

/// The repository's root, one above this crate.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
