//! The command line: what each command takes, and who carries it out.

mod check;
mod demo;
mod doctor;
mod files;
mod keys;
mod live_check;
mod migrate;
mod options;
mod sandbox;
mod serve;
mod signals;
mod user;

use std::process::ExitCode;
use std::sync::OnceLock;

use clap::{Parser, Subcommand};

use chrono::{DateTime, Utc};
use contentzavod_core::ports::{Clock, SystemClock};
use contentzavod_core::service::ServiceError;

use crate::compose::StartError;

/// Instagram Reels go out on time, once, from a server you own.
#[derive(Debug, Parser)]
#[command(name = "contentzavod", version, arg_required_else_help = true)]
#[command(after_help = "First time here? `contentzavod demo` shows the whole way in ten seconds.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// What a command does is said on its options, in its file: words here would hide those.
#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::Options),
    Serve(serve::Options),
    Sandbox(sandbox::Options),
    #[command(subcommand)]
    User(user::Command),
    #[command(subcommand)]
    Keys(keys::Command),
    Check(check::Options),
    Doctor(doctor::Options),
    LiveCheck(live_check::Options),
    Migrate(migrate::Options),
    /// Print the OpenAPI document.
    Openapi,
}

/// What a command came to: its exit code, or why it could not be carried out.
type Done = Result<ExitCode, StartError>;

/// Reads the command line and carries it out.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // One provider of cryptography for the process; only a second call can fail.
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    let done = runtime.block_on(run(arguments.command));
    // What still blocks (a file that is hashed, say) must not hold the process.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    let done = done.and_then(|code| match UNSAID.get() {
        Some(error) => Err(format!("not all of it could be written to stdout: {error}").into()),
        None => Ok(code),
    });
    done.unwrap_or_else(|error| failed(&error))
}

async fn run(command: Command) -> Done {
    match command {
        Command::Demo(options) => demo::run(options).await,
        Command::Serve(options) => serve::run(options).await,
        Command::Sandbox(options) => sandbox::run(options).await,
        Command::User(command) => user::run(command).await,
        Command::Keys(command) => keys::run(command).await,
        Command::Check(options) => check::run(&options),
        Command::Doctor(options) => doctor::run(options).await,
        Command::LiveCheck(options) => live_check::run(options).await,
        Command::Migrate(options) => migrate::run(options).await,
        Command::Openapi => {
            say(crate::api::document().trim_end());
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// An error with everything behind it, as one paragraph.
#[expect(clippy::print_stderr, reason = "a command tells its errors there")]
fn failed(error: &StartError) -> ExitCode {
    eprintln!("error: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  because {error}");
        cause = error.source();
    }
    ExitCode::FAILURE
}

/// A use case's error with the rules that were broken, in lines.
fn spelled(error: ServiceError) -> StartError {
    let ServiceError::Invalid(findings) = error else {
        return error.into();
    };
    let lines = findings.iter().map(|finding| {
        let field = finding.field.as_deref().unwrap_or("input");
        format!("{field}: {}", finding.message)
    });
    lines.collect::<Vec<_>>().join("\n").into()
}

/// What this machine's clock shows.
fn now() -> DateTime<Utc> {
    SystemClock::new().now()
}

/// Why a line did not reach stdout; the command fails of it in the end.
static UNSAID: OnceLock<std::io::Error> = OnceLock::new();

/// A line on stdout. A reader that went away is no error of ours; a full disk is: what is lost may
/// be a key that is shown this once.
fn say(line: impl std::fmt::Display) {
    use std::io::{ErrorKind, Write};
    if let Err(error) = writeln!(std::io::stdout(), "{line}")
        && error.kind() != ErrorKind::BrokenPipe
    {
        UNSAID.get_or_init(|| error);
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_help_of_each_command_teaches() {
        let mut all = Arguments::command();
        all.build();
        for (command, words) in [
            ("demo", "Exit code 0 only if"),
            ("serve", "CONTENTZAVOD_PUBLISHING__MAX_LATE"),
            ("sandbox", "Any token sandbox-NAME is an account"),
            ("user", "beside a running server"),
            ("keys", "beside a running server"),
            ("check", "exit code 0 only if"),
            ("migrate", "`serve` does the same"),
            ("doctor", "what to do"),
            ("live-check", "Really publishes"),
        ] {
            let command = all.find_subcommand_mut(command).expect("a command");
            let short = command.get_about().expect("a line in the list").to_string();
            assert!(short.len() < 90 && !short.contains('\n'), "{short}");
            let long = command.render_long_help().to_string();
            assert!(long.contains(words), "{words}\n{long}");
        }
    }
}
