//! What a failed call means to the machine.

use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::future::{Either, select};

use super::shared::Shared;
use super::work::Work;
use crate::model::{Access, Account, AccountStatus};
use crate::ports::{AccessError, CallError, Fault, PublishError, RefusedCause};
use crate::publication::Event;
use crate::publication::event::{Hindrance, SendEnd};
use crate::words::{Action, Code, Trouble};

/// How long a source of tokens may take.
const ACCESS_LIMIT: Duration = Duration::from_secs(10);

/// The event of a call that did not do what was asked.
pub(super) fn hindered(error: &CallError) -> Event {
    let (cause, action) = match error {
        CallError::Content(_) => (Hindrance::Content, Action::Edit),
        CallError::Handle(_) => (Hindrance::Container, Action::Wait),
        CallError::Token(_) | CallError::Permission(_) => (Hindrance::Token, Action::Reconnect),
        CallError::Restricted(_) => (Hindrance::Restricted, Action::OpenApp),
        CallError::Quota(_) => (Hindrance::Quota, Action::Wait),
        CallError::Transient(_) | CallError::Unreadable(_) => (Hindrance::Transient, Action::Wait),
    };
    let fault = error.fault();
    Event::Hindered {
        cause,
        trouble: Trouble::told(fault, action),
        retry_at: fault.retry_at,
    }
}

/// The event of something that only a person can mend on the account.
pub(super) fn no_access(account: &Account, error: &AccessError) -> Event {
    Event::Hindered {
        cause: match error {
            AccessError::Inactive { .. } | AccessError::Vault(_) => Hindrance::Account,
            AccessError::Unavailable(_) => Hindrance::Transient,
        },
        trouble: Trouble::of(no_access_code(error)).with("username", &account.username),
        retry_at: None,
    }
}

/// The same at a call that is to go out now: provably nothing was sent.
pub(super) fn no_access_fault(account: &Account, error: &AccessError) -> Fault {
    Fault::said(no_access_code(error).words()).with("username", &account.username)
}

const fn no_access_code(error: &AccessError) -> Code {
    match error {
        AccessError::Inactive { status, .. } => inactive_code(*status),
        AccessError::Vault(_) => Code::TokenUnreadable,
        AccessError::Unavailable(_) => Code::SourceUnavailable,
    }
}

const fn inactive_code(status: AccountStatus) -> Code {
    match status {
        AccountStatus::Active => Code::AccountInactive,
        AccountStatus::Reauthorize => Code::AccountReauthorize,
        AccountStatus::Disconnected => Code::AccountDisconnected,
        AccountStatus::Restricted => Code::AccountRestricted,
    }
}

/// The event of an account whose row says that it cannot publish.
pub(super) fn inactive(work: &Work) -> Option<Event> {
    let account = &work.item.account;
    (account.status != AccountStatus::Active).then(|| Event::Hindered {
        cause: Hindrance::Account,
        trouble: Trouble::of(inactive_code(account.status)).with("username", &account.username),
        retry_at: None,
    })
}

/// How a publish call ended that returned no post.
pub(super) fn send_end(error: PublishError) -> (SendEnd, Option<DateTime<Utc>>, Option<String>) {
    match error {
        PublishError::NotSent(f) => (
            SendEnd::NotSent(Trouble::told(&f, Action::Wait)),
            f.remote_time,
            f.trace,
        ),
        PublishError::Refused { cause, fault } => {
            let (cause, action) = match cause {
                RefusedCause::NotReady => (Hindrance::NotReady, Action::Wait),
                RefusedCause::Quota => (Hindrance::Quota, Action::Wait),
                RefusedCause::Token | RefusedCause::Permission => {
                    (Hindrance::Token, Action::Reconnect)
                }
                RefusedCause::Restricted => (Hindrance::Restricted, Action::OpenApp),
            };
            let end = SendEnd::Refused {
                cause,
                trouble: Trouble::told(&fault, action),
                retry_at: fault.retry_at,
            };
            (end, fault.remote_time, fault.trace)
        }
        PublishError::Spam(f) => (
            SendEnd::Spam(Trouble::told(&f, Action::Wait)),
            f.remote_time,
            f.trace,
        ),
        PublishError::Unknown { answered, fault } => {
            let end = SendEnd::Unknown {
                answered,
                retry_at: fault.retry_at,
                trouble: Trouble::told(&fault, Action::Wait),
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
