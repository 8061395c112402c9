//! `contentzavod live-check`: publishes one Reel to the real platform, and writes down what it
//! answers. It is how the open questions about Instagram get answered.

mod prepared;
mod report;
mod run;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use self::prepared::Prepared;
use self::report::Report;
use super::options::Place;
use super::{Done, say};
use crate::config::Overrides;

/// Publish one Reel for real, and write down how Instagram answers
///
/// Really publishes, on the account's profile. Prints the due time beside Instagram's timestamp,
/// tries to publish the same container a second time and tells what Instagram answers, reads
/// everything back, and can write a report without names, ids and secrets. Works beside a running
/// server, whose public address Instagram fetches the video from (Instagram Login).
#[derive(Debug, clap::Args)]
#[command(
    after_help = "If Instagram publishes a container twice, the second publish makes a second post: \
                        with --trial only strangers see it, with --once it is not tried. Delete what \
                        was published in the Instagram app. Exit code 0 only if it went out once, \
                        not early, and was read back."
)]
pub(super) struct Options {
    /// The account's id, as `GET /v1/accounts` shows it.
    #[arg(long, value_name = "ID")]
    account: uuid::Uuid,
    /// The video.
    #[arg(long, value_name = "FILE")]
    video: PathBuf,
    /// Publish it as a trial Reel: shown to people who do not follow the account.
    #[arg(long)]
    trial: bool,
    /// The caption.
    #[arg(long, value_name = "TEXT", default_value = "contentzavod live check")]
    caption: String,
    /// Seconds between the video being ready and the due time.
    #[arg(long, value_name = "SECONDS", default_value_t = 5)]
    after: u16,
    /// Do not try the second publish.
    #[arg(long)]
    once: bool,
    /// Where to write what was learnt, as JSON without names, ids and secrets.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

pub(super) async fn run(options: Options) -> Done {
    let settings = options.place.settings(Overrides::default())?;
    if let Some(path) = &options.report {
        // A report that cannot be written is told before anything is sent.
        write(path, "{}")?;
    }
    let prepared = Prepared::new(&settings, &options).await?;
    say(format_args!(
        "publishing {} on @{} for real{}",
        options.video.display(),
        prepared.account.username,
        if options.trial {
            ", as a trial Reel"
        } else {
            ""
        }
    ));
    let mut report = Report::new(&settings, &prepared.account, options.trial);
    let went = run::run(&prepared, &options, &mut report).await;
    prepared.clean_up().await;
    if let Err(why) = &went {
        say(format_args!("  {why}"));
    }
    if let Some(path) = &options.report {
        let text = serde_json::to_string_pretty(&report.json())?;
        write(path, &text)?;
        say(format_args!("report in {}", path.display()));
    }
    Ok(if went.is_ok() && report.is_good() {
        say("it went out once, not early, and was read back");
        ExitCode::SUCCESS
    } else {
        say("not everything went as it should");
        ExitCode::FAILURE
    })
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let written = std::fs::write(path, format!("{text}\n"));
    written.map_err(|error| format!("{}: {error}", path.display()))
}
