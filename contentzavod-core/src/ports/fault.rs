//! What a platform said when it did not do what was asked.

use std::fmt::{Display, Write as _};

use chrono::{DateTime, Utc};

use crate::model::Lang;
use crate::words::{Args, Words, fill, unnamed};

/// What the platform said when it did not do what was asked. Never holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fault {
    /// A stable code, e.g. `instagram.9.2207042` or `instagram.timeout`.
    pub code: String,
    /// What happened, in plain English.
    pub message: String,
    /// The same in both languages; without them a person reads `message`.
    pub words: Option<&'static Words>,
    /// Values of the placeholders in `words`.
    pub args: Args,
    /// The platform's own words, where they add something for a person.
    pub detail: Option<String>,
    /// Not before this, if the platform said.
    pub retry_at: Option<DateTime<Utc>>,
    /// Names the call to the platform's support.
    pub trace: Option<String>,
    /// The platform's clock, as it said it.
    pub remote_time: Option<DateTime<Utc>>,
}

impl Fault {
    /// A fault in both languages, under their code.
    #[must_use]
    pub fn said(words: &'static Words) -> Self {
        Self {
            code: words.key.to_owned(),
            message: words
                .what(Lang::En)
                .replace("{platform}", unnamed(Lang::En)),
            words: Some(words),
            ..Self::default()
        }
    }

    /// Names the very code, where one text stands for several.
    #[must_use]
    pub fn coded(mut self, code: impl Into<String>) -> Self {
        self.code = code.into();
        self
    }

    /// Adds the value of a placeholder.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        let value = value.into();
        self.message = self.message.replace(&format!("{{{name}}}"), &value);
        self.args.insert(name.to_owned(), value);
        self
    }

    /// Adds the platform's own words.
    #[must_use]
    pub fn quoting(mut self, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let _ = write!(self.message, " \"{detail}\"");
        self.detail = Some(detail);
        self
    }

    /// What happened in a language, with the platform's own words; in English where it has no words.
    #[must_use]
    pub fn says(&self, lang: Lang) -> String {
        let value = |name: &str| match name {
            "platform" => Some(unnamed(lang).to_owned()),
            name => self.args.get(name).cloned(),
        };
        let said = self.words.and_then(|words| fill(words.what(lang), value));
        let Some(said) = said else {
            return self.message.clone();
        };
        match &self.detail {
            Some(detail) => format!("{said} \"{detail}\""),
            None => said,
        }
    }

    /// Adds a technical cause for the log; a person does not read it.
    #[must_use]
    pub fn noting(mut self, cause: impl Display) -> Self {
        let _ = write!(self.message, " ({cause})");
        self
    }

    /// A fault with a code and a message in English only.
    #[must_use]
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            ..Self::default()
        }
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.message, self.code)
    }
}
