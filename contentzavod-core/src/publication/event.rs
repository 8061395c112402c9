//! What can happen to a publication, and what the machine answers.

use chrono::{DateTime, TimeDelta, Utc};

use super::progress::{Handle, Progress};
use super::reconcile::Evidence;
use crate::model::{AccountStatus, Notice};
use crate::ports::publisher::HandleState;
use crate::words::Trouble;

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident $({ $($(#[$fdoc:meta])* $field:ident : $type:ty),+ $(,)? })? => $word:literal),+ $(,)?) => {
        /// Something that happened to a publication.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Event { $($(#[$doc])* $name $({ $($(#[$fdoc])* $field: $type),+ })?),+ }

        /// The name of an event, as the table writes it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Kind { $($(#[$doc])* $name),+ }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word of the table.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }

        impl Event {
            /// Its name.
            #[must_use]
            pub const fn kind(&self) -> Kind {
                match self { $(Self::$name $({ $($field: _),+ })? => Kind::$name),+ }
            }
        }
    };
}

events! {
    /// A person schedules a draft.
    Schedule {
        /// When it is to go out.
        due: DateTime<Utc>,
        /// How late it may go out on its own.
        max_late: TimeDelta,
    } => "schedule",
    /// A person changes content, time or both.
    Edit {
        /// The new due time, if it changed.
        due: Option<DateTime<Utc>>,
        /// How late it may go out, if that changed.
        max_late: Option<TimeDelta>,
        /// The version after the change, if the content changed.
        content_version: Option<i32>,
    } => "edited",
    /// A person takes it back.
    Cancel => "cancel",
    /// A person wants a failed or missed one to go out after all.
    Retry {
        /// When.
        due: DateTime<Utc>,
        /// The version after the change, if another file was given.
        content_version: Option<i32>,
    } => "retry",
    /// A person says: it is live.
    ResolveLive {
        /// Where, if they said.
        permalink: Option<String>,
    } => "it is live",
    /// A person says: it is not live, publish again.
    ResolveAgain {
        /// When.
        due: DateTime<Utc>,
        /// They know that it may appear twice.
        risk_accepted: bool,
    } => "publish again",
    /// A person says: leave it.
    ResolveLeave => "leave it",
    /// The staging time has come.
    Begin => "staging time",
    /// The platform made a container.
    Created {
        /// Its name.
        handle: Handle,
    } => "created",
    /// The bytes are with the platform.
    Delivered => "delivered",
    /// The container's state was read.
    Polled {
        /// The state.
        state: HandleState,
        /// A new container may cure an error.
        curable: bool,
        /// Why it failed.
        trouble: Option<Trouble>,
    } => "polled",
    /// Something stands in the way.
    Hindered {
        /// What.
        cause: Hindrance,
        /// In words.
        trouble: Trouble,
        /// Not before this.
        retry_at: Option<DateTime<Utc>>,
    } => "hindered",
    /// What stood in the way is gone.
    Cleared => "cleared",
    /// Still in the way: look again later.
    StillWaiting => "still waiting",
    /// It is later than `max_late`.
    TooLate => "too late",
    /// The checks before arming went well.
    Checked {
        /// The account's newest media; `None` when unreadable.
        baseline: Option<Vec<String>>,
    } => "checked",
    /// A check must be made (again) at this time.
    Recheck {
        /// When.
        at: DateTime<Utc>,
    } => "recheck",
    /// The last moment for cancel has passed.
    Arm => "arm",
    /// An arm was refused for now: the slot or a twin caption is busy.
    Busy {
        /// When to try again.
        until: DateTime<Utc>,
        /// What it waits for.
        trouble: Option<Trouble>,
    } => "busy",
    /// The account's limits are nearly used up: what can wait waits.
    Paced {
        /// When to go on.
        until: DateTime<Utc>,
    } => "paced",
    /// The clocks disagree.
    Held {
        /// When to try again.
        until: DateTime<Utc>,
        /// By how many seconds.
        seconds: i64,
    } => "held",
    /// The publish call ended.
    Sent {
        /// When it was entered.
        at: DateTime<Utc>,
        /// How it ended.
        end: SendEnd,
        /// Names the call to the platform's support.
        trace: Option<String>,
    } => "sent",
    /// The sender died or lost its lease.
    LeaseLost => "lease lost",
    /// The platform was asked what became of it.
    Looked {
        /// What it showed.
        evidence: Evidence,
    } => "looked",
    /// The permalink was read.
    Linked {
        /// Where people see it.
        permalink: String,
        /// When it went live, as the platform says.
        published_at: Option<DateTime<Utc>>,
    } => "linked",
    /// Work on it panicked.
    Panicked => "panicked",
    /// Its leases were lost too often.
    Abandoned => "abandoned",
}

/// How a publish call ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendEnd {
    /// Live under this id.
    Live(String),
    /// Taken; settled later.
    Accepted,
    /// Provably nothing left.
    NotSent(Trouble),
    /// Refused for a named cause.
    Refused {
        /// What stands in the way.
        cause: Hindrance,
        /// In words.
        trouble: Trouble,
        /// Not before this.
        retry_at: Option<DateTime<Utc>>,
    },
    /// Called suspicious: never sent again.
    Spam(Trouble),
    /// It may be live.
    Unknown {
        /// An answer came.
        answered: bool,
        /// Not before this, if the platform said.
        retry_at: Option<DateTime<Utc>>,
        /// In words.
        trouble: Trouble,
    },
}

/// What stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hindrance {
    /// May pass by itself.
    Transient,
    /// The content is refused.
    Content,
    /// The container is unusable.
    Container,
    /// The container is not ready.
    NotReady,
    /// The token is dead or lacks a permission.
    Token,
    /// The account is restricted.
    Restricted,
    /// The account is not active, as our row says.
    Account,
    /// The quota is used up.
    Quota,
}

impl Hindrance {
    /// What it means for the account's status.
    #[must_use]
    pub const fn account_status(self) -> Option<AccountStatus> {
        match self {
            Self::Token => Some(AccountStatus::Reauthorize),
            Self::Restricted => Some(AccountStatus::Restricted),
            _ => None,
        }
    }
}

/// The machine's answer: the next memory, and what must be written with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What the machine remembers from now on.
    pub next: Progress,
    /// Facts a person must learn.
    pub notices: Vec<Notice>,
    /// The account's new status.
    pub account: Option<AccountStatus>,
}

impl Step {
    /// A step without effects.
    #[must_use]
    pub const fn to(next: Progress) -> Self {
        Self {
            next,
            notices: Vec::new(),
            account: None,
        }
    }

    /// Adds a notice.
    #[must_use]
    pub fn notice(mut self, notice: Notice) -> Self {
        self.notices.push(notice);
        self
    }
}
