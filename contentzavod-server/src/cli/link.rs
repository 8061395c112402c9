//! `contentzavod user link`: lets somebody in again who has no other way.

use std::process::ExitCode;
use std::sync::Arc;

use contentzavod_core::model::UserId;
use contentzavod_core::ports::SystemClock;
use secrecy::ExposeSecret;
use uuid::Uuid;

use super::options::Place;
use super::{Done, say};
use crate::compose::compose;
use crate::config::Overrides;
use crate::data_dir::DataDir;

/// A link by which somebody comes in.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Whose: the id that `user create` printed, or that stands on the page "Sign in again".
    #[arg(long, value_name = "ID")]
    id: Uuid,
    /// The address of this server as a browser knows it, unless CONTENTZAVOD_PUBLIC_URL tells it.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    #[command(flatten)]
    place: Place,
}

pub(super) async fn run(options: Options) -> Done {
    let settings = options.place.settings(Overrides {
        public_url: options.public_url,
        ..Overrides::default()
    })?;
    let dir = DataDir::open(&settings.data_dir)?;
    let public = settings.public_url.clone();
    let composed = compose(&settings, &dir, Arc::new(SystemClock::new()), public).await?;
    let link = composed.zavod.return_link(UserId(options.id)).await;
    let link = link.map_err(super::spelled)?;
    let path = format!("auth/link/{}", link.expose_secret());
    say(composed.site().at(&path));
    Ok(ExitCode::SUCCESS)
}
