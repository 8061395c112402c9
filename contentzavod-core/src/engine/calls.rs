//! What a failed call means to the machine.

use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::future::{Either, select};

use super::shared::Shared;
use super::work::Work;
use crate::model::{Access, Account, AccountStatus};
use crate::ports::{AccessError, CallError, Fault, PublishError, RefusedCause};
use crate::publication::event::{Hindrance, SendEnd};
use crate::publication::{Event, Trouble};

/// How long a source of tokens may take.
const ACCESS_LIMIT: Duration = Duration::from_secs(10);

fn trouble(fault: &Fault, action: &str) -> Trouble {
    Trouble::new(&fault.code, fault.message.clone(), action)
}

/// The event of a call that did not do what was asked.
pub(super) fn hindered(error: &CallError) -> Event {
    let (cause, action) = match error {
        CallError::Content(_) => (Hindrance::Content, "edit"),
        CallError::Handle(_) => (Hindrance::Container, "wait"),
        CallError::Token(_) | CallError::Permission(_) => (Hindrance::Token, "reconnect"),
        CallError::Restricted(_) => (Hindrance::Restricted, "open_app"),
        CallError::Quota(_) => (Hindrance::Quota, "wait"),
        CallError::Transient(_) | CallError::Unreadable(_) => (Hindrance::Transient, "wait"),
    };
    let fault = error.fault();
    Event::Hindered {
        cause,
        trouble: trouble(fault, action),
        retry_at: fault.retry_at,
    }
}

/// The event of something that only a person can mend on the account.
pub(super) fn no_access(error: &AccessError) -> Event {
    let (cause, code) = match error {
        AccessError::Inactive { .. } => (Hindrance::Account, "account.inactive"),
        AccessError::Vault(_) => (Hindrance::Account, "account.token_unreadable"),
        AccessError::Unavailable(_) => (Hindrance::Transient, "account.source_unavailable"),
    };
    Event::Hindered {
        cause,
        trouble: Trouble::new(code, error.to_string(), "reconnect"),
        retry_at: None,
    }
}

/// The event of an account whose row says that it cannot publish.
pub(super) fn inactive(work: &Work) -> Option<Event> {
    let account = &work.item.account;
    (account.status != AccountStatus::Active).then(|| {
        no_access(&AccessError::Inactive {
            username: account.username.clone(),
            status: account.status,
        })
    })
}

/// How a publish call ended that returned no post.
pub(super) fn send_end(error: PublishError) -> (SendEnd, Option<DateTime<Utc>>, Option<String>) {
    match error {
        PublishError::NotSent(f) => (
            SendEnd::NotSent(trouble(&f, "wait")),
            f.remote_time,
            f.trace,
        ),
        PublishError::Refused { cause, fault } => {
            let (cause, action) = match cause {
                RefusedCause::NotReady => (Hindrance::NotReady, "wait"),
                RefusedCause::Quota => (Hindrance::Quota, "wait"),
                RefusedCause::Token | RefusedCause::Permission => (Hindrance::Token, "reconnect"),
                RefusedCause::Restricted => (Hindrance::Restricted, "open_app"),
            };
            let end = SendEnd::Refused {
                cause,
                trouble: trouble(&fault, action),
                retry_at: fault.retry_at,
            };
            (end, fault.remote_time, fault.trace)
        }
        PublishError::Spam(f) => (SendEnd::Spam(trouble(&f, "wait")), f.remote_time, f.trace),
        PublishError::Unknown { answered, fault } => {
            let end = SendEnd::Unknown {
                answered,
                trouble: trouble(&fault, "wait"),
            };
            (end, fault.remote_time, fault.trace)
        }
    }
}

impl Shared {
    /// The access of the row's account.
    pub(super) async fn access(&self, work: &Work) -> Result<Access, AccessError> {
        self.access_of(&work.item.account).await
    }

    /// The access of an account, soon or not at all: nobody renews a lease meanwhile.
    pub(super) async fn access_of(&self, account: &Account) -> Result<Access, AccessError> {
        let access = self.access.access(account);
        match select(access, self.clock.sleep(ACCESS_LIMIT)).await {
            Either::Left((access, _)) => access,
            Either::Right(((), _)) => Err(AccessError::Unavailable("it took too long".to_owned())),
        }
    }
}
