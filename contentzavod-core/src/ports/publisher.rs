//! A platform that publishes. The core knows no platform's constants: they all stand behind this.

use std::fmt::Debug;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
/// A broken rule: publishers name them without knowing the pre-flight.
pub use contentzavod_preflight::Finding;
use serde::{Deserialize, Serialize};
use url::Url;

use super::blobs::ByteStream;
pub use super::fault::Fault;
use crate::model::{Access, Content, Media, Quota};
use crate::publication::Handle;
use crate::words::Words;

/// What a second publish call of the same handle does on the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Republish {
    /// Refused: sending again is safe.
    Refused,
    /// Answered with the same media: sending again is safe.
    Idempotent,
    /// Nobody has proved either.
    Unknown,
}

/// What a platform can do, as data.
#[derive(Debug, Clone)]
pub struct Capabilities {
    /// The word in [`Account::platform`](crate::model::Account::platform), e.g. `instagram`.
    pub platform: String,
    /// Content can be prepared ahead of its time in a handle that the platform keeps.
    ///
    /// When false, `create` only names a handle, `deliver` and `status` are local, and everything
    /// happens in `publish`.
    pub can_stage: bool,
    /// How long an unpublished handle lives.
    pub handle_life: TimeDelta,
    /// When an unpublished handle is dead for sure, by its age.
    pub dead_after: TimeDelta,
    /// Hard limit of one publish call.
    pub publish_timeout: TimeDelta,
    /// What a second publish call of one handle does.
    pub republish: Republish,
    /// The content kinds it takes, e.g. `instagram_reel`.
    pub kinds: Vec<String>,
    /// The platform fetches files itself: requests need links. Where it hangs on how an account is
    /// connected, [`Publisher::pulls`] says more.
    pub pulls: bool,
}

/// What is to be published.
#[derive(Debug, Clone)]
pub struct PublishRequest {
    /// Content and options.
    pub content: Content,
    /// The login family of the account; `None` where none is chosen yet.
    pub login: Option<String>,
    /// The main file.
    pub media: Media,
    /// The cover, if one was uploaded.
    pub cover: Option<Media>,
    /// Where the platform can fetch the main file; `None` where it does not pull, or cannot.
    pub media_url: Option<Url>,
    /// Where the platform can fetch the cover.
    pub cover_url: Option<Url>,
}

/// Reads the file of a request, for platforms that take bytes.
#[async_trait]
pub trait MediaSource: Send + Sync + Debug {
    /// Length in bytes.
    fn len(&self) -> u64;

    /// True when there are no bytes.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes from `offset` to the end.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened.
    async fn read_from(&self, offset: u64) -> std::io::Result<ByteStream>;
}

/// How far the platform's limits are used up, in percent of the strictest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Percent; may exceed 100.
    pub percent: u32,
    /// When calls are taken again, if the platform said.
    pub regain_at: Option<DateTime<Utc>>,
}

/// An answer of the platform and what came with it.
#[derive(Debug, Clone)]
pub struct Answer<T> {
    /// The answer.
    pub value: T,
    /// The platform's clock, as it said it: the second witness of the time.
    pub remote_time: Option<DateTime<Utc>>,
    /// Names the call to the platform's support.
    pub trace: Option<String>,
    /// Usage of the platform's limits.
    pub usage: Option<Usage>,
}

impl<T> Answer<T> {
    /// An answer with nothing beside it.
    #[must_use]
    pub const fn of(value: T) -> Self {
        Self {
            value,
            remote_time: None,
            trace: None,
            usage: None,
        }
    }

    /// The same answer with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Answer<U> {
        Answer {
            value: f(self.value),
            remote_time: self.remote_time,
            trace: self.trace,
            usage: self.usage,
        }
    }
}

/// Why a call other than `publish` did not do what was asked: what the engine does next hangs on it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// May work later: network, 5xx, rate limits (`Fault::retry_at`).
    #[error("{0}")]
    Transient(Fault),
    /// The content itself is refused: a person must change it.
    #[error("{0}")]
    Content(Fault),
    /// The handle is unusable; a new one may cure it.
    #[error("{0}")]
    Handle(Fault),
    /// The token is dead: the person must connect again.
    #[error("{0}")]
    Token(Fault),
    /// A permission is missing: the person must connect again and grant it.
    #[error("{0}")]
    Permission(Fault),
    /// The account is restricted: the person must act on the platform.
    #[error("{0}")]
    Restricted(Fault),
    /// The publishing quota is used up.
    #[error("{0}")]
    Quota(Fault),
    /// A read was refused in a way that says nothing about the object or the token.
    #[error("{0}")]
    Unreadable(Fault),
}

impl CallError {
    /// What the platform said.
    #[must_use]
    pub const fn fault(&self) -> &Fault {
        match self {
            Self::Transient(f)
            | Self::Content(f)
            | Self::Handle(f)
            | Self::Token(f)
            | Self::Permission(f)
            | Self::Restricted(f)
            | Self::Quota(f)
            | Self::Unreadable(f) => f,
        }
    }
}

/// A named cause for which the platform says that nothing went out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusedCause {
    /// The handle is not ready yet.
    NotReady,
    /// The publishing quota is used up.
    Quota,
    /// The token is dead.
    Token,
    /// A permission is missing.
    Permission,
    /// The account is restricted.
    Restricted,
}

/// Why `publish` did not return a live post.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PublishError {
    /// Provably nothing was written to the platform: no connection came about.
    #[error("not sent: {0}")]
    NotSent(Fault),
    /// Refused for a named cause; the engine still looks before it believes.
    #[error("refused: {fault}")]
    Refused {
        /// The cause.
        cause: RefusedCause,
        /// What the platform said.
        fault: Fault,
    },
    /// Called suspicious, which platforms also say of posts that are live: never sent again.
    #[error("called suspicious: {0}")]
    Spam(Fault),
    /// Everything else, timeouts and 5xx above all: it may be live.
    #[error("outcome unknown: {fault}")]
    Unknown {
        /// An answer came, so the platform is done with the call; without one it may still act.
        answered: bool,
        /// What the platform said.
        fault: Fault,
    },
}

/// What `publish` came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Published {
    /// Live, under this id of the platform.
    Live(String),
    /// Taken; `status` will tell.
    Accepted,
}

/// The answer of the one irreversible call.
pub type Publish = Result<Answer<Published>, PublishError>;

/// Where a handle stands on the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandleState {
    /// Being fetched or processed.
    InProgress,
    /// Ready to be published.
    Finished,
    /// Live.
    Published,
    /// Failed.
    Error,
    /// Ended unpublished.
    Expired,
}

/// A handle's state with what the platform says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandleStatus {
    /// The state.
    pub state: HandleState,
    /// Why it failed, for [`HandleState::Error`].
    pub fault: Option<Fault>,
    /// A new handle of the same content may cure the failure.
    pub curable: bool,
    /// The live media, if the platform names it with the handle.
    pub remote_id: Option<String>,
}

impl HandleStatus {
    /// A state with nothing said about it.
    #[must_use]
    pub const fn of(state: HandleState) -> Self {
        Self {
            state,
            fault: None,
            curable: false,
            remote_id: None,
        }
    }
}

/// A live media of the account, as its list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteMedia {
    /// The platform's id.
    pub id: String,
    /// The content kind it corresponds to, where the platform says (`instagram_reel`).
    pub kind: Option<String>,
    /// The caption; `None` when it could not be read (an empty caption is `Some("")`).
    pub caption: Option<String>,
    /// When it went live.
    pub at: Option<DateTime<Utc>>,
    /// Where people see it.
    pub permalink: Option<String>,
}

/// Where people see a media, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address.
    pub permalink: String,
    /// When it went live, as the platform says.
    pub published_at: Option<DateTime<Utc>>,
}

/// A platform that publishes.
///
/// Contract, proved by `testing::suite::publisher`:
/// - No call retries on its own, follows redirects, or runs longer than its limit.
/// - `create` has no effect that people can see. Its handle is at most 4 KiB and survives a
///   restart of this program: every later call works from the handle alone. It begins with the
///   platform's own name for what was made; what else is needed stands behind a space.
/// - `deliver` may be called again after any failure and goes on where it stopped.
/// - `publish` is the only call that makes anything visible. It answers `NotSent` only when
///   provably nothing was written, and `Refused` only for a named cause; all else is `Unknown`.
/// - `recent` lists the newest first, at least 25 where there are so many.
/// - No error, no `Debug` and no log line holds a token.
#[async_trait]
pub trait Publisher: Send + Sync + Debug {
    /// What the platform can do.
    fn capabilities(&self) -> &Capabilities;

    /// The words of the codes that it says, in both languages, so that a person reads them in
    /// theirs. Faults without words are told with their English message.
    fn words(&self) -> Vec<&'static Words> {
        Vec::new()
    }

    /// Whether the platform fetches the main file itself from accounts of a login family.
    fn pulls(&self, login: &str) -> bool {
        let _ = login;
        self.capabilities().pulls
    }

    /// Whether a handle can still be worked with by accounts of a login family: people connect an
    /// account anew by another way, and what was prepared by the old one is of no use then.
    fn fits(&self, handle: &Handle, login: &str) -> bool {
        let _ = (handle, login);
        true
    }

    /// Every rule of the platform that the request breaks. Pure: no network, no clock.
    fn validate(&self, request: &PublishRequest) -> Vec<Finding>;

    /// Prepares a handle. Saved by the engine before anything else happens to it.
    async fn create(
        &self,
        access: &Access,
        request: &PublishRequest,
    ) -> Result<Answer<Handle>, CallError>;

    /// Brings the bytes to the platform; does nothing where the platform pulls.
    async fn deliver(
        &self,
        access: &Access,
        handle: &Handle,
        source: &dyn MediaSource,
    ) -> Result<Answer<()>, CallError>;

    /// Where the handle stands.
    async fn status(
        &self,
        access: &Access,
        handle: &Handle,
    ) -> Result<Answer<HandleStatus>, CallError>;

    /// Makes it live: the one irreversible call.
    async fn publish(&self, access: &Access, handle: &Handle) -> Publish;

    /// The account's newest media.
    async fn recent(&self, access: &Access) -> Result<Answer<Vec<RemoteMedia>>, CallError>;

    /// The account's publishing quota.
    async fn quota(&self, access: &Access) -> Result<Answer<Quota>, CallError>;

    /// What the platform's clock shows; `None` where it cannot be asked. Needs nobody's access and
    /// counts against nobody's limits: it is asked when our own clock may be wrong.
    async fn time(&self) -> Result<Option<DateTime<Utc>>, CallError> {
        Ok(None)
    }

    /// Where people see a media.
    async fn permalink(&self, access: &Access, remote_id: &str) -> Result<Answer<Link>, CallError>;
}
