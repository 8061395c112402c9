//! `cargo xtask soak kill9`: the promise under SIGKILL, with everything that the platform does wrong.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use e2e::process::{Binary, Failure};
use e2e::soak::{self, Settings, report};

/// Kill the server at random moments while posts fall due, and compare what the platform did with
/// what the server says
#[derive(Debug, Parser)]
#[command(name = "cargo xtask soak kill9")]
struct Arguments {
    /// Posts that are asked for.
    #[arg(long, default_value_t = 300)]
    posts: usize,
    /// How often the server is killed.
    #[arg(long, default_value_t = 60)]
    kills: usize,
    /// Decides everything that is left to chance; the same seed repeats a campaign.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// How long an unclear answer settles, such as 5s; `default`: the server's own, minutes.
    #[arg(long, default_value = "5s")]
    settle: String,
    /// PUBLISHING__STRICT, against a platform that publishes a container twice.
    #[arg(long)]
    strict: bool,
    /// Accounts; without it 12 to 200, and with the usual settle times half as many as posts.
    #[arg(long)]
    accounts: Option<usize>,
    /// How long the server lives between two kills on average, in milliseconds.
    #[arg(long)]
    pace: Option<u64>,
    /// How long everything may take to settle at the end, in seconds.
    #[arg(long)]
    patience: Option<u64>,
}

impl Arguments {
    fn settings(&self) -> Settings {
        let mut settings = Settings::new(self.posts, self.kills);
        if self.settle == "default" {
            settings = settings.with_usual_settle();
        } else {
            settings.settle = Some(self.settle.clone());
        }
        settings.seed = self.seed;
        settings.strict = self.strict;
        settings.accounts = self.accounts.unwrap_or(settings.accounts).max(1);
        settings.pace = self.pace.map_or(settings.pace, Duration::from_millis);
        settings.patience = self.patience.map_or(settings.patience, Duration::from_secs);
        settings
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match campaign(&Arguments::parse().settings()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            println!("the campaign could not be run: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Whether nothing happened that must not.
async fn campaign(settings: &Settings) -> Result<bool, Failure> {
    println!("{settings:?}");
    let found = soak::run(Binary::find()?, settings).await?;
    let violations = report::violations(settings, &found);
    if !violations.is_empty() {
        println!("{violations}");
    }
    println!("{}", report::table(settings, &found));
    if let Some(folder) = &found.folder {
        println!("everything is kept in {}", folder.display());
    }
    Ok(found.verdict.violations.is_empty())
}
