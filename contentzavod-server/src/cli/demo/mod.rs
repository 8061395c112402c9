//! `contentzavod demo`: the main job in one go, over the same parts as the server.
//!
//! The API is called over HTTP, the stand-in for Instagram runs as an HTTP server that is reached
//! through the real Graph client, and the database is a SQLite file in a temporary folder.

mod client;
mod report;
mod stage;
mod steps;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::{Done, signals};
use crate::compose::StartError;
use report::Verdict;
use stage::Stage;
use steps::Steps;

/// One Reel from upload to receipt, against a stand-in for Instagram; nothing is kept
///
/// Exit code 0 only if the Reel went out once, with the same bytes, not early, within a second.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Your own video instead of ours.
    #[arg(long, value_name = "FILE")]
    video: Option<PathBuf>,
    /// What stands below it.
    #[arg(long, default_value = "The first Reel from my own server #demo")]
    caption: String,
}

/// The Reel of those who have none at hand: four seconds, 45 KB.
const OURS: &[u8] = include_bytes!("../../../assets/reel.mp4");

pub(super) async fn run(options: Options) -> Done {
    let steps = Steps::begin();
    steps.title("contentzavod demo: one Reel from upload to receipt. Nothing is kept.");
    if let Some(path) = &options.video {
        refuse_what_is_no_file(path)?;
    }
    // From here on a Ctrl-C ends the play, not the process: nothing is kept then either.
    let mut ending = signals::listen()?;
    let stage = Stage::set(&steps).await?;
    let played = tokio::select! {
        played = play(&stage, &steps, &options) => played,
        () = ending.wait() => Err("ended before the Reel was published".into()),
    };
    let verdict = match &played {
        Ok(receipt) => Some(report::compare(&stage, &steps, receipt)),
        Err(_) => None,
    };
    stage.clear().await?;
    played?;
    Ok(match verdict {
        Some(Verdict::Good) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

/// A folder has no bytes to send, and a pipe no length.
fn refuse_what_is_no_file(path: &Path) -> Result<(), StartError> {
    match std::fs::metadata(path) {
        Ok(found) if found.is_file() => Ok(()),
        Ok(_) => Err(format!("{}: this is no file", path.display()).into()),
        Err(error) => Err(format!("{}: {error}", path.display()).into()),
    }
}

/// The way from upload to receipt, as a client of the API goes it.
async fn play(
    stage: &Stage,
    steps: &Steps,
    options: &Options,
) -> Result<report::Played, StartError> {
    let account = stage.client.connect().await?;
    steps.step("account", &format!("@{} connected", account.username));
    let media = match &options.video {
        Some(path) => stage.client.upload_file(path, steps).await?,
        None => stage.client.upload_bytes(OURS, "reel.mp4", steps).await?,
    };
    steps.step("uploaded", &media.words());
    let due = stage.due();
    let post = stage
        .client
        .schedule(&account, &media, &options.caption, due);
    let post = post.await?;
    steps.step(
        "scheduled",
        &format!("for {}", due.format("%H:%M:%S%.3f UTC")),
    );
    let ready = stage.follow(&post, steps).await?;
    let receipt = stage.client.receipt(&post).await?;
    Ok(report::Played {
        receipt,
        due,
        ready,
    })
}
