//! The store as one engine reaches it: every call passes a gate before and a gate after.

use std::collections::HashSet;
use std::sync::Arc;

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
    RefreshItem, Scheduled,
};
use contentzavod_core::publication::Lane;
use contentzavod_store::SqliteStore;

use super::fuse::Fuse;

#[derive(Debug)]
pub(crate) struct Shore {
    pub(crate) inner: Arc<SqliteStore>,
    pub(crate) fuse: Arc<Fuse>,
}

macro_rules! gated {
    ($port:ident: $($name:ident($($given:ident: $type:ty),*) -> $answer:ty;)+) => {
        #[async_trait]
        impl $port for Shore {
            $(async fn $name(&self, $($given: $type),*) -> Result<$answer, StoreError> {
                self.fuse.gate().await;
                let answer = self.inner.$name($($given),*).await;
                self.fuse.gate().await;
                answer
            })+
        }
    };
}

gated!(PublicationStore:
    claim_due(claim: Claim) -> Claimed;
    record(outcomes: Vec<Outcome>) -> Vec<Recorded>;
    renew(fences: &[Fence], lease: TimeDelta) -> Vec<bool>;
    next_due(lane: Lane) -> Option<DateTime<Utc>>;
    void_leases() -> u64;
    bound_remote_ids(remote_key: &str, except: PublicationId, among: &[String]) -> HashSet<String>;
);

gated!(PostStore:
    schedule(new: NewPost, key: Option<IdempotencyKey>) -> Scheduled;
    replay(workspace: WorkspaceId, key: &str, fingerprint: [u8; 32]) -> Option<Scheduled>;
    post(workspace: WorkspaceId, id: PostId) -> Option<PostView>;
    post_of(workspace: WorkspaceId, publication: PublicationId) -> Option<PostView>;
    posts(workspace: WorkspaceId, filter: PostFilter) -> Page<PostView>;
    posts_using(workspace: WorkspaceId, media: MediaId) -> Vec<PostView>;
    change(changes: Vec<PostChange>, delete_media: Option<(WorkspaceId, MediaId)>) -> bool;
    forget_keys() -> u64;
);

gated!(AccountStore:
    connect(account: Account) -> Connected;
    account(workspace: WorkspaceId, id: AccountId) -> Option<Account>;
    account_by_remote(workspace: WorkspaceId, platform: &str, remote_user_id: &str)
        -> Option<Account>;
    accounts(workspace: WorkspaceId) -> Vec<Account>;
    disconnect(workspace: WorkspaceId, id: AccountId) -> Option<Account>;
    set_status(id: AccountId, token_version: i64, status: AccountStatus) -> bool;
    set_quota(id: AccountId, quota: Quota, read_at: DateTime<Utc>) -> ();
    claim_refresh(lease: TimeDelta, limit: usize) -> Vec<RefreshItem>;
    next_refresh() -> Option<DateTime<Utc>>;
    set_token(id: AccountId, token_version: i64, token: Sealed, expires_at: DateTime<Utc>,
        refresh_at: DateTime<Utc>) -> bool;
    postpone_refresh(id: AccountId, token_version: i64, refresh_at: DateTime<Utc>) -> ();
);

gated!(MediaStore:
    insert_media(media: Media) -> Media;
    media(workspace: WorkspaceId, id: MediaId) -> Option<Media>;
    media_list(workspace: WorkspaceId, after: Option<Cursor>, limit: usize) -> Page<Media>;
    delete_media(workspace: WorkspaceId, id: MediaId) -> MediaDeleted;
    expire_media(limit: usize) -> usize;
    next_media_expiry() -> Option<DateTime<Utc>>;
    bytes_to_delete(limit: usize) -> Vec<MediaId>;
    bytes_deleted(ids: &[MediaId]) -> ();
);

gated!(Feed:
    events(workspace: Option<WorkspaceId>, after: i64, limit: usize) -> Vec<Event>;
    last_event() -> i64;
    notify_account(account: AccountId, notice: Notice) -> ();
);
