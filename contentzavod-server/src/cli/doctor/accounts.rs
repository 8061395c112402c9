//! Every account: does its access open, does Instagram take it, when does it end.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::retention::MediaTtl;
use contentzavod_core::model::{Access, Account, AccountStatus, Lang};
use contentzavod_core::ports::access::open_token;
use contentzavod_core::ports::store::AccountStore;
use contentzavod_core::ports::{CallError, Clock, Publisher, SystemClock, Vault};
use contentzavod_instagram::InstagramPublisher;
use contentzavod_store::SqliteStore;

use super::report::Report;
use crate::config::Settings;
use crate::data_dir::{DATABASE, DataDir};

const BATCH: usize = 100;
const DAYS_FEW: i64 = 10;

/// Looks at every account that has a token; returns them.
pub(super) async fn look(
    settings: &Settings,
    publisher: &InstagramPublisher,
    clock: &dyn Clock,
    report: &mut Report,
) -> Vec<Account> {
    // Nothing is made here: neither a folder, nor a database, nor a key.
    let keys =
        settings.encryption_keys.is_some() || settings.data_dir.join("encryption.keys").exists();
    if !settings.data_dir.join(DATABASE).exists() || !keys {
        return Vec::new();
    }
    let (accounts, vault) = match opened(settings).await {
        Ok(opened) => opened,
        Err(error) => {
            report
                .error("accounts", &error.to_string())
                .todo("Mend what is told of the database and the keys above; then look again.");
            return Vec::new();
        }
    };
    if accounts.is_empty() {
        report
            .note("accounts", "none is connected")
            .todo("docs/instagram-app.md leads from nothing to a publishing token.");
    }
    for account in &accounts {
        one(account, &*vault, publisher, clock.now(), report).await;
    }
    accounts
}

type Opened = (Vec<Account>, std::sync::Arc<dyn Vault>);

async fn opened(settings: &Settings) -> Result<Opened, crate::compose::StartError> {
    let dir = DataDir::open(&settings.data_dir)?;
    let keys = dir.keys(settings.encryption_keys.as_ref())?;
    let vault = dir.vault(keys.vault, settings.encryption_keys.is_some());
    let clock = std::sync::Arc::new(SystemClock::new());
    let store = SqliteStore::open_existing(&dir.database(), clock, MediaTtl::default()).await?;
    let mut all = Vec::new();
    loop {
        // Nobody's key has no name: these are all that have a token.
        let after = all.last().map(|account: &Account| account.id);
        let some = store.sealed_by_others("", after, BATCH).await?;
        let last = some.len() < BATCH;
        all.extend(some);
        if last {
            store.close().await;
            return Ok((all, vault));
        }
    }
}

async fn one(
    account: &Account,
    vault: &dyn Vault,
    publisher: &InstagramPublisher,
    now: DateTime<Utc>,
    report: &mut Report,
) {
    let check = format!("account @{}", account.username);
    let again = "Connect the account again with a new token.";
    let sealed = account.token.as_ref();
    let Some(Ok(token)) = sealed.map(|sealed| open_token(vault, account, sealed)) else {
        report
            .error(&check, "its token does not open with any key of the ring")
            .todo("Put the key that sealed it back into CONTENTZAVOD_ENCRYPTION_KEYS or the key file, or connect the account again.");
        return;
    };
    match account.status {
        AccountStatus::Reauthorize => {
            report
                .error(&check, "Instagram does not accept its access any more")
                .todo(again);
            return;
        }
        AccountStatus::Restricted => report
            .warning(&check, "Instagram restricted it")
            .todo("Open the Instagram app and follow what it says."),
        AccountStatus::Active | AccountStatus::Disconnected => {}
    }
    end(account, &check, now, report);
    let access = Access {
        account: account.id,
        login: account.login.clone(),
        remote_user_id: account.remote_user_id.clone(),
        token,
    };
    match publisher.quota(&access).await {
        Ok(answer) => {
            let (used, total) = (answer.value.used, answer.value.total);
            let scopes = match account.scopes.as_slice() {
                [] => String::new(),
                scopes => format!("; granted: {}", scopes.join(", ")),
            };
            let login = &account.login;
            let message = format!(
                "Instagram accepts its access (by {login}); {used} of {total} published in 24 hours{scopes}"
            );
            report.ok(&check, &message);
        }
        Err(error) => {
            let fault = error.fault();
            let said = format!("{} ({})", fault.says(Lang::En), fault.code);
            let advice = fault.words.and_then(|words| words.advice(Lang::En));
            match error {
                // It says nothing about the token.
                CallError::Transient(_) | CallError::Unreadable(_) => report
                    .warning(&check, &said)
                    .todo(advice.unwrap_or(
                        "Look again once Instagram answers; the account needs nothing.",
                    )),
                _ => report.error(&check, &said).todo(advice.unwrap_or(again)),
            }
        }
    }
}

/// When the access ends, if that is soon.
fn end(account: &Account, check: &str, now: DateTime<Utc>, report: &mut Report) {
    let Some(end) = account.token_expires_at else {
        return;
    };
    let left = end - now;
    let date = end.date_naive();
    let todo = "Connect the account again with a new token before then.";
    if left <= TimeDelta::zero() {
        report
            .error(check, &format!("its access ended on {date}"))
            .todo(todo);
    } else if left.num_days() < DAYS_FEW {
        let days = left.num_days();
        report
            .warning(check, &format!("its access ends on {date}, in {days} days"))
            .todo(todo);
    } else {
        let renewed = if account.refresh_at.is_some() {
            " and is renewed before"
        } else {
            ""
        };
        report.ok(check, &format!("its access ends on {date}{renewed}"));
    }
}
