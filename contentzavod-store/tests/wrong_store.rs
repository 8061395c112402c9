//! The store's suite catches stores that break one rule each: a wrapper of the store on SQLite that
//! is right but for one thing, and for each such thing the rule that must notice.
#![cfg(feature = "sqlite")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

#[path = "wrong_store/accounts.rs"]
mod accounts;
#[path = "wrong_store/crooked.rs"]
mod crooked;
#[path = "wrong_store/expected.rs"]
mod expected;
#[path = "wrong_store/files.rs"]
mod files;
#[path = "wrong_store/fixes.rs"]
mod fixes;
#[path = "wrong_store/keys.rs"]
mod keys;
#[path = "wrong_store/posts.rs"]
mod posts;
#[path = "wrong_store/publications.rs"]
mod publications;
#[path = "wrong_store/rest.rs"]
mod rest;
#[path = "wrong_store/rights.rs"]
mod rights;
#[path = "wrong_store/sessions.rs"]
mod sessions;

use std::path::Path;
use std::sync::Arc;

use contentzavod_core::ports::{Clock, Store};
use contentzavod_core::testing::ManualClock;
use contentzavod_core::testing::suite::store::{Fresh, TTL, cases};
use contentzavod_core::testing::suite::{Broken, named, verdict};
use contentzavod_store::SqliteStore;
use futures::{StreamExt, stream};

use crooked::Crooked;
use crooked::Wrong::{self, Nothing};
use expected::EXPECTED;

async fn crooked(folder: &Path, number: usize, wrong: Wrong) -> Fresh {
    let clock = Arc::new(ManualClock::new());
    let path = folder.join(format!("{number}.db"));
    let time = Arc::clone(&clock) as Arc<dyn Clock>;
    let inner = SqliteStore::open(&path, time, TTL).await.unwrap();
    let store = Crooked::new(Arc::new(inner), wrong);
    (Arc::new(store) as Arc<dyn Store>, clock)
}

/// The verdicts of rules on crooked stores, in order.
async fn verdicts(pairs: Vec<(Wrong, &'static str)>) -> Vec<Result<(), Broken>> {
    let folder = tempfile::tempdir().unwrap();
    let (cases, path) = (&cases(), folder.path());
    stream::iter(pairs.into_iter().enumerate())
        .map(async |(number, (wrong, rule))| {
            let fresh = crooked(path, number, wrong).await;
            verdict(&named(cases, rule), fresh).await
        })
        .buffered(8)
        .collect()
        .await
}

fn pairs() -> impl Iterator<Item = (Wrong, &'static str)> {
    let rules = |(wrong, rules): &(Wrong, &'static [&'static str])| {
        let wrong = *wrong;
        rules.iter().map(move |rule| (wrong, *rule))
    };
    EXPECTED.iter().flat_map(rules)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_wrong_store_is_caught_by_the_rules_it_breaks() {
    let pairs: Vec<_> = pairs().collect();
    let verdicts = verdicts(pairs.clone()).await;
    let missed: Vec<_> = pairs
        .iter()
        .zip(verdicts)
        .filter(|(_, verdict)| verdict.is_ok())
        .map(|(pair, _)| pair)
        .collect();
    assert!(missed.is_empty(), "not caught: {missed:?}");
}

/// The wrapper itself breaks nothing: its faults are what the suite sees.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_store_without_a_fault_passes() {
    let pairs: Vec<_> = pairs().map(|(_, rule)| (Nothing, rule)).collect();
    let broken: Vec<_> = verdicts(pairs)
        .await
        .into_iter()
        .filter_map(Result::err)
        .collect();
    assert_eq!(broken, []);
}
