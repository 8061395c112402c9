//! The matrix: which fault strikes which call.

use std::fmt;

use contentzavod_instagram::sandbox::{KINDS, Kind, Rule, Stage};
use serde_json::{Value, json};

/// When a fault strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// At the first call of its stage.
    First,
    /// At the first call of its stage after the answer of the publish call was lost.
    Looking,
}

/// One story.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) when: When,
    pub(crate) stage: Stage,
    pub(crate) fault: Value,
}

impl Row {
    /// The fault's name.
    pub(crate) fn kind(&self) -> &str {
        self.fault["fault"].as_str().unwrap_or_default()
    }

    /// The rule that strikes once.
    pub(crate) fn rule(&self) -> Rule {
        let mut rule = self.fault.clone();
        rule["stage"] = json!(self.stage.name());
        rule["count"] = json!(1);
        serde_json::from_value(rule).unwrap()
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let call = match self.when {
            When::First => self.stage.name().to_owned(),
            When::Looking => format!("{}?", self.stage.name()),
        };
        write!(f, "{call:<12} {:<62}", self.fault.to_string())
    }
}

/// The calls of a post's way.
const WAY: [(When, Stage); 8] = [
    (When::First, Stage::Create),
    (When::First, Stage::Status),
    (When::First, Stage::Recent),
    (When::First, Stage::Quota),
    (When::First, Stage::Publish),
    (When::First, Stage::Permalink),
    (When::Looking, Stage::Status),
    (When::Looking, Stage::Recent),
];

/// Every fault at every call of the way where it makes sense.
pub(crate) fn all() -> Vec<Row> {
    let mut rows = Vec::new();
    for kind in KINDS {
        for fault in variants(kind) {
            for (when, stage) in WAY {
                let row = Row {
                    when,
                    stage,
                    fault: fault.clone(),
                };
                if kind.stages.contains(&stage) && bearable(&row) {
                    rows.push(row);
                }
            }
        }
    }
    rows
}

/// Reads and creates that nobody answers end only in real time: half a minute and more each.
fn bearable(row: &Row) -> bool {
    row.fault["reply"] != "held" || row.stage == Stage::Publish
}

/// The values of a kind's fields that differ in what they do.
fn variants(kind: &Kind) -> Vec<Value> {
    let fields = match kind.name {
        "slow" => vec![json!({ "ms": 2_000 })],
        "late" => vec![
            json!({ "ms": 5_000, "reply": "closed" }),
            json!({ "ms": 5_000, "reply": "timeout" }),
            json!({ "ms": 5_000, "reply": "held" }),
            json!({ "ms": 110_000, "reply": "closed" }),
        ],
        "server_error" => vec![
            json!({ "status": 500, "after": true }),
            json!({ "status": 500, "after": false }),
            json!({ "status": 502, "after": true }),
            json!({ "status": 503, "after": false }),
        ],
        "spam" => vec![json!({ "live": true }), json!({ "live": false })],
        "quota" => vec![json!({ "secs": 0 }), json!({ "secs": 3_600 })],
        "token_death" => vec![json!({ "subcode": 463 }), json!({ "subcode": 0 })],
        "list_lag" => vec![json!({ "secs": 120 })],
        "container_error" => vec![
            json!({ "subcode": 2_207_076 }),
            json!({ "subcode": 2_207_026 }),
        ],
        "expired" => vec![json!({ "secs": 0 })],
        "garbage" => ["noise", "html", "empty", "cut", "duplicate_keys"]
            .map(|body| json!({ "body": body }))
            .to_vec(),
        "huge" => vec![json!({ "mb": 2 })],
        "slow_body" => vec![json!({ "ms": 10 })],
        "wrong_date" => vec![json!({ "secs": 7_200 }), json!({ "secs": -7_200 })],
        "refuse_connection" => vec![json!({ "connections": 1 }), json!({ "secs": 10 })],
        _ => vec![json!({})],
    };
    let named = fields.into_iter().map(|mut fault| {
        fault["fault"] = json!(kind.name);
        fault
    });
    named.collect()
}
