//! `contentzavod user …`: people, from the command line.

mod bury;
mod create;
mod delete;
mod export;
mod forget;
mod link;
mod tombstones;

use std::sync::Arc;

use contentzavod_core::model::UserId;
use contentzavod_core::ports::SystemClock;

use super::Done;
use super::options::Place;
use crate::compose::{Composed, StartError, compose};
use crate::config::{LogFormat, Overrides, Settings};
use crate::data_dir::{DATABASE, DataDir};
use crate::telemetry;

/// People: make, let in, export, delete, forget, bury; works beside a running server
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    Create(create::Options),
    Export(export::Options),
    Delete(delete::Options),
    Forget(forget::Options),
    Link(link::Options),
    Tombstones(tombstones::Options),
    Bury(bury::Options),
}

pub(super) async fn run(command: Command) -> Done {
    // What could not be done all the way is told on the standard error.
    telemetry::init_logs(LogFormat::Text, Some("warn"));
    match command {
        Command::Create(options) => create::run(options).await,
        Command::Export(options) => export::run(options).await,
        Command::Delete(options) => delete::run(options).await,
        Command::Forget(options) => forget::run(options).await,
        Command::Link(options) => link::run(options).await,
        Command::Tombstones(options) => tombstones::run(options).await,
        Command::Bury(options) => bury::run(options).await,
    }
}

/// The product beside a server that may be running, with people in it: in another folder there is
/// nobody, which would look like an answer.
async fn opened(place: &Place) -> Result<Composed, StartError> {
    let settings = place.settings(Overrides::default())?;
    if !settings.data_dir.join(DATABASE).exists() {
        let folder = settings.data_dir.display();
        return Err(format!(
            "there is no database in {folder}: name the server's folder with --data-dir, or \
             CONTENTZAVOD_DATA_DIR"
        )
        .into());
    }
    composed(&settings).await
}

/// The same, also where there is nothing yet.
async fn begun(place: &Place) -> Result<Composed, StartError> {
    composed(&place.settings(Overrides::default())?).await
}

async fn composed(settings: &Settings) -> Result<Composed, StartError> {
    let dir = DataDir::open(&settings.data_dir)?;
    compose(settings, &dir, Arc::new(SystemClock::new()), None).await
}

/// Who is meant.
#[derive(Debug, clap::Args)]
struct Who {
    /// The id of the person, as `user create` printed it and GET /v1/users/me answers it.
    #[arg(long, value_name = "ID")]
    id: UserId,
}
