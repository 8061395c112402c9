//! The store as one engine reaches it: calls that carry something pass a gate before and one after.
//! The others, of which every step makes a dozen, do not: to die at them is to die between steps.

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
    RefreshItem, Removal, Scheduled,
};
use contentzavod_core::publication::Lane;
use contentzavod_store::SqliteStore;

use super::fuse::Fuse;

#[derive(Debug)]
pub(crate) struct Shore {
    pub(crate) inner: Arc<SqliteStore>,
    pub(crate) fuse: Arc<Fuse>,
}

macro_rules! calls {
    ($port:ident:
        gated { $($name:ident($($given:ident: $type:ty),*) -> $answer:ty;)* }
        straight { $($free:ident($($some:ident: $kind:ty),*) -> $done:ty;)* }
    ) => {
        #[async_trait]
        impl $port for Shore {
            $(async fn $name(&self, $($given: $type),*) -> Result<$answer, StoreError> {
                self.fuse.gate().await;
                let answer = self.inner.$name($($given),*).await;
                self.fuse.gate().await;
                answer
            })*
            $(async fn $free(&self, $($some: $kind),*) -> Result<$done, StoreError> {
                self.inner.$free($($some),*).await
            })*
        }
    };
}

#[async_trait]
impl PublicationStore for Shore {
    async fn claim_due(&self, claim: Claim) -> Result<Claimed, StoreError> {
        let claimed = self.inner.claim_due(claim).await?;
        if !claimed.items.is_empty() {
            self.fuse.gate().await;
        }
        Ok(claimed)
    }

    async fn record(&self, outcomes: Vec<Outcome>) -> Result<Vec<Recorded>, StoreError> {
        self.fuse.gate().await;
        let recorded = self.inner.record(outcomes).await;
        self.fuse.gate().await;
        recorded
    }

    async fn renew(&self, fences: &[Fence], lease: TimeDelta) -> Result<Vec<bool>, StoreError> {
        self.fuse.gate().await;
        let renewed = self.inner.renew(fences, lease).await;
        self.fuse.gate().await;
        renewed
    }

    async fn next_due(&self, lane: Lane) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.inner.next_due(lane).await
    }

    async fn void_leases(&self) -> Result<u64, StoreError> {
        self.inner.void_leases().await
    }

    async fn bound_remote_ids(
        &self,
        remote_key: &str,
        except: PublicationId,
        among: &[String],
    ) -> Result<HashSet<String>, StoreError> {
        let inner = &self.inner;
        inner.bound_remote_ids(remote_key, except, among).await
    }
}

calls!(PostStore:
    gated {}
    straight {
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
    }
);

calls!(AccountStore:
    gated {
        set_status(id: AccountId, token_version: i64, status: AccountStatus) -> bool;
        set_quota(id: AccountId, quota: Quota, read_at: DateTime<Utc>) -> ();
        set_token(id: AccountId, token_version: i64, token: Sealed, expires_at: DateTime<Utc>,
            refresh_at: DateTime<Utc>) -> bool;
    }
    straight {
        connect(account: Account) -> Connected;
        account(workspace: WorkspaceId, id: AccountId) -> Option<Account>;
        account_by_remote(workspace: WorkspaceId, platform: &str, remote_user_id: &str)
            -> Option<Account>;
        accounts(workspace: WorkspaceId) -> Vec<Account>;
        disconnect(workspace: WorkspaceId, id: AccountId) -> Option<Account>;
        removed(removal: Removal) -> Option<usize>;
        claim_refresh(lease: TimeDelta, limit: usize) -> Vec<RefreshItem>;
        tell_expiry(limit: usize) -> usize;
        shared(id: AccountId) -> bool;
        next_refresh() -> Option<DateTime<Utc>>;
        postpone_refresh(id: AccountId, token_version: i64, refresh_at: DateTime<Utc>) -> ();
        sealed_by_others(key_id: &str, after: Option<AccountId>, limit: usize) -> Vec<Account>;
        reseal(id: AccountId, was: &Sealed, now: Sealed) -> bool;
    }
);

calls!(MediaStore:
    gated {
        media(workspace: WorkspaceId, id: MediaId) -> Option<Media>;
    }
    straight {
        insert_media(media: Media) -> Media;
        media_list(workspace: WorkspaceId, after: Option<Cursor>, limit: usize) -> Page<Media>;
        delete_media(workspace: WorkspaceId, id: MediaId) -> MediaDeleted;
        expire_media(limit: usize) -> usize;
        next_media_expiry() -> Option<DateTime<Utc>>;
        bytes_to_delete(limit: usize) -> Vec<MediaId>;
        bytes_deleted(ids: &[MediaId]) -> ();
    }
);

calls!(Feed:
    gated {}
    straight {
        events(workspace: Option<WorkspaceId>, after: i64, limit: usize) -> Vec<Event>;
        last_event() -> i64;
        notify_account(account: AccountId, notice: Notice) -> ();
    }
);
