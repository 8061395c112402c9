//! What every [`AccessSource`] must do.

use std::sync::Arc;

use secrecy::ExposeSecret;

use super::{Case, cases, run};
use crate::model::{Account, AccountStatus, Secret};
use crate::ports::AccessSource;

/// A source and accounts to ask it about.
#[derive(Debug, Clone)]
pub struct Keeper {
    /// The source.
    pub source: Arc<dyn AccessSource>,
    /// An account it has a token for.
    pub account: Account,
    /// That token.
    pub token: Secret,
    /// An account it has no token for.
    pub without: Account,
}

/// Runs every rule.
///
/// # Panics
///
/// With every broken rule.
pub async fn access(make: impl AsyncFn() -> Keeper) {
    run(CASES, make).await;
}

/// Every rule, for tests of the suite.
#[must_use]
pub fn cases() -> Vec<Case<Keeper>> {
    CASES.to_vec()
}

cases!(
    "access",
    Keeper: it_gives_the_token_and_the_account,
    the_status_does_not_matter,
    without_a_token_there_is_no_access,
    no_debug_and_no_error_shows_the_token,
);

/// The access is that of the account that was asked for.
pub async fn it_gives_the_token_and_the_account(keeper: Keeper) {
    let access = keeper.source.access(&keeper.account).await;
    let access = access.expect("there is a token");
    assert_eq!(access.account, keeper.account.id);
    assert_eq!(access.login, keeper.account.login);
    assert_eq!(access.remote_user_id, keeper.account.remote_user_id);
    let same = access.token.expose_secret() == keeper.token.expose_secret();
    assert!(same, "the token is another one");
}

/// Looks of the armed side need access while the account is not active.
pub async fn the_status_does_not_matter(keeper: Keeper) {
    for status in [AccountStatus::Reauthorize, AccountStatus::Restricted] {
        let account = Account {
            status,
            ..keeper.account.clone()
        };
        let access = keeper.source.access(&account).await;
        assert!(access.is_ok(), "{status:?}: {:?}", access.err());
    }
}

/// An account without a token is an error, not an empty token.
pub async fn without_a_token_there_is_no_access(keeper: Keeper) {
    let access = keeper.source.access(&keeper.without).await;
    assert!(access.is_err(), "there is access without a token");
}

/// Neither the source nor the access nor an error shows the token.
pub async fn no_debug_and_no_error_shows_the_token(keeper: Keeper) {
    let access = keeper.source.access(&keeper.account).await;
    let error = keeper.source.access(&keeper.without).await.err();
    let mut shown = vec![format!("{:?} {access:?} {error:?}", keeper.source)];
    shown.extend(error.map(|e| e.to_string()));
    for text in shown {
        let leaks = text.contains(keeper.token.expose_secret());
        assert!(!leaks, "the token shows");
    }
}
