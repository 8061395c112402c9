//! The harness measures what it says: every post goes out once. Nothing is said about time.

use std::collections::HashSet;
use std::time::Duration;

use bench::plan::Plan;
use bench::{engine, floor};
use chrono::TimeDelta;
use contentzavod_core::ports::SystemClock;

fn plan() -> Plan {
    Plan {
        posts: 10,
        lead: TimeDelta::seconds(2),
        apart: TimeDelta::milliseconds(20),
        publish_takes: Duration::from_millis(5),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_engine_fires_every_post_once_and_none_early() {
    let folder = tempfile::tempdir().unwrap();
    let fired = engine::run(folder.path(), plan()).await.unwrap();
    assert_eq!(fired.len(), 10);
    let due: HashSet<_> = fired.iter().map(|f| f.due).collect();
    assert_eq!(due.len(), 10, "each at a time of its own");
    for post in &fired {
        assert_eq!(post.entered.len(), 1, "{post:?}");
        assert!(post.entered[0] >= post.due, "early: {post:?}");
    }
}

#[test]
fn the_floor_claims_every_job_once() {
    let folder = tempfile::tempdir().unwrap();
    let late = floor::run(folder.path(), plan(), &SystemClock::new()).unwrap();
    assert_eq!(late.len(), 10);
    assert!(late.iter().all(|late| *late >= TimeDelta::zero()));
}

/// A small campaign: files are made, checked, copied and moved, and every figure is there.
#[test]
fn the_preflights_figures_are_all_there() {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_bench"));
    let table = bench::preflight::measure(program, 12, 1).unwrap();
    assert_eq!(table.lines().count(), 2 + 8, "{table}");
    assert!(table.contains("bytes read of it"), "{table}");
    // What is not read is what makes it quick.
    let read = table.lines().find(|line| line.contains(" of 1")).unwrap();
    let figures: Vec<u64> = read
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|n| n.parse().ok())
        .collect();
    assert!(figures[0] * 20 < figures[1], "{read}");
}
