//! `cargo xtask soak races`: cancel against arming, as often as is asked for.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::process::ExitCode;

use clap::Parser;
use e2e::process::{Binary, Failure};
use e2e::races::{Deed, Found, Track};
use e2e::soak::random::Random;

/// Cancel posts at the moment at which they are armed, and compare the answers with what is live
#[derive(Debug, Parser)]
#[command(name = "cargo xtask soak races")]
struct Arguments {
    /// How many races.
    #[arg(long, default_value_t = 10_000)]
    races: usize,
    /// Accounts that race at the same moment.
    #[arg(long, default_value_t = 200)]
    accounts: usize,
    /// Decides the moments of the cancels.
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

#[tokio::main]
async fn main() -> Result<ExitCode, Failure> {
    let arguments = Arguments::parse();
    let mut track = Track::new(Binary::find()?, arguments.accounts).await?;
    let mut random = Random::of(arguments.seed, "races");
    let mut found = Found::default();
    for _ in 0..arguments.races.div_ceil(arguments.accounts) {
        track.race(Deed::Cancel, &mut random, &mut found).await?;
    }
    println!(
        "{} races, seed {}: {} cancelled in time, {} refused because publishing had begun, {} wrong",
        found.won + found.lost,
        arguments.seed,
        found.won,
        found.lost,
        found.wrong.len()
    );
    for wrong in &found.wrong {
        println!("{wrong}");
    }
    Ok(if found.wrong.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
