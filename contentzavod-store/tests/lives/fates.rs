//! What the fates of a publish call come to for the caller.

use contentzavod_core::ports::{Fault, PublishError, Published, RefusedCause};

use super::act::{Cause, Fate, TOLD};

pub(crate) fn fault(code: &str) -> Fault {
    Fault::new(format!("life.{code}"), code)
}

pub(crate) fn unknown(answered: bool) -> PublishError {
    let fault = fault("unknown");
    PublishError::Unknown { answered, fault }
}

pub(crate) fn refused(cause: Cause) -> PublishError {
    let cause = match cause {
        Cause::NotReady => RefusedCause::NotReady,
        Cause::Quota => RefusedCause::Quota,
        Cause::Token => RefusedCause::Token,
        Cause::Permission => RefusedCause::Permission,
        Cause::Restricted => RefusedCause::Restricted,
    };
    let fault = fault("refused");
    PublishError::Refused { cause, fault }
}

pub(crate) const fn executes(fate: Option<Fate>) -> bool {
    !matches!(
        fate,
        Some(
            Fate::Dropped
                | Fate::ErrorBefore
                | Fate::Late(_)
                | Fate::AcceptedLate(_)
                | Fate::Refused(_)
                | Fate::Spam
                | Fate::Panic
        )
    )
}

/// An answer came: the platform is done with the call.
pub(crate) const fn answered(fate: Option<Fate>) -> bool {
    !matches!(
        fate,
        Some(Fate::Dropped | Fate::ReplyLost | Fate::Late(_) | Fate::AcceptedLate(_) | Fate::Panic)
    )
}

/// What comes of a call that was not executed, or not yet.
pub(crate) fn not_executed(fate: Option<Fate>) -> Result<Published, PublishError> {
    match fate {
        Some(Fate::ErrorBefore) => Err(unknown(true)),
        Some(Fate::Refused(cause)) => Err(refused(cause)),
        Some(Fate::Spam) => Err(PublishError::Spam(fault("spam"))),
        Some(Fate::AcceptedLate(_)) => Ok(Published::Accepted),
        Some(Fate::Panic) => std::panic::resume_unwind(Box::new(TOLD)),
        _ => Err(unknown(false)),
    }
}

/// What comes of a call that was executed.
pub(crate) fn after(fate: Option<Fate>, id: String) -> Result<Published, PublishError> {
    match fate {
        Some(Fate::ReplyLost) => Err(unknown(false)),
        Some(Fate::ErrorAfter | Fate::ReadsAsError) => Err(unknown(true)),
        Some(Fate::RefusedThoughLive(cause)) => Err(refused(cause)),
        Some(Fate::SpamThoughLive) => Err(PublishError::Spam(fault("spam"))),
        Some(Fate::Accepted) => Ok(Published::Accepted),
        _ => Ok(Published::Live(id)),
    }
}
