//! `contentzavod migrate`: brings the database up to date.

use std::process::ExitCode;

use contentzavod_store::SqliteStore;

use super::options::Place;
use super::{Done, say};
use crate::config::Overrides;
use crate::data_dir::{DATABASE, DataDir};

/// Bring the database up to date
///
/// `serve` does the same at its start; this is for those who want to see it first.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    #[command(flatten)]
    place: Place,
    /// Only say what would be done.
    #[arg(long)]
    dry_run: bool,
}

pub(super) async fn run(options: Options) -> Done {
    let settings = options.place.settings(Overrides::default())?;
    // Whoever only asks finds the folder as it was.
    let path = if options.dry_run {
        settings.data_dir.join(DATABASE)
    } else {
        DataDir::open(&settings.data_dir)?.database()
    };
    let (names, word) = if options.dry_run {
        (
            SqliteStore::pending_migrations(&path).await?,
            "would be run",
        )
    } else {
        (SqliteStore::migrate(&path).await?, "done")
    };
    for name in &names {
        say(format_args!("{name}: {word}"));
    }
    if names.is_empty() {
        say(format_args!("{} is up to date", path.display()));
    }
    Ok(ExitCode::SUCCESS)
}
