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
