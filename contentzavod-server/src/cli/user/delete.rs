//! `contentzavod user delete`.

use std::io::{BufRead as _, IsTerminal as _};
use std::process::ExitCode;

use contentzavod_core::model::Workspace;
use contentzavod_core::service::{Conflict, Farewell, ServiceError};
use secrecy::ExposeSecret;

use super::Who;
use crate::cli::options::Place;
use crate::cli::{Done, say, spelled};
use crate::compose::StartError;

/// Delete a person with everything that is theirs alone
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Workspaces that nobody else is in go with every post, file and token in them; others \
                  stay with their members.\nWhat is live stays on Instagram: only its owner can delete \
                  it there. There is no way back; `user export` before."
)]
pub(in crate::cli) struct Options {
    #[command(flatten)]
    who: Who,
    /// Also where others would be left without an owner: the member with the highest role becomes it.
    #[arg(long)]
    force: bool,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    place: Place,
}

pub(super) async fn run(options: Options) -> Done {
    let composed = super::opened(&options.place).await?;
    let id = options.who.id;
    if !options.yes {
        confirmed(&id.to_string())?;
    }
    let deleted = composed.zavod.delete_user(id, options.force).await;
    tell(&deleted.map_err(refused)?);
    Ok(ExitCode::SUCCESS)
}

/// Has the id typed once more.
fn confirmed(id: &str) -> Result<(), StartError> {
    if !std::io::stdin().is_terminal() {
        return Err("nobody is there to be asked: add --yes to delete".into());
    }
    say("There is no way back. Type the id once more to delete:");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    if line.trim() == id {
        return Ok(());
    }
    Err("that is another id: nothing was deleted".into())
}

fn refused(error: ServiceError) -> StartError {
    match error {
        ServiceError::Conflict(Conflict::LastOwner(workspaces)) => {
            let named = |w: &Workspace| format!("  {} ({})", w.name, w.id);
            let named: Vec<_> = workspaces.iter().map(named).collect();
            let named = named.join("\n");
            format!(
                "nothing was deleted: others are in these workspaces, and nobody else owns them:\n\
                 {named}\nmake somebody else an owner, or add --force"
            )
            .into()
        }
        other => spelled(other),
    }
}

fn tell(farewell: &Farewell) {
    let (workspaces, files) = (farewell.workspaces, farewell.files);
    say(format_args!(
        "deleted, with workspaces: {workspaces}, files: {files}"
    ));
    for live in &farewell.live {
        say(format_args!(
            "stays on {}: {} posts of @{}",
            live.platform, live.posts, live.username
        ));
    }
    if farewell.on_their_way > 0 {
        say(format_args!(
            "may still go live, because they were being sent: {}",
            farewell.on_their_way
        ));
    }
    say(format_args!("code {}", farewell.code.expose_secret()));
}
