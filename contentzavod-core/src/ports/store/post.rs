//! Posts: scheduling, changing, listing. A person's changes go against the engine's by revision.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::StoreError;
use crate::model::{
    AccountId, Cursor, MediaId, Notice, Page, Post, PostId, PostStatus, Publication, PublicationId,
    WorkspaceId,
};
use crate::publication::Progress;

/// A post with its publications.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostView {
    /// The post.
    pub post: Post,
    /// Its publications, in the order of their accounts as given.
    pub publications: Vec<Publication>,
}

impl PostView {
    /// The status derived from the publications.
    #[must_use]
    pub fn status(&self) -> PostStatus {
        let states: Vec<_> = self.publications.iter().map(Publication::state).collect();
        PostStatus::derive(&states)
    }
}

/// A post to be written with its publications, which may already be scheduled.
#[derive(Debug, Clone)]
pub struct NewPost {
    /// The post.
    pub post: Post,
    /// One publication per account.
    pub publications: Vec<Publication>,
}

/// The client's key of a request, kept 24 h per workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The key as sent, 1 to 255 characters.
    pub key: String,
    /// SHA-256 of the request.
    pub fingerprint: [u8; 32],
    /// The answer that a replay gets, byte for byte.
    pub response: Vec<u8>,
}

/// What scheduling came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scheduled {
    /// Written.
    Created,
    /// The key was used for the same request: this was the answer.
    Replayed(Vec<u8>),
    /// The key was used for another request; nothing was written.
    Mismatch,
    /// A file is gone or belongs to another workspace; nothing was written.
    MediaGone(MediaId),
    /// An account is gone, disconnected or belongs to another workspace; nothing was written.
    AccountGone(AccountId),
}

/// A person's change of one publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationChange {
    /// The row.
    pub id: PublicationId,
    /// Written only at this revision.
    pub rev: i64,
    /// What the machine says.
    pub next: Progress,
    /// The caption's key, where the content changed.
    pub caption_key: Option<String>,
    /// Facts a person must learn, written with it.
    pub notices: Vec<Notice>,
}

/// A person's change of a post: all of it or nothing.
#[derive(Debug, Clone)]
pub struct PostChange {
    /// The post as it shall be; its `rev` is the one it was read at.
    pub post: Post,
    /// The publications that change. Each loses its lease and gets a new epoch.
    pub publications: Vec<PublicationChange>,
    /// Publications to add, for a draft whose accounts changed.
    pub add: Vec<Publication>,
    /// Publications to remove, with the revision they were read at; drafts only.
    pub remove: Vec<(PublicationId, i64)>,
    /// The post itself is deleted, after the changes.
    pub delete: bool,
}

/// Which posts to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostFilter {
    /// With this status.
    pub status: Option<PostStatus>,
    /// With a publication on this account.
    pub account: Option<AccountId>,
    /// Due at or after this.
    pub from: Option<DateTime<Utc>>,
    /// Due before this.
    pub to: Option<DateTime<Utc>>,
    /// After this place.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: usize,
}

/// Posts.
///
/// Contract, proved by `testing::suite::store`: foreign and missing ids are alike; `schedule` writes
/// key, post, publications, media expiry and events in one transaction or nothing, and checks in it
/// that files are `ready` and accounts not disconnected; `change` is conditional on every revision
/// it names. A deleted post is gone from reads; its publications must be final or never armed.
#[async_trait]
pub trait PostStore {
    /// Writes a post with its publications, once per key.
    async fn schedule(
        &self,
        new: NewPost,
        key: Option<IdempotencyKey>,
    ) -> Result<Scheduled, StoreError>;

    /// The answer given for a key, if it was used: `Some(Replayed)` or `Some(Mismatch)`.
    async fn replay(
        &self,
        workspace: WorkspaceId,
        key: &str,
        fingerprint: [u8; 32],
    ) -> Result<Option<Scheduled>, StoreError>;

    /// A post with its publications.
    async fn post(
        &self,
        workspace: WorkspaceId,
        id: PostId,
    ) -> Result<Option<PostView>, StoreError>;

    /// The post of a publication.
    async fn post_of(
        &self,
        workspace: WorkspaceId,
        publication: PublicationId,
    ) -> Result<Option<PostView>, StoreError>;

    /// Posts, newest time first (`publish_at`, or `created_at` where there is none).
    async fn posts(
        &self,
        workspace: WorkspaceId,
        filter: PostFilter,
    ) -> Result<Page<PostView>, StoreError>;

    /// Posts with a publication that still holds the file (`retention::Hold::Needed`, or a draft).
    async fn posts_using(
        &self,
        workspace: WorkspaceId,
        media: MediaId,
    ) -> Result<Vec<PostView>, StoreError>;

    /// Changes posts, all or nothing; false when a revision has moved: read again and decide again.
    /// `delete_media` is deleted in the same transaction.
    async fn change(
        &self,
        changes: Vec<PostChange>,
        delete_media: Option<(WorkspaceId, MediaId)>,
    ) -> Result<bool, StoreError>;

    /// By which version of the time zones' rules instants were reckoned last; `None` where nobody said.
    async fn zone_rules(&self) -> Result<Option<String>, StoreError>;

    /// Remembers the version of the time zones' rules.
    async fn set_zone_rules(&self, version: &str) -> Result<(), StoreError>;

    /// Posts of all workspaces that have a local time and a publication that is a draft or waits to
    /// be armed, in the order of their ids, after one.
    async fn posts_by_wall_clock(
        &self,
        after: Option<PostId>,
        limit: usize,
    ) -> Result<Vec<PostView>, StoreError>;

    /// Forgets idempotency keys older than 24 h; how many.
    async fn forget_keys(&self) -> Result<u64, StoreError>;
}
