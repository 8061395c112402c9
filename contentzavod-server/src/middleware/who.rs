//! Who a call turned out to come from: for the log of requests and the limits.
//!
//! Whoever authenticates says it once, by [`known`].

use std::cell::Cell;

use contentzavod_core::model::{ApiKeyId, SessionId, UserId};

use crate::api::Refused;
use crate::limits;

tokio::task_local! {
    static CURRENT: Cell<Option<Who>>;
}

/// Somebody who is known, and by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Who {
    /// The user.
    pub user: UserId,
    /// The key they called with.
    pub key: Option<ApiKeyId>,
    /// The session they called in.
    pub session: Option<SessionId>,
}

impl Who {
    /// Somebody with a key.
    #[must_use]
    pub const fn with_key(user: UserId, key: ApiKeyId) -> Self {
        Self {
            user,
            key: Some(key),
            session: None,
        }
    }

    /// Somebody who is signed in.
    #[must_use]
    pub const fn signed_in(user: UserId, session: SessionId) -> Self {
        Self {
            user,
            key: None,
            session: Some(session),
        }
    }
}

/// Notes who calls, and counts the call.
///
/// # Errors
///
/// 429 `limits.exceeded`, when they do too much.
pub async fn known(who: Who) -> Result<(), Refused> {
    note(who);
    limits::of_caller(&who).await
}

/// Notes who calls, for the log of requests.
pub fn note(who: Who) {
    // Outside of a request nothing is logged.
    let _ = CURRENT.try_with(|current| current.set(Some(who)));
}

/// Answers a call; with the answer comes who it turned out to be.
pub(super) async fn noting<T>(call: impl Future<Output = T>) -> (T, Option<Who>) {
    let call = async {
        let answer = call.await;
        (answer, CURRENT.with(Cell::get))
    };
    CURRENT.scope(Cell::new(None), call).await
}
