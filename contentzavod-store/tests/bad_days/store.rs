//! A store that is out of order now and then; SQLite behind it is not.

use std::collections::HashSet;
use std::sync::atomic::Ordering::{Relaxed, SeqCst};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::{
    Account, AccountId, AccountStatus, Cursor, Event, Media, MediaId, Notice, Page, PostId,
    PublicationId, Quota, Sealed, WorkspaceId,
};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{
    AccountStore, Claim, Claimed, Connected, Feed, Fence, IdempotencyKey, MediaDeleted, MediaStore,
    NewPost, Outcome, PostChange, PostFilter, PostStore, PostView, PublicationStore, Recorded,
    RefreshItem, Removal, Scheduled,
};
use contentzavod_core::publication::{Lane, State};
use contentzavod_store::SqliteStore;

use super::tokens::spend;

#[derive(Debug)]
pub(crate) struct Shaky {
    inner: Arc<SqliteStore>,
    /// Every write of outcomes fails so often before it is taken.
    pub(crate) fail_each: AtomicU32,
    /// Writes that fail are written all the same: only the answer is lost.
    pub(crate) deaf: AtomicBool,
    failed: Mutex<Vec<(PublicationId, State, State)>>,
    /// So many next claims of the sender panic.
    pub(crate) panic_claims: AtomicU32,
    /// Calls that are not answered yet.
    busy: AtomicUsize,
}

/// Counts a call for as long as it lasts.
struct Busy<'a>(&'a AtomicUsize);

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
}

impl Shaky {
    pub(crate) fn new(inner: Arc<SqliteStore>) -> Self {
        Self {
            inner,
            fail_each: AtomicU32::new(0),
            deaf: AtomicBool::new(false),
            failed: Mutex::default(),
            panic_claims: AtomicU32::new(0),
            busy: AtomicUsize::new(0),
        }
    }

    fn begin(&self) -> Busy<'_> {
        self.busy.fetch_add(1, SeqCst);
        Busy(&self.busy)
    }

    /// Whether a call waits for the database.
    pub(crate) fn is_busy(&self) -> bool {
        self.busy.load(SeqCst) > 0
    }

    /// Whether this write fails, which it does `fail_each` times.
    fn fails(&self, outcomes: &[Outcome]) -> bool {
        let most = self.fail_each.load(Relaxed) as usize;
        let Some(outcome) = outcomes.first() else {
            return false;
        };
        let mark = (outcome.fence.id, outcome.fence.state, outcome.next.state);
        let mut failed = self.failed.lock().unwrap();
        if failed.iter().filter(|m| **m == mark).count() >= most {
            return false;
        }
        failed.push(mark);
        true
    }
}

#[async_trait]
impl PublicationStore for Shaky {
    async fn claim_due(&self, claim: Claim) -> Result<Claimed, StoreError> {
        let _busy = self.begin();
        assert!(
            claim.lane != Lane::Send || !spend(&self.panic_claims),
            "the store panics as told"
        );
        self.inner.claim_due(claim).await
    }

    async fn record(&self, outcomes: Vec<Outcome>) -> Result<Vec<Recorded>, StoreError> {
        let _busy = self.begin();
        if self.fails(&outcomes) {
            if self.deaf.load(Relaxed) {
                self.inner.record(outcomes).await?;
            }
            return Err(StoreError::Unavailable("as told".to_owned()));
        }
        self.inner.record(outcomes).await
    }

    async fn renew(&self, fences: &[Fence], lease: TimeDelta) -> Result<Vec<bool>, StoreError> {
        let _busy = self.begin();
        self.inner.renew(fences, lease).await
    }

    async fn next_due(&self, lane: Lane) -> Result<Option<DateTime<Utc>>, StoreError> {
        let _busy = self.begin();
        self.inner.next_due(lane).await
    }

    async fn void_leases(&self) -> Result<u64, StoreError> {
        let _busy = self.begin();
        self.inner.void_leases().await
    }

    async fn bound_remote_ids(
        &self,
        remote_key: &str,
        except: PublicationId,
        among: &[String],
    ) -> Result<HashSet<String>, StoreError> {
        let _busy = self.begin();
        let inner = &self.inner;
        inner.bound_remote_ids(remote_key, except, among).await
    }
}

/// Methods that the store behind it answers.
macro_rules! straight {
    ($port:ident: $($name:ident($($given:ident: $type:ty),*) -> $answer:ty;)+) => {
        #[async_trait]
        impl $port for Shaky {
            $(async fn $name(&self, $($given: $type),*) -> Result<$answer, StoreError> {
                let _busy = self.begin();
                self.inner.$name($($given),*).await
            })+
        }
    };
}

straight!(PostStore:
    schedule(new: NewPost, key: Option<IdempotencyKey>) -> Scheduled;
    replay(workspace: WorkspaceId, key: &str, fingerprint: [u8; 32]) -> Option<Scheduled>;
    post(workspace: WorkspaceId, id: PostId) -> Option<PostView>;
    post_of(workspace: WorkspaceId, publication: PublicationId) -> Option<PostView>;
    posts(workspace: WorkspaceId, filter: PostFilter) -> Page<PostView>;
    posts_using(workspace: WorkspaceId, media: MediaId) -> Vec<PostView>;
    change(changes: Vec<PostChange>, delete_media: Option<(WorkspaceId, MediaId)>) -> bool;
    zone_rules() -> Option<String>;
    set_zone_rules(version: &str) -> ();
    posts_by_wall_clock(after: Option<PostId>, limit: usize) -> Vec<PostView>;
    forget_keys() -> u64;
);
straight!(AccountStore:
    connect(account: Account) -> Connected;
    account(workspace: WorkspaceId, id: AccountId) -> Option<Account>;
    account_by_remote(workspace: WorkspaceId, platform: &str, remote: &str) -> Option<Account>;
    accounts(workspace: WorkspaceId) -> Vec<Account>;
    disconnect(workspace: WorkspaceId, id: AccountId) -> Option<Account>;
    removed(removal: Removal) -> Option<usize>;
    set_status(id: AccountId, token_version: i64, status: AccountStatus) -> bool;
    set_quota(id: AccountId, quota: Quota, read_at: DateTime<Utc>) -> ();
    claim_refresh(lease: TimeDelta, limit: usize) -> Vec<RefreshItem>;
    tell_expiry(limit: usize) -> usize;
    shared(id: AccountId) -> bool;
    next_refresh() -> Option<DateTime<Utc>>;
    set_token(
        id: AccountId,
        token_version: i64,
        token: Sealed,
        expires_at: DateTime<Utc>,
        refresh_at: DateTime<Utc>
    ) -> bool;
    postpone_refresh(id: AccountId, token_version: i64, refresh_at: DateTime<Utc>) -> ();
    sealed_by_others(key_id: &str, after: Option<AccountId>, limit: usize) -> Vec<Account>;
    reseal(id: AccountId, was: &Sealed, now: Sealed) -> bool;
);
straight!(MediaStore:
    insert_media(media: Media) -> Media;
    media(workspace: WorkspaceId, id: MediaId) -> Option<Media>;
    media_list(workspace: WorkspaceId, after: Option<Cursor>, limit: usize) -> Page<Media>;
    delete_media(workspace: WorkspaceId, id: MediaId) -> MediaDeleted;
    expire_media(limit: usize) -> usize;
    next_media_expiry() -> Option<DateTime<Utc>>;
    bytes_to_delete(limit: usize) -> Vec<MediaId>;
    bytes_deleted(ids: &[MediaId]) -> ();
);
straight!(Feed:
    events(workspace: Option<WorkspaceId>, after: i64, limit: usize) -> Vec<Event>;
    last_event() -> i64;
    notify_account(account: AccountId, notice: Notice) -> ();
);
