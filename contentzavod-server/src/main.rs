//! The binary `contentzavod`.

use std::process::ExitCode;

fn main() -> ExitCode {
    contentzavod_server::cli::main()
}
