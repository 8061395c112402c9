//! From an answer that is an error, or no answer, to the core's errors. The table of codes stands
//! in [`table`](self::TABLE).

mod judge;
mod shape;
mod table;

use contentzavod_core::ports::{CallError, Fault, PublishError, RefusedCause};

use self::judge::Judged;
pub(crate) use self::judge::failed_container;
pub(crate) use self::shape::{Said, plain, read};
pub use self::table::{Action, Code, OAUTH, OAuthRow, Row, TABLE, find, find_oauth};
use super::http::Lost;
use super::limits::Meta;
use super::scrub;
use crate::words;

/// What kind of call failed: one code means different things for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Call {
    /// Makes a container.
    Create,
    /// Reads a container.
    Status,
    /// Reads something else, or changes something that no publication hangs on.
    Read,
}

/// Why a call did not do what was asked.
#[derive(Debug, Clone)]
pub(crate) enum Failure {
    /// Nothing usable came back.
    Lost(Lost),
    /// The platform, or something before it, answered with an error.
    Refused(Box<Refusal>),
    /// An answer that is no error, and does not hold what it must.
    Unread(Box<Fault>),
}

/// An answer that is an error.
#[derive(Debug, Clone)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) said: Said,
    pub(crate) meta: Meta,
}

impl Failure {
    /// As the error of a call other than publish.
    pub(crate) fn into_call(self, call: Call) -> CallError {
        match self {
            Self::Lost(lost) => CallError::Transient(lost_fault(&lost)),
            Self::Unread(fault) => CallError::Unreadable(*fault),
            Self::Refused(refusal) => {
                let judged = refusal.judge();
                call_error(judged.action, judged.fault, call)
            }
        }
    }

    /// As the error of the publish call.
    pub(crate) fn into_publish(self) -> PublishError {
        match self {
            Self::Lost(lost @ (Lost::NotSent(_) | Lost::Unbuilt(_))) => {
                PublishError::NotSent(lost_fault(&lost))
            }
            Self::Lost(lost) => PublishError::Unknown {
                answered: false,
                fault: lost_fault(&lost),
            },
            Self::Unread(fault) => PublishError::Unknown {
                answered: true,
                fault: *fault,
            },
            Self::Refused(refusal) => {
                // A page of some gateway says nothing about what the platform still does.
                let answered = !matches!(refusal.said, Said::NoJson);
                publish_error(refusal.judge(), answered)
            }
        }
    }

    /// Refused for a parameter or field that the platform does not know or allow.
    pub(crate) fn is_bad_parameter(&self) -> bool {
        let Self::Refused(refusal) = self else {
            return false;
        };
        matches!(
            refusal.said,
            Said::Graph {
                code: Some(100),
                subcode: None,
                ..
            }
        )
    }

    /// Refused for a field that the object does not have.
    pub(crate) fn is_no_field(&self) -> bool {
        let Self::Refused(refusal) = self else {
            return false;
        };
        match &refusal.said {
            Said::Graph {
                code: Some(100),
                text: Some(text),
                ..
            } => text.contains("nonexisting field"),
            _ => false,
        }
    }

    /// The token was dead already.
    pub(crate) fn is_dead_token(&self) -> bool {
        matches!(self, Self::Refused(r) if r.judge().action == Action::Reauth)
    }
}

fn call_error(action: Action, fault: Fault, call: Call) -> CallError {
    match action {
        Action::Retry | Action::Wait | Action::Poll | Action::Config => CallError::Transient(fault),
        // Passes by itself, after hours (`retry_at`); nothing that a person does shortens it.
        Action::Spam => CallError::Transient(fault),
        // What a read dislikes is not the content.
        Action::Fix if call != Call::Create => CallError::Unreadable(fault),
        Action::Fix => CallError::Content(fault),
        // Other reads say nothing about the container.
        Action::Recreate if call == Call::Read => CallError::Transient(fault),
        Action::Recreate => CallError::Handle(fault),
        Action::Reauth => CallError::Token(fault),
        Action::Grant => CallError::Permission(fault),
        Action::User => CallError::Restricted(fault),
        Action::Quota => CallError::Quota(fault),
        Action::Blind | Action::Verify => CallError::Unreadable(fault),
    }
}

fn publish_error(judged: Judged, answered: bool) -> PublishError {
    let fault = judged.fault;
    let cause = match judged.action {
        Action::Spam => return PublishError::Spam(fault),
        Action::Poll => Some(RefusedCause::NotReady),
        Action::Quota => Some(RefusedCause::Quota),
        Action::Reauth => Some(RefusedCause::Token),
        Action::Grant => Some(RefusedCause::Permission),
        Action::User => Some(RefusedCause::Restricted),
        _ => None,
    };
    match cause.filter(|_| judged.named) {
        Some(cause) => PublishError::Refused { cause, fault },
        None => PublishError::Unknown { answered, fault },
    }
}

fn lost_fault(lost: &Lost) -> Fault {
    match lost {
        Lost::NotSent(why) => words::said("instagram.unreachable").noting(scrub::clean(why)),
        Lost::Timeout => words::said("instagram.timeout"),
        Lost::Broken(why) => words::said("instagram.broken").noting(scrub::clean(why)),
        Lost::TooLarge => words::said("instagram.too_large"),
        Lost::Unbuilt(why) => words::said("instagram.unbuilt").noting(scrub::clean(why)),
    }
}
