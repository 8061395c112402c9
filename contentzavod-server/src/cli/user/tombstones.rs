//! `contentzavod user tombstones`.

use std::process::ExitCode;

use chrono::SecondsFormat;

use crate::cli::options::Place;
use crate::cli::{Done, say};

/// List who was deleted, as hashes: keep the list beside your backups
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A copy of the database from before a deletion brings people back. `user bury` deletes \
                  them again by this list:\n  contentzavod user tombstones > tombstones.txt\nEach line \
                  is a kind, a SHA-256 and a time; it tells nothing about anybody."
)]
pub(in crate::cli) struct Options {
    #[command(flatten)]
    place: Place,
}

pub(super) async fn run(options: Options) -> Done {
    let composed = super::opened(&options.place).await?;
    for tomb in composed.zavod.tombstones().await? {
        let at = tomb.at.to_rfc3339_opts(SecondsFormat::Millis, true);
        let (kind, hash) = (tomb.kind.as_str(), hex::encode(tomb.hash));
        say(format_args!("{kind} {hash} {at}"));
    }
    Ok(ExitCode::SUCCESS)
}
