//! The feed of events, and the inbox of notifications.

use async_trait::async_trait;

use super::StoreError;
use crate::model::{AccountId, Event, Notice, Notification, WorkspaceId};

/// Facts in order. Written by the other stores, in the transaction that made them true.
#[async_trait]
pub trait Feed {
    /// Events after a position, oldest first; of one workspace, or of all.
    ///
    /// An event is visible only when all before it are: a reader that goes on from the last
    /// position misses nothing.
    async fn events(
        &self,
        workspace: Option<WorkspaceId>,
        after: i64,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError>;

    /// The position of the newest event; 0 when there is none.
    async fn last_event(&self) -> Result<i64, StoreError>;

    /// Writes a notice about an account that no publication's outcome carries.
    async fn notify_account(&self, account: AccountId, notice: Notice) -> Result<(), StoreError>;
}

/// The inbox.
#[async_trait]
pub trait NotificationStore {
    /// Notifications of a workspace after a position, oldest first.
    async fn notifications(
        &self,
        workspace: WorkspaceId,
        after: i64,
        limit: usize,
    ) -> Result<Vec<Notification>, StoreError>;
}
