//! The promise under SIGKILL: the real binary is killed ten times while sixty posts fall due, against
//! the stand-in platform in a process of its own. None is lost, none doubled, none early; what went
//! out is read from the stand-in's ledger file, not from what we say of ourselves.
//!
//! `CONTENTZAVOD_BIN` names another binary (one built with `--release`, say), `KILL_SEED` another
//! choice of moments.
#![expect(
    clippy::print_stdout,
    reason = "how long restarts took is for people: no test asserts it"
)]

mod plan;
mod report;
mod story;
mod verdict;

use std::time::{Duration, Instant};

use plan::Random;

/// Uncertain rows are looked at after 15, 45 and 105 s, and an account goes on only after that.
const SETTLING: Duration = Duration::from_secs(240);

#[tokio::test(flavor = "multi_thread")]
async fn ten_kills_lose_nothing_and_double_nothing() {
    let seed = plan::seed();
    println!("seed {seed}");
    let mut random = Random::new(seed);
    let mut world = story::world().await.unwrap();
    let posts = story::schedule(&world, &mut random).await.unwrap();
    let mut lives = Vec::new();
    for moment in plan::kill_moments(&mut random, &posts) {
        lives.push(world.live_until(moment).await.unwrap());
        world.kill_and_restart().unwrap();
    }
    lives.push(world.live_until_ready().await.unwrap());
    let limit = Instant::now() + SETTLING;
    let rows = story::until_settled(&mut world, &posts, limit)
        .await
        .unwrap();
    // Nothing more goes out by itself; what would is caught here.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let told = world.api.notifications().await.unwrap();
    report::restarts(&lives, &told);
    verdict::judge(&posts, &rows, &told, &world.ledger().unwrap());
}
