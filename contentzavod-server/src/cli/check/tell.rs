//! What was found, for people and for programs.

use std::path::Path;

use contentzavod_preflight::{Facts, Finding, Report, Verdict};
use serde_json::json;

use super::Checked;
use crate::cli::say;

pub(super) fn one(path: &Path, report: &Report, as_json: bool) {
    let name = path.display();
    if as_json {
        return say(json!({
            "file": name.to_string(),
            "verdict": report.verdict,
            "rules": rules(report, true),
            "warnings": rules(report, false),
            "findings": report.findings,
            "facts": report.facts,
        }));
    }
    let verdict = match report.verdict {
        Verdict::Accept => "would be taken",
        Verdict::Fixable => "would be refused; --fix mends it without touching picture and sound",
        Verdict::Reject => "would be refused",
    };
    say(format_args!("{name}: {verdict}"));
    say(format_args!("  {}", facts(&report.facts)));
    for finding in &report.findings {
        for line in words(finding) {
            say(format_args!("  {line}"));
        }
    }
}

/// What the file is, in one line.
fn facts(facts: &Facts) -> String {
    let mut words = vec![indicatif::DecimalBytes(facts.bytes).to_string()];
    if let Some(ms) = facts.duration_ms {
        words.push(format!("{}.{:03} s", ms / 1000, ms % 1000));
    }
    if let (Some(width), Some(height)) = (facts.width, facts.height) {
        words.push(format!("{width}x{height}"));
    }
    words.extend(facts.video.as_ref().map(|video| video.codec.clone()));
    words.extend(facts.audio.as_ref().map(|audio| audio.codec.clone()));
    words.join(", ")
}

/// A finding in lines.
fn words(finding: &Finding) -> Vec<String> {
    let sign = if finding.is_error() {
        "error"
    } else {
        "warning"
    };
    let mut lines = vec![format!("{sign} {}: {}", finding.rule, finding.message)];
    lines.extend(finding.fix.as_ref().map(|fix| format!("  → {fix}")));
    lines
}

/// One line a file.
pub(super) fn table(all: &[Checked]) {
    let names: Vec<String> = all.iter().map(|c| c.file.display().to_string()).collect();
    let widest = names.iter().map(|name| name.chars().count()).max();
    let widest = widest.unwrap_or_default();
    say("");
    for (name, checked) in names.iter().zip(all) {
        let verdict = match checked.report.verdict {
            Verdict::Accept => "accept",
            Verdict::Fixable => "fixable",
            Verdict::Reject => "reject",
        };
        let rules = rules(&checked.report, true).join(" ");
        let line = format!("{verdict:<8} {name:<widest$}  {rules}");
        say(line.trim_end());
    }
}

/// Ids of rules that refuse, or of those that warn.
fn rules(report: &Report, errors: bool) -> Vec<&str> {
    let findings = report.findings.iter();
    let these = findings.filter(|finding| finding.is_error() == errors);
    these.map(|finding| finding.rule.as_str()).collect()
}
