//! What the platform says to have been removed.

use contentzavod_core::model::{AccountStatus, Notice, NoticeKind};
use contentzavod_core::ports::store::Removal;
use rusqlite::params;

use super::account::about;
use super::db::{all, execute};
use super::facts::write_notices;
use super::map::{Fault, ms};
use super::rows::{self, account_columns};
use super::sessions::logins::mark;
use super::writer::Tx;

/// The accounts that a platform's user is behind and that hold a token of theirs.
const OF_USER: &str = concat!(
    "SELECT ",
    account_columns!(),
    " FROM accounts AS a \
     WHERE a.platform = ?1 AND a.token IS NOT NULL \
       AND (a.remote_user_id = ?2 OR a.app_scoped_id = ?2) \
       AND (a.token_obtained_at IS NULL OR a.token_obtained_at <= ?3) ORDER BY a.id"
);

/// Erases the tokens of what was removed, once by its mark, with the notices for those who did not
/// know that the account must be connected again.
pub(super) fn removed(tx: Tx<'_>, removal: &Removal) -> Result<Option<usize>, Fault> {
    let said = removal.said;
    if !mark(tx, said.mark, said.until)? {
        return Ok(None);
    }
    let of_user = params![removal.platform, removal.user_id, ms(said.about())];
    let accounts = all(tx.conn, OF_USER, of_user, rows::account)?;
    let mut told = Vec::new();
    for account in &accounts {
        // The version rises, so that a refresh under way cannot bring a token back.
        execute(
            tx.conn,
            "UPDATE accounts SET status = 'reauthorize', token = NULL, \
               token_version = token_version + 1, token_expires_at = NULL, refresh_at = NULL, \
               updated_at = ?1 WHERE id = ?2",
            params![ms(tx.now), account.id.to_string()],
        )?;
        if account.status != AccountStatus::Reauthorize {
            let notice = Notice::new(NoticeKind::AccessRemoved);
            let notice = notice.with("username", &account.username);
            told.push(about(notice, account.workspace, account.id));
        }
    }
    write_notices(tx, &told)?;
    Ok(Some(accounts.len()))
}
