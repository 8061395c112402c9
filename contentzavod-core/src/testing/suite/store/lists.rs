//! Reading: by id, in pages, by filters; foreign rows are like missing ones.

use chrono::{DateTime, TimeDelta, Utc};

use super::Fresh;
use super::world::{World, ok, secs};
use crate::model::{AccountId, Cursor, MediaId, PostId, PostStatus, PublicationId, WorkspaceId};
use crate::ports::store::{MediaDeleted, PostFilter, PostView};
use crate::publication::State;
use crate::testing::suite::cases;

cases!(
    "lists", world Fresh:
    foreign_ids_are_like_missing_ones,
    a_post_is_found_by_each_of_its_publications,
    posts_come_newest_time_first,
    pages_meet_without_gap_and_overlap,
    a_page_of_exactly_all_is_the_last,
    each_status_finds_its_posts,
    a_mixed_post_stands_under_its_derived_status,
    an_account_finds_its_posts,
    from_is_in_and_to_is_out,
    filters_narrow_together_and_across_pages,
    posts_that_hold_a_file_are_found,
);

impl World {
    /// A draft that stands in lists at a time.
    async fn timed(&self, at: Option<DateTime<Utc>>) -> PostId {
        let mut new = self.draft(&[&self.account], "a");
        new.post.publish_at = at;
        self.put(new).await.post.id
    }

    async fn list(&self, filter: PostFilter) -> Vec<PostId> {
        let limit = 100;
        let page = self
            .store
            .posts(self.workspace, PostFilter { limit, ..filter });
        let page = ok(page.await);
        assert_eq!(page.next, None, "one page");
        page.items.iter().map(|view| view.post.id).collect()
    }

    /// Every page of a list, each with its size.
    async fn pages(&self, filter: PostFilter) -> (Vec<PostId>, Vec<usize>) {
        let (mut ids, mut sizes) = (Vec::new(), Vec::new());
        let mut after: Option<Cursor> = filter.after;
        loop {
            let filter = PostFilter {
                after,
                ..filter.clone()
            };
            let page = ok(self.store.posts(self.workspace, filter).await);
            sizes.push(page.items.len());
            ids.extend(page.items.iter().map(|view| view.post.id));
            assert!(sizes.len() < 50, "the pages do not end");
            match page.next {
                // The cursor is what the API hands out as text.
                Some(next) => after = Cursor::decode(&next.encode()),
                None => return (ids, sizes),
            }
        }
    }
}

/// Whatever is asked by id, another workspace's rows answer as if they were not there.
pub async fn foreign_ids_are_like_missing_ones(w: World) {
    let theirs = w.beside("2").await;
    let row = theirs.at(State::Failed).await;
    let (mine, s) = (w.workspace, &w.store);
    let now = w.now();
    for id in [row.post, PostId::generate(now)] {
        assert_eq!(ok(s.post(mine, id).await), None);
    }
    for id in [row.id, PublicationId::generate(now)] {
        assert_eq!(ok(s.post_of(mine, id).await), None);
    }
    for id in [theirs.account.id, AccountId::generate(now)] {
        assert_eq!(ok(s.account(mine, id).await), None);
        assert_eq!(ok(s.disconnect(mine, id).await), None);
    }
    for id in [theirs.media.id, MediaId::generate(now)] {
        assert_eq!(ok(s.media(mine, id).await), None);
        assert_eq!(ok(s.posts_using(mine, id).await), []);
        assert_eq!(ok(s.delete_media(mine, id).await), MediaDeleted::Missing);
    }
    let remote = s.account_by_remote(mine, "instagram", "2").await;
    assert_eq!(ok(remote), None);
    assert_eq!(w.list(PostFilter::default()).await, []);
    assert_eq!(theirs.account_now(&theirs.account).await, theirs.account);
    assert_eq!(theirs.read(row.id).await, row);
}

/// `post_of` gives the whole post.
pub async fn a_post_is_found_by_each_of_its_publications(w: World) {
    let other = w.connect("2").await;
    let view = w.put(w.draft(&[&w.account, &other], "a")).await;
    for row in &view.publications {
        let found = ok(w.store.post_of(w.workspace, row.id).await);
        assert_eq!(found.as_ref(), Some(&view));
    }
}

/// By `publish_at`; a draft without one by its making.
pub async fn posts_come_newest_time_first(w: World) {
    let now = w.now();
    let middle = w.timed(None).await;
    let late = w.timed(Some(now + secs(10))).await;
    let early = w.timed(Some(now - secs(10))).await;
    let latest = w.timed(Some(now + secs(20))).await;
    let listed = w.list(PostFilter::default()).await;
    assert_eq!(listed, [latest, late, middle, early]);
}

/// Posts of one and the same time included.
pub async fn pages_meet_without_gap_and_overlap(w: World) {
    let mut all = Vec::new();
    for n in [0, 0, 0, 1, 1, 2, 0] {
        all.push(w.timed(Some(w.now() + secs(n))).await);
    }
    let whole = w.list(PostFilter::default()).await;
    for limit in [1, 2, 3] {
        let filter = PostFilter {
            limit,
            ..PostFilter::default()
        };
        let (ids, sizes) = w.pages(filter).await;
        assert_eq!(ids, whole, "in pages of {limit}");
        assert!(sizes[..sizes.len() - 1].iter().all(|size| *size == limit));
    }
    all.sort_unstable();
    let mut seen = whole;
    seen.sort_unstable();
    assert_eq!(seen, all);
}

/// A full last page has no next one.
pub async fn a_page_of_exactly_all_is_the_last(w: World) {
    for n in 0..4 {
        w.timed(Some(w.now() + secs(n))).await;
    }
    let filter = PostFilter {
        limit: 2,
        ..PostFilter::default()
    };
    assert_eq!(w.pages(filter).await.1, [2, 2]);
}

/// For every state the post is found under the status it causes, and under no other.
pub async fn each_status_finds_its_posts(w: World) {
    let mut rows = Vec::new();
    for (n, state) in State::ALL.iter().enumerate() {
        let account = w.connect(&format!("remote {n}")).await;
        rows.push(w.stand(&account, "a", *state).await);
    }
    for status in PostStatus::ALL {
        let filter = PostFilter {
            status: Some(*status),
            ..PostFilter::default()
        };
        let mut listed = w.list(filter).await;
        listed.sort_unstable();
        let right = rows.iter().filter(|r| status.states().contains(&r.state()));
        let mut expected: Vec<_> = right.map(|r| r.post).collect();
        expected.sort_unstable();
        assert_eq!(listed, expected, "{status:?}");
    }
}

/// The first status that applies, whichever publication causes it.
pub async fn a_mixed_post_stands_under_its_derived_status(w: World) {
    let (two, three) = (w.connect("2").await, w.connect("3").await);
    let new = w.draft(&[&w.account, &two, &three], "a");
    let row = w.stand_as(new, State::Failed).await;
    let view = w.view_of(&row).await;
    let second = w.to(&view, view.publications[1].id, State::Cancelled);
    assert!(w.change(second).await);
    assert_eq!(w.view_of(&row).await.status(), PostStatus::Failed);
    for status in PostStatus::ALL {
        let filter = PostFilter {
            status: Some(*status),
            ..PostFilter::default()
        };
        let found = w.list(filter).await.len();
        assert_eq!(
            found,
            usize::from(*status == PostStatus::Failed),
            "{status:?}"
        );
    }
}

/// Posts with a publication there, each once; of a foreign account none.
pub async fn an_account_finds_its_posts(w: World) {
    let other = w.connect("2").await;
    let both = w.put(w.draft(&[&w.account, &other], "a")).await.post.id;
    let mine = w.put(w.draft(&[&w.account], "a")).await.post.id;
    let theirs = w.beside("3").await;
    theirs.at(State::Draft).await;
    let of = async |account: AccountId| {
        let filter = PostFilter {
            account: Some(account),
            ..PostFilter::default()
        };
        let mut listed = w.list(filter).await;
        listed.sort_unstable();
        listed
    };
    let mut expected = [both, mine];
    expected.sort_unstable();
    assert_eq!(of(w.account.id).await, expected);
    assert_eq!(of(other.id).await, [both]);
    assert_eq!(of(theirs.account.id).await, []);
    assert_eq!(of(AccountId::generate(w.now())).await, []);
}

/// Due at or after `from`, before `to`; a draft without a time is due at none.
pub async fn from_is_in_and_to_is_out(w: World) {
    let now = w.now();
    w.timed(None).await;
    let (one, two) = (
        w.timed(Some(now)).await,
        w.timed(Some(now + secs(10))).await,
    );
    let between = async |from: Option<i64>, to: Option<i64>| {
        let at = |n: i64| now + TimeDelta::milliseconds(n);
        let filter = PostFilter {
            from: from.map(at),
            to: to.map(at),
            ..PostFilter::default()
        };
        w.list(filter).await
    };
    assert_eq!(between(Some(0), None).await, [two, one]);
    assert_eq!(between(Some(1), None).await, [two]);
    assert_eq!(between(None, Some(10_000)).await, [one]);
    assert_eq!(between(None, Some(10_001)).await, [two, one]);
    assert_eq!(between(Some(0), Some(1)).await, [one]);
    assert_eq!(between(Some(1), Some(10_000)).await, []);
}

/// All filters at once, in pages.
pub async fn filters_narrow_together_and_across_pages(w: World) {
    let other = w.connect("2").await;
    let mut expected = Vec::new();
    for n in 0..6 {
        for (account, state) in [
            (&w.account, State::Failed),
            (&w.account, State::Missed),
            (&other, State::Failed),
        ] {
            let mut new = w.draft(&[account], "a");
            new.post.publish_at = Some(w.now() + secs(n));
            let row = w.stand_as(new, state).await;
            if account.id == other.id && (1..5).contains(&n) {
                expected.insert(0, row.post);
            }
        }
    }
    let filter = PostFilter {
        status: Some(PostStatus::Failed),
        account: Some(other.id),
        from: Some(w.now() + secs(1)),
        to: Some(w.now() + secs(5)),
        after: None,
        limit: 3,
    };
    let (ids, sizes) = w.pages(filter.clone()).await;
    assert_eq!((ids, sizes), (expected, vec![3, 1]));
    let nobody = WorkspaceId::generate(w.now());
    assert_eq!(ok(w.store.posts(nobody, filter).await).items, []);
}

/// Those with a publication that still needs it, or a draft: by video and by cover.
pub async fn posts_that_hold_a_file_are_found(w: World) {
    let mut expected = Vec::new();
    for (n, state) in State::ALL.iter().enumerate() {
        let account = w.connect(&format!("remote {n}")).await;
        let row = w.stand(&account, "a", *state).await;
        let over = matches!(
            state,
            State::Failed | State::Missed | State::Published | State::Cancelled
        );
        if !over {
            expected.push(row.post);
        }
    }
    let cover = w.upload().await;
    let mut reel = crate::model::Reel::new(w.upload().await.id, "a");
    reel.cover_media_id = Some(cover.id);
    let content = crate::model::Content::InstagramReel(reel);
    let covered = w.put(w.draft_of(content, &[&w.account])).await;
    let using = async |media: MediaId| -> Vec<PostView> {
        ok(w.store.posts_using(w.workspace, media).await)
    };
    let mut found: Vec<_> = using(w.media.id).await.iter().map(|v| v.post.id).collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(using(cover.id).await, [covered]);
    assert_eq!(using(w.upload().await.id).await, []);
}
