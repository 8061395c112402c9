//! A polite end while clients stall.

use std::process::Command;
use std::time::{Duration, Instant};

use e2e::slow::crowd::Crowd;
use e2e::slow::drip::Target;

use crate::story::{until, usage, world};

/// Answers in flight may take 30 s to finish. Clients that stall are not worth that: 5 s, and what a
/// loaded machine adds.
const LIMIT: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn stalled_clients_do_not_hold_the_end_for_the_whole_grace() {
    let mut world = world().await;
    let before = usage(&world);
    let crowd = Crowd::gather(&Target::of(&world.api), 60);
    until("the crowd is there", || {
        usage(&world).files >= before.files + 50
    })
    .await;
    let id = world.server.id().to_string();
    let begun = Instant::now();
    let told = Command::new("sh")
        .args(["-c", &format!("kill -TERM {id}")])
        .status();
    assert!(told.unwrap().success());
    until("the server has ended", || world.server.must_run().is_err()).await;
    assert!(begun.elapsed() < LIMIT, "{}", world.server.log_tail());
    let log = std::fs::read_to_string(world.log()).unwrap();
    assert!(!log.contains("answers in flight are cut"), "{log}");
    assert!(log.contains("no longer listening"), "{log}");
    crowd.disperse().await;
}
