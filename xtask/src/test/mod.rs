//! `cargo xtask test`: the one command that says whether the tree is good.
//!
//! Every step runs, also after a failure, so that one run tells everything. The tests come
//! last: what libtest says at its close stands at the end of the output.

mod examples;
mod listen;
mod needs;
pub(crate) mod steps;
mod timing;

use crate::Failure;
use crate::tree;
use steps::{Report, cargo, run};
use timing::Timings;

/// Runs every step and fails when one of them failed.
pub(crate) fn run_all() -> Result<(), Failure> {
    let mut report = Report::default();
    report.step("What the machine needs", needs::satisfy)?;
    report.attempt("Format", || run(cargo(["fmt", "--all", "--check"])));
    report.attempt("Lint", || {
        run(cargo([
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]))
    });
    // All targets at once: the examples and the tests below then share one set of features.
    report.attempt("Build", || {
        run(cargo(["build", "--workspace", "--all-targets"]))
    });
    // What is released is what is killed.
    let mut released = None;
    report.attempt("Release", || {
        released = Some(crate::soak::release()?);
        Ok(())
    });
    report.attempt("Packages", examples::package);
    report.attempt("Examples", examples::run_examples);
    if tree::root().join(examples::OUTSIDE).exists() {
        report.attempt("The crate outside the workspace", examples::run_outside);
    }
    report.attempt("Fuzz targets", examples::check_fuzz);
    let mut timings = Timings::default();
    report.attempt("Tests", || {
        let mut command = cargo(["test", "--workspace", "--no-fail-fast"]);
        if let Some(binary) = &released {
            command.env("CONTENTZAVOD_RELEASE_BIN", binary);
        }
        listen::run(command, |line| timings.hear(line))
    });
    println!("\n{timings}\n{report}");
    report.verdict()
}
