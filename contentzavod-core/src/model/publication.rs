//! One post on one account: the row the engine claims.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::account::Account;
use super::id::{AccountId, PostId, PublicationId, WorkspaceId};
use super::post::Post;
use crate::publication::{Progress, State};

/// The durable machine of one post on one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Our id.
    pub id: PublicationId,
    /// The workspace it belongs to.
    pub workspace: WorkspaceId,
    /// The post.
    pub post: PostId,
    /// The account.
    pub account: AccountId,
    /// The account across workspaces (`platform:remote user id`): one slot exists per key.
    pub remote_key: String,
    /// Equal keys mean captions that cannot be told apart on the platform.
    pub caption_key: String,
    /// What the machine remembers.
    pub progress: Progress,
    /// Raised with every claim and every change by a person: the fence.
    pub epoch: i64,
    /// Raised with every write: what a person's change is conditional on.
    pub rev: i64,
    /// Until when a worker holds it.
    pub lease_until: Option<DateTime<Utc>>,
    /// Leases lost in a row.
    pub losses: u32,
    /// When it entered its state.
    pub state_since: DateTime<Utc>,
    /// When the row was made.
    pub created_at: DateTime<Utc>,
    /// When the row last changed.
    pub updated_at: DateTime<Utc>,
}

impl Publication {
    /// A draft of the post on the account, made at `now`.
    ///
    /// A draft without a time counts its due time from `now`; scheduling sets it anew.
    #[must_use]
    pub fn draft(post: &Post, account: &Account, now: DateTime<Utc>) -> Self {
        let due = post.publish_at.unwrap_or(now);
        let late = TimeDelta::seconds(post.max_late_secs);
        Self {
            id: PublicationId::generate(now),
            workspace: post.workspace,
            post: post.id,
            account: account.id,
            remote_key: account.remote_key(),
            caption_key: post.content.caption_key(),
            progress: Progress::draft(due, late, post.content_version),
            epoch: 0,
            rev: 0,
            lease_until: None,
            losses: 0,
            state_since: now,
            created_at: now,
            updated_at: now,
        }
    }

    /// Where it stands.
    #[must_use]
    pub const fn state(&self) -> State {
        self.progress.state
    }
}
