//! The plans of the statements whose cost must not grow with the schedule: no table is read through,
//! nothing is sorted that an index has in order.

use super::open::{self, SqliteOptions};
use super::{account, arm, claim, expiry, fixes, keys, list, media, publication, record};

/// Scans that are as long as the call's own list or a batch, never as the table.
fn bounded(step: &str) -> bool {
    [
        "json_each",
        "VIRTUAL TABLE",
        "SCAN c",
        "SCAN (subquery",
        // The index holds what is open, and no more.
        "SCAN f USING INDEX media_fixes_open",
    ]
    .iter()
    .any(|known| step.contains(known))
}

/// Statement, the indexes it must go by, and whether it may sort a bounded rest.
const CASES: &[(&str, &[&str], bool)] = &[
    (
        claim::DUE,
        &["publications_due", "publications_leased"],
        true,
    ),
    (
        claim::OVERDUE,
        &["publications_due", "publications_leased"],
        true,
    ),
    (
        claim::NEXT_DUE,
        &["publications_due", "publications_leased"],
        false,
    ),
    (record::ROW, &["autoindex_publications"], false),
    (arm::HOLDER, &["autoindex_publications"], false),
    (arm::TWIN, &["publications_twins"], false),
    (arm::UNNAMED, &["publications_unnamed"], false),
    (publication::BOUND, &["publications_bound"], false),
    (account::ENDING, &["accounts_expiry"], false),
    (expiry::FILE, &["post_media_media"], false),
    (expiry::USES, &["post_media_media"], false),
    (media::LIST, &["media_workspace"], false),
    (media::EXPIRE, &["media_expiry"], false),
    (fixes::NEXT, &["media_fixes_open"], false),
    (keys::FIND, &["autoindex_api_keys", "PRIMARY KEY"], false),
    (list::OF_WORKSPACE, &["posts_time"], false),
    (list::OF_STATUS, &["posts_status"], false),
    (list::OF_ACCOUNT, &["publications_account"], false),
    (list::USING, &["post_media_media"], true),
];

#[test]
fn claims_wake_ups_outcomes_and_lists_go_by_their_indexes() {
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteOptions::new(&folder.path().join("db.sqlite"));
    open::migrate(&options).unwrap();
    let conn = options.reading().unwrap();
    for (sql, used, sorts) in CASES {
        let mut explain = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        // Plans do not depend on what is bound.
        let steps = explain.raw_query().mapped(|row| row.get::<_, String>(3));
        let plan: Vec<String> = steps.map(Result::unwrap).collect();
        let text = plan.join("\n");
        for name in *used {
            assert!(text.contains(name), "{name} is not used:\n{text}");
        }
        for step in &plan {
            assert!(
                !step.starts_with("SCAN") || bounded(step),
                "{step}\nin\n{text}"
            );
        }
        assert!(*sorts || !text.contains("TEMP B-TREE"), "{sql}\n{text}");
    }
}
