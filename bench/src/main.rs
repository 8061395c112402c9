//! `cargo run --release -p bench -- lateness [--posts 1000] [--rounds 5]`
#![expect(clippy::print_stdout, reason = "a command-line tool talks on stdout")]

use std::time::Duration;

use bench::engine::Failure;
use bench::lateness;
use clap::{Parser, Subcommand};

/// Benchmarks of the engine beside raw floors; run it with `--release` on a quiet machine.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// How late posts go out: each alone, and many due at one instant on distinct accounts.
    Lateness {
        /// Posts due at one instant.
        #[arg(long, default_value_t = 1000)]
        posts: usize,
        /// Posts that fall due alone, one after the other.
        #[arg(long, default_value_t = 20)]
        singles: usize,
        /// How long the platform takes for a publish call.
        #[arg(long, default_value_t = 0)]
        publish_ms: u64,
        /// Rounds; the medians are taken over them.
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let Command::Lateness {
        posts,
        singles,
        publish_ms,
        rounds,
    } = Arguments::parse().command;
    if cfg!(debug_assertions) {
        println!("built without --release: the figures mean nothing");
    }
    let mut done = Vec::with_capacity(rounds);
    for number in 1..=rounds {
        let round = lateness::measure(singles, posts, Duration::from_millis(publish_ms)).await?;
        println!("{}", round.json(number, posts));
        done.push(round);
    }
    println!("{}", lateness::table(&done, posts));
    Ok(())
}
