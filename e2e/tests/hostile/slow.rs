//! Three hundred slow clients of every kind, and normal calls beside them.

use std::time::{Duration, Instant};

use e2e::slow::calls::{CALLS, Normal};
use e2e::slow::crowd::Crowd;
use e2e::slow::drip::{KINDS, Kind, Target};

use crate::story::{is_well, parts, until, usage, world};

const CLIENTS: usize = 300;
/// What buffers of so many connections may keep, and much more.
const MEMORY_KIB: u64 = 64 << 10;
/// The deadlines are 10 s for a head and 30 s for a body and for answers that are not read; a
/// loaded machine adds to them.
const DEADLINES: Duration = Duration::from_secs(45);

#[tokio::test(flavor = "multi_thread")]
async fn normal_calls_succeed_beside_a_crowd_that_drips() {
    let mut world = world().await;
    let mut normal = Normal::new(&world).await.unwrap();
    for call in CALLS {
        normal.call(&world, call).await.unwrap();
    }
    let before = usage(&world);

    let crowd = Crowd::gather(&Target::of(&world.api), CLIENTS);
    until("the crowd is there", || {
        usage(&world).files >= before.files + CLIENTS / 2
    })
    .await;
    let begun = Instant::now();
    let all_closed = |crowd: &Crowd| {
        let ends = crowd.ends();
        KINDS.iter().all(|kind| {
            ends.get(kind)
                .is_some_and(|tally| tally.closed >= CLIENTS / KINDS.len())
        })
    };
    while !all_closed(&crowd) {
        for call in CALLS {
            normal.call(&world, call).await.unwrap();
        }
        assert!(
            begun.elapsed() < DEADLINES,
            "still open: {:?}",
            crowd.ends()
        );
    }
    let ends = crowd.ends();
    for (kind, tally) in &ends {
        assert_eq!(tally.unconnected, 0, "{kind:?}");
        // Each was let be slow for a while, and then it was enough.
        let least = if *kind == Kind::Half { 0 } else { 4 };
        assert!(
            tally.longest > Duration::from_secs(least),
            "{kind:?}: {tally:?}"
        );
    }
    crowd.disperse().await;
    until("its sockets are closed", || {
        usage(&world).files <= before.files + 8
    })
    .await;
    until("no part of an upload is left", || parts(&world) == 0).await;
    let after = usage(&world);
    assert!(
        after.rss_kib < before.rss_kib + MEMORY_KIB,
        "{before}, then {after}"
    );
    is_well(&mut world).await;
}

/// More than there are places: whoever waits longest makes room, long before its deadline.
#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_larger_than_the_house_locks_nobody_out() {
    let mut world = world().await;
    let mut normal = Normal::new(&world).await.unwrap();
    let before = usage(&world);
    // The default cap is 1024, and these would hold their places for 30 s: longer than a call waits.
    let kinds = [Kind::Json, Kind::Upload, Kind::Deaf];
    let crowd = Crowd::of(&kinds, &Target::of(&world.api), 1_400);
    until("the house is full", || {
        usage(&world).files >= before.files + 1_000
    })
    .await;
    for _ in 0..5 {
        for call in CALLS {
            normal.call(&world, call).await.unwrap();
        }
    }
    assert!(
        usage(&world).files < before.files + 1_024 + 64,
        "more than the cap"
    );
    crowd.disperse().await;
    until("its sockets are closed", || {
        usage(&world).files <= before.files + 8
    })
    .await;
    is_well(&mut world).await;
}
