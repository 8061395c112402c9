//! `cargo xtask soak NAME`: a campaign of e2e against the binary as it is released.

use std::path::PathBuf;

use cargo_metadata::MetadataCommand;

use crate::test::steps::{cargo, run as finish};
use crate::{Failure, tree};

/// Builds the released binary, and runs the campaign's program on it.
pub(crate) fn run(name: &str, arguments: &[String]) -> Result<(), Failure> {
    let binary = release()?;
    let mut campaign = cargo(["run", "--quiet", "-p", "e2e", "--bin"]);
    campaign
        .arg(format!("soak_{name}"))
        .arg("--")
        .args(arguments)
        .env("CONTENTZAVOD_BIN", binary);
    finish(campaign)
}

/// Builds the binary with the profile of releases; where it is.
pub(crate) fn release() -> Result<PathBuf, Failure> {
    let package = ["build", "--release", "-p", "contentzavod-server"];
    let mut build = cargo(package);
    build.args(["--bin", "contentzavod"]);
    finish(build)?;
    let mut metadata = MetadataCommand::new();
    metadata
        .cargo_path(env!("CARGO"))
        .current_dir(tree::root())
        .no_deps();
    let target = metadata.exec()?.target_directory.into_std_path_buf();
    let name = format!("contentzavod{}", std::env::consts::EXE_SUFFIX);
    Ok(target.join("release").join(name))
}
