//! A store in a temporary folder with a clock that tests move, and rows to begin with.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::model::{
    Account, AccountId, AccountStatus, Content, Media, MediaId, MediaKind, MediaStatus,
    Notification, Post, PostId, Publication, PublicationId, Reel, Sealed, WorkspaceId,
};
use contentzavod_core::ports::Clock;
use contentzavod_core::ports::store::{
    AccountStore, Claim, Fence, Item, MediaStore, NewPost, NotificationStore, Outcome, PostStore,
    PostView, PublicationStore, Recorded, Scheduled,
};
use contentzavod_core::publication::{
    Check, Container, Context, Event, Handle, Lane, Numbers, Progress, State, step,
};
use contentzavod_core::testing::ManualClock;
use contentzavod_store::sqlite::{SqliteOptions, SqliteStore};

pub(crate) struct World {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) store: Arc<SqliteStore>,
    pub(crate) workspace: WorkspaceId,
}

pub(crate) fn lease() -> TimeDelta {
    TimeDelta::seconds(15)
}

impl World {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::new());
        let path = folder.path().join("db.sqlite");
        let store = SqliteStore::open(&path, Arc::clone(&clock) as _, MediaTtl::default());
        Self {
            store: Arc::new(store.await.unwrap()),
            workspace: WorkspaceId::generate(clock.now()),
            folder,
            clock,
        }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("db.sqlite")
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Another handle on the same file.
    pub(crate) async fn another(&self, max_pages: Option<u32>) -> SqliteStore {
        let mut options = SqliteOptions::new(&self.path());
        if let Some(pages) = max_pages {
            options = options.max_pages(pages);
        }
        SqliteStore::open_with(&options, Arc::clone(&self.clock) as _, MediaTtl::default())
            .await
            .unwrap()
    }

    /// A connection beside the store's, to break rows or look at the schema.
    pub(crate) fn raw(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path()).unwrap()
    }

    pub(crate) fn account_row(&self, remote: &str) -> Account {
        let now = self.now();
        Account {
            id: AccountId::generate(now),
            workspace: self.workspace,
            platform: "instagram".to_owned(),
            login: "instagram".to_owned(),
            remote_user_id: remote.to_owned(),
            app_scoped_id: None,
            username: format!("user{remote}"),
            status: AccountStatus::Active,
            token: Some(Sealed("czv1.k.n.c".to_owned())),
            token_version: 1,
            token_obtained_at: Some(now),
            token_expires_at: Some(now + TimeDelta::days(60)),
            scopes: vec!["publish".to_owned()],
            quota: None,
            quota_read_at: None,
            refresh_at: Some(now + TimeDelta::days(30)),
            created_at: now,
            updated_at: now,
        }
    }

    pub(crate) async fn account(&self, remote: &str) -> Account {
        let row = self.account_row(remote);
        self.store.connect(row).await.unwrap().account
    }

    pub(crate) fn media_row(&self) -> Media {
        Media {
            id: MediaId::generate(self.now()),
            workspace: self.workspace,
            kind: MediaKind::Video,
            status: MediaStatus::Ready,
            filename: Some("reel.mp4".to_owned()),
            content_type: "video/mp4".to_owned(),
            bytes: 1000,
            sha256: "ab".repeat(32),
            original_sha256: None,
            duration_ms: Some(10_000),
            width: Some(1080),
            height: Some(1920),
            findings: Vec::new(),
            expires_at: None,
            created_at: self.now(),
        }
    }

    pub(crate) async fn media(&self) -> MediaId {
        self.store.insert_media(self.media_row()).await.unwrap().id
    }

    pub(crate) fn draft(&self, accounts: &[&Account], media: MediaId, caption: &str) -> NewPost {
        let now = self.now();
        let post = Post {
            id: PostId::generate(now),
            workspace: self.workspace,
            content: Content::InstagramReel(Reel::new(media, caption)),
            content_version: 1,
            publish_at: Some(now),
            local_time: Some(now.naive_utc()),
            timezone: "UTC".to_owned(),
            max_late_secs: 6 * 3600,
            rev: 0,
            created_at: now,
            updated_at: now,
        };
        let publications = accounts
            .iter()
            .map(|account| Publication::draft(&post, account, now))
            .collect();
        NewPost { post, publications }
    }

    /// A post due now, on these accounts.
    pub(crate) fn due(&self, accounts: &[&Account], media: MediaId, caption: &str) -> NewPost {
        let mut new = self.draft(accounts, media, caption);
        for publication in &mut new.publications {
            publication.progress = self.next(
                &publication.progress,
                Event::Schedule {
                    due: self.now(),
                    max_late: TimeDelta::hours(6),
                },
            );
        }
        new
    }

    /// What the machine makes of an event.
    pub(crate) fn next(&self, progress: &Progress, event: Event) -> Progress {
        let numbers = Numbers::default();
        let context = Context {
            now: self.now(),
            numbers: &numbers,
        };
        step(progress, event, &context).unwrap().next
    }

    pub(crate) async fn schedule(&self, new: &NewPost) {
        let scheduled = self.store.schedule(new.clone(), None).await.unwrap();
        assert_eq!(scheduled, Scheduled::Created);
    }

    /// A scheduled post on one account of its own, due now.
    pub(crate) async fn simple(&self, remote: &str) -> NewPost {
        let account = self.account(remote).await;
        let new = self.due(&[&account], self.media().await, remote);
        self.schedule(&new).await;
        new
    }

    pub(crate) async fn view(&self, post: PostId) -> PostView {
        let view = self.store.post(self.workspace, post).await.unwrap();
        view.expect("the post is there")
    }

    pub(crate) async fn row(&self, id: PublicationId) -> Publication {
        let view = self.store.post_of(self.workspace, id).await.unwrap();
        let rows = view.expect("the publication is there").publications;
        rows.into_iter().find(|p| p.id == id).unwrap()
    }

    pub(crate) async fn claim(&self, lane: Lane, limit: usize) -> Vec<Item> {
        let claim = Claim {
            lane,
            lease: lease(),
            limit,
            overdue: None,
        };
        self.store.claim_due(claim).await.unwrap().items
    }

    pub(crate) async fn record(&self, outcome: Outcome) -> Recorded {
        self.store.record(vec![outcome]).await.unwrap()[0]
    }

    /// Claims the one due row of a lane and writes it on as `change` says; its fence afterwards.
    pub(crate) async fn moved(&self, lane: Lane, change: impl FnOnce(&mut Progress)) -> Fence {
        let items = self.claim(lane, 1).await;
        let publication = &items.first().expect("a row is due").publication;
        let outcome = outcome(publication, change);
        let fence = Fence {
            state: outcome.next.state,
            ..outcome.fence
        };
        assert_eq!(self.record(outcome).await, Recorded::Recorded);
        fence
    }

    pub(crate) async fn inbox(&self) -> Vec<Notification> {
        self.store
            .notifications(self.workspace, 0, 1000)
            .await
            .unwrap()
    }
}

/// An outcome that releases the row.
pub(crate) fn outcome(publication: &Publication, change: impl FnOnce(&mut Progress)) -> Outcome {
    let mut next = publication.progress.clone();
    change(&mut next);
    Outcome {
        fence: Fence::of(publication),
        next,
        lease: None,
        notices: Vec::new(),
        account: None,
    }
}

/// Ready, checked, and due now: the send lane's.
pub(crate) fn ready(progress: &mut Progress, now: DateTime<Utc>) {
    progress.state = State::Ready;
    progress.container = Some(Container {
        handle: Handle("c1".to_owned()),
        content_version: progress.content_version,
        created_at: now,
        delivered: true,
    });
    progress.ready_at = Some(now);
    progress.check = Some(Check {
        at: now,
        baseline: Some(Vec::new()),
        stale: false,
    });
    progress.next_at = Some(now);
}

/// Armed: holds the slot, looked at when its lease ends.
pub(crate) fn armed(progress: &mut Progress, now: DateTime<Utc>) {
    progress.state = State::Armed;
    progress.armed_at = Some(now);
    progress.slot = true;
    progress.next_at = Some(now + TimeDelta::seconds(90));
}

/// Failed: a person must act.
pub(crate) fn failed(progress: &mut Progress) {
    progress.state = State::Failed;
    progress.next_at = None;
}
