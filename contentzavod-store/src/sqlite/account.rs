//! What is written and read of accounts; the port over it is in `accounts`.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use contentzavod_core::model::{
    Account, AccountId, AccountStatus, Notice, NoticeKind, WorkspaceId,
};
use contentzavod_core::ports::store::{Connected, RefreshItem};
use rusqlite::{Connection, params};

use super::db::{all, execute, first};
use super::facts::{Told, write_notices};
use super::map::{Fault, json as document, limit, ms, ms_up};
use super::rights::refuse_gone;
use super::rows::{self, account_columns};
use super::writer::Tx;

pub(super) fn find(
    conn: &Connection,
    workspace: WorkspaceId,
    id: AccountId,
) -> Result<Option<Account>, Fault> {
    let sql = concat!(
        "SELECT ",
        account_columns!(),
        " FROM accounts AS a WHERE a.id = ?1 AND a.workspace = ?2"
    );
    first(
        conn,
        sql,
        params![id.to_string(), workspace.to_string()],
        rows::account,
    )
}

pub(super) fn find_remote(
    conn: &Connection,
    workspace: WorkspaceId,
    platform: &str,
    remote_user_id: &str,
) -> Result<Option<Account>, Fault> {
    let sql = concat!(
        "SELECT ",
        account_columns!(),
        " FROM accounts AS a \
         WHERE a.workspace = ?1 AND a.platform = ?2 AND a.remote_user_id = ?3"
    );
    first(
        conn,
        sql,
        params![workspace.to_string(), platform, remote_user_id],
        rows::account,
    )
}

/// The new row, or the known one with everything that connecting renews.
fn merged(known: Option<Account>, given: Account, now: DateTime<Utc>) -> (Account, bool) {
    let Some(known) = known else {
        return (given, true);
    };
    let account = Account {
        id: known.id,
        token_version: known.token_version + 1,
        quota: known.quota,
        quota_read_at: known.quota_read_at,
        created_at: known.created_at,
        updated_at: now,
        ..given
    };
    (account, false)
}

fn put(tx: Tx<'_>, a: &Account) -> Result<(), Fault> {
    execute(
        tx.conn,
        "INSERT INTO accounts (id, workspace, platform, login, remote_user_id, app_scoped_id, \
           username, status, token, token_version, token_obtained_at, token_expires_at, scopes, \
           quota, quota_read_at, refresh_at, created_at, updated_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) \
         ON CONFLICT (id) DO UPDATE SET login = ?4, app_scoped_id = ?6, username = ?7, \
           status = ?8, token = ?9, token_version = ?10, token_obtained_at = ?11, \
           token_expires_at = ?12, scopes = ?13, refresh_at = ?16, expiry_told = NULL, \
           updated_at = ?18",
        params![
            a.id.to_string(),
            a.workspace.to_string(),
            &a.platform,
            &a.login,
            &a.remote_user_id,
            &a.app_scoped_id,
            &a.username,
            a.status.as_str(),
            a.token.as_ref().map(|t| t.0.as_str()),
            a.token_version,
            a.token_obtained_at.map(ms),
            a.token_expires_at.map(ms),
            document(&a.scopes)?,
            a.quota.as_ref().map(document).transpose()?,
            a.quota_read_at.map(ms),
            a.refresh_at.map(ms_up),
            ms(a.created_at),
            ms(a.updated_at)
        ],
    )?;
    Ok(())
}

/// Makes the waiting publications of an account due.
fn wake_waiting(tx: Tx<'_>, id: AccountId) -> Result<(), Fault> {
    execute(
        tx.conn,
        "UPDATE publications SET next_at = min(coalesce(next_at, ?1), ?1), rev = rev + 1 \
         WHERE account = ?2 AND state IN ('waiting_account', 'waiting_quota')",
        params![ms(tx.now), id.to_string()],
    )?;
    Ok(())
}

pub(super) fn connect(tx: Tx<'_>, given: Account) -> Result<Connected, Fault> {
    refuse_gone(tx, given.workspace)?;
    let known = find_remote(
        tx.conn,
        given.workspace,
        &given.platform,
        &given.remote_user_id,
    )?;
    let (account, created) = merged(known, given, tx.now);
    put(tx, &account)?;
    wake_waiting(tx, account.id)?;
    let written = find(tx.conn, account.workspace, account.id)?;
    let account = written.ok_or_else(|| Fault::corrupt("accounts", account.id, "not written"))?;
    Ok(Connected { account, created })
}

pub(super) fn disconnect(
    tx: Tx<'_>,
    workspace: WorkspaceId,
    id: AccountId,
) -> Result<Option<Account>, Fault> {
    let Some(before) = find(tx.conn, workspace, id)? else {
        return Ok(None);
    };
    if before.status != AccountStatus::Disconnected {
        // The version rises, so that a refresh under way cannot bring a token back.
        execute(
            tx.conn,
            "UPDATE accounts SET status = 'disconnected', token = NULL, \
               token_version = token_version + 1, token_expires_at = NULL, refresh_at = NULL, \
               updated_at = ?1 \
             WHERE id = ?2",
            params![ms(tx.now), id.to_string()],
        )?;
        let waiting = waiting(tx, id)?;
        if waiting > 0 {
            let notice = Notice::new(NoticeKind::AccountDisconnected)
                .with("username", &before.username)
                .with("posts", waiting.to_string());
            write_notices(tx, &[about(notice, workspace, id)])?;
        }
    }
    Ok(Some(before))
}

/// How many publications wait for an account, and could still be taken back: neither drafts nor what
/// has left.
fn waiting(tx: Tx<'_>, id: AccountId) -> Result<i64, Fault> {
    let sql = "SELECT count(*) AS n FROM publications WHERE account = ?1 \
               AND state IN ('scheduled', 'preparing', 'processing', 'ready', 'waiting_quota', \
                 'waiting_account')";
    let waiting = first(tx.conn, sql, [id.to_string()], |c| c.get("n"))?;
    Ok(waiting.unwrap_or_default())
}

/// Sets the status while the account has this token, with the notice and the wake-up that belong to
/// it; false when it has another or was disconnected.
pub(super) fn set_status(
    tx: Tx<'_>,
    id: AccountId,
    token_version: i64,
    status: AccountStatus,
    told: &mut Vec<Told>,
) -> Result<bool, Fault> {
    let sql = concat!(
        "SELECT ",
        account_columns!(),
        " FROM accounts AS a \
         WHERE a.id = ?1 AND a.token_version = ?2 AND a.status <> 'disconnected'"
    );
    let params = params![id.to_string(), token_version];
    let Some(before) = first(tx.conn, sql, params, rows::account)? else {
        return Ok(false);
    };
    if before.status == status {
        return Ok(true);
    }
    execute(
        tx.conn,
        "UPDATE accounts SET status = ?1, updated_at = ?2 WHERE id = ?3",
        params![status.as_str(), ms(tx.now), id.to_string()],
    )?;
    if status == AccountStatus::Active {
        wake_waiting(tx, id)?;
    }
    let kind = match (before.status, status) {
        (_, AccountStatus::Reauthorize) => NoticeKind::Reauthorize,
        (AccountStatus::Active, AccountStatus::Restricted) => NoticeKind::Restricted,
        _ => return Ok(true),
    };
    let notice = Notice::new(kind).with("username", before.username);
    told.push(about(notice, before.workspace, id));
    Ok(true)
}

/// A notice about an account.
pub(super) const fn about(notice: Notice, workspace: WorkspaceId, id: AccountId) -> Told {
    Told {
        notice,
        workspace,
        publication: None,
        post: None,
        account: Some(id),
        media: None,
    }
}

/// Accounts whose token ends soon, with the number of days that is to be told now: ?1 is now, ?2 a day.
pub(super) const ENDING: &str = "SELECT id, workspace, username, token_expires_at, days FROM ( \
       SELECT *, CASE WHEN token_expires_at <= ?1 + ?2 THEN 1 \
                      WHEN token_expires_at <= ?1 + 3 * ?2 THEN 3 ELSE 10 END AS days \
       FROM accounts \
       WHERE token IS NOT NULL AND token_expires_at IS NOT NULL \
         AND token_expires_at <= ?1 + 10 * ?2 \
         AND status IN ('active', 'restricted')) \
     WHERE coalesce(expiry_told, 11) > days ORDER BY token_expires_at LIMIT ?3";

/// The ends of tokens that people are to hear of now; marks them as told.
pub(super) fn ends_to_tell(tx: Tx<'_>, most: usize) -> Result<Vec<Told>, Fault> {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let rows = all(
        tx.conn,
        ENDING,
        params![ms(tx.now), DAY, limit(most)],
        |cells| {
            let id: AccountId = cells.id("id")?;
            let (workspace, username) = (cells.id("workspace")?, cells.text("username")?);
            let ends = cells.time("token_expires_at")?;
            let days: i64 = cells.number("days")?;
            let notice = Notice::new(NoticeKind::TokenEnding)
                .with("username", username)
                .with("days", days.to_string())
                .with(
                    "expires_at",
                    ends.to_rfc3339_opts(SecondsFormat::Secs, true),
                );
            Ok((about(notice, workspace, id), id, days))
        },
    )?;
    for (_, id, days) in &rows {
        let sql = "UPDATE accounts SET expiry_told = ?1 WHERE id = ?2";
        execute(tx.conn, sql, params![days, id.to_string()])?;
    }
    Ok(rows.into_iter().map(|(told, ..)| told).collect())
}

pub(super) fn claim_refresh(
    tx: Tx<'_>,
    lease: TimeDelta,
    most: usize,
) -> Result<Vec<RefreshItem>, Fault> {
    let sql = concat!(
        "SELECT a.id AS due_id, ",
        account_columns!(),
        " FROM accounts AS a \
         WHERE a.status = 'active' AND a.token IS NOT NULL AND a.refresh_at <= ?1 \
         ORDER BY a.refresh_at LIMIT ?2"
    );
    let due = all(tx.conn, sql, params![ms(tx.now), limit(most)], |cells| {
        Ok((cells.text("due_id")?, rows::account(cells)))
    })?;
    let until = tx.now + lease;
    let mut items = Vec::with_capacity(due.len());
    for (id, account) in due {
        match account {
            Ok(mut account) => {
                account.refresh_at = Some(until);
                items.push(RefreshItem { account });
            }
            // It stands aside like the others, so that it does not block them.
            Err(Fault(error)) => tracing::error!(%error, "an account does not read"),
        }
        execute(
            tx.conn,
            "UPDATE accounts SET refresh_at = ?1 WHERE id = ?2",
            params![ms_up(until), id],
        )?;
    }
    Ok(items)
}
