//! What happened, in order: the feed that dashboards and embedders follow.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::id::{AccountId, PostId, PublicationId, WorkspaceId};
use crate::publication::State;

/// A fact of the feed; written in the transaction that made it true.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Position in the feed: strictly rising, with gaps.
    pub seq: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// The workspace it belongs to.
    pub workspace: WorkspaceId,
    /// What happened.
    pub kind: EventKind,
}

/// The kinds of facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum EventKind {
    /// A publication moved from one state to another.
    Publication {
        /// The publication.
        publication: PublicationId,
        /// Its post.
        post: PostId,
        /// Its account.
        account: AccountId,
        /// Where it stood.
        from: State,
        /// Where it stands.
        to: State,
    },
}
