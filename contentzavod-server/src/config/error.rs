//! What is wrong with the configuration, as a person reads it.

use std::fmt;

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mistake {
    /// The setting as its writer wrote it: `CONTENTZAVOD_LISTEN`, `--listen`, `listen in my.toml`.
    pub setting: String,
    /// The rule, as what follows the name: `must be …`.
    pub rule: String,
    /// The value; `None` where it is a secret, might be one, or adds nothing.
    pub value: Option<String>,
}

impl Mistake {
    pub(super) fn new(setting: impl Into<String>, rule: impl Into<String>) -> Self {
        Self {
            setting: setting.into(),
            rule: rule.into(),
            value: None,
        }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.setting, self.rule)?;
        match &self.value {
            Some(value) => write!(f, " (it is {value:?})"),
            None => Ok(()),
        }
    }
}

/// Every mistake of a configuration. Shows one a line, and never the value of a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConfigError {
    /// The mistakes; never empty.
    pub mistakes: Vec<Mistake>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration cannot be used:")?;
        for mistake in &self.mistakes {
            write!(f, "\n  - {mistake}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}
