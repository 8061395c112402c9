//! The report: verdict, findings, facts.

use serde::{Deserialize, Serialize};

use crate::facts::Facts;
use crate::finding::Finding;

/// What becomes of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// No rule refuses it.
    Accept,
    /// Refused as it is, but it can be mended without touching picture or sound.
    Fixable,
    /// Refused.
    Reject,
}

/// Rules that can be mended by moving `moov` to the front.
const FIXABLE: &[&str] = &["container.moov_front"];

/// Everything a check showed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// What becomes of the file.
    pub verdict: Verdict,
    /// Every finding, errors first.
    pub findings: Vec<Finding>,
    /// What the file is.
    pub facts: Facts,
}

impl Report {
    /// A report of what was found.
    #[must_use]
    pub fn new(findings: Vec<Finding>, facts: Facts) -> Self {
        Self::judged(findings, facts, true)
    }

    /// The same of a file whose index can be moved, or cannot.
    pub(crate) fn judged(mut findings: Vec<Finding>, facts: Facts, movable: bool) -> Self {
        findings.sort_by_key(|f| f.severity);
        let mut errors = findings.iter().filter(|f| f.is_error()).peekable();
        let verdict = if errors.peek().is_none() {
            Verdict::Accept
        } else if movable && errors.all(|f| FIXABLE.contains(&f.rule.as_str())) {
            Verdict::Fixable
        } else {
            Verdict::Reject
        };
        Self {
            verdict,
            findings,
            facts,
        }
    }
}
