//! `contentzavod doctor`: what holds here, what is wrong, and what to do about it.

mod accounts;
mod machine;
mod outside;
mod public;
mod report;

use std::process::ExitCode;
use std::sync::Arc;

use contentzavod_core::ports::{Clock, SystemClock};
use contentzavod_instagram::InstagramPublisher;

pub(super) use self::public::{Reached, get};
use self::report::Report;
use super::Done;
use super::options::Place;
use crate::config::{Overrides, Settings};

/// Look for what is wrong here, and say what to do; works beside a running server
///
/// Shows the configuration in force with secrets masked, and looks at the data directory, the
/// database, the disk, the clock, the public address, every account's access, the version of
/// Instagram's API, and ffmpeg. Changes nothing. Exit code 1 if anything is wrong; warnings are not.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each finding says what to do. Instagram is asked about the time, and about the \
                        quota of every account; nothing is published."
)]
pub(super) struct Options {
    /// One JSON object instead of text.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

pub(super) async fn run(options: Options) -> Done {
    let mut report = Report::default();
    match options.place.settings(Overrides::default()) {
        Ok(settings) => {
            for warning in &settings.warnings {
                report
                    .warning("configuration", warning)
                    .todo("Change the setting that it names.");
            }
            report.configuration.clone_from(&settings.shown);
            look(&settings, &mut report).await;
        }
        Err(error) => report
            .error("configuration", &error.to_string())
            .todo("Correct what is named; `contentzavod serve --help` lists every setting."),
    }
    report.say(options.json);
    Ok(if report.is_well() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn look(settings: &Settings, report: &mut Report) {
    machine::look(settings, report).await;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let (graph, family) = (settings.graph(), settings.instagram.login);
    let publisher = match InstagramPublisher::new(graph) {
        Ok(publisher) => publisher.usual(family),
        Err(error) => {
            report
                .error("instagram", &error.to_string())
                .todo("Correct the CONTENTZAVOD_INSTAGRAM__ settings that it names.");
            return;
        }
    };
    outside::look(settings, &publisher, &*clock, report).await;
    let accounts = accounts::look(settings, &publisher, &*clock, report).await;
    public::look(settings, &accounts, report).await;
}
