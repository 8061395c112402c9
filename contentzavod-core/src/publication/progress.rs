//! What the machine remembers of one publication: the part of the row it reads and writes.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::state::{Lane, State};
use crate::words::Trouble;

/// The platform's name for a container: opaque to the core, at most 4 KiB.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Handle(pub String);

impl Handle {
    /// The platform's name alone: what its support is told, and what receipts show.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.split(' ').next().unwrap_or_default()
    }
}

/// A container and what we know of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Container {
    /// The platform's name for it.
    pub handle: Handle,
    /// The content version it was made of.
    pub content_version: i32,
    /// When it was made; its life counts from here.
    pub created_at: DateTime<Utc>,
    /// The video is delivered (or the platform pulls it).
    pub delivered: bool,
}

/// What was looked at before arming.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Check {
    /// When.
    pub at: DateTime<Utc>,
    /// Ids of the account's recent media before the send; `None` when the list was unreadable.
    pub baseline: Option<Vec<String>>,
    /// To be made again; its baseline still counts if no newer one can be read.
    #[serde(default)]
    pub stale: bool,
}

/// What a publish call came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SendOutcome {
    /// The platform returned the media id.
    Live,
    /// The platform took it and settles later.
    Accepted,
    /// Refused for a named cause.
    Refused,
    /// No usable answer.
    Unknown,
}

/// One publish call that may have left.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SendRecord {
    /// When `Publisher::publish` was entered.
    pub at: DateTime<Utc>,
    /// What came of it.
    pub outcome: SendOutcome,
    /// The platform's trace id, for its support.
    pub trace: Option<String>,
}

/// Why an uncertain publication is uncertain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The platform refused for a named cause: it said that nothing went out.
    Refused,
    /// Timeout, reset, 5xx, or the sender died.
    Unknown,
    /// The platform called it spam, which it also says of posts that are live: never sent again.
    Spam,
    /// The platform took the call and settles later.
    Accepted,
}

/// The state of looking for what became of a call.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Doubt {
    /// Why.
    pub cause: Cause,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Before this nothing is decided against the call.
    pub settle_at: DateTime<Utc>,
    /// Not sent again before this (quota, pause of the account).
    pub retry_at: Option<DateTime<Utc>>,
    /// Looks made.
    pub looks: u32,
    /// FINISHED readings with a readable list and no match since `since`.
    pub quiet_reads: u32,
}

/// The machine's memory of one publication.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Progress {
    /// Where it stands.
    pub state: State,
    /// When it is to go out.
    pub due_at: DateTime<Utc>,
    /// Later than this after `due_at` nothing goes out on its own, in seconds.
    pub max_late_secs: i64,
    /// The content version to publish.
    pub content_version: i32,
    /// When to look at the row next; `None`: only a person moves it.
    pub next_at: Option<DateTime<Utc>>,
    /// Pre-arm tries that failed and may be repeated.
    pub attempts: u32,
    /// Containers made for this content version.
    pub containers: u32,
    /// The container in use.
    pub container: Option<Container>,
    /// Polls of the container while it is processed.
    pub polls: u32,
    /// Since when the container is FINISHED.
    pub ready_at: Option<DateTime<Utc>>,
    /// The checks before arming.
    pub check: Option<Check>,
    /// When it was armed last.
    pub armed_at: Option<DateTime<Utc>>,
    /// Sends of this container that may have left.
    pub sends: Vec<SendRecord>,
    /// The state of looking.
    pub doubt: Option<Doubt>,
    /// Holds the account's slot.
    pub slot: bool,
    /// The container is proven dead: nothing of it will go live.
    pub dead: bool,
    /// A person asked to publish again although the old container may still go live.
    pub risk_accepted: bool,
    /// The platform's id of the published media.
    pub remote_id: Option<String>,
    /// Where people see it.
    pub permalink: Option<String>,
    /// When it went live, as far as known.
    pub published_at: Option<DateTime<Utc>>,
    /// When we knew.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Looks for the permalink.
    pub link_looks: u32,
    /// Why it stands here.
    pub trouble: Option<Trouble>,
    /// Panics while working on it.
    pub panics: u32,
}

impl Progress {
    /// A fresh machine, draft until scheduled.
    #[must_use]
    pub fn draft(due_at: DateTime<Utc>, max_late: TimeDelta, content_version: i32) -> Self {
        Self {
            state: State::Draft,
            due_at,
            max_late_secs: max_late.num_seconds(),
            content_version,
            next_at: None,
            attempts: 0,
            containers: 0,
            container: None,
            polls: 0,
            ready_at: None,
            check: None,
            armed_at: None,
            sends: Vec::new(),
            doubt: None,
            slot: false,
            dead: false,
            risk_accepted: false,
            remote_id: None,
            permalink: None,
            published_at: None,
            confirmed_at: None,
            link_looks: 0,
            trouble: None,
            panics: 0,
        }
    }

    /// The last moment anything goes out on its own.
    #[must_use]
    pub fn latest(&self) -> DateTime<Utc> {
        // A row that somebody else wrote may hold any number: it must not take a loop down.
        TimeDelta::try_seconds(self.max_late_secs)
            .and_then(|late| self.due_at.checked_add_signed(late))
            .unwrap_or(DateTime::<Utc>::MAX_UTC - TimeDelta::days(1))
    }

    /// Which loop works on it.
    #[must_use]
    pub fn lane(&self) -> Lane {
        match self.state {
            State::Ready if self.check.as_ref().is_some_and(|c| !c.stale) => Lane::Send,
            State::Armed | State::Uncertain | State::NeedsReview | State::Published => Lane::Look,
            _ => Lane::Stage,
        }
    }

    /// When the first call that may have left was made.
    #[must_use]
    pub fn first_sent_at(&self) -> Option<DateTime<Utc>> {
        self.sends.first().map(|s| s.at)
    }

    /// Sends of the container in use.
    #[must_use]
    pub fn send_count(&self) -> u32 {
        u32::try_from(self.sends.len()).unwrap_or(u32::MAX)
    }
}
