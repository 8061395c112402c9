//! The feed of events and the inbox.

use async_trait::async_trait;
use contentzavod_core::model::{AccountId, Event, Notice, NoticeKind, Notification, WorkspaceId};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{Feed, NotificationStore};
use rusqlite::params;

use super::SqliteStore;
use super::account::about;
use super::db::{Cells, all, first};
use super::facts::write_notices;
use super::map::{Fault, limit as most};
use super::writer::Tx;

fn event(cells: &Cells<'_>) -> Result<Event, Fault> {
    cells.table("events");
    // Its position is its name in errors.
    cells.str("id")?;
    Ok(Event {
        seq: cells.get("seq")?,
        at: cells.time("at")?,
        workspace: cells.id("workspace")?,
        kind: cells.json("body")?,
    })
}

fn notification(cells: &Cells<'_>) -> Result<Notification, Fault> {
    cells.table("notifications");
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

fn notify_account(tx: Tx<'_>, account: AccountId, notice: Notice) -> Result<(), Fault> {
    let sql = "SELECT id, workspace FROM accounts WHERE id = ?1";
    let workspace = first(tx.conn, sql, [account.to_string()], |cells| {
        cells.table("accounts");
        cells.str("id")?;
        cells.id("workspace")
    })?;
    match workspace {
        Some(workspace) => write_notices(tx, &[about(notice, workspace, account)]),
        None => Ok(()),
    }
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
        self.read(move |conn| match workspace {
            Some(workspace) => all(
                conn,
                "SELECT CAST(seq AS TEXT) AS id, seq, at, workspace, body FROM events \
                 WHERE seq > ?1 AND workspace = ?3 ORDER BY seq LIMIT ?2",
                params![after, most(limit), workspace.to_string()],
                event,
            ),
            None => all(
                conn,
                "SELECT CAST(seq AS TEXT) AS id, seq, at, workspace, body FROM events \
                 WHERE seq > ?1 ORDER BY seq LIMIT ?2",
                params![after, most(limit)],
                event,
            ),
        })
        .await
    }

    async fn last_event(&self) -> Result<i64, StoreError> {
        // The position of the newest event even when old ones were cleared away.
        let sql = "SELECT seq FROM sqlite_sequence WHERE name = 'events'";
        let last = self.read(move |conn| first(conn, sql, [], |cells| cells.get("seq")));
        Ok(last.await?.unwrap_or(0))
    }

    async fn notify_account(&self, account: AccountId, notice: Notice) -> Result<(), StoreError> {
        self.write(move |tx| notify_account(tx, account, notice))
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
        let sql = "SELECT id, seq, workspace, kind, params, publication, post, account, media, \
                     created_at \
                   FROM notifications WHERE workspace = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3";
        self.read(move |conn| {
            let params = params![workspace.to_string(), after, most(limit)];
            all(conn, sql, params, notification)
        })
        .await
    }
}
