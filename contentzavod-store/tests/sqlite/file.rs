//! The file: what survives, who may open it, and its schema.

use std::sync::Arc;

use super::world::{World, failed, outcome};
use chrono::TimeDelta;
use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{
    AccountStore, Feed, MediaStore, PostFilter, PostStore, PublicationStore, Recorded,
};
use contentzavod_core::publication::Lane;
use contentzavod_core::testing::ManualClock;
use contentzavod_store::SqliteStore;

#[tokio::test]
async fn reopening_a_file_keeps_all() {
    let world = World::new().await;
    let new = world.simple("1").await;
    let kept = world.simple("2").await;
    let item = world.claim(Lane::Stage, 1).await.remove(0);
    let ended = outcome(&item.publication, failed);
    assert_eq!(world.record(ended).await, Recorded::Recorded);
    let before = (
        world.view(new.post.id).await,
        world.view(kept.post.id).await,
        world.store.events(None, 0, 100).await.unwrap(),
        world.inbox().await,
        world.store.accounts(world.workspace).await.unwrap(),
        world
            .store
            .media_list(world.workspace, None, 9)
            .await
            .unwrap(),
    );
    assert_eq!(before.2.len(), 3);
    assert_eq!(before.3.len(), 1);
    world.store.close().await;
    let store = world.another(None).await;
    let world = World {
        store: Arc::new(store),
        ..world
    };
    let after = (
        world.view(new.post.id).await,
        world.view(kept.post.id).await,
        world.store.events(None, 0, 100).await.unwrap(),
        world.inbox().await,
        world.store.accounts(world.workspace).await.unwrap(),
        world
            .store
            .media_list(world.workspace, None, 9)
            .await
            .unwrap(),
    );
    assert_eq!(before, after);
    assert_eq!(world.claim(Lane::Stage, 9).await.len(), 1);
}

/// The files as a process leaves them that is killed: nothing closed, nothing brought in from the log.
#[tokio::test]
async fn what_was_answered_is_in_the_files_before_anything_is_closed() {
    let world = World::new().await;
    let new = world.simple("1").await;
    let item = world.claim(Lane::Stage, 1).await.remove(0);
    let left = world.folder.path().join("left.sqlite");
    for end in ["", "-wal"] {
        let from = format!("{}{end}", world.path().display());
        std::fs::copy(from, format!("{}{end}", left.display())).unwrap();
    }
    assert!(
        SqliteStore::pending_migrations(&left)
            .await
            .unwrap()
            .is_empty()
    );
    let clock = Arc::clone(&world.clock);
    let store = SqliteStore::open_existing(&left, clock, MediaTtl::default()).await;
    let store = store.unwrap();
    let view = store.post(world.workspace, new.post.id).await.unwrap();
    assert_eq!(view.unwrap().publications, [item.publication]);
    // The one engine that starts on it takes the lost row up at once.
    assert_eq!(store.void_leases().await.unwrap(), 1);
    store.close().await;
}

#[tokio::test]
async fn two_handles_see_each_others_writes_at_once() {
    let world = World::new().await;
    let other = world.another(None).await;
    let new = world.simple("1").await;
    let read = other.post(world.workspace, new.post.id).await.unwrap();
    assert_eq!(read, Some(world.view(new.post.id).await));
    let media = other.insert_media(world.media_row()).await.unwrap();
    let read = world.store.media(world.workspace, media.id).await.unwrap();
    assert_eq!(read, Some(media));
    other.close().await;
    world.simple("2").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_may_open_a_new_file_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("db.sqlite");
    let opens = (0..8).map(|_| {
        let path = path.clone();
        tokio::spawn(async move {
            let clock = Arc::new(ManualClock::new());
            SqliteStore::open(&path, clock, MediaTtl::default()).await
        })
    });
    for open in opens.collect::<Vec<_>>() {
        let store = open.await.unwrap().unwrap();
        assert_eq!(store.last_event().await.unwrap(), 0);
        store.close().await;
    }
}

#[tokio::test]
async fn migrating_is_apart_from_opening() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("db.sqlite");
    let clock = Arc::new(ManualClock::new());
    let existing = || SqliteStore::open_existing(&path, clock.clone(), MediaTtl::default());
    let refused = |words: &'static str, opened: Result<SqliteStore, StoreError>| match opened {
        Err(StoreError::Unavailable(said)) => assert!(said.contains(words), "{said}"),
        other => panic!("{other:?}"),
    };
    refused("there is no database", existing().await);
    let pending = SqliteStore::pending_migrations(&path).await.unwrap();
    let names = [
        "0001 initial",
        "0002 unnamed",
        "0003 zones",
        "0004 expiry",
        "0005 faststart",
        "0006 fixes",
        "0007 people",
        "0008 rights",
    ];
    assert_eq!(pending, names);
    assert!(!path.exists());
    std::fs::write(&path, b"").unwrap();
    refused("needs to be migrated", existing().await);
    assert_eq!(SqliteStore::migrate(&path).await.unwrap(), pending);
    assert!(SqliteStore::migrate(&path).await.unwrap().is_empty());
    existing().await.unwrap().close().await;

    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute("UPDATE migrations SET sql = sql || ' '", [])
        .unwrap();
    refused("not this version's", existing().await);
    conn.execute("UPDATE migrations SET version = version + 9999", [])
        .unwrap();
    refused("newer version", existing().await);
    let opened = SqliteStore::open(&path, clock.clone(), MediaTtl::default()).await;
    refused("newer version", opened);
}

#[tokio::test]
async fn what_is_no_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    let text = "not a database, and long enough to be taken for one ".repeat(40);
    std::fs::write(&path, &text).unwrap();
    let clock = Arc::new(ManualClock::new());
    let opened = SqliteStore::open(&path, clock, MediaTtl::default()).await;
    assert!(matches!(opened, Err(StoreError::Corrupt(_))), "{opened:?}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    let clock = Arc::new(ManualClock::new());
    let nowhere = folder.path().join("none").join("db.sqlite");
    let opened = SqliteStore::open(&nowhere, clock, MediaTtl::default()).await;
    assert!(
        matches!(opened, Err(StoreError::Unavailable(_))),
        "{opened:?}"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_reads_the_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let world = World::new().await;
    world.simple("1").await;
    let mut seen = 0;
    for entry in std::fs::read_dir(world.folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?}", entry.path());
        seen += 1;
    }
    assert_eq!(seen, 3, "the database, its log and its index");
}

#[tokio::test]
async fn the_file_is_sound_after_mixed_work() {
    let world = World::new().await;
    for n in 0..20 {
        world.simple(&n.to_string()).await;
    }
    for item in world.claim(Lane::Stage, 10).await {
        world.record(outcome(&item.publication, failed)).await;
    }
    world.clock.advance(TimeDelta::hours(3));
    assert_eq!(world.store.expire_media(100).await.unwrap(), 10);
    let filter = PostFilter {
        limit: 100,
        ..PostFilter::default()
    };
    let page = world.store.posts(world.workspace, filter).await.unwrap();
    assert_eq!(page.items.len(), 20);
    let raw = world.raw();
    let text = |sql: &str| -> String { raw.query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(text("PRAGMA integrity_check"), "ok");
    assert_eq!(text("PRAGMA journal_mode"), "wal");
    let mut dangling = raw.prepare("PRAGMA foreign_key_check").unwrap();
    assert!(!dangling.exists([]).unwrap());
    let lax = "SELECT group_concat(name) FROM sqlite_schema \
               WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%STRICT%'";
    let lax: Option<String> = raw.query_row(lax, [], |row| row.get(0)).unwrap();
    assert_eq!(lax, None, "every table is strict");
}

/// The schema is reviewed as text: `UPDATE=1` writes it anew.
#[tokio::test]
async fn the_schema_is_the_reviewed_one() {
    let world = World::new().await;
    let raw = world.raw();
    let mut rows = raw
        .prepare("SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name")
        .unwrap();
    let rows = rows.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let mut schema = String::new();
    for sql in rows {
        schema.push_str(&sql.unwrap());
        schema.push_str(";\n");
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sqlite/schema.sql");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &schema).unwrap();
    }
    let reviewed = std::fs::read_to_string(path).unwrap();
    assert_eq!(schema, reviewed, "run with UPDATE=1 and review the change");
}
