//! Posts: keys under contention, changes against the engine's, lists.

use std::sync::Arc;

use chrono::TimeDelta;
use contentzavod_core::model::{Content, Cursor, MediaStatus, PostStatus, Reel};
use contentzavod_core::ports::store::{
    Feed, IdempotencyKey, MediaDeleted, MediaStore, PostChange, PostFilter, PostStore, PostView,
    PublicationChange, Recorded, Scheduled,
};
use contentzavod_core::publication::{Event, Lane, State};

use super::world::{World, failed, outcome};

fn unchanged(view: &PostView) -> PostChange {
    PostChange {
        post: view.post.clone(),
        publications: Vec::new(),
        add: Vec::new(),
        remove: Vec::new(),
        delete: false,
    }
}

fn cancelling(world: &World, view: &PostView) -> PostChange {
    let mut change = unchanged(view);
    for row in &view.publications {
        change.publications.push(PublicationChange {
            id: row.id,
            rev: row.rev,
            next: world.next(&row.progress, Event::Cancel),
            caption_key: None,
            notices: Vec::new(),
        });
    }
    change
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_requests_with_one_key_make_one_post() {
    let world = World::new().await;
    let account = world.account("1").await;
    let media = world.media().await;
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..64u8 {
        let new = world.due(&[&account], media, "x");
        let key = IdempotencyKey {
            key: "k".to_owned(),
            fingerprint: [1; 32],
            response: vec![n],
        };
        let store = Arc::clone(&world.store);
        tasks.spawn(async move { (n, store.schedule(new, Some(key)).await.unwrap()) });
    }
    let answers = tasks.join_all().await;
    let created: Vec<_> = answers
        .iter()
        .filter(|(_, a)| *a == Scheduled::Created)
        .collect();
    assert_eq!(created.len(), 1);
    let winner = created[0].0;
    for (n, answer) in &answers {
        if *n != winner {
            assert_eq!(*answer, Scheduled::Replayed(vec![winner]));
        }
    }
    let filter = PostFilter {
        limit: 100,
        ..PostFilter::default()
    };
    let page = world.store.posts(world.workspace, filter).await.unwrap();
    assert_eq!(page.items.len(), 1);
    let other = world.store.replay(world.workspace, "k", [2; 32]).await;
    assert_eq!(other.unwrap(), Some(Scheduled::Mismatch));
    world.clock.advance(TimeDelta::hours(24));
    let old = world.store.replay(world.workspace, "k", [1; 32]).await;
    assert_eq!(old.unwrap(), None);
    assert_eq!(world.store.forget_keys().await.unwrap(), 1);
}

#[tokio::test]
async fn a_change_wins_or_the_engine_does_and_the_loser_is_told() {
    let world = World::new().await;
    let new = world.simple("1").await;
    let id = new.publications[0].id;
    let read = world.view(new.post.id).await;
    let item = world.claim(Lane::Stage, 1).await.remove(0);
    // The claim moved the revision.
    let change = cancelling(&world, &read);
    assert!(!world.store.change(vec![change], None).await.unwrap());
    let read = world.view(new.post.id).await;
    let change = cancelling(&world, &read);
    assert!(
        world
            .store
            .change(vec![change.clone()], None)
            .await
            .unwrap()
    );
    assert!(!world.store.change(vec![change], None).await.unwrap());
    let late = outcome(&item.publication, failed);
    assert_eq!(world.record(late).await, Recorded::Fenced);
    let row = world.row(id).await;
    assert_eq!((row.state(), row.lease_until), (State::Cancelled, None));
    assert_eq!(row.epoch, item.publication.epoch + 1);
    assert_eq!(world.store.last_event().await.unwrap(), 2);
}

#[tokio::test]
async fn of_two_changes_one_that_fails_takes_the_other_back() {
    let world = World::new().await;
    let (a, b) = (world.simple("1").await, world.simple("2").await);
    let media = a.post.content.media_id();
    let (view_a, view_b) = (world.view(a.post.id).await, world.view(b.post.id).await);
    let mut stale = cancelling(&world, &view_b);
    stale.post.rev += 1;
    let place = Some((world.workspace, media));
    let changes = vec![cancelling(&world, &view_a), stale];
    assert!(!world.store.change(changes, place).await.unwrap());
    assert_eq!(world.view(a.post.id).await, view_a);
    // The file of a post that stays cannot go with it.
    let change = unchanged(&view_a);
    assert!(!world.store.change(vec![change], place).await.unwrap());
    let using = world
        .store
        .posts_using(world.workspace, media)
        .await
        .unwrap();
    assert_eq!(using, std::slice::from_ref(&view_a));
    let change = cancelling(&world, &view_a);
    assert!(world.store.change(vec![change], place).await.unwrap());
    let file = world.store.media(world.workspace, media).await.unwrap();
    assert_eq!(file.unwrap().status, MediaStatus::Deleted);
    assert!(
        world
            .store
            .posts_using(world.workspace, media)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_draft_may_change_its_accounts_and_files() {
    let world = World::new().await;
    let [a, b, c] = [
        world.account("1").await,
        world.account("2").await,
        world.account("3").await,
    ];
    let (old, video) = (world.media().await, world.media().await);
    let new = world.draft(&[&a, &b], old, "x");
    world.schedule(&new).await;
    assert_eq!(
        world
            .store
            .delete_media(world.workspace, old)
            .await
            .unwrap(),
        MediaDeleted::InUse
    );
    let view = world.view(new.post.id).await;
    let mut change = unchanged(&view);
    change.post.content = Content::InstagramReel(Reel::new(video, "y"));
    change.post.publish_at = Some(world.now() + TimeDelta::days(1));
    change.remove = vec![(view.publications[0].id, view.publications[0].rev)];
    let mut added = world.due(&[&c], video, "y").publications.remove(0);
    added.post = view.post.id;
    change.add = vec![added.clone()];
    assert!(world.store.change(vec![change], None).await.unwrap());
    let after = world.view(new.post.id).await;
    let accounts: Vec<_> = after.publications.iter().map(|p| p.account).collect();
    assert_eq!(accounts, [b.id, c.id]);
    assert_eq!(after.status(), PostStatus::Scheduled);
    assert_eq!(after.post.rev, view.post.rev + 1);
    let filter = |status| PostFilter {
        status: Some(status),
        account: Some(c.id),
        from: Some(world.now() + TimeDelta::hours(23)),
        limit: 9,
        ..PostFilter::default()
    };
    let page = world
        .store
        .posts(world.workspace, filter(PostStatus::Scheduled));
    assert_eq!(page.await.unwrap().items, [after]);
    let page = world
        .store
        .posts(world.workspace, filter(PostStatus::Draft));
    assert!(page.await.unwrap().items.is_empty());
    // The old file is unused, the new one needed.
    let expiry = async |id| {
        let file = world.store.media(world.workspace, id).await.unwrap();
        file.unwrap().expires_at
    };
    assert_eq!(expiry(old).await, Some(world.now() + TimeDelta::hours(2)));
    assert_eq!(expiry(video).await, None);
}

#[tokio::test]
async fn a_deleted_post_is_out_of_sight_and_out_of_work_but_its_live_id_stays_bound() {
    let world = World::new().await;
    let new = world.simple("1").await;
    world
        .moved(Lane::Stage, |p| {
            p.state = State::Published;
            p.remote_id = Some("m1".to_owned());
        })
        .await;
    let view = world.view(new.post.id).await;
    assert_eq!(view.status(), PostStatus::Published);
    let mut change = unchanged(&view);
    change.delete = true;
    assert!(world.store.change(vec![change], None).await.unwrap());
    let id = new.publications[0].id;
    let workspace = world.workspace;
    assert_eq!(
        world.store.post(workspace, new.post.id).await.unwrap(),
        None
    );
    assert_eq!(world.store.post_of(workspace, id).await.unwrap(), None);
    assert!(world.claim(Lane::Look, 9).await.is_empty());
    let other = world.simple("2").await.publications[0].id;
    let key = &new.publications[0].remote_key;
    use contentzavod_core::ports::store::PublicationStore as _;
    let bound = world
        .store
        .bound_remote_ids(key, other, &["m1".to_owned()])
        .await;
    assert!(bound.unwrap().contains("m1"));
}

#[tokio::test]
async fn what_may_be_on_its_way_is_not_deleted() {
    let world = World::new().await;
    let new = world.simple("1").await;
    world
        .moved(Lane::Stage, |p| {
            p.state = State::Uncertain;
            p.slot = true;
        })
        .await;
    let view = world.view(new.post.id).await;
    let mut change = unchanged(&view);
    change.delete = true;
    assert!(!world.store.change(vec![change], None).await.unwrap());
    assert_eq!(world.view(new.post.id).await, view);
}

#[tokio::test]
async fn a_retry_of_a_post_whose_file_went_meanwhile_is_not_written() {
    let world = World::new().await;
    let new = world.simple("1").await;
    world.moved(Lane::Stage, failed).await;
    let view = world.view(new.post.id).await;
    world.clock.advance(TimeDelta::hours(2));
    assert_eq!(world.store.expire_media(9).await.unwrap(), 1);
    let row = &view.publications[0];
    let mut change = unchanged(&view);
    change.publications = vec![PublicationChange {
        id: row.id,
        rev: row.rev,
        next: world.next(
            &row.progress,
            Event::Retry {
                due: world.now(),
                content_version: None,
            },
        ),
        caption_key: None,
        notices: Vec::new(),
    }];
    assert!(!world.store.change(vec![change], None).await.unwrap());
    assert_eq!(
        world.view(new.post.id).await.publications[0].state(),
        State::Failed
    );
}

#[tokio::test]
async fn pages_meet_without_gap_and_without_overlap() {
    let world = World::new().await;
    let (a, b) = (world.account("1").await, world.account("2").await);
    let media = world.media().await;
    let mut all = Vec::new();
    for n in 0..30 {
        // Groups of three at the same instant: the id decides there.
        if n % 3 == 0 {
            world.clock.advance(TimeDelta::seconds(1));
        }
        let accounts = if n % 2 == 0 { vec![&a] } else { vec![&a, &b] };
        let new = world.due(&accounts, media, &n.to_string());
        world.schedule(&new).await;
        all.push(new.post);
    }
    all.sort_by_key(|p| std::cmp::Reverse((p.publish_at, p.id)));
    for (account, expected) in [(None, 30), (Some(a.id), 30), (Some(b.id), 15)] {
        let mut seen = Vec::new();
        let mut after: Option<Cursor> = None;
        loop {
            let filter = PostFilter {
                account,
                after,
                limit: 4,
                ..PostFilter::default()
            };
            let page = world.store.posts(world.workspace, filter).await.unwrap();
            seen.extend(page.items.into_iter().map(|v| v.post.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen.len(), expected);
        let order: Vec<_> = all
            .iter()
            .map(|p| p.id)
            .filter(|id| seen.contains(id))
            .collect();
        assert_eq!(seen, order);
    }
}
