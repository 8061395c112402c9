//! A server to be attacked, and what must hold after every attack.

use std::time::{Duration, Instant};

use e2e::process::Binary;
use e2e::slow::usage::Usage;
use e2e::world::{Plan, World};

/// Longer than any of our deadlines.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) async fn world() -> World {
    let binary = Binary::find().unwrap();
    World::new(binary, Plan::default()).await.unwrap()
}

pub(crate) fn usage(world: &World) -> Usage {
    Usage::of(world.server.id()).unwrap()
}

/// It runs, answers, and has neither panicked nor answered 5xx.
pub(crate) async fn is_well(world: &mut World) {
    world.server.must_run().unwrap();
    world.api.rows().await.unwrap();
    let log = std::fs::read_to_string(world.log()).unwrap();
    assert!(!log.contains("panic"), "{log}");
    let counts = world.api.http.get(world.api.url("/metrics"));
    let counts = counts.send().await.unwrap().text().await.unwrap();
    assert!(
        counts.contains("status=\"200\""),
        "no status is counted: {counts}"
    );
    let bad: Vec<_> = counts
        .lines()
        .filter(|l| l.contains("status=\"5"))
        .collect();
    assert!(bad.is_empty(), "{bad:#?}");
}

/// Waits until something holds.
pub(crate) async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "not in time: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Files of uploads that are not finished.
pub(crate) fn parts(world: &World) -> usize {
    let folder = world.data().join("incoming");
    std::fs::read_dir(folder).unwrap().count()
}
