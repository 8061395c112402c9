//! `contentzavod user …`: people, from the command line.

use std::process::ExitCode;
use std::sync::Arc;

use contentzavod_core::ports::SystemClock;
use secrecy::ExposeSecret;

use super::options::Place;
use super::{Done, say};
use crate::compose::compose;
use crate::config::Overrides;
use crate::data_dir::DataDir;

/// Make people and their API keys; works beside a running server
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Make a person with a workspace of their own.
    #[command(
        after_help = "With --api-key the key stands alone on stdout, so this works:\n  \
                            KEY=$(contentzavod user create --name Anna --api-key)"
    )]
    Create(Create),
    /// Print a link by which somebody comes in again, once, within an hour.
    #[command(after_help = "For whoever has no other way to sign in; give it to nobody else.")]
    Link(super::link::Options),
}

#[derive(Debug, clap::Args)]
pub(super) struct Create {
    /// Their name, 1 to 100 characters.
    #[arg(long)]
    name: String,
    /// Make an API key too and print it, alone, on stdout. It is shown this once.
    #[arg(long)]
    api_key: bool,
    #[command(flatten)]
    place: Place,
}

pub(super) async fn run(command: Command) -> Done {
    let options = match command {
        Command::Create(options) => options,
        Command::Link(options) => return super::link::run(options).await,
    };
    let settings = options.place.settings(Overrides::default())?;
    let dir = DataDir::open(&settings.data_dir)?;
    let composed = compose(&settings, &dir, Arc::new(SystemClock::new()), None).await?;
    let actor = composed.zavod.create_user(&options.name).await;
    let actor = actor.map_err(super::spelled)?;
    if options.api_key {
        let (_, secret) = composed.zavod.create_key(actor, "command line").await?;
        say(secret.expose_secret());
    } else {
        say(format_args!("user {}", actor.user));
        say(format_args!("workspace {}", actor.workspace));
    }
    Ok(ExitCode::SUCCESS)
}
