//! `cargo xtask soak stop`: the server stands still around due times.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use e2e::process::{Binary, Failure};
use e2e::stop;

/// Stop the server with SIGSTOP while posts fall due, let it go on, and compare what the platform did
/// with what was asked
#[derive(Debug, Parser)]
#[command(name = "cargo xtask soak stop")]
struct Arguments {
    /// How often it stands still.
    #[arg(long, default_value_t = 3)]
    times: usize,
    /// For how long, in seconds.
    #[arg(long, default_value_t = 120)]
    seconds: u64,
}

#[tokio::main]
async fn main() -> Result<ExitCode, Failure> {
    let Arguments { times, seconds } = Arguments::parse();
    let seen = stop::run(Binary::find()?, times, Duration::from_secs(seconds)).await?;
    println!(
        "{times} times still for {seconds} s: {} published once, {} wrong, latest {:.1} s after its due time, \
         all known to be live {:.1} s after going on at most",
        seen.published,
        seen.wrong.len(),
        seen.latest.as_seconds_f64(),
        seen.recovered.as_secs_f64()
    );
    for wrong in &seen.wrong {
        println!("{wrong}");
    }
    Ok(if seen.wrong.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
