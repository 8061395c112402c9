//! `cargo xtask fuzz NAME`: a fuzzer of the pre-flight, from the seeds that are kept.

use std::process::Command;

use crate::test::steps::run as finish;
use crate::{Failure, tree};

/// The fuzz targets, outside of the workspace.
pub(crate) const MANIFEST: &str = "contentzavod-preflight/fuzz/Cargo.toml";

/// Runs a target for so many seconds; what it found new stays below `target/`.
pub(crate) fn run(name: &str, seconds: u64) -> Result<(), Failure> {
    let root = tree::root();
    let kept = root.join("contentzavod-preflight/tests/seeds");
    let seeds = kept.join(name);
    if !seeds.is_dir() {
        let targets = std::fs::read_dir(kept)?.flatten();
        let names: Vec<_> = targets
            .map(|seeds| seeds.file_name().to_string_lossy().into_owned())
            .collect();
        return Err(format!("{name} is no target; there are: {}", names.join(", ")).into());
    }
    let corpus = root.join("target/fuzz").join(name);
    std::fs::create_dir_all(&corpus)?;
    // `cargo +nightly` is understood by rustup alone, not by the cargo that runs this.
    let mut command = Command::new("rustup");
    command
        .args(["run", "nightly", "cargo", "fuzz", "run", name])
        .args([&corpus, &seeds])
        .arg("--")
        .arg(format!("-max_total_time={seconds}"))
        // What the pre-flight promises for any input; the sanitizer and the corpus come on top.
        .args(["-rss_limit_mb=512", "-timeout=2", "-max_len=65536"])
        .current_dir(root.join("contentzavod-preflight"))
        .env_remove("RUSTUP_TOOLCHAIN");
    finish(command).map_err(|failure| {
        format!("{failure}; wanted are the nightly toolchain and `cargo install cargo-fuzz`").into()
    })
}
