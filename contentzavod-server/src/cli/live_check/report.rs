//! What was learnt, fit to be shown to anybody: no names, no ids, no addresses, no secrets.

use chrono::{DateTime, SecondsFormat, Utc};
use contentzavod_core::model::Account;
use serde_json::{Map, Value, json};

use crate::config::Settings;

/// The answers, by question.
#[derive(Debug)]
pub(super) struct Report {
    head: Value,
    steps: Vec<Value>,
    answers: Map<String, Value>,
    /// Live once, not early, and read back.
    good: bool,
}

impl Report {
    pub(super) fn new(settings: &Settings, account: &Account, trial: bool) -> Self {
        let graph = settings.graph();
        let families = contentzavod_instagram::Family::parse(&account.login);
        let host = families.and_then(|family| graph.graph_of(family).host_str().map(str::to_owned));
        Self {
            head: json!({
                "contentzavod": env!("CARGO_PKG_VERSION"),
                "api_version": settings.instagram.graph_version,
                "login": account.login,
                "host": host,
                "trial": trial,
            }),
            steps: Vec::new(),
            answers: Map::new(),
            good: false,
        }
    }

    /// A call and how it ended. `code` names an error as the table does.
    pub(super) fn step(&mut self, name: &str, took_ms: i64, code: Option<&str>) {
        self.steps
            .push(json!({ "call": name, "ms": took_ms, "error": code }));
    }

    pub(super) fn answer(&mut self, question: &str, answer: impl Into<Value>) {
        self.answers.insert(question.to_owned(), answer.into());
    }

    pub(super) fn time(&mut self, question: &str, at: DateTime<Utc>) {
        self.answer(question, at.to_rfc3339_opts(SecondsFormat::Millis, true));
    }

    pub(super) const fn good(&mut self) {
        self.good = true;
    }

    pub(super) const fn is_good(&self) -> bool {
        self.good
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "about": self.head,
            "good": self.good,
            "calls": self.steps,
            "answers": self.answers,
        })
    }
}
