//! Settings: flags over environment over file, all mistakes named at once.
//!
//! Every setting has one name (`names`), written three ways: `CONTENTZAVOD_INSTAGRAM__APP_ID` in
//! the environment, `app_id` under `[instagram]` in the TOML file, and a flag where the command
//! line has one. A secret may also be read from a file: `…_FILE` in the environment, `…_file` in
//! TOML. An empty variable counts as not set, because container tools pass unset ones so.

mod build;
mod error;
mod layers;
mod names;
mod operator;
mod preflight;
mod reader;
mod settings;
mod shown;
mod sign_in;
mod text;

use std::path::{Path, PathBuf};

pub use error::{ConfigError, Mistake};
pub use operator::OperatorSettings;
pub use settings::{
    Ffmpeg, InstagramSettings, LimitsSettings, LogSettings, MediaSettings, PreflightSettings,
    PublishingSettings, Settings, TlsFiles,
};
pub use shown::Shown;
pub use sign_in::{Newcomers, Place, Provider, ProviderSettings, SignInSettings};
pub(crate) use text::is_loopback;
pub use text::{LogFormat, Rate};

/// What the flags of the command line set; they win over everything else.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// `--data-dir`.
    pub data_dir: Option<PathBuf>,
    /// `--listen`.
    pub listen: Option<String>,
    /// `--public-url`.
    pub public_url: Option<String>,
    /// `--insecure-http`: serve plain HTTP to the network.
    pub insecure_http: bool,
    /// `--sandbox`: the address of a stand-in that plays every outside address of Instagram.
    pub sandbox: Option<String>,
}

/// Reads every setting. `file` is what `--config` names; without it `CONTENTZAVOD_CONFIG` may.
///
/// # Errors
///
/// A [`ConfigError`] with every mistake there is, not only the first.
pub fn load(
    overrides: &Overrides,
    environment: impl Iterator<Item = (String, String)>,
    file: Option<&Path>,
) -> Result<Settings, ConfigError> {
    let mut reader = reader::Reader::default();
    let layers = layers::gather(overrides, environment, file, &mut reader);
    reader.join(layers);
    build::settings(reader, overrides.data_dir.as_deref())
}

/// Reads what the pre-flight differs in, from the environment alone: a command that checks files
/// needs no other setting, and none that is wrong stands in its way.
///
/// # Errors
///
/// A [`ConfigError`] with every mistake in these settings.
pub fn preflight(
    environment: impl Iterator<Item = (String, String)>,
) -> Result<PreflightSettings, ConfigError> {
    let prefix = names::variable("preflight.");
    let environment = environment.filter(|(name, _)| name.starts_with(&prefix));
    let mut reader = reader::Reader::default();
    let layers = layers::gather(&Overrides::default(), environment, None, &mut reader);
    reader.join(layers);
    build::preflight_alone(reader)
}

/// Every variable that has an effect, one a line, for the help of the command line.
#[must_use]
pub fn variables() -> String {
    names::listing()
}

/// The process's environment, for [`load`]. What is not UTF-8 keeps its readable part.
pub fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().map(|(name, value)| {
        let text = |os: std::ffi::OsString| os.to_string_lossy().into_owned();
        (text(name), text(value))
    })
}
