//! What outsiders do with the crates: run the examples, depend on them, package them.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cargo_metadata::{Metadata, MetadataCommand, TargetKind};

use super::steps::{cargo, run};
use crate::{Failure, tree};

/// A crate with its own lockfile, outside of the workspace.
pub(super) const OUTSIDE: &str = "examples/outside/Cargo.toml";
/// The package that holds the examples.
const EXAMPLES: &str = "contentzavod-examples";
/// An example that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(180);

fn metadata() -> Result<Metadata, Failure> {
    let mut command = MetadataCommand::new();
    command
        .cargo_path(env!("CARGO"))
        .current_dir(tree::root())
        .no_deps();
    Ok(command.exec()?)
}

/// Runs every program of the examples' package, as built by the step before.
pub(super) fn run_examples() -> Result<(), Failure> {
    let metadata = metadata()?;
    let debug = metadata.target_directory.join("debug");
    let package = metadata
        .packages
        .iter()
        .find(|package| package.name == EXAMPLES);
    let package = package.ok_or("the package of the examples is missing")?;
    let mut failed = Vec::new();
    for target in &package.targets {
        let folder = if target.kind.contains(&TargetKind::Bin) {
            debug.clone()
        } else if target.kind.contains(&TargetKind::Example) {
            debug.join("examples")
        } else {
            continue;
        };
        println!("--> {}", target.name);
        let program = folder.join(format!("{}{}", target.name, std::env::consts::EXE_SUFFIX));
        if let Err(failure) = run_in_time(Command::new(program)) {
            println!("--> {}: {failure}", target.name);
            failed.push(target.name.as_str());
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(failed.join(", ").into())
}

/// Runs a program that must end by itself, soon and well.
fn run_in_time(mut command: Command) -> Result<(), Failure> {
    let mut child = command
        .current_dir(tree::root())
        .stdin(Stdio::null())
        .spawn()?;
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if start.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Err(format!("still running after {} s", PATIENCE.as_secs()).into());
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    if status.success() {
        Ok(())
    } else {
        Err(format!("ended with {status}").into())
    }
}

/// Builds and runs the crate outside the workspace, with its own lockfile.
///
/// It shares the target folder and the debug level, so that dependencies are built once.
pub(super) fn run_outside() -> Result<(), Failure> {
    run(cargo(["fmt", "--check", "--manifest-path", OUTSIDE]))?;
    let target = metadata()?.target_directory;
    let mut command = cargo(["build", "--locked", "--manifest-path", OUTSIDE]);
    command
        .arg("--target-dir")
        .arg(&target)
        .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only");
    run(command)?;
    let program = format!("outside{}", std::env::consts::EXE_SUFFIX);
    run_in_time(Command::new(target.join("debug").join(program)))
}

/// The fuzz targets are formatted and compile; they run with the nightly toolchain, by hand.
pub(super) fn check_fuzz() -> Result<(), Failure> {
    let manifest = crate::fuzz::MANIFEST;
    run(cargo(["fmt", "--check", "--manifest-path", manifest]))?;
    let mut command = cargo(["check", "--locked", "--manifest-path", manifest]);
    command
        .arg("--target-dir")
        .arg(metadata()?.target_directory.join("fuzz-check"));
    run(command)
}

/// Packages every publishable crate; cargo stands in for the registry among them.
///
/// Nothing is compiled again here: the crates were built by the step before, from the same
/// files that `cargo package` lists.
pub(super) fn package() -> Result<(), Failure> {
    let mut command = cargo(["package", "--no-verify", "--allow-dirty"]);
    for package in &metadata()?.packages {
        if package.publish.as_deref() != Some(&[]) {
            command.args(["--package", package.name.as_str()]);
        }
    }
    run(command)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{EXAMPLES, metadata, run_in_time};

    #[test]
    fn the_package_of_the_examples_is_where_it_is_looked_for() {
        assert!(
            metadata()
                .unwrap()
                .packages
                .iter()
                .any(|package| package.name == EXAMPLES)
        );
    }

    #[test]
    fn a_program_that_fails_is_a_failure() {
        assert!(run_in_time(Command::new("false")).is_err());
        assert!(run_in_time(Command::new("true")).is_ok());
    }
}
