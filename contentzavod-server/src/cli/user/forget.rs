//! `contentzavod user forget`.

use std::process::ExitCode;

use secrecy::ExposeSecret;

use crate::cli::options::Place;
use crate::cli::{Done, say};
use crate::compose::StartError;

/// The platform whose ids are taken.
const PLATFORM: &str = "instagram";

/// Forget Instagram accounts whose deletion Meta asks for by mail
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Tokens and whatever tells which account it was are erased, posts that have not gone \
                  out are cancelled, and the people of its workspace are told.\nAn id that nobody knows \
                  is answered too. The code is for whoever asked: they look it up here."
)]
pub(in crate::cli) struct Options {
    /// Ids as Meta sends them: of the account, or scoped to your app.
    #[arg(long = "instagram-id", value_name = "ID", required = true, num_args = 1..)]
    ids: Vec<String>,
    #[command(flatten)]
    place: Place,
}

pub(super) async fn run(options: Options) -> Done {
    for id in &options.ids {
        checked(id)?;
    }
    let composed = super::opened(&options.place).await?;
    let forgotten = composed
        .zavod
        .forget_remote(PLATFORM, &options.ids, None)
        .await?;
    say(format_args!("accounts forgotten: {}", forgotten.found));
    say(format_args!("code {}", forgotten.code.expose_secret()));
    Ok(ExitCode::SUCCESS)
}

/// A name in the place of an id would find nothing and look like an answer.
fn checked(id: &str) -> Result<(), StartError> {
    if (1..=30).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(());
    }
    Err(format!("{id:?} is no id: they are 1 to 30 digits").into())
}
