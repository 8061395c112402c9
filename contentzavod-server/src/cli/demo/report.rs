//! What the demo shows at its end: lateness, receipt, and the ledger's word on it.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::stage::Stage;
use super::steps::Steps;
use crate::cli::say;

/// Later than this the demo failed.
const LATE_MAX: TimeDelta = TimeDelta::seconds(1);

/// What was played.
#[derive(Debug)]
pub(super) struct Played {
    pub(super) receipt: Value,
    pub(super) due: DateTime<Utc>,
    /// Since when it could have gone out.
    pub(super) ready: DateTime<Utc>,
}

/// Whether the promise was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Good,
    Bad,
}

/// Shows what came of it; the last line compares the ledger with the receipt.
pub(super) fn compare(stage: &Stage, steps: &Steps, played: &Played) -> Verdict {
    let receipt = &played.receipt;
    let text = |name: &str| receipt[name].as_str().unwrap_or_default();
    let sent = text("sent_at").parse::<DateTime<Utc>>().ok();
    let late = sent.map(|sent| sent - played.due.max(played.ready));
    let shown = late.map_or_else(
        || "?".to_owned(),
        |late| late.num_milliseconds().to_string(),
    );
    steps.step("lateness", &format!("{shown} ms"));
    steps.step("permalink", text("permalink"));
    steps.step("receipt", "");
    say(serde_json::to_string_pretty(receipt).unwrap_or_default());
    let ledger = stage.ledger();
    let mut wrong = Vec::new();
    let [entry] = ledger.as_slice() else {
        let count = ledger.len();
        say(format_args!(
            "\nNOT GOOD: the ledger has {count} publications"
        ));
        return Verdict::Bad;
    };
    let mut hold = |good: bool, what: &'static str| {
        if !good {
            wrong.push(what);
        }
    };
    hold(entry.sha256 == text("sha256"), "other bytes");
    hold(entry.media == text("remote_id"), "another media id");
    hold(entry.permalink == text("permalink"), "another permalink");
    hold(entry.container == text("container_id"), "another container");
    hold(entry.at >= played.due, "early");
    hold(late.is_some_and(|late| late <= LATE_MAX), "late");
    if wrong.is_empty() {
        say(format_args!(
            "\nledger and receipt agree: published once, the same bytes, not early, {shown} ms late"
        ));
        return Verdict::Good;
    }
    say(format_args!(
        "\nNOT GOOD: ledger and receipt differ: {}",
        wrong.join(", ")
    ));
    Verdict::Bad
}
