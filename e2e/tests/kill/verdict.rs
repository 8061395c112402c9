//! The ledger against what was scheduled and what the API says became of it.

use std::collections::HashMap;

use chrono::TimeDelta;
use contentzavod_instagram::sandbox::{Entry, Record};
use serde_json::Value;

use crate::plan::Planned;
use e2e::api::Rows;

/// None lost, none doubled, none early, and every person told once.
pub(crate) fn judge(posts: &[Planned], rows: &Rows, told: &[Value], ledger: &[Record]) {
    let live: Vec<&Entry> = ledger.iter().filter_map(Record::entry).collect();
    let mut by_caption: HashMap<&str, Vec<&Entry>> = HashMap::new();
    for entry in &live {
        by_caption.entry(&entry.caption).or_default().push(entry);
    }
    let mut late = Vec::with_capacity(posts.len());
    for post in posts {
        let row = &rows[&post.id];
        let found = by_caption.remove(post.caption.as_str()).unwrap_or_default();
        assert!(found.len() <= 1, "doubled: {found:#?}");
        let Some(entry) = found.first() else {
            panic!("lost: {post:?} {row:#}");
        };
        assert!(!entry.duplicate, "doubled: {entry:?}");
        assert!(entry.at >= post.due, "early: {post:?} {entry:?}");
        assert_eq!(row["status"], "published", "live and not known: {row:#}");
        assert_eq!(row["remote_id"], entry.media, "another post: {row:#}");
        assert_eq!(notices(told, row, "published"), 1, "told: {row:#}");
        late.push(entry.at - post.due);
    }
    assert!(by_caption.is_empty(), "of nobody: {by_caption:#?}");
    assert_eq!(live.len(), posts.len());
    summary(rows, late);
}

/// How often a person was told this of a publication.
fn notices(told: &[Value], row: &Value, kind: &str) -> usize {
    let fits = |n: &&Value| n["publication_id"] == row["id"] && n["kind"] == kind;
    told.iter().filter(fits).count()
}

fn summary(rows: &Rows, mut late: Vec<TimeDelta>) {
    late.sort();
    let ms = |at: usize| late.get(at).map_or(0, TimeDelta::num_milliseconds);
    let sends = |row: &&Value| row["sends"].as_u64().unwrap_or_default() > 1;
    println!(
        "{} posts once each; late p50 {} ms, max {} ms; {} sent again after their sender was killed",
        late.len(),
        ms(late.len() / 2),
        ms(late.len().saturating_sub(1)),
        rows.values().filter(sends).count()
    );
}
