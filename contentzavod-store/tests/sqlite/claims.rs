//! Claims under contention, lost leases, and rows that do not read.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::TimeDelta;
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{Claim, Fence, PostStore, PublicationStore, Recorded};
use contentzavod_core::publication::{Lane, State};

use super::world::{World, lease, outcome};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_claimers_on_two_handles_get_every_row_exactly_once() {
    const ROWS: usize = 400;
    let world = World::new().await;
    let other = Arc::new(world.another(None).await);
    let account = world.account("1").await;
    let media = world.media().await;
    for n in 0..ROWS {
        let new = world.due(&[&account], media, &n.to_string());
        world.schedule(&new).await;
    }
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..8 {
        let store = Arc::clone(if n % 2 == 0 { &world.store } else { &other });
        tasks.spawn(async move {
            let claim = Claim {
                lane: Lane::Stage,
                lease: lease(),
                limit: 7,
                overdue: None,
            };
            let mut mine = Vec::new();
            loop {
                let claimed = store.claim_due(claim).await.unwrap();
                if claimed.items.is_empty() {
                    return mine;
                }
                assert!(claimed.items.len() <= 7);
                mine.extend(claimed.items.into_iter().map(|i| i.publication));
            }
        });
    }
    let mut seen: HashMap<_, usize> = HashMap::new();
    for publication in tasks.join_all().await.into_iter().flatten() {
        assert_eq!(publication.epoch, 1);
        *seen.entry(publication.id).or_default() += 1;
    }
    assert_eq!(seen.len(), ROWS);
    assert!(seen.values().all(|times| *times == 1));
}

#[tokio::test]
async fn a_lost_lease_counts_and_a_suspect_is_claimed_alone() {
    let world = World::new().await;
    let suspect = world.simple("1").await.publications[0].id;
    for losses in 0..2 {
        let items = world.claim(Lane::Stage, 10).await;
        assert_eq!(items.len(), 1);
        assert_eq!(items[0].publication.losses, losses);
        assert_eq!(items[0].publication.epoch, i64::from(losses) + 1);
        assert!(world.claim(Lane::Stage, 10).await.is_empty());
        world.clock.advance(lease());
    }
    // Two more fall due: later than the suspect, so they wait for it.
    world.simple("2").await;
    world.simple("3").await;
    let items = world.claim(Lane::Stage, 10).await;
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].publication.id, suspect);
    assert_eq!(items[0].publication.losses, 2);
    assert_eq!(items[0].publication, world.row(suspect).await);
    assert_eq!(world.claim(Lane::Stage, 10).await.len(), 2);
    // Its lease ends last, but its look is the oldest: it comes first, alone again.
    world.clock.advance(lease());
    let items = world.claim(Lane::Stage, 10).await;
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].publication.losses, 3);
    let next = outcome(&items[0].publication, |p| p.next_at = Some(world.now()));
    assert_eq!(world.record(next).await, Recorded::Recorded);
    assert_eq!(world.row(suspect).await.losses, 0);
    let items = world.claim(Lane::Stage, 10).await;
    assert_eq!(items.len(), 3, "forgiven, it is one of many");
}

#[tokio::test]
async fn voided_leases_are_losses_and_fall_due_at_once() {
    let world = World::new().await;
    let id = world.simple("1").await.publications[0].id;
    let old = Fence::of(&world.claim(Lane::Stage, 1).await[0].publication);
    assert_eq!(world.store.void_leases().await.unwrap(), 1);
    assert_eq!(world.store.void_leases().await.unwrap(), 0);
    let row = world.row(id).await;
    assert_eq!((row.losses, row.lease_until), (1, None));
    assert_eq!(world.store.renew(&[old], lease()).await.unwrap(), [false]);
    let item = &world.claim(Lane::Stage, 1).await[0];
    assert_eq!(item.publication.losses, 1);
    let fences = [old, Fence::of(&item.publication)];
    let held = world.store.renew(&fences, lease()).await.unwrap();
    assert_eq!(held, [false, true]);
}

#[tokio::test]
async fn the_next_thing_to_do_is_a_look_or_the_end_of_a_lease() {
    let world = World::new().await;
    let next = async || world.store.next_due(Lane::Stage).await.unwrap();
    assert_eq!(next().await, None);
    world.simple("1").await;
    assert_eq!(next().await, Some(world.now()));
    let item = world.claim(Lane::Stage, 1).await.remove(0);
    assert_eq!(next().await, Some(world.now() + lease()));
    let later = world.now() + TimeDelta::hours(1);
    world
        .record(outcome(&item.publication, |p| p.next_at = Some(later)))
        .await;
    assert_eq!(next().await, Some(later));
    assert_eq!(world.store.next_due(Lane::Look).await.unwrap(), None);
}

#[tokio::test]
async fn a_row_that_does_not_read_is_named_and_blocks_nobody() {
    let world = World::new().await;
    let broken = world.simple("1").await;
    world.clock.advance(TimeDelta::seconds(1));
    let good = world.simple("2").await.publications[0].id;
    let id = broken.publications[0].id;
    let raw = world.raw();
    let sql = "UPDATE publications SET progress = '{\"state\":1}' WHERE id = ?1";
    raw.execute(sql, [id.to_string()]).unwrap();
    let items = world.claim(Lane::Stage, 1).await;
    assert!(items.is_empty(), "the first row is the broken one");
    let items = world.claim(Lane::Stage, 1).await;
    assert_eq!(items[0].publication.id, good);
    let read = world.store.post(world.workspace, broken.post.id).await;
    match read {
        Err(StoreError::Corrupt(words)) => {
            assert!(words.contains("publications"), "{words}");
            assert!(words.contains(&id.to_string()), "{words}");
        }
        other => panic!("{other:?}"),
    }
    // Mended, it goes on a minute later.
    let next = serde_json::to_string(&broken.publications[0].progress).unwrap();
    let sql = "UPDATE publications SET progress = ?1 WHERE id = ?2";
    raw.execute(sql, [next, id.to_string()]).unwrap();
    world.clock.advance(TimeDelta::minutes(1));
    let items = world.claim(Lane::Stage, 10).await;
    assert!(items.iter().any(|i| i.publication.id == id));
}

#[tokio::test]
async fn a_row_that_contradicts_itself_is_corrupt() {
    let world = World::new().await;
    let new = world.simple("1").await;
    let raw = world.raw();
    for broken in [
        "UPDATE publications SET state = 'ready'",
        "UPDATE publications SET state = 'gone'",
        "PRAGMA foreign_keys = OFF; UPDATE publications SET account = 'nobody'",
        "UPDATE publications SET state_since = 9223372036854775807",
        "UPDATE publications SET losses = -1",
        "UPDATE posts SET content = '{}'",
        "UPDATE posts SET local_time = 'noon'",
    ] {
        let copy = world.path().with_extension("broken");
        let _ = std::fs::remove_file(&copy);
        raw.execute("VACUUM INTO ?1", [copy.to_str().unwrap()])
            .unwrap();
        let store = open_broken(&world, &copy, broken).await;
        let read = store.post(world.workspace, new.post.id).await;
        assert!(
            matches!(read, Err(StoreError::Corrupt(_))),
            "{broken}: {read:?}"
        );
        store.close().await;
    }
    assert_eq!(
        world.view(new.post.id).await.publications[0].state(),
        State::Scheduled
    );
}

async fn open_broken(
    world: &World,
    path: &std::path::Path,
    sql: &str,
) -> contentzavod_store::SqliteStore {
    let conn = rusqlite::Connection::open(path).unwrap();
    conn.execute_batch(sql).unwrap();
    drop(conn);
    contentzavod_store::SqliteStore::open(path, Arc::clone(&world.clock) as _, Default::default())
        .await
        .unwrap()
}
