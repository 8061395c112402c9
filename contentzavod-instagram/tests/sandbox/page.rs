//! The page in the documentation says what the table in the code says.

use std::path::Path;

use contentzavod_instagram::sandbox::{FaultPlan, KINDS, Rule, Stage, help, markdown};
use reqwest::Method;
use serde_json::Value;

use crate::bench::bench;

const BEGIN: &str = "<!-- switches -->\n";
const END: &str = "<!-- /switches -->";

/// With `UPDATE_DOCS=1` in the environment the page is written anew.
#[test]
fn the_page_is_that_of_the_table() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/sandbox.md");
    let page = std::fs::read_to_string(&file).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("where the switches begin");
    let (_, after) = rest.split_once(END).expect("where they end");
    let now = format!("{before}{BEGIN}{}{END}{after}", markdown());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&file, &now).unwrap();
    }
    let page = std::fs::read_to_string(&file).unwrap();
    assert!(
        page == now,
        "docs/sandbox.md is not that of the table: UPDATE_DOCS=1 cargo test -p \
         contentzavod-instagram --features sandbox --test sandbox page"
    );
}

/// Lines to copy are plans that are taken.
#[test]
fn every_line_of_the_page_is_a_plan() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/sandbox.md");
    let page = std::fs::read_to_string(file).unwrap();
    let plans: Vec<&str> = page.split("/__faults -d '").skip(1).collect();
    assert_eq!(plans.len(), KINDS.len() + 1);
    for plan in plans {
        let (plan, _) = plan.split_once('\'').expect("its end");
        let read: Result<FaultPlan, _> = serde_json::from_str(plan);
        let read = read.unwrap_or_else(|error| panic!("{plan}: {error}"));
        assert!(!read.rules.is_empty(), "{plan}");
    }
}

#[test]
fn the_help_names_every_stage_switch_and_field() {
    let help = help();
    let words: Vec<&str> = help
        .split([' ', ',', '*', '\n'])
        .filter(|word| !word.is_empty())
        .collect();
    for stage in Stage::ALL {
        assert!(words.contains(&stage.name()), "{}", stage.name());
    }
    for kind in KINDS {
        assert!(words.contains(&kind.name), "{}", kind.name);
        for field in kind.fields {
            assert!(words.contains(&field.name), "{} {}", kind.name, field.name);
        }
    }
}

#[tokio::test]
async fn the_switches_are_listed_over_http() {
    let b = bench().await;
    let listed = b.send(b.request(Method::GET, "/__faults/kinds")).await.body;
    let listed = listed.as_array().unwrap();
    assert_eq!(listed.len(), KINDS.len());
    for (shown, kind) in listed.iter().zip(KINDS) {
        assert_eq!(shown["fault"], kind.name);
        let rule: Rule = serde_json::from_value(shown["example"].clone()).unwrap();
        let stages: Vec<Stage> = serde_json::from_value(shown["stages"].clone()).unwrap();
        assert_eq!(stages, kind.stages);
        assert!(stages.contains(&rule.stage));
        // What is listed is what is taken: each required field is missed, each other is not.
        for field in shown["fields"].as_array().unwrap() {
            let mut without = shown["example"].clone();
            let name = field["name"].as_str().unwrap();
            without.as_object_mut().unwrap().remove(name);
            let taken = serde_json::from_value::<Rule>(without);
            let needed = field["required"].as_bool().unwrap();
            let one_of_two = kind.name == "refuse_connection" && name == "connections";
            assert_eq!(taken.is_err(), needed || one_of_two, "{shown} {name}");
        }
    }
}

/// Plans that are refused, and something that the refusal says.
#[rustfmt::skip]
const WRONG: &[(&str, &str)] = &[
    (r#"[]"#, "a plan is a JSON object"),
    (r#"{ "rulez": [] }"#, "unknown field `rulez`: a plan has seed, second_publish, rules"),
    (r#"{ "seed": -1 }"#, "`seed` must be a whole number"),
    (r#"{ "second_publish": "maybe" }"#, "one of refuse, same_id, duplicate"),
    (r#"{"rules": [{ "fault": "dropped" }]}"#, "rules[0]: `stage` is missing: there are me, create"),
    (r#"{"rules": [{ "stage": "publish" }]}"#, "`fault` is missing: there are reply_lost, dropped"),
    (r#"{"rules": [{ "stage": "x", "fault": "y" }]}"#, "unknown stage `x`"),
    (r#"{"rules": [{ "stage": "x", "fault": "y" }]}"#, "unknown fault `y`"),
    (r#"{"rules": [{ "stage": "publish", "fault": "slow" }]}"#, "`ms` is missing: it must be a whole number from 0"),
    (r#"{"rules": [{ "stage": "publish", "fault": "slow", "ms": "5" }]}"#, "`ms` must be a whole number"),
    (r#"{"rules": [{ "stage": "publish", "fault": "late", "ms": 5, "reply": "no" }]}"#, "`reply` must be one of closed, timeout, held"),
    (r#"{"rules": [{ "stage": "publish", "fault": "server_error", "after": true, "status": 418 }]}"#, "`status` must be one of 500, 502, 503"),
    (r#"{"rules": [{ "stage": "publish", "fault": "spam", "live": 1 }]}"#, "`live` must be true or false"),
    (r#"{"rules": [{ "stage": "status", "fault": "not_ready" }]}"#, "`not_ready` makes no sense at `status`, only at publish"),
    (r#"{"rules": [{ "stage": "publish", "fault": "half", "ms": 1 }]}"#, "unknown field `ms`: a rule of `half` has stage, fault, count"),
    (r#"{"rules": [{ "stage": "publish", "fault": "half", "count": -1 }]}"#, "`count` must be"),
    (r#"{"rules": [{ "stage": "publish", "fault": "half", "probability": 1.5 }]}"#, "`probability` must be a number from 0 to 1"),
    (r#"{"rules": [{ "stage": "publish", "fault": "half", "account": 7 }]}"#, "`account` must be a username"),
    (r#"{"rules": [{ "stage": "connection", "fault": "half" }]}"#, "makes no sense at `connection`"),
    (r#"{"rules": [{ "stage": "connection", "fault": "refuse_connection", "secs": 1, "account": "demo" }]}"#, "belongs to no `account`"),
    (r#"{"rules": [{ "stage": "me", "fault": "refuse_connection" }]}"#, "needs `connections` or `secs`"),
];

/// Every mistake is named at once, with what is known instead.
#[tokio::test]
async fn a_wrong_plan_is_refused_in_words() {
    let b = bench().await;
    for (plan, told) in WRONG {
        let plan: Value = serde_json::from_str(plan).unwrap();
        let request = b.request(Method::POST, "/__faults").json(&plan);
        let reply = b.send(request).await;
        assert_eq!(reply.status, 422, "{plan}: {reply:?}");
        let message = reply.body["message"].as_str().unwrap();
        assert!(message.contains(told), "{plan}: {message}");
    }
}
