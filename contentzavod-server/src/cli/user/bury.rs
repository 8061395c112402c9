//! `contentzavod user bury`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use contentzavod_core::model::{Tombstone, TombstoneKind};

use crate::cli::options::Place;
use crate::cli::{Done, say};
use crate::compose::StartError;

/// Delete again whom a restored copy of the database brought back
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Run it before you start the server on the copy, with the newest list that \
                  `contentzavod user tombstones` wrote. Whoever was deleted after that list stays."
)]
pub(in crate::cli) struct Options {
    /// What `user tombstones` printed.
    #[arg(value_name = "FILE")]
    list: PathBuf,
    #[command(flatten)]
    place: Place,
}

pub(super) async fn run(options: Options) -> Done {
    // All of it is read before anything is deleted.
    let tombs = read(&options.list)?;
    let composed = super::opened(&options.place).await?;
    let known = tombs.len();
    let buried = composed.zavod.bury_again(tombs).await?;
    let gone = buried.workspaces;
    say(format_args!(
        "tombstones: {known}, workspaces deleted again: {gone}"
    ));
    for id in buried.ownerless {
        say(format_args!(
            "nobody owns workspace {id}: the copy does not know who became its owner since; \
             contentzavod user invite --workspace {id}"
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<Vec<Tombstone>, StartError> {
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("{shown} cannot be read: {error}"))?;
    let lines = text.lines().enumerate();
    let full = lines.filter(|(_, line)| !line.trim().is_empty());
    let tombs = full.map(|(number, line)| {
        tombstone(line).ok_or_else(|| {
            let number = number + 1;
            format!(
                "{shown}, line {number}: no tombstone, which is a kind, 64 hex digits and a time"
            )
        })
    });
    Ok(tombs.collect::<Result<_, _>>()?)
}

fn tombstone(line: &str) -> Option<Tombstone> {
    let mut words = line.split_whitespace();
    let kind = TombstoneKind::parse(words.next()?)?;
    let mut hash = [0; 32];
    hex::decode_to_slice(words.next()?, &mut hash).ok()?;
    let at = words.next()?.parse::<DateTime<Utc>>().ok()?;
    words
        .next()
        .is_none()
        .then_some(Tombstone { kind, hash, at })
}
