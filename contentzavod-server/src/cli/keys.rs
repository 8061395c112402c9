//! `contentzavod keys …`: the keys that seal tokens.

use std::process::ExitCode;
use std::sync::Arc;

use contentzavod_core::ports::SystemClock;
use contentzavod_store::vault::KeyRingVault;
use secrecy::ExposeSecret;

use super::options::Place;
use super::{Done, say};
use crate::compose::compose;
use crate::config::Overrides;
use crate::data_dir::DataDir;

/// Make and change the keys that seal tokens; works beside a running server
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Print a new key, for CONTENTZAVOD_ENCRYPTION_KEYS.
    #[command(
        after_help = "`serve` makes itself a key in the data directory; this is for those who keep it \
                      elsewhere. To change it there: put a new key and a comma before the old one, \
                      restart every server, run `keys rotate`, and take the old one out a day later."
    )]
    Generate,
    /// Make a new key and seal every token with it.
    #[command(
        after_help = "The old keys stay in the ring: links to videos that they signed are still fetched. \
                      A day later --prune takes them out. It may be broken off and run again at any \
                      time. Back the key file up anew afterwards."
    )]
    Rotate(Rotate),
}

#[derive(Debug, clap::Args)]
pub(super) struct Rotate {
    /// Make no new key: seal what is left with the present one, then take the old ones out.
    #[arg(long)]
    prune: bool,
    #[command(flatten)]
    place: Place,
}

pub(super) async fn run(command: Command) -> Done {
    match command {
        Command::Generate => {
            say(KeyRingVault::generate().expose_secret());
            Ok(ExitCode::SUCCESS)
        }
        Command::Rotate(options) => rotate(options).await,
    }
}

async fn rotate(options: Rotate) -> Done {
    let settings = options.place.settings(Overrides::default())?;
    let dir = DataDir::open(&settings.data_dir)?;
    // Elsewhere the operator puts the new key in front.
    let ours = settings.encryption_keys.is_none();
    if ours && !options.prune {
        dir.add_key()?;
    }
    let keys = dir.keys(settings.encryption_keys.as_ref())?;
    let primary = keys.vault.primary_id().to_owned();
    let composed = compose(&settings, &dir, Arc::new(SystemClock::new()), None).await?;
    let done = composed.zavod.reseal(&primary).await?;
    say(format_args!(
        "key {primary} seals; {} tokens were sealed anew",
        done.sealed
    ));
    if done.changed > 0 {
        say(format_args!(
            "{} were replaced meanwhile: run it again",
            done.changed
        ));
    }
    if done.unreadable > 0 {
        let accounts = done.unreadable;
        return Err(format!(
            "no key of the ring opens the tokens of {accounts} accounts: connect them again"
        )
        .into());
    }
    if options.prune && ours && done.changed == 0 {
        say(format_args!(
            "{} old keys were taken out",
            dir.prune_keys()?
        ));
    }
    Ok(ExitCode::SUCCESS)
}
