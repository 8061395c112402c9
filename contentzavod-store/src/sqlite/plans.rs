//! The plans of the statements whose cost must not grow with the schedule: no table is read through,
//! nothing is sorted that an index has in order.

use std::sync::Arc;

use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::ports::SystemClock;
use sqlx::{AssertSqlSafe, Row as _};

use super::{SqliteStore, apply, arm, claim, expiry, list};

async fn plan(store: &SqliteStore, sql: &str) -> Vec<String> {
    let mut snapshot = store.snapshot().await.unwrap();
    let explained = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
    let rows = sqlx::query(explained)
        .fetch_all(&mut *snapshot)
        .await
        .unwrap();
    rows.iter().map(|row| row.get("detail")).collect()
}

/// Scans that are as long as the call's own list, never as the table.
fn bounded(step: &str) -> bool {
    [
        "json_each",
        "VIRTUAL TABLE",
        "SCAN c",
        "SCAN v",
        "SCAN (subquery",
    ]
    .iter()
    .any(|known| step.contains(known))
}

#[tokio::test]
async fn claims_wake_ups_batches_and_lists_go_by_their_indexes() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(SystemClock::new());
    let path = folder.path().join("db.sqlite");
    let store = SqliteStore::open(&path, clock, MediaTtl::default())
        .await
        .unwrap();
    let cases: [(&str, &[&str]); 9] = [
        (arm::TWINS, &["publications_twins"]),
        (expiry::FILES, &["post_media_media"]),
        (expiry::USES, &["post_media_media"]),
        (claim::DUE, &["publications_due", "publications_leased"]),
        (
            claim::NEXT_DUE,
            &["publications_due", "publications_leased"],
        ),
        (apply::WRITE_ROWS, &["SEARCH p USING INDEX"]),
        (list::OF_WORKSPACE, &["posts_time"]),
        (list::OF_STATUS, &["posts_status"]),
        (list::OF_ACCOUNT, &["publications_account"]),
    ];
    for (sql, used) in cases {
        let plan = plan(&store, sql).await;
        let text = plan.join("\n");
        for name in used {
            assert!(text.contains(name), "{name} is not used:\n{text}");
        }
        for step in &plan {
            assert!(
                !step.starts_with("SCAN") || bounded(step),
                "{step}\nin\n{text}"
            );
        }
        if sql != claim::DUE {
            assert!(!text.contains("TEMP B-TREE FOR ORDER BY"), "{text}");
        }
    }
}
