//! The promise under SIGKILL, in short: the real binary is killed thirty times while a hundred posts
//! fall due, their persons change their minds, and the stand-in platform does everything wrong that
//! it can. `cargo xtask soak kill9` runs longer ones.
//!
//! `CONTENTZAVOD_RELEASE_BIN` names another binary (`cargo xtask test` names the released one),
//! `KILL_SEED` another choice of everything that is left to chance.

use std::time::Duration;

use e2e::process::Binary;
use e2e::soak::judge::End;
use e2e::soak::{self, Settings, report};

/// An unclear outcome is looked at after 5, 35 and 95 s, and may then be sent once more.
const PATIENCE: Duration = Duration::from_secs(150);

#[tokio::test(flavor = "multi_thread")]
async fn thirty_kills_lose_nothing_and_double_nothing() {
    let mut settings = Settings::new(100, 30);
    let seed = std::env::var("KILL_SEED").ok();
    settings.seed = seed.and_then(|text| text.parse().ok()).unwrap_or(7);
    settings.pace = Duration::from_millis(1_800);
    settings.phase = Duration::from_secs(4);
    settings.patience = PATIENCE;
    settings.hurried = true;
    println!("seed {}", settings.seed);
    let binary = Binary::find_released().unwrap();
    let found = soak::run(binary, &settings).await.unwrap();
    println!("{}", report::table(&settings, &found));
    let (verdict, folder) = (&found.verdict, &found.folder);
    assert!(
        verdict.violations.is_empty(),
        "{}\neverything is kept in {folder:?}",
        report::violations(&settings, &found)
    );
    // Nothing was asserted of what nobody did.
    let ended = |end: End| verdict.ends.get(&end).copied().unwrap_or_default();
    assert_eq!(verdict.ends.values().sum::<usize>(), settings.posts);
    assert!(
        ended(End::Published) > settings.posts / 2,
        "{:?}",
        verdict.ends
    );
    assert!(
        found.figures.struck.values().sum::<u64>() > 0,
        "no fault struck"
    );
}
