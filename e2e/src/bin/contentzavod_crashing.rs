//! The binary `contentzavod` with its crash points.

use std::process::ExitCode;

fn main() -> ExitCode {
    contentzavod_server::cli::main()
}
