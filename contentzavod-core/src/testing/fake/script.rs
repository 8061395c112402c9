//! What goes wrong, and when.

use crate::ports::RefusedCause;

/// What becomes of one publish call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mishap {
    /// Executed, and the reply is lost.
    ReplyLost,
    /// Executed, and the answer is an error of the server.
    ErrorAfter,
    /// Dropped before executing, without an answer.
    Dropped,
    /// No connection came about.
    NoConnection,
    /// Refused for a named cause.
    Refused(RefusedCause),
    /// Executed, and called suspicious.
    SpamThoughLive,
    /// Taken; settled later.
    Accepted,
    /// The publisher panics before anything leaves.
    Panic,
}
