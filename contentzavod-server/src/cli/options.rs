//! Options that several commands share.

use std::path::PathBuf;

use crate::compose::StartError;
use crate::config::{self, Overrides, Settings};

/// Where settings and data are.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Place {
    /// Folder of database, files and keys.
    #[arg(
        long,
        value_name = "DIR",
        help = "Folder of database, files and keys [default: ./data]"
    )]
    pub(super) data_dir: Option<PathBuf>,
    /// TOML file of settings; CONTENTZAVOD_CONFIG without the flag.
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
}

impl Place {
    /// The settings, flags over environment over file.
    pub(super) fn settings(&self, more: Overrides) -> Result<Settings, StartError> {
        let overrides = Overrides {
            data_dir: self.data_dir.clone(),
            ..more
        };
        let file = self.config.as_deref();
        Ok(config::load(&overrides, config::environment(), file)?)
    }
}
