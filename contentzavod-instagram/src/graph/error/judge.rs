//! Reads a refusal with the table: what is done, under which code, in which words.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::{Fault, HandleState, HandleStatus};

use super::Refusal;
use super::shape::{Said, status_subcode};
use super::table::{Action, Row, find, find_oauth, name_of};
use crate::graph::scrub;
use crate::words;

/// Where a blocked (app, account) is left alone at least this long.
const WAIT_MIN: TimeDelta = TimeDelta::minutes(5);
/// How long an action blocked as spam is left alone.
const SPAM_PAUSE: TimeDelta = TimeDelta::hours(6);

/// A refusal, read.
pub(super) struct Judged {
    pub(super) action: Action,
    /// The row is the error's own, not a guess from its code or HTTP class.
    pub(super) named: bool,
    pub(super) fault: Fault,
}

impl Refusal {
    pub(super) fn judge(&self) -> Judged {
        let (action, named, mut fault) = match &self.said {
            Said::Graph {
                code,
                subcode,
                transient,
                text,
                ..
            } => self.judge_graph((*code, *subcode), *transient, text.as_deref()),
            Said::OAuth { text } => self.judge_oauth(text),
            Said::Upload {
                retriable,
                kind,
                text,
            } => judge_upload(*retriable, kind, text.as_deref()),
            Said::Plain { text } => self.judge_class(text.as_deref()),
            Said::NoJson => self.judge_gateway(),
        };
        fault.retry_at = self.retry_at(action);
        fault.trace = self.trace();
        fault.remote_time = self.meta.remote_time;
        Judged {
            action,
            named,
            fault,
        }
    }

    fn judge_graph(
        &self,
        (code, subcode): (Option<i64>, Option<i64>),
        transient: bool,
        text: Option<&str>,
    ) -> (Action, bool, Fault) {
        let name = name_of(code, subcode);
        if code == Some(100) && text.is_some_and(|text| text.contains("appsecret_proof")) {
            // Named by its English developer text alone, like those of the code exchange.
            return (Action::Config, false, words::said("instagram.app_secret"));
        }
        let found = find(code, subcode);
        // Unknown to us: the platform's own hint counts for more than a guess of ours.
        match found.filter(|row| !(row.guess && transient)) {
            Some(row) => (row.action, !row.guess, fault_of(row, text).coded(name)),
            None if transient => {
                let (_, _, fault) = self.judge_class(text);
                (Action::Retry, false, fault.coded(name))
            }
            None => {
                let (action, _, fault) = self.judge_class(text);
                let fault = if code.is_some() {
                    fault.coded(name)
                } else {
                    fault
                };
                (action, false, fault)
            }
        }
    }

    fn judge_oauth(&self, text: &str) -> (Action, bool, Fault) {
        match find_oauth(text) {
            Some(row) => {
                let key = format!("instagram.oauth.{}", row.name);
                // Known by its words only: no proof of anything about a publish call.
                (row.action, false, words::said(&key))
            }
            None => self.judge_class(Some(text)),
        }
    }

    /// By the HTTP status alone.
    fn judge_class(&self, text: Option<&str>) -> (Action, bool, Fault) {
        let (action, key) = match self.status {
            429 => (Action::Wait, "instagram.http.busy"),
            500.. => (Action::Retry, "instagram.http.server"),
            _ => (Action::Fix, "instagram.http.refused"),
        };
        let code = format!("instagram.http.{}", self.status);
        (action, false, quoting(words::said(key), text).coded(code))
    }

    /// No JSON: the word of some gateway, never a reason to give up.
    fn judge_gateway(&self) -> (Action, bool, Fault) {
        let action = if self.status == 429 {
            Action::Wait
        } else {
            Action::Retry
        };
        let key = match self.status {
            200..=299 => "instagram.gateway.unreadable",
            300..=399 => "instagram.gateway.redirect",
            _ => "instagram.gateway.error",
        };
        let code = format!("instagram.http.{}", self.status);
        (action, false, words::said(key).coded(code))
    }

    fn retry_at(&self, action: Action) -> Option<DateTime<Utc>> {
        let now = self.meta.now;
        match action {
            Action::Wait => {
                let least = now + self.meta.retry_after.unwrap_or(WAIT_MIN);
                let regain = self.meta.usage.and_then(|u| u.regain_at);
                Some(regain.map_or(least, |at| at.max(least)))
            }
            Action::Spam => Some(now + SPAM_PAUSE),
            // A gateway that is overloaded may say when it will not be.
            _ => self.meta.retry_after.map(|pause| now + pause),
        }
    }

    fn trace(&self) -> Option<String> {
        let own = match &self.said {
            Said::Graph { trace, .. } => trace.as_deref().and_then(scrub::trace),
            _ => None,
        };
        own.or_else(|| self.meta.trace.clone())
    }
}

fn judge_upload(retriable: bool, kind: &str, text: Option<&str>) -> (Action, bool, Fault) {
    let action = match kind {
        "NotAuthorizedError" => Action::Reauth,
        _ if retriable => Action::Retry,
        _ => Action::Recreate,
    };
    let key = if action == Action::Reauth {
        "instagram.upload.token"
    } else {
        "instagram.upload.refused"
    };
    let kind = scrub::trace(kind).unwrap_or_else(|| "unknown".to_owned());
    let code = format!("instagram.upload.{kind}");
    (action, false, quoting(words::said(key), text).coded(code))
}

/// Reads the reason out of a failed container's status text.
pub(crate) fn failed_container(text: Option<&str>) -> HandleStatus {
    let subcode = text.and_then(status_subcode);
    let row = subcode.and_then(|s| find(None, Some(s)));
    let fault = match (row, subcode) {
        (Some(row), _) => fault_of(row, None),
        (None, Some(subcode)) => {
            let fault = words::said("instagram.status.unknown");
            quoting(fault, text).coded(format!("instagram.{subcode}"))
        }
        (None, None) => quoting(words::said("instagram.status.error"), text),
    };
    HandleStatus {
        state: HandleState::Error,
        fault: Some(fault),
        curable: row.is_none_or(|r| curable(r.action)),
        remote_id: None,
    }
}

/// A new container of the same content may do. Unknown causes are tried: nobody sees a container.
const fn curable(action: Action) -> bool {
    !matches!(
        action,
        Action::Fix | Action::User | Action::Spam | Action::Reauth | Action::Grant
    )
}

/// What a row says, with Instagram's own words where they add something.
fn fault_of(row: &Row, text: Option<&str>) -> Fault {
    quoting(words::said(&row.key()), text.filter(|_| row.quote))
}

fn quoting(fault: Fault, text: Option<&str>) -> Fault {
    match text.map(scrub::clean).filter(|t| !t.is_empty()) {
        Some(text) => fault.quoting(text),
        None => fault,
    }
}
