//! Random work of persons and engines, and what must be true after every step of it: everything
//! that is derived in transactions equals what is derived from scratch.

use std::collections::{BTreeMap, BTreeSet};

use super::world::{World, armed, lease, ready};
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::EventKind;
use contentzavod_core::model::retention::{self, MediaTtl};
use contentzavod_core::model::{Account, MediaId, MediaStatus, NoticeKind, PostId, Publication};
use contentzavod_core::ports::store::{
    AccountStore, Feed, Fence, MediaStore, Outcome, PostChange, PostFilter, PostStore, PostView,
    PublicationChange, PublicationStore, Recorded,
};
use contentzavod_core::publication::{Lane, State};

/// Small numbers without a pattern, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).unwrap()
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())]
    }
}

struct Play {
    world: World,
    dice: Dice,
    accounts: Vec<Account>,
    files: Vec<MediaId>,
    held: Vec<(Fence, Publication)>,
    /// Rows of posts that were deleted, in the state they had.
    buried: BTreeMap<MediaId, Vec<(State, DateTime<Utc>)>>,
}

const STATES: &[State] = &[
    State::Scheduled,
    State::Preparing,
    State::Ready,
    State::WaitingAccount,
    State::Armed,
    State::Uncertain,
    State::NeedsReview,
    State::Published,
    State::Failed,
    State::Missed,
];

impl Play {
    async fn new(seed: u64) -> Self {
        let world = World::new().await;
        let mut accounts = Vec::new();
        for n in 0..3 {
            accounts.push(world.account(&n.to_string()).await);
        }
        Self {
            world,
            dice: Dice(seed),
            accounts,
            files: Vec::new(),
            held: Vec::new(),
            buried: BTreeMap::new(),
        }
    }

    async fn step(&mut self) {
        match self.dice.roll(11) {
            0 | 10 => self.upload().await,
            1 | 2 => self.schedule().await,
            3 | 4 => self.claim().await,
            5..=7 => self.record().await,
            8 => self.change().await,
            _ => {
                let seconds = self.dice.roll(3000) as i64;
                self.world.clock.advance(TimeDelta::seconds(seconds));
                self.world.store.expire_media(100).await.unwrap();
            }
        }
    }

    async fn upload(&mut self) {
        self.files.push(self.world.media().await);
    }

    async fn schedule(&mut self) {
        if self.files.is_empty() {
            return;
        }
        // Few posts share a file, so that clocks start often.
        let newest = self.files.len().saturating_sub(2);
        let file = self.dice.pick(&self.files[newest..]);
        let first = self.dice.roll(self.accounts.len());
        let mut on = vec![&self.accounts[first]];
        if self.dice.roll(3) == 0 {
            on.push(&self.accounts[(first + 1) % self.accounts.len()]);
        }
        let new = match self.dice.roll(4) {
            0 => self.world.draft(&on, file, "x"),
            _ => self.world.due(&on, file, "x"),
        };
        // A file may be gone by now: then nothing is written.
        self.world.store.schedule(new, None).await.unwrap();
    }

    async fn claim(&mut self) {
        let lane = self.dice.pick(&Lane::ALL);
        for item in self.world.claim(lane, 3).await {
            let publication = item.publication;
            self.held.push((Fence::of(&publication), publication));
        }
    }

    async fn record(&mut self) {
        let mut outcomes = Vec::new();
        for _ in 0..=self.dice.roll(4) {
            if self.held.is_empty() {
                break;
            }
            let at = self.dice.roll(self.held.len());
            let (fence, publication) = self.held.swap_remove(at);
            outcomes.push(self.outcome(fence, &publication));
        }
        self.world.store.record(outcomes).await.unwrap();
    }

    fn outcome(&mut self, fence: Fence, publication: &Publication) -> Outcome {
        let now = self.world.now();
        let mut next = publication.progress.clone();
        match self.dice.pick(STATES) {
            State::Ready => ready(&mut next, now),
            State::Armed => {
                ready(&mut next, now);
                armed(&mut next, now);
            }
            state => {
                next.state = state;
                next.slot = state == State::Uncertain && self.dice.roll(2) == 0;
                // An ended row comes back by a person only, who is told when its file is gone.
                let ended = !state.is_pre_arm() && !state.is_armed_side();
                next.next_at = (!ended).then_some(now + TimeDelta::seconds(60));
                next.check = None;
            }
        }
        let lease = (self.dice.roll(2) == 0).then(lease);
        Outcome {
            fence,
            next,
            lease,
            notices: Vec::new(),
            account: None,
        }
    }

    async fn change(&mut self) {
        let views = self.views().await;
        if views.is_empty() {
            return;
        }
        let view = &views[self.dice.roll(views.len())];
        let kind = self.dice.roll(4);
        let mut change = PostChange {
            post: view.post.clone(),
            publications: Vec::new(),
            add: Vec::new(),
            remove: Vec::new(),
            delete: kind == 0,
        };
        if kind == 1 && !self.files.is_empty() {
            let file = self.dice.pick(&self.files);
            change.post.content = change.post.content.with_media(file);
        }
        for row in view.publications.iter().filter(|_| kind > 0) {
            let mut next = row.progress.clone();
            next.state = self.dice.pick(&[State::Scheduled, State::Cancelled]);
            next.slot = false;
            next.next_at = (next.state == State::Scheduled).then(|| self.world.now());
            change.publications.push(PublicationChange {
                id: row.id,
                rev: row.rev,
                next,
                caption_key: None,
                notices: Vec::new(),
            });
        }
        let deleted = change.delete.then(|| view.clone());
        if self.world.store.change(vec![change], None).await.unwrap()
            && let Some(view) = deleted
        {
            let uses = self.buried.entry(view.post.content.media_id()).or_default();
            let ended = view.publications.iter().filter(|p| p.state().is_final());
            uses.extend(ended.map(|p| (p.state(), p.state_since)));
        }
    }

    async fn views(&self) -> Vec<PostView> {
        let filter = PostFilter {
            limit: 10_000,
            ..PostFilter::default()
        };
        let page = self.world.store.posts(self.world.workspace, filter).await;
        page.unwrap().items
    }

    /// Everything derived equals what is derived from scratch.
    async fn check(&self) {
        let views = self.views().await;
        self.check_files(&views).await;
        self.check_slots(&views);
        self.check_statuses(&views);
        self.check_events(&views).await;
    }

    async fn check_files(&self, views: &[PostView]) {
        let ttl = MediaTtl::default();
        for id in &self.files {
            let file = self.world.store.media(self.world.workspace, *id).await;
            let file = file.unwrap().unwrap();
            let uses = views.iter().filter(|v| v.post.content.media_id() == *id);
            let uses = uses.flat_map(|v| &v.publications);
            let mut uses: Vec<_> = uses.map(|p| (p.state(), p.state_since)).collect();
            uses.extend(self.buried.get(id).into_iter().flatten());
            if file.status == MediaStatus::Ready {
                let expected = retention::expires_at(file.created_at, &uses, &ttl);
                assert_eq!(file.expires_at, expected, "{id} {uses:?}");
            } else {
                let needed = |s| retention::Hold::of(s) == retention::Hold::Needed;
                assert!(!uses.iter().any(|(s, _)| needed(*s)), "{id} {uses:?}");
            }
        }
    }

    fn check_slots(&self, views: &[PostView]) {
        let mut held = BTreeSet::new();
        for row in views.iter().flat_map(|v| &v.publications) {
            if row.progress.slot {
                assert!(held.insert(&row.remote_key), "{row:?}");
            } else {
                assert_ne!(row.state(), State::Armed, "{row:?}");
            }
        }
    }

    fn check_statuses(&self, views: &[PostView]) {
        let raw = self.world.raw();
        let mut rows = raw
            .prepare("SELECT id, status FROM posts WHERE deleted_at IS NULL")
            .unwrap();
        let rows = rows
            .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))
            .unwrap();
        let stored: BTreeMap<PostId, String> = rows
            .map(Result::unwrap)
            .map(|(id, status)| (id.parse().unwrap(), status))
            .collect();
        let derived: BTreeMap<PostId, String> = views
            .iter()
            .map(|v| (v.post.id, v.status().as_str().to_owned()))
            .collect();
        assert_eq!(stored, derived);
    }

    /// The feed, played from its start, leads to the states of now.
    async fn check_events(&self, views: &[PostView]) {
        let mut states = BTreeMap::new();
        let mut last = 0;
        for event in self.world.store.events(None, 0, 100_000).await.unwrap() {
            assert!(event.seq > last);
            last = event.seq;
            let EventKind::Publication {
                publication,
                from,
                to,
                ..
            } = event.kind
            else {
                panic!("{event:?}");
            };
            let known = states.insert(publication, to).unwrap_or(State::Draft);
            assert_eq!(known, from);
        }
        for row in views.iter().flat_map(|v| &v.publications) {
            let told = states.get(&row.id).copied().unwrap_or(State::Draft);
            assert_eq!(told, row.state());
        }
        assert_eq!(self.world.store.last_event().await.unwrap(), last);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_derived_stays_true_under_random_work() {
    let mut told = 0;
    let mut rows = 0;
    for seed in 1..=6u64 {
        let mut play = Play::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)).await;
        for n in 0..150 {
            play.step().await;
            if n % 5 == 0 {
                play.check().await;
            }
        }
        play.check().await;
        let inbox = play.world.inbox().await;
        told += inbox
            .iter()
            .filter(|n| n.notice.kind == NoticeKind::MediaExpiring)
            .count();
        rows += play.views().await.len();
    }
    // The play was rich enough to mean something.
    assert!(told > 5 && rows > 50, "{told} notices, {rows} posts");
}

#[tokio::test]
async fn random_fences_of_the_past_never_write() {
    let mut fenced = 0;
    for seed in 1..=6 {
        fenced += fences_of_the_past(seed).await;
    }
    // Each play has some; how many hangs on its ids.
    assert!(fenced > 3, "{fenced}");
}

/// Plays on, and writes late wherever a held row has moved on; how often that was fenced.
async fn fences_of_the_past(seed: u64) -> u32 {
    let mut play = Play::new(seed).await;
    let mut fenced = 0;
    for _ in 0..200 {
        play.step().await;
        for (fence, publication) in &play.held {
            let row = play
                .world
                .store
                .post_of(play.world.workspace, publication.id);
            let row = row.await.unwrap().and_then(|view| {
                let rows = view.publications;
                rows.into_iter().find(|p| p.id == publication.id)
            });
            let stands = row.is_some_and(|p| p.epoch == fence.epoch && p.state() == fence.state);
            if !stands {
                let late = Outcome {
                    fence: *fence,
                    next: publication.progress.clone(),
                    lease: None,
                    notices: Vec::new(),
                    account: None,
                };
                assert_eq!(play.world.record(late).await, Recorded::Fenced);
                fenced += 1;
            }
        }
    }
    let accounts = play.world.store.accounts(play.world.workspace).await;
    assert_eq!(accounts.unwrap().len(), play.accounts.len());
    fenced
}
