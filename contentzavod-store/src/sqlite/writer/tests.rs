//! Groups as seen from inside: which members share a commit, and what a lost one means.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::ports::{StoreError, SystemClock};
use futures::future::join_all;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};

use super::{Done, GROUP_MAX, Writer};

struct Bench {
    folder: tempfile::TempDir,
    writer: Writer,
}

fn options(folder: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(folder.join("w.sqlite"))
        .create_if_missing(true)
        .foreign_keys(true)
}

impl Bench {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut conn = options(folder.path()).connect().await.unwrap();
        let tables = "CREATE TABLE parent (n INTEGER PRIMARY KEY) STRICT; \
             CREATE TABLE child (n INTEGER PRIMARY KEY, parent INTEGER NOT NULL \
               REFERENCES parent (n) DEFERRABLE INITIALLY DEFERRED) STRICT;";
        sqlx::raw_sql(tables).execute(&mut conn).await.unwrap();
        let clock = Arc::new(SystemClock::new());
        let writer = Writer::start(options(folder.path()), clock, MediaTtl::default());
        Self {
            writer: writer.await.unwrap(),
            folder,
        }
    }

    async fn insert(&self, n: i64) -> Result<i64, StoreError> {
        self.writer
            .write(move |tx| {
                Box::pin(async move {
                    insert(tx.conn, n).await?;
                    Ok(Done::Keep(n))
                })
            })
            .await
    }

    async fn there(&self) -> Vec<i64> {
        let mut conn = options(self.folder.path()).connect().await.unwrap();
        sqlx::query_scalar("SELECT n FROM parent ORDER BY n")
            .fetch_all(&mut conn)
            .await
            .unwrap()
    }
}

async fn insert(conn: &mut SqliteConnection, n: i64) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO parent (n) VALUES (?1)")
        .bind(n)
        .execute(conn)
        .await
        .map(|_| ())
}

#[tokio::test]
async fn a_group_closes_when_it_is_full_or_nobody_waits() {
    let bench = Bench::new().await;
    let most = i64::try_from(GROUP_MAX).unwrap();
    // On one thread all of them stand in the queue before the writer's first turn.
    let answers = join_all((0..most + 40).map(|n| bench.insert(n))).await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(bench.writer.stats().commits, 2);
    assert_eq!(bench.writer.stats().requests, GROUP_MAX as u64 + 40);
    bench.insert(-1).await.unwrap();
    assert_eq!(bench.writer.stats().commits, 3);
}

#[tokio::test]
async fn a_failed_commit_is_everybodys_and_leaves_nothing() {
    let bench = Bench::new().await;
    let orphan = bench.writer.write(|tx| {
        Box::pin(async move {
            // The missing parent shows at the COMMIT only.
            sqlx::query("INSERT INTO child (n, parent) VALUES (1, 999)")
                .execute(tx.conn)
                .await?;
            Ok(Done::Keep(0))
        })
    });
    let (a, orphan, b) = tokio::join!(bench.insert(1), orphan, bench.insert(2));
    for answer in [a, orphan, b] {
        let told = answer.unwrap_err();
        assert!(
            matches!(&told, StoreError::Corrupt(w) if w.contains("FOREIGN KEY")),
            "{told:?}"
        );
    }
    assert!(bench.there().await.is_empty());
    assert_eq!(bench.writer.stats().commits, 0);
    bench.insert(3).await.unwrap();
    assert_eq!(bench.there().await, [3]);
}

#[tokio::test]
async fn a_member_that_fails_panics_or_thinks_better_of_it_is_alone_in_that() {
    let bench = Bench::new().await;
    let panics = bench.writer.write::<i64, _>(|tx| {
        Box::pin(async move {
            insert(tx.conn, 10).await?;
            panic!("a defect")
        })
    });
    let fails = bench.writer.write::<i64, _>(|tx| {
        Box::pin(async move {
            insert(tx.conn, 11).await?;
            insert(tx.conn, 11).await?;
            Ok(Done::Keep(11))
        })
    });
    let discards = bench.writer.write(|tx| {
        Box::pin(async move {
            insert(tx.conn, 12).await?;
            Ok(Done::Discard(12))
        })
    });
    let (a, panics, fails, discards, b) =
        tokio::join!(bench.insert(1), panics, fails, discards, bench.insert(2));
    assert_eq!((a, b), (Ok(1), Ok(2)));
    assert!(matches!(panics, Err(StoreError::Unavailable(w)) if w.contains("panicked")));
    assert!(matches!(fails, Err(StoreError::Corrupt(_))), "{fails:?}");
    assert_eq!(discards, Ok(12));
    assert_eq!(bench.there().await, [1, 2]);
    assert_eq!(bench.writer.stats().commits, 1);
}

#[tokio::test]
async fn when_sqlite_drops_the_transaction_nobody_is_told_otherwise() {
    let bench = Bench::new().await;
    // SQLite does this by itself after some I/O errors.
    let dropped = bench.writer.write::<i64, _>(|tx| {
        Box::pin(async move {
            insert(tx.conn, 10).await?;
            sqlx::query("ROLLBACK").execute(&mut *tx.conn).await?;
            Err(StoreError::Full.into())
        })
    });
    let (a, dropped, b) = tokio::join!(bench.insert(1), dropped, bench.insert(2));
    assert_eq!(a, Err(StoreError::Full));
    assert_eq!(dropped, Err(StoreError::Full));
    // It came after the break: its group is the next one.
    assert_eq!(b, Ok(2));
    assert_eq!(bench.there().await, [2]);
}

#[tokio::test]
async fn a_write_whose_caller_left_is_not_begun() {
    let bench = Bench::new().await;
    let begun = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&begun);
    let left = bench.writer.write(move |_| {
        Box::pin(async move {
            seen.fetch_add(1, Ordering::Relaxed);
            Ok(Done::Keep(()))
        })
    });
    // Polled once, so that it stands in the queue, and dropped.
    assert!(futures::FutureExt::now_or_never(left).is_none());
    bench.insert(1).await.unwrap();
    assert_eq!(begun.load(Ordering::Relaxed), 0);
    assert_eq!(bench.there().await, [1]);
}

#[tokio::test]
async fn another_process_that_writes_too_long_is_told_not_waited_for_ever() {
    let bench = Bench::new().await;
    let mut other = options(bench.folder.path()).connect().await.unwrap();
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .unwrap();
    let impatient = options(bench.folder.path()).busy_timeout(std::time::Duration::ZERO);
    let clock = Arc::new(SystemClock::new());
    let writer = Writer::start(impatient, clock, MediaTtl::default())
        .await
        .unwrap();
    let second = Bench {
        folder: tempfile::tempdir().unwrap(),
        writer,
    };
    let told = second.insert(1).await.unwrap_err();
    assert!(matches!(told, StoreError::Unavailable(_)), "{told:?}");
    sqlx::query("COMMIT").execute(&mut other).await.unwrap();
    second.insert(2).await.unwrap();
    assert_eq!(bench.there().await, [2]);
}
