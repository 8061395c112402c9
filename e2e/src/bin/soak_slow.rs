//! Slow clients by the thousand beside normal calls: what that costs, as ratios. Nothing is asserted
//! but that normal calls succeed.
//!
//! `soak_slow [--sockets 1000] [--seconds 120]`; `CONTENTZAVOD_BIN` names the binary, one built with
//! `--release` for figures that mean something.
#![expect(clippy::print_stdout, reason = "figures are what this is for")]

use std::time::Duration;

use e2e::process::{Binary, Failure};
use e2e::slow::soak::{Size, run};

fn main() -> Result<(), Failure> {
    let mut size = Size {
        sockets: 1000,
        time: Duration::from_secs(120),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or("a number is missing")?.parse()?;
        match name.as_str() {
            "--sockets" => size.sockets = usize::try_from(value)?,
            "--seconds" => size.time = Duration::from_secs(value),
            _ => return Err(format!("{name} is not known; --sockets N, --seconds N").into()),
        }
    }
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(run(Binary::find()?, size, |line| println!("{line}")))
}
