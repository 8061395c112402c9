//! The command line: what each command takes, and who carries it out.

mod check;
mod demo;
mod migrate;
mod options;
mod sandbox;
mod serve;
mod signals;
mod user;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

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

#[derive(Debug, Subcommand)]
enum Command {
    /// One Reel from upload to receipt, against a stand-in for Instagram; nothing is kept.
    Demo(demo::Options),
    /// Run the server: the API and the publishing engine.
    Serve(serve::Options),
    /// Run the stand-in for Instagram alone, to test clients against.
    Sandbox(sandbox::Options),
    /// Make people and their API keys; works beside a running server.
    #[command(subcommand)]
    User(user::Command),
    /// Say what Instagram would refuse in video files; nothing is sent anywhere.
    Check(check::Options),
    /// Bring the database up to date.
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
    done.unwrap_or_else(|error| failed(&error))
}

async fn run(command: Command) -> Done {
    match command {
        Command::Demo(options) => demo::run(options).await,
        Command::Serve(options) => serve::run(options).await,
        Command::Sandbox(options) => sandbox::run(options).await,
        Command::User(command) => user::run(command).await,
        Command::Check(options) => check::run(&options),
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

/// A line on stdout; a reader that went away is no error of ours.
fn say(line: impl std::fmt::Display) {
    use std::io::Write;
    drop(writeln!(std::io::stdout(), "{line}"));
}
