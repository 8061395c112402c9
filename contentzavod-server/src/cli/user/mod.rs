//! `contentzavod user …`: people, from the command line.

mod bury;
mod create;
mod delete;
mod export;
mod forget;
mod invite;
mod link;
mod tombstones;

use std::sync::Arc;

use contentzavod_core::model::UserId;
use contentzavod_core::ports::SystemClock;
use url::Url;

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
    Invite(invite::Options),
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
        Command::Invite(options) => invite::run(options).await,
        Command::Tombstones(options) => tombstones::run(options).await,
        Command::Bury(options) => bury::run(options).await,
    }
}

/// The product beside a server that may be running, with people in it: in another folder there is
/// nobody, which would look like an answer.
async fn opened(place: &Place) -> Result<Composed, StartError> {
    let settings = place.settings(Overrides::default())?;
    peopled(&settings)?;
    composed(&settings, None).await
}

/// The same, for links, which need the address of the server.
async fn addressed(place: &Place, public_url: Option<String>) -> Result<Composed, StartError> {
    let settings = place.settings(Overrides {
        public_url,
        ..Overrides::default()
    })?;
    peopled(&settings)?;
    composed(&settings, settings.public_url.clone()).await
}

/// The same, also where there is nothing yet.
async fn begun(place: &Place) -> Result<Composed, StartError> {
    composed(&place.settings(Overrides::default())?, None).await
}

fn peopled(settings: &Settings) -> Result<(), StartError> {
    if settings.data_dir.join(DATABASE).exists() {
        return Ok(());
    }
    let folder = settings.data_dir.display();
    let said = format!(
        "there is no database in {folder}: name the server's folder with --data-dir, or \
         CONTENTZAVOD_DATA_DIR"
    );
    Err(said.into())
}

async fn composed(settings: &Settings, public_url: Option<Url>) -> Result<Composed, StartError> {
    let dir = DataDir::open(&settings.data_dir)?;
    compose(settings, &dir, Arc::new(SystemClock::new()), public_url).await
}

/// Who is meant.
#[derive(Debug, clap::Args)]
struct Who {
    /// The id of the person, as `user create` printed it and GET /v1/users/me answers it.
    #[arg(long, value_name = "ID")]
    id: UserId,
}
