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
    /// Rules that are in force once the publication is uncertain.
    pub(crate) also: Vec<Value>,
}

impl Row {
    /// The fault's name.
    pub(crate) fn kind(&self) -> &str {
        self.fault["fault"].as_str().unwrap_or_default()
    }

    /// The rule that strikes an account once.
    pub(crate) fn rule(&self, username: &str) -> Rule {
        let mut rule = self.fault.clone();
        rule["stage"] = json!(self.stage.name());
        rule["count"] = json!(1);
        of_account(rule, username)
    }

    /// The rules once it is uncertain, for an account.
    pub(crate) fn others(&self, username: &str) -> Vec<Rule> {
        let rules = self.also.iter().cloned();
        rules.map(|rule| of_account(rule, username)).collect()
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let call = match self.when {
            When::First => self.stage.name().to_owned(),
            When::Looking => format!("{}?", self.stage.name()),
        };
        write!(f, "{call:<12} {:<62}", self.fault.to_string())?;
        for rule in &self.also {
            write!(f, " with {} {}", rule["stage"], rule["fault"])?;
        }
        Ok(())
    }
}

fn of_account(mut rule: Value, username: &str) -> Rule {
    rule["account"] = json!(username);
    serde_json::from_value(rule).unwrap()
}

/// The calls of a post's way.
const WAY: [(When, Stage); 9] = [
    (When::First, Stage::Create),
    (When::First, Stage::Upload),
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
                    also: Vec::new(),
                };
                if kind.stages.contains(&stage) && tellable(&row) {
                    rows.push(row);
                }
            }
        }
    }
    rows.extend(lies());
    rows
}

/// The publish call has no clear answer, and for a while what could tell is late or silent.
fn lies() -> Vec<Row> {
    let list = json!({ "stage": "recent", "fault": "list_lag", "secs": 120 });
    let silent = json!({ "stage": "status", "fault": "read_refused", "count": 5 });
    let blind = json!({ "stage": "recent", "fault": "read_refused", "count": 4 });
    let mut rows = Vec::new();
    for fault in [
        json!({ "fault": "reply_lost" }),
        json!({ "fault": "dropped" }),
        json!({ "fault": "spam", "live": true }),
        json!({ "fault": "late", "ms": 110_000, "reply": "timeout" }),
        json!({ "fault": "server_error", "status": 500, "after": true }),
    ] {
        for also in [
            vec![list.clone(), silent.clone()],
            vec![list.clone(), blind.clone(), silent.clone()],
        ] {
            rows.push(Row {
                when: When::First,
                stage: Stage::Publish,
                fault: fault.clone(),
                also,
            });
        }
    }
    rows
}

/// Reads and creates that nobody answers end only in real time: half a minute and more each. What a
/// read is answered once it was executed differs in nothing from what it is answered before.
fn tellable(row: &Row) -> bool {
    let writes = matches!(row.stage, Stage::Create | Stage::Upload | Stage::Publish);
    match row.kind() {
        "late" if row.fault["reply"] == "held" => row.stage == Stage::Publish,
        "late" => writes || row.fault["reply"] == "closed" && row.fault["ms"] == 5_000,
        "server_error" => writes || row.fault["after"] == false,
        _ => true,
    }
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
        "cut" => vec![json!({ "bytes": 0 }), json!({ "bytes": 20_000 })],
        "upload_refused" => vec![json!({ "retriable": true }), json!({ "retriable": false })],
        "limited" => vec![
            json!({ "code": 80_002, "minutes": 10 }),
            json!({ "code": 4 }),
        ],
        "usage" => vec![json!({ "percent": 96, "minutes": 5 })],
        "refuse_connection" => vec![json!({ "connections": 1 }), json!({ "secs": 10 })],
        _ => vec![json!({})],
    };
    let named = fields.into_iter().map(|mut fault| {
        fault["fault"] = json!(kind.name);
        fault
    });
    named.collect()
}
