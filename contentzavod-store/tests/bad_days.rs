//! The running engine when what stands around it misbehaves: the store, the publisher, the source
//! of tokens. Time is a manual clock that runs as fast as the machine allows.
#![cfg(feature = "sqlite")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

#[path = "bad_days/clocks.rs"]
mod clocks;
#[path = "bad_days/ends.rs"]
mod ends;
#[path = "bad_days/limits.rs"]
mod limits;
#[path = "bad_days/rights.rs"]
mod rights;
#[path = "bad_days/store.rs"]
mod store;
#[path = "bad_days/tokens.rs"]
mod tokens;

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::engine::Engine;
use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::model::{EventKind, NoticeKind};
use contentzavod_core::ports::Clock;
use contentzavod_core::ports::store::{Feed, PostView};
use contentzavod_core::publication::{Numbers, State};
use contentzavod_core::testing::{FakeBlobs, FakePublisher, FakeVault, ManualClock, Rig};
use contentzavod_store::SqliteStore;
use tokio_util::sync::CancellationToken;

use store::Shaky;
use tokens::Tokens;

/// A rig whose own engine rests: another one runs, over a store, a publisher and tokens of ours.
struct Day {
    rig: Rig,
    store: Arc<Shaky>,
    publisher: Arc<FakePublisher>,
    tokens: Arc<Tokens>,
    _folder: tempfile::TempDir,
}

impl Day {
    async fn new(twist: impl FnOnce(FakePublisher) -> FakePublisher) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::new());
        let time = Arc::clone(&clock) as Arc<dyn Clock>;
        let path = folder.path().join("db.sqlite");
        let inner = SqliteStore::open(&path, Arc::clone(&time), MediaTtl::default());
        let inner = Arc::new(inner.await.unwrap());
        let fake = twist(FakePublisher::staging(Arc::clone(&time)));
        let rig = Rig::new(inner.clone(), clock, fake, Numbers::default()).await;
        Self {
            store: Arc::new(Shaky::new(inner)),
            publisher: rig.publisher.clone(),
            tokens: Arc::default(),
            rig,
            _folder: folder,
        }
    }

    fn engine(&self) -> Engine {
        let clock = Arc::clone(&self.rig.clock);
        let parts = (Arc::new(FakeVault), Arc::new(FakeBlobs::default()));
        Engine::builder(self.store.clone(), parts.0, parts.1, clock)
            .publisher(self.publisher.clone())
            .access(self.tokens.clone())
            .build()
            .unwrap()
    }

    /// Lets so much time pass, none of it while the engine waits for the database: on a machine
    /// that is busy, too, what is late is late by the engine's doing. On one thread, a wait of a
    /// moment lets every task run that can.
    async fn pass(&self, span: TimeDelta) {
        let clock = &self.rig.clock;
        let end = clock.now() + span;
        while clock.now() < end {
            tokio::time::sleep(Duration::from_millis(2)).await;
            if !self.store.is_busy() {
                clock.advance(TimeDelta::milliseconds(100));
            }
        }
    }

    /// Runs the engine for so long.
    async fn run(&self, span: TimeDelta) {
        let (engine, shutdown) = (self.engine(), CancellationToken::new());
        let running = tokio::spawn({
            let shutdown = shutdown.clone();
            async move { engine.run(shutdown).await }
        });
        self.pass(span).await;
        shutdown.cancel();
        running.await.unwrap().unwrap();
    }

    async fn post(&self, after: TimeDelta) -> PostView {
        let account = self.rig.account("1").await;
        self.rig.schedule(account, "Hello", after).await
    }

    /// How late the only post went out.
    fn lateness(&self, post: &PostView) -> TimeDelta {
        let live = self.rig.publisher.live();
        assert_eq!(live.len(), 1, "{live:?}");
        live[0].at - post.publications[0].progress.due_at
    }

    /// The states it went through.
    async fn states(&self) -> Vec<State> {
        let events = self.store.events(None, 0, 1000).await.unwrap();
        let to = events.into_iter().filter_map(|e| match e.kind {
            EventKind::Publication { to, .. } => Some(to),
            _ => None,
        });
        to.collect()
    }
}

fn secs(n: i64) -> TimeDelta {
    TimeDelta::seconds(n)
}

#[tokio::test]
async fn a_store_that_does_not_write_for_a_moment_delays_by_that_moment() {
    let day = Day::new(|fake| fake).await;
    let post = day.post(secs(60)).await;
    // Every outcome fails twice, those of the arm among them.
    day.store.fail_each.store(2, Relaxed);
    day.run(secs(90)).await;
    assert!(day.lateness(&post) < secs(2), "{}", day.lateness(&post));
    assert_eq!(day.rig.state(&post).await, State::Published);
    assert!(!day.states().await.contains(&State::Uncertain));
}

/// The arm is in the database, and its engine hears an error: it reads the row again, finds itself
/// armed at its own epoch, and fires on time.
#[tokio::test]
async fn an_arm_whose_commit_is_not_heard_is_found_and_fires_once() {
    let day = Day::new(|fake| fake).await;
    let post = day.post(secs(60)).await;
    day.run(secs(50)).await;
    day.store.deaf.store(true, Relaxed);
    day.store.fail_each.store(1, Relaxed);
    day.run(secs(30)).await;
    assert!(day.lateness(&post) < secs(2), "{}", day.lateness(&post));
    assert_eq!(day.rig.state(&post).await, State::Published);
    assert!(!day.states().await.contains(&State::Uncertain));
}

#[tokio::test]
async fn a_loop_that_panics_begins_anew() {
    let day = Day::new(|fake| fake).await;
    let post = day.post(secs(60)).await;
    day.store.panic_claims.store(3, Relaxed);
    day.run(secs(80)).await;
    assert!(day.lateness(&post) < secs(5), "{}", day.lateness(&post));
}

/// A host that drops the run instead of ending it has stopped the engine all the same.
#[tokio::test]
async fn nothing_goes_on_after_the_run_is_dropped() {
    let day = Day::new(|fake| fake).await;
    let post = day.post(secs(60)).await;
    let engine = day.engine();
    let running = tokio::spawn(async move { engine.run(CancellationToken::new()).await });
    // Armed, and a moment before it is fired.
    day.pass(TimeDelta::milliseconds(59_500)).await;
    running.abort();
    let _ = running.await;
    day.pass(secs(120)).await;
    assert!(day.rig.publisher.live().is_empty());
    // The next engine finds out that nothing left, and sends it.
    day.run(secs(800)).await;
    assert_eq!(day.rig.state(&post).await, State::Published);
}

#[tokio::test]
async fn a_call_that_hangs_does_not_hold_its_row() {
    let day = Day::new(|fake| fake).await;
    let post = day.post(secs(300)).await;
    day.rig.publisher.hang(1);
    day.run(secs(310)).await;
    assert!(day.lateness(&post) < secs(2), "{}", day.lateness(&post));
}

#[tokio::test]
async fn a_source_of_tokens_that_hangs_lets_no_call_leave_late_and_unheld() {
    let day = Day::new(|fake| fake).await;
    let post = day.post(secs(60)).await;
    day.run(secs(57)).await;
    day.tokens.hang.store(3, Relaxed);
    day.run(secs(60)).await;
    let late = day.lateness(&post);
    assert!(late > secs(5) && late < secs(50), "{late}");
    let row = day.rig.publication(&post).await;
    assert_eq!(
        (row.state(), row.progress.send_count()),
        (State::Published, 1)
    );
}

#[tokio::test]
async fn a_platform_whose_call_takes_long_gets_a_lease_that_lasts() {
    let day = Day::new(|fake| fake.publishing_for(secs(100), secs(120))).await;
    let post = day.post(secs(10)).await;
    day.run(secs(150)).await;
    assert_eq!(day.rig.state(&post).await, State::Published);
    assert!(!day.states().await.contains(&State::Uncertain));
}

#[tokio::test]
async fn a_row_that_no_publisher_serves_is_told_as_missed() {
    let mut day = Day::new(|fake| fake).await;
    let time = Arc::clone(&day.rig.clock) as Arc<dyn Clock>;
    day.publisher = Arc::new(FakePublisher::staging(time).serving("elsewhere"));
    let post = day.post(secs(60)).await;
    day.run(secs(60)).await;
    assert_eq!(day.rig.state(&post).await, State::Scheduled);
    let row = day.rig.publication(&post).await;
    assert_eq!(row.losses, 0, "nothing was lost on it");
    assert_eq!(row.progress.trouble.unwrap().code, "engine.no_publisher");
    day.rig.clock.advance(TimeDelta::hours(7));
    day.run(secs(5)).await;
    assert_eq!(day.rig.state(&post).await, State::Missed);
    let inbox = day
        .rig
        .app
        .notifications(day.rig.actor, 0, 9)
        .await
        .unwrap();
    assert_eq!(inbox[0].notice.kind, NoticeKind::Missed);
}
