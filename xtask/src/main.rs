//! The project's chores, run as `cargo xtask <chore>`.
#![expect(clippy::print_stdout, reason = "a command-line tool talks on stdout")]

mod client;
mod fuzz;
mod soak;
mod spec;
mod test;
mod tree;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What stopped a chore, as one sentence for the person at the terminal.
type Failure = Box<dyn std::error::Error>;

/// Chores of the contentzavod repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Generate the client from openapi.yaml.
    Client {
        /// Write nothing; fail when the checked-in client differs.
        #[arg(long)]
        check: bool,
    },
    /// Write openapi.yaml as the server's code describes it.
    Spec {
        /// Write nothing; fail when the checked-in document differs.
        #[arg(long)]
        check: bool,
    },
    /// Try every operation of openapi.yaml alone and name those the client cannot have.
    Probe,
    /// Attack the released binary for a long time; `cargo xtask soak kill9 --help` tells more.
    Soak {
        /// Which campaign: `NAME` runs the program `e2e/src/bin/soak_NAME.rs`.
        name: String,
        /// Its arguments.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Feed the pre-flight with made-up files: check, faststart, walk or caption.
    Fuzz {
        /// The target.
        name: String,
        /// For how long.
        #[arg(long, default_value_t = 600)]
        seconds: u64,
    },
    /// Install what is missing, then format, lint, build, package, run the examples and test.
    Test,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().chore {
        Chore::Client { check } => client::run(check),
        Chore::Spec { check } => spec::run(check),
        Chore::Probe => client::probe::run(),
        Chore::Soak { name, arguments } => soak::run(&name, &arguments),
        Chore::Fuzz { name, seconds } => fuzz::run(&name, seconds),
        Chore::Test => test::run_all(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}
