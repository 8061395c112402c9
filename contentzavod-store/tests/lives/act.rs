//! What can happen in a life.

use std::fmt;

/// What a panic says that a life asks for.
pub(crate) const TOLD: &str = "as told";

/// A span of time, or the way to the next thing that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Time {
    Now,
    /// Until the engine says that something is due next.
    NextDue,
    /// Until half a second before the next post is due: it is armed, and not yet sent.
    Armed,
    Ms(u16),
    Secs(u16),
    Mins(u16),
    Hours(u16),
}

/// On which accounts: the third one is the first, connected by another workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum On {
    First,
    Second,
    Both,
    FirstOfOther,
}

/// What becomes of a publish call. Executed or not, answered or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    ReplyLost,
    ErrorAfter,
    /// As `ErrorAfter`, and the container reads as failed from then on.
    ReadsAsError,
    ErrorBefore,
    Dropped,
    /// No answer, and executed so many seconds later.
    Late(u16),
    NoConnection,
    Refused(Cause),
    RefusedThoughLive(Cause),
    Spam,
    SpamThoughLive,
    Accepted,
    AcceptedLate(u16),
    Panic,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    NotReady,
    Quota,
    Token,
    Permission,
    Restricted,
}

/// What becomes of a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Made {
    Slowly(u8),
    Curable,
    Incurable,
    Expired,
}

/// Calls that publish nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Call {
    Create,
    Deliver,
    Status,
    Recent,
    Quota,
    Link,
}

/// How they fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ill {
    Transient,
    Unreadable,
    Content,
    Handle,
    Token,
    Restricted,
    Quota,
    Panic,
}

/// What a person says of a publication in review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Say {
    Live,
    NotLive,
    NotLiveAndRisk,
    Leave,
}

/// Something that happens. Posts, rows and accounts are named by number, modulo how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Schedule {
        on: On,
        caption: u8,
        due: Time,
        late: u16,
        draft: bool,
    },
    Caption(u8, u8),
    File(u8),
    Move(u8, Time),
    Submit(u8),
    CancelPost(u8),
    CancelRow(u8, u8),
    Delete(u8),
    DeleteFile(u8, bool),
    Retry(u8, u8, Time, bool),
    Resolve(u8, u8, Say),
    Connect(u8),
    Disconnect(u8),
    KillToken(u8),
    Restrict(u8, bool),
    QuotaUsedUp(u8, bool),
    ByHand(u8),
    Publish(Fate),
    Container(Made),
    Fail(Call, Ill, u8),
    Lag(u8),
    RemoteClock(i16),
    Run(Time),
    Off(Time),
    Jump(i32),
    Crash(u16),
    Hold(u16),
    Resume,
    /// The other engine takes its turns from now on, or both do again.
    Turn(u8),
}

/// A life: the ways of its world, and what happens in it.
#[derive(Clone)]
pub(crate) struct Life {
    pub(crate) engines: usize,
    pub(crate) strict: bool,
    pub(crate) second: Second,
    pub(crate) acts: Vec<Act>,
}

/// A line an act: that is what a person reads when a life broke a promise.
impl fmt::Debug for Life {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (engines, strict, second) = (self.engines, self.strict, self.second);
        writeln!(
            f,
            "{engines} engine(s), strict: {strict}, a second call {second:?}"
        )?;
        for act in &self.acts {
            let act = format!("{act:?}");
            writeln!(f, "    {act}")?;
        }
        Ok(())
    }
}

/// What the platform does with a second publish call of one container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Second {
    Refuses,
    SameId,
    Duplicates,
}
