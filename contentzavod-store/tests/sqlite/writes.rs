//! The writer: groups, members that fail, a full disk, closing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use contentzavod_core::model::{User, UserId, Workspace, WorkspaceId};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{
    Feed, IdempotencyKey, MediaStore, PostStore, Scheduled, UserStore,
};

use super::world::World;

fn person(world: &World, name: &str) -> (User, Workspace) {
    let now = world.now();
    let user = User {
        id: UserId::generate(now),
        name: name.to_owned(),
        locale: "en".to_owned(),
        created_at: now,
    };
    let workspace = Workspace {
        id: WorkspaceId::generate(now),
        name: name.to_owned(),
        timezone: "UTC".to_owned(),
        created_at: now,
    };
    (user, workspace)
}

#[tokio::test]
async fn waiting_writes_share_commits_and_one_that_fails_takes_back_only_itself() {
    const WRITES: u64 = 600;
    let world = World::new().await;
    let (first, place) = person(&world, "first");
    let (twin, _) = person(&world, "twin");
    world
        .store
        .create_user(first.clone(), place.clone())
        .await
        .unwrap();
    let before = world.store.write_stats();
    // Nobody can write until all of them stand in the queue.
    let raw = world.raw();
    raw.execute_batch("BEGIN IMMEDIATE").unwrap();
    let queued = Arc::new(AtomicU64::new(0));
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..WRITES {
        let queued = Arc::clone(&queued);
        let store = Arc::clone(&world.store);
        // Every hundredth has a workspace that is taken: its user was written before that shows.
        let (user, workspace) = match n % 100 {
            50 => (person(&world, "late").0, place.clone()),
            _ => person(&world, &n.to_string()),
        };
        tasks.spawn(async move {
            let id = user.id;
            queued.fetch_add(1, Ordering::Relaxed);
            (n, id, store.create_user(user, workspace).await)
        });
    }
    // On one thread a task that has counted has also queued its write.
    while queued.load(Ordering::Relaxed) < WRITES {
        tokio::task::yield_now().await;
    }
    raw.execute_batch("COMMIT").unwrap();
    for (n, id, written) in tasks.join_all().await {
        let found = world.store.user(id).await.unwrap();
        if n % 100 == 50 {
            assert!(
                matches!(written, Err(StoreError::Corrupt(_))),
                "{written:?}"
            );
            assert_eq!(found, None, "nothing of it was written");
        } else {
            assert_eq!(written, Ok(()));
            assert_eq!(found.map(|u| u.name), Some(n.to_string()));
        }
    }
    assert_eq!(world.store.user(twin.id).await.unwrap(), None);
    let after = world.store.write_stats();
    assert_eq!(after.requests - before.requests, WRITES);
    // 256, 256, the rest.
    assert_eq!(after.commits - before.commits, 3);
}

#[tokio::test]
async fn a_full_disk_is_told_and_nothing_is_half_written() {
    let world = World::new().await;
    let account = world.account("1").await;
    let media = world.media().await;
    let raw = world.raw();
    let pages: u32 = raw
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    let store = world.another(Some(pages + 6)).await;
    let mut written = Vec::new();
    let refused = loop {
        let new = world.due(&[&account], media, &"long caption ".repeat(100));
        let key = IdempotencyKey {
            key: new.post.id.to_string(),
            fingerprint: [1; 32],
            response: vec![7; 3000],
        };
        match store.schedule(new.clone(), Some(key)).await {
            Ok(scheduled) => {
                assert_eq!(scheduled, Scheduled::Created);
                written.push(new);
            }
            Err(error) => {
                assert_eq!(error, StoreError::Full);
                break new;
            }
        }
    };
    assert!(!written.is_empty());
    let again = store.insert_media(world.media_row()).await;
    let id = refused.post.id;
    assert_eq!(store.post(world.workspace, id).await.unwrap(), None);
    let replayed = store
        .replay(world.workspace, &id.to_string(), [1; 32])
        .await;
    assert_eq!(replayed.unwrap(), None);
    assert_eq!(store.last_event().await.unwrap(), written.len() as i64);
    for new in &written {
        let view = store.post(world.workspace, new.post.id).await.unwrap();
        assert_eq!(view.unwrap().post, new.post);
    }
    // With room again, everything works.
    assert!(matches!(again, Ok(_) | Err(StoreError::Full)), "{again:?}");
    world.schedule(&refused).await;
    assert_eq!(
        world.store.last_event().await.unwrap(),
        written.len() as i64 + 1
    );
    let sound: String = raw
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(sound, "ok");
}

#[tokio::test]
async fn in_a_full_group_every_answer_is_true() {
    let world = World::new().await;
    let account = world.account("1").await;
    let media = world.media().await;
    let raw = world.raw();
    let pages: u32 = raw
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    let store = Arc::new(world.another(Some(pages + 20)).await);
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..60 {
        let new = world.due(&[&account], media, &"long caption ".repeat(100));
        let store = Arc::clone(&store);
        tasks.spawn(async move {
            let id = new.post.id;
            (id, store.schedule(new, None).await)
        });
    }
    let mut full = 0;
    for (id, answer) in tasks.join_all().await {
        let there = store.post(world.workspace, id).await.unwrap().is_some();
        match answer {
            Ok(scheduled) => assert!(there && scheduled == Scheduled::Created),
            Err(error) => {
                assert_eq!(error, StoreError::Full);
                assert!(!there);
                full += 1;
            }
        }
    }
    assert!(full > 0, "the group was meant not to fit");
}

#[tokio::test]
async fn a_closed_store_says_so() {
    let world = World::new().await;
    let store = Arc::clone(&world.store);
    let row = world.media_row();
    let queued = tokio::spawn(async move { store.insert_media(row).await });
    tokio::task::yield_now().await;
    world.store.close().await;
    // What was queued is answered; what comes later is refused.
    let queued = queued.await.unwrap();
    assert!(queued.is_ok(), "{queued:?}");
    let late = world.store.insert_media(world.media_row()).await;
    assert!(matches!(late, Err(StoreError::Unavailable(_))), "{late:?}");
    let read = world.store.last_event().await;
    assert!(matches!(read, Err(StoreError::Unavailable(_))), "{read:?}");
    world.store.close().await;
}
