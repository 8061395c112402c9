//! What is written and read of accounts; the port over it is in `accounts`.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::{
    Account, AccountId, AccountStatus, Notice, NoticeKind, WorkspaceId,
};
use contentzavod_core::ports::store::{Connected, RefreshItem};
use sqlx::SqliteConnection;

use super::facts::{Told, write_notices};
use super::map::{Cells, Fault, json as document, limit, ms, ms_up};
use super::rows::{self, account_columns};
use super::writer::Tx;

pub(super) async fn find(
    conn: &mut SqliteConnection,
    workspace: WorkspaceId,
    id: AccountId,
) -> Result<Option<Account>, Fault> {
    let row = sqlx::query(concat!(
        "SELECT ",
        account_columns!(),
        " FROM accounts AS a WHERE a.id = ?1 AND a.workspace = ?2"
    ))
    .bind(id.to_string())
    .bind(workspace.to_string())
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(rows::account).transpose()
}

pub(super) async fn find_remote(
    conn: &mut SqliteConnection,
    workspace: WorkspaceId,
    platform: &str,
    remote_user_id: &str,
) -> Result<Option<Account>, Fault> {
    let row = sqlx::query(concat!(
        "SELECT ",
        account_columns!(),
        " FROM accounts AS a \
         WHERE a.workspace = ?1 AND a.platform = ?2 AND a.remote_user_id = ?3"
    ))
    .bind(workspace.to_string())
    .bind(platform)
    .bind(remote_user_id)
    .fetch_optional(conn)
    .await?;
    row.as_ref().map(rows::account).transpose()
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

async fn put(tx: &mut Tx<'_>, a: &Account) -> Result<(), Fault> {
    sqlx::query(
        "INSERT INTO accounts (id, workspace, platform, login, remote_user_id, app_scoped_id, \
           username, status, token, token_version, token_obtained_at, token_expires_at, scopes, \
           quota, quota_read_at, refresh_at, created_at, updated_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) \
         ON CONFLICT (id) DO UPDATE SET login = ?4, app_scoped_id = ?6, username = ?7, \
           status = ?8, token = ?9, token_version = ?10, token_obtained_at = ?11, \
           token_expires_at = ?12, scopes = ?13, refresh_at = ?16, updated_at = ?18",
    )
    .bind(a.id.to_string())
    .bind(a.workspace.to_string())
    .bind(&a.platform)
    .bind(&a.login)
    .bind(&a.remote_user_id)
    .bind(&a.app_scoped_id)
    .bind(&a.username)
    .bind(a.status.as_str())
    .bind(a.token.as_ref().map(|t| t.0.as_str()))
    .bind(a.token_version)
    .bind(a.token_obtained_at.map(ms))
    .bind(a.token_expires_at.map(ms))
    .bind(document(&a.scopes)?)
    .bind(a.quota.as_ref().map(document).transpose()?)
    .bind(a.quota_read_at.map(ms))
    .bind(a.refresh_at.map(ms_up))
    .bind(ms(a.created_at))
    .bind(ms(a.updated_at))
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
}

/// Makes the waiting publications of an account due.
async fn wake_waiting(tx: &mut Tx<'_>, id: AccountId) -> Result<(), Fault> {
    sqlx::query(
        "UPDATE publications SET next_at = min(coalesce(next_at, ?1), ?1), rev = rev + 1 \
         WHERE account = ?2 AND state IN ('waiting_account', 'waiting_quota')",
    )
    .bind(ms(tx.now))
    .bind(id.to_string())
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
}

pub(super) async fn connect(tx: &mut Tx<'_>, given: Account) -> Result<Connected, Fault> {
    let known = find_remote(
        &mut *tx.conn,
        given.workspace,
        &given.platform,
        &given.remote_user_id,
    )
    .await?;
    let (account, created) = merged(known, given, tx.now);
    put(tx, &account).await?;
    wake_waiting(tx, account.id).await?;
    let written = find(&mut *tx.conn, account.workspace, account.id).await?;
    let account = written.ok_or_else(|| Fault::corrupt("accounts", account.id, "not written"))?;
    Ok(Connected { account, created })
}

pub(super) async fn disconnect(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: AccountId,
) -> Result<Option<Account>, Fault> {
    let before = find(&mut *tx.conn, workspace, id).await?;
    if before.is_some() {
        // The version rises, so that a refresh under way cannot bring a token back.
        sqlx::query(
            "UPDATE accounts SET status = 'disconnected', token = NULL, \
               token_version = token_version + 1, token_expires_at = NULL, refresh_at = NULL, \
               updated_at = ?1 \
             WHERE id = ?2 AND status <> 'disconnected'",
        )
        .bind(ms(tx.now))
        .bind(id.to_string())
        .execute(&mut *tx.conn)
        .await?;
    }
    Ok(before)
}

/// Sets the status while the account has this token, with the notice and the wake-up that belong to
/// it; false when it has another or was disconnected.
pub(super) async fn set_status(
    tx: &mut Tx<'_>,
    id: AccountId,
    token_version: i64,
    status: AccountStatus,
) -> Result<bool, Fault> {
    let row = sqlx::query(concat!(
        "SELECT ",
        account_columns!(),
        " FROM accounts AS a \
         WHERE a.id = ?1 AND a.token_version = ?2 AND a.status <> 'disconnected'"
    ))
    .bind(id.to_string())
    .bind(token_version)
    .fetch_optional(&mut *tx.conn)
    .await?;
    let Some(before) = row.as_ref().map(rows::account).transpose()? else {
        return Ok(false);
    };
    if before.status == status {
        return Ok(true);
    }
    sqlx::query("UPDATE accounts SET status = ?1, updated_at = ?2 WHERE id = ?3")
        .bind(status.as_str())
        .bind(ms(tx.now))
        .bind(id.to_string())
        .execute(&mut *tx.conn)
        .await?;
    if status == AccountStatus::Active {
        wake_waiting(tx, id).await?;
    }
    let kind = match status {
        AccountStatus::Reauthorize => NoticeKind::Reauthorize,
        AccountStatus::Restricted => NoticeKind::Restricted,
        AccountStatus::Active | AccountStatus::Disconnected => return Ok(true),
    };
    if before.status == AccountStatus::Active {
        let notice = Notice::new(kind).with("username", before.username);
        write_notices(tx, &[about(notice, before.workspace, id)]).await?;
    }
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

pub(super) async fn claim_refresh(
    tx: &mut Tx<'_>,
    lease: TimeDelta,
    most: usize,
) -> Result<Vec<RefreshItem>, Fault> {
    let due = sqlx::query(concat!(
        "SELECT ",
        account_columns!(),
        " FROM accounts AS a \
         WHERE a.status = 'active' AND a.token IS NOT NULL AND a.refresh_at <= ?1 \
         ORDER BY a.refresh_at LIMIT ?2"
    ))
    .bind(ms(tx.now))
    .bind(limit(most))
    .fetch_all(&mut *tx.conn)
    .await?;
    let until = tx.now + lease;
    let mut items = Vec::with_capacity(due.len());
    for row in &due {
        let id = Cells::new(row, "accounts", "a_id").text("a_id")?;
        match rows::account(row) {
            Ok(account) => {
                let refresh_at = Some(until);
                let account = Account {
                    refresh_at,
                    ..account
                };
                items.push(RefreshItem { account });
            }
            // It stands aside like the others, so that it does not block them.
            Err(Fault(error)) => tracing::error!(%error, "an account does not read"),
        }
        sqlx::query("UPDATE accounts SET refresh_at = ?1 WHERE id = ?2")
            .bind(ms_up(until))
            .bind(id)
            .execute(&mut *tx.conn)
            .await?;
    }
    Ok(items)
}
