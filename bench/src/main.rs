//! `cargo run --release -p bench -- lateness [--posts 1000] [--rounds 5]`
//! `cargo run --release -p bench -- preflight [--megabytes 300] [--rounds 5]`
#![expect(clippy::print_stdout, reason = "a command-line tool talks on stdout")]

use std::time::Duration;

use bench::engine::Failure;
use bench::{lateness, preflight};
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
    /// What the pre-flight reads, needs and takes, and how moving an index compares with `cp`.
    Preflight {
        /// Size of the large file. ffmpeg makes it.
        #[arg(long, default_value_t = 300)]
        megabytes: u64,
        /// Rounds; the medians are taken over them.
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
    /// The most memory that checking a file takes, in KiB: for `preflight`, in a process of its own.
    #[command(hide = true)]
    PeakOf {
        /// What to do: `check` or `faststart`.
        work: String,
        /// The file.
        file: std::path::PathBuf,
    },
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let command = Arguments::parse().command;
    if let Command::PeakOf { work, file } = &command {
        println!("{}", preflight::peak_of(work, file)?);
        return Ok(());
    }
    if cfg!(debug_assertions) {
        println!("built without --release: the figures mean nothing");
    }
    let (posts, singles, publish_ms, rounds) = match command {
        Command::Lateness {
            posts,
            singles,
            publish_ms,
            rounds,
        } => (posts, singles, publish_ms, rounds),
        Command::Preflight { megabytes, rounds } => {
            let program = std::env::current_exe()?;
            println!("{}", preflight::measure(&program, megabytes, rounds)?);
            return Ok(());
        }
        Command::PeakOf { .. } => return Ok(()),
    };
    let mut done = Vec::with_capacity(rounds);
    for number in 1..=rounds {
        let round = lateness::measure(singles, posts, Duration::from_millis(publish_ms)).await?;
        println!("{}", round.json(number, posts));
        done.push(round);
    }
    println!("{}", lateness::table(&done, posts));
    Ok(())
}
