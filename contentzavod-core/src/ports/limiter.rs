//! Limits: how much somebody may do in how long.

use std::fmt::Debug;
use std::time::Duration;

use async_trait::async_trait;

/// What is counted apart from everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Bucket {
    /// Calls of a key or a user.
    Api,
    /// Calls of an address that nobody knows.
    Address,
    /// Tries of an address to sign in.
    SignIn,
    /// Files that a user uploads.
    Upload,
    /// Keys that a user makes.
    KeyCreation,
    /// Exports of a user's data.
    Export,
    /// Deletions that a user asks for.
    Deletion,
    /// States and signatures that are none, from one address: guesses, or somebody else's.
    Forgery,
    /// What platforms tell us, from one address, and all of it together.
    Webhooks,
}

impl Bucket {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Api,
        Self::Address,
        Self::SignIn,
        Self::Upload,
        Self::KeyCreation,
        Self::Export,
        Self::Deletion,
        Self::Forgery,
        Self::Webhooks,
    ];

    /// Its name for callers and shared stores.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Address => "address",
            Self::SignIn => "sign_in",
            Self::Upload => "upload",
            Self::KeyCreation => "key_creation",
            Self::Export => "export",
            Self::Deletion => "deletion",
            Self::Forgery => "forgery",
            Self::Webhooks => "webhooks",
        }
    }
}

/// Whether something may be done, and what is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// It may be done.
    pub allowed: bool,
    /// So much may be done in [`Decision::per`]; [`u32::MAX`] where there is no limit.
    pub limit: u32,
    /// In how long.
    pub per: Duration,
    /// So much is left after this check.
    pub remaining: u32,
    /// After so long, at the latest, all of it is there again.
    pub reset: Duration,
    /// After so long it is allowed, if nobody else takes it; `None` where it is allowed, and where
    /// it never will be because it costs more than the limit.
    pub retry_after: Option<Duration>,
}

impl Decision {
    /// Where there is no limit.
    pub const UNLIMITED: Self = Self {
        allowed: true,
        limit: u32::MAX,
        per: Duration::ZERO,
        remaining: u32::MAX,
        reset: Duration::ZERO,
        retry_after: None,
    };

    /// True when there is a limit to tell of.
    #[must_use]
    pub const fn is_limited(&self) -> bool {
        self.limit != u32::MAX
    }
}

/// Counts what callers do.
///
/// - A key of a bucket may take the bucket's limit at once; what it took comes back evenly over the
///   bucket's span, and never more than the limit is there.
/// - A check takes the whole cost or nothing. What is refused takes nothing, so whoever keeps
///   knocking is let in as early as whoever waits.
/// - A cost of 0 takes nothing and answers as a cost of 1 would.
/// - Keys and buckets have nothing to do with each other.
/// - Time is the monotonic clock: a jump of the wall clock gives nothing and takes nothing.
/// - A check never fails. An implementation whose shared store does not answer counts by itself
///   meanwhile, and never lets everything pass.
#[async_trait]
pub trait Limiter: Send + Sync + Debug {
    /// Takes `cost` from what a key has left in a bucket, if it is there.
    async fn check(&self, bucket: Bucket, key: &str, cost: u32) -> Decision;
}
