//! Reads a refusal with the table: what is done, under which code, in which words.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::{Fault, HandleState, HandleStatus};

use super::Refusal;
use super::shape::{Said, status_subcode};
use super::table::{Action, Code, Row, find, find_oauth};
use crate::graph::scrub;

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
        let (action, named, code, message) = match &self.said {
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
        let mut fault = Fault::new(code, message);
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
    ) -> (Action, bool, String, String) {
        let name = name_of(code, subcode);
        let found = find(code, subcode);
        // Unknown to us: the platform's own hint counts for more than a guess of ours.
        match found.filter(|row| !(row.guess && transient)) {
            Some(row) => (row.action, !row.guess, name, message(row, text)),
            None if transient => {
                let (_, _, _, words) = self.judge_class(text);
                (Action::Retry, false, name, words)
            }
            None => {
                let (action, _, class, words) = self.judge_class(text);
                let name = if code.is_some() { name } else { class };
                (action, false, name, words)
            }
        }
    }

    fn judge_oauth(&self, text: &str) -> (Action, bool, String, String) {
        match find_oauth(text) {
            Some(row) => {
                let code = format!("instagram.oauth.{}", row.name);
                // Known by its words only: no proof of anything about a publish call.
                (row.action, false, code, row.says.to_owned())
            }
            None => self.judge_class(Some(text)),
        }
    }

    /// By the HTTP status alone.
    fn judge_class(&self, text: Option<&str>) -> (Action, bool, String, String) {
        let (action, says) = match self.status {
            429 => (Action::Wait, "Instagram takes no more calls for now."),
            500.. => (Action::Retry, "Instagram had an internal error."),
            _ => (Action::Fix, "Instagram refused the call."),
        };
        let code = format!("instagram.http.{}", self.status);
        (action, false, code, quoted(says, text))
    }

    /// No JSON: the word of some gateway, never a reason to give up.
    fn judge_gateway(&self) -> (Action, bool, String, String) {
        let action = if self.status == 429 {
            Action::Wait
        } else {
            Action::Retry
        };
        let says = match self.status {
            200..=299 => "Instagram's answer cannot be read.",
            300..=399 => {
                "The address of the Graph API redirects elsewhere; redirects are not followed."
            }
            _ => "Something between here and Instagram answered with an error.",
        };
        let code = format!("instagram.http.{}", self.status);
        (action, false, code, says.to_owned())
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

fn judge_upload(retriable: bool, kind: &str, text: Option<&str>) -> (Action, bool, String, String) {
    let action = match kind {
        "NotAuthorizedError" => Action::Reauth,
        _ if retriable => Action::Retry,
        _ => Action::Recreate,
    };
    let says = if action == Action::Reauth {
        "The access token is not valid for uploads. Connect the account again."
    } else {
        "Instagram did not take the upload."
    };
    let kind = scrub::trace(kind).unwrap_or_else(|| "unknown".to_owned());
    let code = format!("instagram.upload.{kind}");
    (action, false, code, quoted(says, text))
}

/// Reads the reason out of a failed container's status text.
pub(crate) fn failed_container(text: Option<&str>) -> HandleStatus {
    let subcode = text.and_then(status_subcode);
    let row = subcode.and_then(|s| find(None, Some(s)));
    let (code, message) = match (row, subcode) {
        (Some(row), _) => (row_name(row), message(row, None)),
        (None, Some(subcode)) => (
            format!("instagram.{subcode}"),
            quoted("Instagram could not process the media.", text),
        ),
        (None, None) => (
            "instagram.status.error".to_owned(),
            quoted(
                "Instagram could not process the media and names no cause.",
                text,
            ),
        ),
    };
    HandleStatus {
        state: HandleState::Error,
        fault: Some(Fault::new(code, message)),
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

fn message(row: &Row, text: Option<&str>) -> String {
    quoted(row.says, text.filter(|_| row.quote))
}

fn quoted(says: &str, text: Option<&str>) -> String {
    match text.map(scrub::clean).filter(|t| !t.is_empty()) {
        Some(text) => format!("{says} Instagram says: \"{text}\""),
        None => says.to_owned(),
    }
}

/// `instagram.<code>.<subcode>`, without what is missing.
fn name_of(code: Option<i64>, subcode: Option<i64>) -> String {
    let numbers: Vec<String> = [code, subcode]
        .into_iter()
        .flatten()
        .map(|n| n.to_string())
        .collect();
    if numbers.is_empty() {
        return "instagram.unknown".to_owned();
    }
    format!("instagram.{}", numbers.join("."))
}

fn row_name(row: &Row) -> String {
    let code = match row.code {
        Code::Is(code) => Some(code),
        _ => None,
    };
    name_of(code, row.subcode)
}
