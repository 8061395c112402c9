//! The engine's stories on a real SQLite file.

use std::sync::Arc;

use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::ports::{Clock, Store};
use contentzavod_core::testing::ManualClock;
use contentzavod_core::testing::suite::engine::engine;
use contentzavod_store::SqliteStore;

#[tokio::test(flavor = "multi_thread")]
async fn the_stories_of_the_engine() {
    let folder = tempfile::tempdir().unwrap();
    let number = std::sync::atomic::AtomicU32::new(0);
    engine(async || {
        let clock = Arc::new(ManualClock::new());
        let number = number.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let path = folder.path().join(format!("{number}.db"));
        let time = Arc::clone(&clock) as Arc<dyn Clock>;
        let store = SqliteStore::open(&path, time, MediaTtl::default())
            .await
            .unwrap();
        (Arc::new(store) as Arc<dyn Store>, clock)
    })
    .await;
}
