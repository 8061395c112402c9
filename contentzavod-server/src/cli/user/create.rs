//! `contentzavod user create`.

use std::process::ExitCode;

use secrecy::ExposeSecret;

use crate::cli::options::Place;
use crate::cli::{Done, say, spelled};

/// Make a person with a workspace of their own
#[derive(Debug, clap::Args)]
#[command(
    after_help = "With --api-key the key stands alone on stdout, so this works:\n  \
                  KEY=$(contentzavod user create --name Anna --api-key)"
)]
pub(in crate::cli) struct Options {
    /// Their name, 1 to 100 characters.
    #[arg(long)]
    name: String,
    /// Make an API key too and print it, alone, on stdout. It is shown this once.
    #[arg(long)]
    api_key: bool,
    #[command(flatten)]
    place: Place,
}

pub(super) async fn run(options: Options) -> Done {
    let composed = super::begun(&options.place).await?;
    let actor = composed.zavod.create_user(&options.name).await;
    let actor = actor.map_err(spelled)?;
    if options.api_key {
        let (_, secret) = composed.zavod.create_key(actor, "command line").await?;
        say(secret.expose_secret());
    } else {
        say(format_args!("user {}", actor.user));
        say(format_args!("workspace {}", actor.workspace));
    }
    Ok(ExitCode::SUCCESS)
}
