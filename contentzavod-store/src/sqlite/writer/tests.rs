//! Groups as seen from inside: which members share a commit, and what a lost one means.

use std::sync::Arc;
use std::sync::mpsc;

use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::ports::{StoreError, SystemClock};
use futures::future::join_all;
use rusqlite::Connection;

use super::{Done, GROUP_MAX, Tx, Writer};
use crate::sqlite::db::execute;
use crate::sqlite::map::Fault;
use crate::sqlite::open::SqliteOptions;

struct Bench {
    folder: tempfile::TempDir,
    writer: Writer,
}

fn options(folder: &tempfile::TempDir) -> SqliteOptions {
    SqliteOptions::new(&folder.path().join("w.sqlite"))
}

fn start(folder: &tempfile::TempDir) -> Writer {
    let clock = Arc::new(SystemClock::new());
    Writer::start(options(folder), clock, MediaTtl::default()).unwrap()
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let conn = Connection::open(folder.path().join("w.sqlite")).unwrap();
        let tables = "CREATE TABLE parent (n INTEGER PRIMARY KEY) STRICT; \
             CREATE TABLE child (n INTEGER PRIMARY KEY, parent INTEGER NOT NULL \
               REFERENCES parent (n) DEFERRABLE INITIALLY DEFERRED) STRICT;";
        conn.execute_batch(tables).unwrap();
        Self {
            writer: start(&folder),
            folder,
        }
    }

    /// Queues a write; it is sent when first polled.
    async fn insert(&self, n: i64) -> Result<i64, StoreError> {
        self.run(move |tx| insert(tx, n)).await
    }

    async fn run(
        &self,
        work: impl FnOnce(Tx<'_>) -> Result<i64, Fault> + Send + 'static,
    ) -> Result<i64, StoreError> {
        self.writer.write(move |tx| work(tx).map(Done::Keep)).await
    }

    /// Holds the writer inside a group until what is sent here; its own group is empty otherwise.
    fn hold(
        &self,
    ) -> (
        impl Future<Output = Result<i64, StoreError>>,
        mpsc::Sender<()>,
    ) {
        let (go, wait) = mpsc::channel::<()>();
        let held = self.run(move |_| {
            // Ends also when the sender is dropped.
            let _ = wait.recv();
            Ok(0)
        });
        (held, go)
    }

    /// Runs writes as one group: they stand in the queue before the writer looks at the second.
    async fn together<T>(&self, writes: impl Future<Output = T>) -> T {
        let (held, go) = self.hold();
        let release = async {
            // The writes were polled before this: they are queued.
            drop(go);
        };
        let all = async { tokio::join!(biased; held, writes, release) };
        // Otherwise the runtime would interrupt the queueing after a while.
        let (held, written, ()) = tokio::task::unconstrained(all).await;
        let _ = held;
        written
    }

    fn there(&self) -> Vec<i64> {
        let conn = Connection::open(self.folder.path().join("w.sqlite")).unwrap();
        let mut rows = conn.prepare("SELECT n FROM parent ORDER BY n").unwrap();
        let rows = rows.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    fn commits(&self) -> u64 {
        self.writer.stats().commits
    }
}

fn insert(tx: Tx<'_>, n: i64) -> Result<i64, Fault> {
    execute(tx.conn, "INSERT INTO parent (n) VALUES (?1)", [n])?;
    Ok(n)
}

#[tokio::test]
async fn a_group_closes_when_it_is_full_or_nobody_waits() {
    let bench = Bench::new();
    let most = i64::try_from(GROUP_MAX).unwrap();
    let writes = join_all((0..most + 40).map(|n| bench.insert(n)));
    let answers = bench.together(writes).await;
    assert!(answers.iter().all(Result::is_ok));
    // The one that held the writer was the first of the first group.
    assert_eq!(bench.commits(), 2);
    assert_eq!(bench.writer.stats().requests, GROUP_MAX as u64 + 41);
    bench.insert(-1).await.unwrap();
    assert_eq!(bench.commits(), 3);
}

#[tokio::test]
async fn a_pressing_write_goes_before_all_that_wait_and_is_committed_without_them() {
    let bench = Bench::new();
    let count = |tx: Tx<'_>| {
        let rows = tx
            .conn
            .query_row("SELECT count(*) FROM parent", [], |row| row.get(0));
        Ok(Done::Keep(rows?))
    };
    let pressing = bench.writer.write_first(count);
    let others = join_all((0..9).map(|n| bench.insert(n)));
    let writes = async { tokio::join!(biased; others, pressing, bench.insert(9)) };
    let (others, pressing, last): (Vec<_>, Result<i64, _>, _) = bench.together(writes).await;
    assert_eq!(pressing, Ok(0));
    assert_eq!((others.len(), last), (9, Ok(9)));
    assert_eq!(bench.there(), Vec::from_iter(0..10));
    // The held one with the pressing one, then the others.
    assert_eq!(bench.commits(), 2);
}

#[tokio::test]
async fn a_failed_commit_is_everybodys_and_leaves_nothing() {
    let bench = Bench::new();
    let orphan = bench.run(|tx| {
        // The missing parent shows at the COMMIT only.
        let sql = "INSERT INTO child (n, parent) VALUES (1, 999)";
        execute(tx.conn, sql, [])?;
        Ok(0)
    });
    let writes = async { tokio::join!(biased; bench.insert(1), orphan, bench.insert(2)) };
    let (a, orphan, b) = bench.together(writes).await;
    for answer in [a, orphan, b] {
        let told = answer.unwrap_err();
        assert!(
            matches!(&told, StoreError::Corrupt(w) if w.contains("FOREIGN KEY")),
            "{told:?}"
        );
    }
    assert!(bench.there().is_empty());
    assert_eq!(bench.commits(), 0);
    bench.insert(3).await.unwrap();
    assert_eq!(bench.there(), [3]);
}

#[tokio::test]
async fn a_member_that_fails_panics_or_thinks_better_of_it_is_alone_in_that() {
    let bench = Bench::new();
    let panics = bench.run(|tx| {
        insert(tx, 10)?;
        panic!("a defect")
    });
    let fails = bench.run(|tx| {
        insert(tx, 11)?;
        insert(tx, 11)
    });
    let discards = bench.writer.write(|tx| insert(tx, 12).map(Done::Discard));
    let writes =
        async { tokio::join!(biased; bench.insert(1), panics, fails, discards, bench.insert(2)) };
    let (a, panics, fails, discards, b) = bench.together(writes).await;
    assert_eq!((a, b), (Ok(1), Ok(2)));
    assert!(matches!(panics, Err(StoreError::Unavailable(w)) if w.contains("panicked")));
    assert!(matches!(fails, Err(StoreError::Corrupt(_))), "{fails:?}");
    assert_eq!(discards, Ok(12));
    assert_eq!(bench.there(), [1, 2]);
    assert_eq!(bench.commits(), 1);
}

#[tokio::test]
async fn when_sqlite_drops_the_transaction_nobody_is_told_otherwise() {
    let bench = Bench::new();
    // SQLite does this by itself after some I/O errors.
    let dropped = bench.run(|tx| {
        insert(tx, 10)?;
        execute(tx.conn, "ROLLBACK", [])?;
        Err(StoreError::Full.into())
    });
    let writes = async { tokio::join!(biased; bench.insert(1), dropped, bench.insert(2)) };
    let (a, dropped, b) = bench.together(writes).await;
    assert_eq!(a, Err(StoreError::Full));
    assert_eq!(dropped, Err(StoreError::Full));
    // It came after the break: its group is the next one.
    assert_eq!(b, Ok(2));
    assert_eq!(bench.there(), [2]);
}

#[tokio::test]
async fn a_write_whose_caller_left_is_not_begun() {
    let bench = Bench::new();
    let (held, go) = bench.hold();
    let mut held = Box::pin(held);
    assert!(futures::FutureExt::now_or_never(&mut held).is_none());
    // Polled once, so that it stands in the queue, and dropped.
    let left = Box::pin(bench.insert(7));
    assert!(futures::FutureExt::now_or_never(left).is_none());
    drop(go);
    held.await.unwrap();
    bench.insert(1).await.unwrap();
    assert_eq!(bench.there(), [1]);
}

#[tokio::test]
async fn another_process_that_writes_is_waited_for_and_then_told_about() {
    let bench = Bench::new();
    let other = Connection::open(bench.folder.path().join("w.sqlite")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let impatient = bench.run(|tx| {
        tx.conn.busy_timeout(std::time::Duration::ZERO)?;
        Ok(0)
    });
    // The writer waits for the other: it is released when the request stands in the queue.
    let mut impatient = Box::pin(impatient);
    assert!(futures::FutureExt::now_or_never(&mut impatient).is_none());
    other.execute_batch("COMMIT").unwrap();
    impatient.await.unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let told = bench.insert(1).await.unwrap_err();
    assert!(matches!(told, StoreError::Unavailable(_)), "{told:?}");
    other.execute_batch("COMMIT").unwrap();
    bench.insert(2).await.unwrap();
    assert_eq!(bench.there(), [2]);
}
