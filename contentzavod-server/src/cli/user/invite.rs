//! `contentzavod user invite`: gives a workspace that nobody owns to somebody.

use std::process::ExitCode;

use contentzavod_core::model::WorkspaceId;
use secrecy::ExposeSecret;

use crate::cli::options::Place;
use crate::cli::{Done, say, spelled};

/// Print a link by which somebody becomes the owner of a workspace that has none
///
/// For workspaces that `user bury` names. It works once, within seven days.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Options {
    /// The id of the workspace.
    #[arg(long, value_name = "ID")]
    workspace: WorkspaceId,
    /// The address of this server as a browser knows it, unless CONTENTZAVOD_PUBLIC_URL tells it.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    #[command(flatten)]
    place: Place,
}

pub(super) async fn run(options: Options) -> Done {
    let composed = super::addressed(&options.place, options.public_url).await?;
    let link = composed.zavod.invite_owner(options.workspace).await;
    let link = link.map_err(spelled)?;
    let path = format!("invitation/{}", link.expose_secret());
    say(composed.site().at(&path));
    Ok(ExitCode::SUCCESS)
}
