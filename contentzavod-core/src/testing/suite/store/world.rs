//! What the cases stand on: a workspace with an account and a file in a fresh store.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::Fresh;
use super::rows::{self, enter};
use crate::model::{
    Account, Content, Media, MediaId, NoticeKind, Notification, PostId, Publication, PublicationId,
    Reel, Sealed, UserId, WorkspaceId,
};
use crate::ports::store::{
    Claim, Item, NewPost, Outcome, PostChange, PostView, PublicationChange, Recorded, Scheduled,
};
use crate::ports::{Clock, Store, StoreError};
use crate::publication::{Lane, Progress, State};
use crate::testing::ManualClock;

/// How long the cases hold a row.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);

/// A store, its clock, and a workspace in it.
#[derive(Debug, Clone)]
pub struct World {
    /// The store under test.
    pub store: Arc<dyn Store>,
    /// The clock it binds.
    pub clock: Arc<ManualClock>,
    /// The user whose workspace it is.
    pub user: UserId,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// An active account in it.
    pub account: Account,
    /// A file in it.
    pub media: Media,
}

/// What the store answered; a case ends when it refuses to.
///
/// # Panics
///
/// On an error of the store.
#[track_caller]
pub fn ok<T>(answer: Result<T, StoreError>) -> T {
    answer.unwrap_or_else(|error| panic!("the store refused: {error}"))
}

/// A duration in seconds.
#[must_use]
pub const fn secs(n: i64) -> TimeDelta {
    TimeDelta::seconds(n)
}

impl World {
    /// Puts a workspace, an account with the remote id `1` and a file into a fresh store.
    pub async fn new((store, clock): Fresh) -> Self {
        Self::settle(store, clock, "1").await
    }

    /// Another workspace in the same store, with an account of a remote user.
    pub async fn beside(&self, remote: &str) -> Self {
        Self::settle(Arc::clone(&self.store), Arc::clone(&self.clock), remote).await
    }

    async fn settle(store: Arc<dyn Store>, clock: Arc<ManualClock>, remote: &str) -> Self {
        let now = clock.now();
        let (user, workspace) = rows::people(now);
        let (user_id, workspace_id) = (user.id, workspace.id);
        ok(store.create_user(user, workspace).await);
        let account = rows::account(workspace_id, remote, now);
        let account = ok(store.connect(account).await).account;
        let media = ok(store.insert_media(rows::media(workspace_id, now)).await);
        Self {
            store,
            clock,
            user: user_id,
            workspace: workspace_id,
            account,
            media,
        }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Lets time pass.
    pub fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
    }

    /// Connects another account.
    pub async fn connect(&self, remote: &str) -> Account {
        let row = rows::account(self.workspace, remote, self.now());
        self.connect_with(remote, row.token).await
    }

    /// Connects an account with this token in its row; without one the host keeps it elsewhere.
    pub async fn connect_with(&self, remote: &str, token: Option<Sealed>) -> Account {
        let mut row = rows::account(self.workspace, remote, self.now());
        row.token = token;
        ok(self.store.connect(row).await).account
    }

    /// The account as it stands.
    pub async fn account_now(&self, account: &Account) -> Account {
        let found = ok(self.store.account(account.workspace, account.id).await);
        found.expect("the account is there")
    }

    /// Uploads another file.
    pub async fn upload(&self) -> Media {
        let row = rows::media(self.workspace, self.now());
        ok(self.store.insert_media(row).await)
    }

    /// The file as it stands.
    pub async fn media_now(&self, id: MediaId) -> Media {
        let found = ok(self.store.media(self.workspace, id).await);
        found.expect("the file is there")
    }

    /// A draft with one publication per account.
    #[must_use]
    pub fn draft(&self, accounts: &[&Account], caption: &str) -> NewPost {
        self.draft_of(
            Content::InstagramReel(Reel::new(self.media.id, caption)),
            accounts,
        )
    }

    /// A draft of other content.
    #[must_use]
    pub fn draft_of(&self, content: Content, accounts: &[&Account]) -> NewPost {
        let post = rows::post(self.workspace, content, self.now());
        let draft = |account: &&Account| Publication::draft(&post, account, self.now());
        NewPost {
            publications: accounts.iter().map(draft).collect(),
            post,
        }
    }

    /// A post whose publications are due at a time.
    #[must_use]
    pub fn due_at(&self, at: DateTime<Utc>, accounts: &[&Account], caption: &str) -> NewPost {
        let mut new = self.draft(accounts, caption);
        for row in &mut new.publications {
            enter(&mut row.progress, State::Scheduled, self.now());
            row.progress.next_at = Some(at);
        }
        new
    }

    /// Writes a post and reads it back.
    pub async fn put(&self, new: NewPost) -> PostView {
        let id = new.post.id;
        let written = ok(self.store.schedule(new, None).await);
        assert_eq!(written, Scheduled::Created);
        self.view(id).await
    }

    /// A publication of the account that falls due at a time.
    pub async fn scheduled(&self, at: DateTime<Utc>) -> Publication {
        let new = self.due_at(at, &[&self.account], &rows::unique("caption"));
        self.put(new).await.publications.remove(0)
    }

    /// A publication of the account in a state, with a caption of its own.
    pub async fn at(&self, state: State) -> Publication {
        self.stand(&self.account, &rows::unique("caption"), state)
            .await
    }

    /// A publication brought to a state by the engine's way: claimed, then recorded.
    pub async fn stand(&self, account: &Account, caption: &str, state: State) -> Publication {
        let content = Content::InstagramReel(Reel::new(self.media.id, caption));
        self.stand_as(self.draft_of(content, &[account]), state)
            .await
    }

    /// The first publication of a new post brought to a state; the others stay drafts.
    pub async fn stand_as(&self, mut new: NewPost, state: State) -> Publication {
        let row = &mut new.publications[0].progress;
        if state == State::Draft {
            return self.put(new).await.publications.remove(0);
        }
        enter(row, State::Scheduled, self.now());
        // Due before all others, so that the claim takes this row.
        row.next_at = Some(DateTime::UNIX_EPOCH);
        let id = self.put(new).await.publications[0].id;
        self.bring(id, state).await
    }

    /// Brings a row that is due before all others in its lane to a state.
    async fn bring(&self, id: PublicationId, state: State) -> Publication {
        let claim = Claim {
            lane: Lane::Stage,
            lease: LEASE,
            limit: 1,
            overdue: None,
        };
        let mut items = ok(self.store.claim_due(claim).await).items;
        assert_eq!(items.len(), 1, "the row is due");
        let row = items.remove(0).publication;
        assert_eq!(row.id, id, "the row that is due first is claimed first");
        let recorded = self.record(self.outcome(&row, state)).await;
        assert_eq!(recorded, Recorded::Recorded, "setting up {state:?}");
        self.read(id).await
    }

    /// A post as it stands.
    pub async fn view(&self, id: PostId) -> PostView {
        let found = ok(self.store.post(self.workspace, id).await);
        found.expect("the post is there")
    }

    /// The post of a publication as it stands.
    pub async fn view_of(&self, row: &Publication) -> PostView {
        self.view(row.post).await
    }

    /// A publication as it stands.
    pub async fn read(&self, id: PublicationId) -> Publication {
        let view = ok(self.store.post_of(self.workspace, id).await);
        let mut rows = view.expect("its post is there").publications.into_iter();
        rows.find(|p| p.id == id).expect("the publication is there")
    }

    /// Claims everything that is due in a lane.
    pub async fn claim(&self, lane: Lane) -> Vec<Item> {
        self.claim_some(lane, 1000).await
    }

    /// Claims no more than so many.
    pub async fn claim_some(&self, lane: Lane, limit: usize) -> Vec<Item> {
        self.claim_as(lane, limit, None).await
    }

    /// Claims what is to be held, by the store's clock and so much more.
    pub async fn claim_overdue(&self, lane: Lane, ahead: TimeDelta) -> Vec<Item> {
        self.claim_as(lane, 1000, Some(ahead)).await
    }

    async fn claim_as(&self, lane: Lane, limit: usize, overdue: Option<TimeDelta>) -> Vec<Item> {
        let claim = Claim {
            lane,
            lease: LEASE,
            limit,
            overdue,
        };
        ok(self.store.claim_due(claim).await).items
    }

    /// Claims the one row that is due in a lane.
    pub async fn take(&self, lane: Lane) -> Publication {
        let mut items = self.claim(lane).await;
        let ids: Vec<_> = items.iter().map(|i| i.publication.id).collect();
        assert_eq!(ids.len(), 1, "one row is due, and these were claimed");
        items.remove(0).publication
    }

    /// The outcome that a row enters a state and is released.
    #[must_use]
    pub fn outcome(&self, row: &Publication, state: State) -> Outcome {
        let mut next = row.progress.clone();
        enter(&mut next, state, self.now());
        rows::outcome(row, next)
    }

    /// Records one outcome.
    pub async fn record(&self, outcome: Outcome) -> Recorded {
        let recorded = ok(self.store.record(vec![outcome]).await);
        assert_eq!(recorded.len(), 1, "one answer for one outcome");
        recorded[0]
    }

    /// Claims the one row of the send lane and arms it.
    pub async fn arm(&self) -> (Publication, Recorded) {
        let row = self.take(Lane::Send).await;
        let recorded = self.record(self.outcome(&row, State::Armed)).await;
        (row, recorded)
    }

    /// The change that brings a publication to a state and leaves its post as it is.
    #[must_use]
    pub fn to(&self, view: &PostView, id: PublicationId, state: State) -> PostChange {
        let mut change = rows::unchanged(view);
        let row = view.publications.iter().find(|p| p.id == id);
        let row = row.expect("the publication is the post's");
        let mut next = row.progress.clone();
        enter(&mut next, state, self.now());
        change.publications.push(PublicationChange {
            id,
            rev: row.rev,
            next,
            caption_key: None,
            notices: Vec::new(),
        });
        change
    }

    /// Writes one change; whether it was written.
    pub async fn change(&self, change: PostChange) -> bool {
        ok(self.store.change(vec![change], None).await)
    }

    /// The workspace's inbox.
    pub async fn inbox(&self) -> Vec<Notification> {
        ok(self.store.notifications(self.workspace, 0, 1000).await)
    }

    /// The kinds of the notices in the inbox.
    pub async fn told(&self) -> Vec<NoticeKind> {
        let inbox = self.inbox().await;
        inbox.into_iter().map(|n| n.notice.kind).collect()
    }

    /// The workspace's moves so far: publication, from, to.
    pub async fn moves(&self) -> Vec<(PublicationId, State, State)> {
        let events = ok(self.store.events(Some(self.workspace), 0, 1000).await);
        events.iter().map(rows::moved).collect()
    }

    /// The progress of a row in a state, as the cases make it.
    #[must_use]
    pub fn progress(&self, row: &Publication, state: State) -> Progress {
        self.outcome(row, state).next
    }
}
