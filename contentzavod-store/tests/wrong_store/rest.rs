//! Wrong feeds, inboxes and people.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use contentzavod_core::model::{
    AccountId, Event, Notice, NoticeKind, Notification, User, UserId, Workspace, WorkspaceId,
};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{Feed, NotificationStore, UserStore};

use super::crooked::Crooked;
use super::crooked::Wrong::*;

#[async_trait]
impl Feed for Crooked {
    async fn events(
        &self,
        workspace: Option<WorkspaceId>,
        after: i64,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError> {
        let workspace = workspace.filter(|_| !self.is(EventsOfEverybody));
        let after = if self.is(PositionsAreIncluded) {
            after - 1
        } else {
            after
        };
        self.inner.events(workspace, after, limit).await
    }

    async fn last_event(&self) -> Result<i64, StoreError> {
        let extra = self.memory().extra;
        Ok(self.inner.last_event().await? + extra)
    }

    async fn notify_account(&self, account: AccountId, notice: Notice) -> Result<(), StoreError> {
        self.inner.notify_account(account, notice).await
    }
}

#[async_trait]
impl NotificationStore for Crooked {
    async fn notifications(
        &self,
        workspace: WorkspaceId,
        after: i64,
        limit: usize,
    ) -> Result<Vec<Notification>, StoreError> {
        let mut inbox = self.inner.notifications(workspace, after, limit).await?;
        if self.is(HoursAreNotTold) {
            inbox.retain(|n| n.notice.kind != NoticeKind::MediaExpiring);
        }
        if self.is(InboxesAreShared) {
            let all = self.memory().workspaces.clone();
            for other in all.into_iter().filter(|w| *w != workspace) {
                inbox.extend(self.inner.notifications(other, after, limit).await?);
            }
        }
        Ok(inbox)
    }
}

#[async_trait]
impl UserStore for Crooked {
    async fn create_user(&self, user: User, workspace: Workspace) -> Result<(), StoreError> {
        self.memory().users.push(user.clone());
        self.memory().workspaces.push(workspace.id);
        self.inner.create_user(user, workspace).await
    }

    async fn user(&self, id: UserId) -> Result<Option<User>, StoreError> {
        self.inner.user(id).await
    }

    async fn workspace(&self, id: WorkspaceId) -> Result<Option<Workspace>, StoreError> {
        self.inner.workspace(id).await
    }

    async fn update_me(&self, user: User, workspace: Option<Workspace>) -> Result<(), StoreError> {
        let updated = self.inner.update_me(user, workspace.clone()).await;
        if updated.is_err() && self.is(HalfOfMeIsWritten) {
            let somebody = self.memory().users.first().cloned();
            if let Some(somebody) = somebody {
                // The user is not there; the workspace is written all the same.
                self.inner.update_me(somebody, workspace).await?;
            }
        }
        updated
    }

    async fn policy_since(&self, version: &str) -> Result<DateTime<Utc>, StoreError> {
        if self.is(EveryPolicyIsNew) {
            self.inner
                .policy_since(&format!("{version} before"))
                .await?;
        }
        self.inner.policy_since(version).await
    }
}
