//! The joined layers: values by name, and the mistakes found while reading them.

use std::collections::{BTreeMap, BTreeSet};

use config::Config;

use super::error::{ConfigError, Mistake};
use super::layers::{Layer, as_text, flatten};
use super::names::{self, NAMES, Name, Use};

/// A value and where it was written.
struct Found {
    origin: String,
    text: String,
    secret: bool,
}

impl Found {
    /// The value if it may be shown: an address with a user may hold a password.
    fn shown(&self) -> Option<String> {
        let harmless = !self.secret && !self.text.contains('@');
        harmless.then(|| self.text.clone())
    }
}

/// Reads values, and collects what is wrong instead of stopping there.
#[derive(Default)]
pub(super) struct Reader {
    found: BTreeMap<&'static str, Found>,
    /// Origins whose value is the path of a file that holds the value.
    files: BTreeSet<String>,
    mistakes: Vec<Mistake>,
    warnings: Vec<String>,
}

impl Reader {
    pub(super) fn report(&mut self, mistake: Mistake) {
        self.mistakes.push(mistake);
    }

    pub(super) fn warn(&mut self, warning: String) {
        self.warnings.push(warning);
    }

    pub(super) fn points_to_file(&mut self, origin: &str) {
        self.files.insert(origin.to_owned());
    }

    /// Joins the layers; the last one wins. Only then are files of secrets read.
    pub(super) fn join(&mut self, layers: [Layer; 3]) {
        let joined = layers
            .into_iter()
            .fold(Config::builder(), |builder, layer| {
                builder.add_source(layer)
            })
            .build()
            .and_then(|config| config.cache.into_table());
        let values = match joined {
            Ok(table) => flatten(table),
            Err(error) => return self.report(Mistake::new("The configuration", error.to_string())),
        };
        for (path, value) in values {
            let known = NAMES.iter().find(|name| name.path == path);
            let origin = value.origin().unwrap_or(&path).to_owned();
            if let (Some(name), Some(text)) = (known, as_text(value)) {
                self.take(name, origin, text);
            }
        }
    }

    fn take(&mut self, name: &'static Name, origin: String, text: String) {
        let text = if self.files.contains(&origin) {
            match std::fs::read_to_string(&text) {
                Ok(inside) => inside.trim_end_matches(['\r', '\n']).to_owned(),
                Err(error) => {
                    let rule = format!("must be the path of a file, which cannot be read: {error}");
                    let mut mistake = Mistake::new(origin, rule);
                    // What does not look like a path may be the secret itself.
                    mistake.value = Some(text).filter(|text| text.starts_with(['/', '.']));
                    return self.report(mistake);
                }
            }
        } else {
            text
        };
        if name.used == Use::Later {
            let text = format!("{origin} is set, but this version does not use it yet");
            self.warn(text);
        }
        let secret = name.secret;
        let found = Found {
            origin,
            text,
            secret,
        };
        self.found.insert(name.path, found);
    }

    /// What `parse` makes of a value; `None` when it is not set, or wrong and reported.
    pub(super) fn read<T>(
        &mut self,
        path: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        debug_assert!(NAMES.iter().any(|name| name.path == path), "{path}");
        match parse(&self.found.get(path)?.text) {
            Ok(value) => Some(value),
            Err(rule) => {
                self.wrong(path, &rule);
                None
            }
        }
    }

    /// Where a value was written.
    pub(super) fn origin(&self, path: &str) -> Option<String> {
        Some(self.found.get(path)?.origin.clone())
    }

    pub(super) fn is_set(&self, path: &str) -> bool {
        self.found.contains_key(path)
    }

    /// Reports a rule that a value breaks.
    pub(super) fn wrong(&mut self, path: &str, rule: &str) {
        let found = self.found.get(path);
        let setting = found.map_or_else(|| names::variable(path), |found| found.origin.clone());
        let mut mistake = Mistake::new(setting, rule);
        mistake.value = found.and_then(Found::shown);
        self.report(mistake);
    }

    /// The warnings, or every mistake.
    pub(super) fn finish(self) -> Result<Vec<String>, ConfigError> {
        if self.mistakes.is_empty() {
            return Ok(self.warnings);
        }
        Err(ConfigError {
            mistakes: self.mistakes,
        })
    }
}
