//! A source of tokens that may hang.

use std::future::pending;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

use async_trait::async_trait;
use contentzavod_core::model::{Access, Account};
use contentzavod_core::ports::{AccessError, AccessSource};

/// Takes one off; false when there is none left.
pub(crate) fn spend(left: &AtomicU32) -> bool {
    left.fetch_update(Relaxed, Relaxed, |n| n.checked_sub(1))
        .is_ok()
}

/// Gives every account the same token, unless it hangs.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    /// So many next answers never come.
    pub(crate) hang: AtomicU32,
}

#[async_trait]
impl AccessSource for Tokens {
    async fn access(&self, account: &Account) -> Result<Access, AccessError> {
        if spend(&self.hang) {
            pending::<()>().await;
        }
        Ok(Access {
            account: account.id,
            login: account.login.clone(),
            remote_user_id: account.remote_user_id.clone(),
            token: "token".to_owned().into(),
        })
    }
}
