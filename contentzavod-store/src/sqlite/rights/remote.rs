//! Accounts that a platform asks us to forget.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::{
    AccountId, DeletionKind, FORGOTTEN, Notice, NoticeKind, PostId, PublicationId, Tombstone,
    WorkspaceId,
};
use contentzavod_core::ports::store::{Forget, Hash, Said};
use contentzavod_core::publication::{Progress, State};
use rusqlite::params;

use super::files::{self, Deletion};
use super::scrub;
use super::tombs::bury;
use crate::sqlite::account::about;
use crate::sqlite::apply::{RowWrite, follow, write_row, write_statuses};
use crate::sqlite::db::{Cells, all, execute, first};
use crate::sqlite::expiry;
use crate::sqlite::facts::{Move, write_notices};
use crate::sqlite::map::{Fault, id_list, json as document, ms};
use crate::sqlite::writer::Tx;

/// A publication on the account, as far as it can be read whatever its document holds.
struct Row {
    id: PublicationId,
    post: PostId,
    state: State,
    since: DateTime<Utc>,
    due_at: DateTime<Utc>,
    max_late_secs: i64,
    content_version: i32,
}

pub(super) fn forget(tx: Tx<'_>, asked: &Forget) -> Result<usize, Fault> {
    if let Some(Said { mark, until, .. }) = asked.said {
        let sql = "INSERT INTO marks (mark, ends_at) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        let new = execute(tx.conn, sql, params![mark, ms(until)])? == 1;
        if !new && let Some(found) = answer_again(tx, mark, asked.code)? {
            return Ok(found);
        }
    }
    let found = accounts(tx, asked)?;
    if !found.is_empty() {
        scrub::note(tx)?;
    }
    for (account, workspace) in &found {
        forget_account(tx, *account, *workspace)?;
    }
    let deletion = Deletion {
        code: asked.code,
        kind: DeletionKind::Account,
        found: found.len(),
        mark: asked.said.map(|said| said.mark),
    };
    files::begin(tx, &deletion)?;
    files::done(tx, asked.code)?;
    Ok(found.len())
}

/// What a request was answered before, under another code: the first one is kept nowhere.
fn answer_again(tx: Tx<'_>, mark: Hash, code: Hash) -> Result<Option<usize>, Fault> {
    let sql = "INSERT INTO deletions (code, kind, found, asked_at, done_at) \
               SELECT ?2, kind, found, asked_at, done_at FROM deletions WHERE mark = ?1 LIMIT 1 \
               RETURNING found";
    first(tx.conn, sql, params![mark, code], |c| c.number("found"))
}

fn accounts(tx: Tx<'_>, asked: &Forget) -> Result<Vec<(AccountId, WorkspaceId)>, Fault> {
    let sql = "SELECT id, workspace FROM accounts WHERE platform = ?1 AND ( \
                 remote_user_id IN (SELECT value FROM json_each(?2)) \
                 OR app_scoped_id IN (SELECT value FROM json_each(?2))) \
                 AND (?3 IS NULL OR token IS NULL OR token_obtained_at <= ?3) ORDER BY id";
    let about = asked.said.map(|said| ms(said.about()));
    let params = params![asked.platform, document(&asked.remote_ids)?, about];
    all(tx.conn, sql, params, |cells| {
        cells.table("accounts");
        Ok((cells.id("id")?, cells.id("workspace")?))
    })
}

/// Forgets accounts that were disconnected before a time and that no post refers to which is still there;
/// how many. Connected again before, it is the row that it was.
pub(in crate::sqlite) fn forget_unused(tx: Tx<'_>, before: DateTime<Utc>) -> Result<usize, Fault> {
    let sql = "SELECT id FROM accounts AS a \
               WHERE status = 'disconnected' AND updated_at <= ?1 \
                 AND remote_user_id <> 'deleted:' || id \
                 AND NOT EXISTS ( \
                   SELECT 1 FROM publications AS p CROSS JOIN posts AS o ON o.id = p.post \
                   WHERE p.account = a.id AND o.deleted_at IS NULL)";
    let unused: Vec<AccountId> = all(tx.conn, sql, [ms(before)], |c| c.id("id"))?;
    for account in &unused {
        leave_nothing(tx, *account)?;
    }
    Ok(unused.len())
}

/// Deletes the row, or empties it where publications refer to it; false where it is gone.
fn leave_nothing(tx: Tx<'_>, account: AccountId) -> Result<bool, Fault> {
    let id = account.to_string();
    let left = "SELECT id FROM publications WHERE account = ?1 LIMIT 1";
    if first(tx.conn, left, [&id], |_| Ok(()))?.is_some() {
        anonymise(tx, account)?;
        return Ok(true);
    }
    execute(tx.conn, "DELETE FROM accounts WHERE id = ?1", [&id])?;
    Ok(false)
}

/// Forgets one account: the row stays only where publications refer to it, and says nothing then.
pub(super) fn forget_account(
    tx: Tx<'_>,
    account: AccountId,
    workspace: WorkspaceId,
) -> Result<(), Fault> {
    bury(tx, &Tombstone::of_account(account, tx.now))?;
    let id = account.to_string();
    execute(
        tx.conn,
        "DELETE FROM notifications WHERE account = ?1",
        [&id],
    )?;
    let cancelled = forget_rows(tx, account, workspace)?;
    let mut told = about(
        Notice::new(NoticeKind::AccountForgotten).with("posts", cancelled.to_string()),
        workspace,
        account,
    );
    if !leave_nothing(tx, account)? {
        told.account = None;
    }
    write_notices(tx, &[told])
}

/// The row stays, because publications refer to it, and says nothing. The version rises, so that a
/// refresh under way cannot bring a token back.
fn anonymise(tx: Tx<'_>, account: AccountId) -> Result<(), Fault> {
    let id = account.to_string();
    execute(
        tx.conn,
        "UPDATE accounts SET remote_user_id = 'deleted:' || id, app_scoped_id = NULL, \
           username = ?2, status = 'disconnected', token = NULL, \
           token_version = token_version + 1, token_obtained_at = NULL, token_expires_at = NULL, \
           scopes = '[]', quota = NULL, quota_read_at = NULL, refresh_at = NULL, \
           expiry_told = NULL, updated_at = ?3 \
         WHERE id = ?1",
        params![id, FORGOTTEN, ms(tx.now)],
    )?;
    execute(
        tx.conn,
        "UPDATE publications SET remote_key = 'deleted:' || account WHERE account = ?1",
        [&id],
    )?;
    Ok(())
}

fn read(cells: &Cells<'_>) -> Result<Row, Fault> {
    cells.table("publications");
    Ok(Row {
        id: cells.id("id")?,
        post: cells.id("post")?,
        state: cells.word("state", State::parse)?,
        since: cells.time("state_since")?,
        due_at: cells.time("due_at")?,
        max_late_secs: cells.get("max_late_secs")?,
        content_version: cells.number("content_version")?,
    })
}

/// Takes drafts off the account, cancels what has not gone out, and empties every memory; how many
/// were cancelled. Whoever holds one of them is fenced.
fn forget_rows(tx: Tx<'_>, account: AccountId, workspace: WorkspaceId) -> Result<usize, Fault> {
    let sql = "SELECT p.id, p.post, p.state, p.state_since, p.due_at, o.max_late_secs, \
                 o.content_version \
               FROM publications AS p CROSS JOIN posts AS o ON o.id = p.post WHERE p.account = ?1";
    let rows = all(tx.conn, sql, [account.to_string()], read)?;
    let mut moves = Vec::new();
    let mut drafts = BTreeSet::new();
    for row in &rows {
        if row.state == State::Draft {
            let sql = "DELETE FROM publications WHERE id = ?1";
            execute(tx.conn, sql, [row.id.to_string()])?;
            drafts.insert(row.post);
            continue;
        }
        let next = emptied(row);
        let moved = row.state != next.state;
        write_row(tx, row.id, &next, &released(moved))?;
        if moved {
            moves.push(Move {
                workspace,
                publication: row.id,
                post: row.post,
                account,
                from: row.state,
                to: next.state,
            });
        }
    }
    let moved = moves.iter().map(|m| m.post);
    write_statuses(tx, &drafts.iter().copied().chain(moved).collect())?;
    follow(tx, &moves, Vec::new())?;
    if !drafts.is_empty() {
        let sql = "SELECT DISTINCT media FROM post_media \
                   WHERE post IN (SELECT value FROM json_each(?1)) ORDER BY media";
        let files = all(tx.conn, sql, [id_list(&drafts)], |c| c.id("media"))?;
        let told = expiry::refresh(tx, &files)?;
        write_notices(tx, &told)?;
    }
    Ok(moves.len())
}

/// A memory that knows where it stands and nothing of the platform.
fn emptied(row: &Row) -> Progress {
    let late = TimeDelta::try_seconds(row.max_late_secs).unwrap_or_default();
    let mut next = Progress::draft(row.due_at, late, row.content_version);
    next.state = State::Cancelled;
    if row.state == State::Published {
        next.state = State::Published;
        next.published_at = Some(row.since);
        next.confirmed_at = Some(row.since);
    }
    next
}

const fn released(moved: bool) -> RowWrite {
    RowWrite {
        slot: false,
        lease_until: None,
        moved,
        caption_key: None,
        epoch_by: 1,
        forgive: true,
    }
}
