//! What was found, and how it is told.

use serde_json::{Value, json};

use crate::cli::say;
use crate::config::Shown;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Ok,
    Note,
    Warning,
    Error,
}

impl Level {
    const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One finding.
#[derive(Debug)]
pub(super) struct Found {
    check: String,
    level: Level,
    message: String,
    todo: Option<String>,
}

impl Found {
    /// Adds what to do about it.
    pub(super) fn todo(&mut self, what: &str) {
        self.todo = Some(what.to_owned());
    }
}

/// Everything that was found, in order.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// The configuration in force.
    pub(super) configuration: Vec<Shown>,
    found: Vec<Found>,
}

impl Report {
    pub(super) fn ok(&mut self, check: &str, message: &str) {
        self.push(check, Level::Ok, message);
    }

    #[must_use = "say what to do about it"]
    pub(super) fn note(&mut self, check: &str, message: &str) -> &mut Found {
        self.push(check, Level::Note, message)
    }

    #[must_use = "say what to do about it"]
    pub(super) fn warning(&mut self, check: &str, message: &str) -> &mut Found {
        self.push(check, Level::Warning, message)
    }

    #[must_use = "say what to do about it"]
    pub(super) fn error(&mut self, check: &str, message: &str) -> &mut Found {
        self.push(check, Level::Error, message)
    }

    #[expect(clippy::indexing_slicing, reason = "it was pushed just now")]
    fn push(&mut self, check: &str, level: Level, message: &str) -> &mut Found {
        self.found.push(Found {
            check: check.to_owned(),
            level,
            message: message.to_owned(),
            todo: None,
        });
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// Nothing is wrong; warnings are not.
    pub(super) fn is_well(&self) -> bool {
        self.found.iter().all(|found| found.level != Level::Error)
    }

    /// Tells it on stdout.
    pub(super) fn say(&self, as_json: bool) {
        if as_json {
            say(self.json());
            return;
        }
        say("configuration");
        for setting in &self.configuration {
            let origin = setting.origin.as_deref().unwrap_or("usual");
            // What nobody set and nothing holds for is no news.
            if setting.origin.is_some() || setting.value != "not set" {
                let name = setting.name.trim_start_matches("CONTENTZAVOD_");
                say(format_args!("  {name:<30} {} ({origin})", setting.value));
            }
        }
        say("checks");
        for found in &self.found {
            let level = found.level.word();
            say(format_args!(
                "  {level:<8} {}: {}",
                found.check, found.message
            ));
            if let Some(todo) = &found.todo {
                say(format_args!("           what to do: {todo}"));
            }
        }
    }

    fn json(&self) -> Value {
        let configuration: Vec<Value> = self
            .configuration
            .iter()
            .map(|s| json!({ "name": s.name, "value": s.value, "origin": s.origin }))
            .collect();
        let checks: Vec<Value> = self.found.iter().map(Found::json).collect();
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "well": self.is_well(),
            "configuration": configuration,
            "checks": checks,
        })
    }
}

impl Found {
    fn json(&self) -> Value {
        let mut value = json!({
            "check": self.check,
            "level": self.level.word(),
            "message": self.message,
        });
        if let Some(todo) = &self.todo {
            value["todo"] = json!(todo);
        }
        value
    }
}
