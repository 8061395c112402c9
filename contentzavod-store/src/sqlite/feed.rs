//! The feed of events and the inbox.

use async_trait::async_trait;
use contentzavod_core::model::{AccountId, Event, Notice, NoticeKind, Notification, WorkspaceId};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{Feed, NotificationStore};
use sqlx::sqlite::SqliteRow;

use super::SqliteStore;
use super::account::about;
use super::facts::write_notices;
use super::map::{Cells, Fault, limit as most};
use super::writer::Done;

fn event(row: &SqliteRow) -> Result<Event, Fault> {
    let cells = Cells::new(row, "events", "id");
    Ok(Event {
        seq: cells.get("seq")?,
        at: cells.time("at")?,
        workspace: cells.id("workspace")?,
        kind: cells.json("body")?,
    })
}

fn notification(row: &SqliteRow) -> Result<Notification, Fault> {
    let cells = Cells::new(row, "notifications", "id");
    Ok(Notification {
        id: cells.id("id")?,
        seq: cells.get("seq")?,
        workspace: cells.id("workspace")?,
        notice: Notice {
            kind: cells.word("kind", NoticeKind::parse)?,
            params: cells.json("params")?,
        },
        publication: cells.opt_id("publication")?,
        post: cells.opt_id("post")?,
        account: cells.opt_id("account")?,
        media: cells.opt_id("media")?,
        created_at: cells.time("created_at")?,
    })
}

#[async_trait]
impl Feed for SqliteStore {
    // One writer gives out the positions inside its transactions, so an event is never seen before
    // an earlier one.
    async fn events(
        &self,
        workspace: Option<WorkspaceId>,
        after: i64,
        limit: usize,
    ) -> Result<Vec<Event>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let query = match workspace {
            Some(workspace) => sqlx::query(
                "SELECT seq, CAST(seq AS TEXT) AS id, at, workspace, body FROM events \
                 WHERE seq > ?1 AND workspace = ?3 ORDER BY seq LIMIT ?2",
            )
            .bind(after)
            .bind(most(limit))
            .bind(workspace.to_string()),
            None => sqlx::query(
                "SELECT seq, CAST(seq AS TEXT) AS id, at, workspace, body FROM events \
                 WHERE seq > ?1 ORDER BY seq LIMIT ?2",
            )
            .bind(after)
            .bind(most(limit)),
        };
        let rows = query.fetch_all(&mut *snapshot).await.map_err(Fault::from)?;
        let events: Result<_, Fault> = rows.iter().map(event).collect();
        Ok(events?)
    }

    async fn last_event(&self) -> Result<i64, StoreError> {
        let mut snapshot = self.snapshot().await?;
        // The position of the newest event even when old ones were cleared away.
        let last: Option<i64> =
            sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'events'")
                .fetch_optional(&mut *snapshot)
                .await
                .map_err(Fault::from)?;
        Ok(last.unwrap_or(0))
    }

    async fn notify_account(&self, account: AccountId, notice: Notice) -> Result<(), StoreError> {
        self.write(move |mut tx| {
            Box::pin(async move {
                let row = sqlx::query("SELECT id, workspace FROM accounts WHERE id = ?1")
                    .bind(account.to_string())
                    .fetch_optional(&mut *tx.conn)
                    .await?;
                if let Some(row) = row {
                    let workspace = Cells::new(&row, "accounts", "id").id("workspace")?;
                    write_notices(&mut tx, &[about(notice, workspace, account)]).await?;
                }
                Ok(Done::Keep(()))
            })
        })
        .await
    }
}

#[async_trait]
impl NotificationStore for SqliteStore {
    async fn notifications(
        &self,
        workspace: WorkspaceId,
        after: i64,
        limit: usize,
    ) -> Result<Vec<Notification>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        let rows = sqlx::query(
            "SELECT seq, id, workspace, kind, params, publication, post, account, media, \
                    created_at \
             FROM notifications WHERE workspace = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
        )
        .bind(workspace.to_string())
        .bind(after)
        .bind(most(limit))
        .fetch_all(&mut *snapshot)
        .await
        .map_err(Fault::from)?;
        let notifications: Result<_, Fault> = rows.iter().map(notification).collect();
        Ok(notifications?)
    }
}
