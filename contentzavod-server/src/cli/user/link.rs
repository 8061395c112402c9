//! `contentzavod user link`: lets somebody in again who has no other way.

use std::process::ExitCode;

use secrecy::ExposeSecret;

use super::Who;
use crate::cli::options::Place;
use crate::cli::{Done, say, spelled};

/// Print a link by which somebody comes in again, once, within an hour
///
/// For whoever has no other way to sign in; give it to nobody else.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
    #[command(flatten)]
    who: Who,
    /// The address of this server as a browser knows it, unless CONTENTZAVOD_PUBLIC_URL tells it.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    #[command(flatten)]
    place: Place,
}

pub(super) async fn run(options: Options) -> Done {
    let composed = super::addressed(&options.place, options.public_url).await?;
    let link = composed.zavod.return_link(options.who.id).await;
    let link = link.map_err(spelled)?;
    let path = format!("auth/link/{}", link.expose_secret());
    say(composed.site().at(&path));
    Ok(ExitCode::SUCCESS)
}
