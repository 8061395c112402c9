//! The suite of access sources catches those that break one rule each.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use contentzavod_core::model::{Access, Account, AccountId, AccountStatus, Secret, WorkspaceId};
use contentzavod_core::ports::access::token_context;
use contentzavod_core::ports::{AccessError, AccessSource, Clock, Vault, VaultAccess};
use contentzavod_core::testing::ManualClock;
use contentzavod_core::testing::suite::access::{Keeper, cases};
use contentzavod_core::testing::suite::store::rows;
use contentzavod_core::testing::suite::{broken, named, verdict};
use contentzavod_store::vault::KeyRingVault;
use secrecy::ExposeSecret;
use uuid::Uuid;

const TOKEN: &str = "IGQVJ-canary-7a1f";

/// What a source of access does wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Nothing,
    GivesTheSealedText,
    NamesAnotherAccount,
    NamesAnotherRemoteUser,
    RefusesInactiveAccounts,
    GivesEmptyTokens,
    LeaksInDebug,
    LeaksInErrors,
}

struct Crooked {
    inner: VaultAccess,
    wrong: Wrong,
}

impl fmt::Debug for Crooked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.wrong {
            Wrong::LeaksInDebug => write!(f, "Crooked({TOKEN})"),
            _ => self.inner.fmt(f),
        }
    }
}

#[async_trait]
impl AccessSource for Crooked {
    async fn access(&self, account: &Account) -> Result<Access, AccessError> {
        let inactive = account.status != AccountStatus::Active;
        if self.wrong == Wrong::RefusesInactiveAccounts && inactive {
            return Err(AccessError::Unavailable("not active".to_owned()));
        }
        let mut access = match self.inner.access(account).await {
            Err(_) if self.wrong == Wrong::LeaksInErrors => {
                return Err(AccessError::Unavailable(format!("not {TOKEN}")));
            }
            Err(_) if self.wrong == Wrong::GivesEmptyTokens => Access {
                account: account.id,
                login: account.login.clone(),
                remote_user_id: account.remote_user_id.clone(),
                token: Secret::from(""),
            },
            access => access?,
        };
        match self.wrong {
            Wrong::GivesTheSealedText => {
                access.token = Secret::from(account.token.clone().unwrap().0);
            }
            Wrong::NamesAnotherAccount => access.account = AccountId(Uuid::nil()),
            Wrong::NamesAnotherRemoteUser => access.remote_user_id = account.username.clone(),
            _ => {}
        }
        Ok(access)
    }
}

fn keeper(wrong: Wrong) -> Keeper {
    let vault = Arc::new(KeyRingVault::parse(&KeyRingVault::generate()).unwrap());
    let now = ManualClock::new().now();
    let workspace = WorkspaceId(Uuid::from_u128(1));
    let token = Secret::from(TOKEN);
    let mut account = rows::account(workspace, "1", now);
    account.token = Some(vault.seal(&token, &token_context(&account)).unwrap());
    let mut without = rows::account(workspace, "2", now);
    without.token = None;
    assert_ne!(account.token.as_ref().unwrap().0, token.expose_secret());
    let inner = VaultAccess::new(vault);
    Keeper {
        source: Arc::new(Crooked { inner, wrong }),
        account,
        token,
        without,
    }
}

#[tokio::test]
async fn each_wrong_source_is_caught_by_the_rule_it_breaks() {
    let whose = "it_gives_the_token_and_the_account";
    let leak = "no_debug_and_no_error_shows_the_token";
    let expected = [
        (Wrong::GivesTheSealedText, whose),
        (Wrong::NamesAnotherAccount, whose),
        (Wrong::NamesAnotherRemoteUser, whose),
        (Wrong::RefusesInactiveAccounts, "the_status_does_not_matter"),
        (
            Wrong::GivesEmptyTokens,
            "without_a_token_there_is_no_access",
        ),
        (Wrong::LeaksInDebug, leak),
        (Wrong::LeaksInErrors, leak),
    ];
    for (wrong, rule) in expected {
        let case = named(&cases(), &format!("access::{rule}"));
        let caught = verdict(&case, keeper(wrong)).await;
        assert!(caught.is_err(), "{wrong:?} passes {rule}");
    }
}

#[tokio::test]
async fn the_same_source_without_a_fault_passes() {
    let found = broken(&cases(), async || keeper(Wrong::Nothing)).await;
    assert_eq!(found, []);
}
