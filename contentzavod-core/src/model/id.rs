//! Typed UUIDv7 ids: a post's id cannot be passed where a publication's is meant.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::random;

/// Builds a UUIDv7 from a clock's time, so that ids sort by their making.
#[must_use]
pub fn uuid_v7(now: DateTime<Utc>) -> Uuid {
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random::bytes()).into_uuid()
}

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Makes a new id at the clock's time.
            #[must_use]
            pub fn generate(now: DateTime<Utc>) -> Self {
                Self(uuid_v7(now))
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map(Self)
            }
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )+};
}

typed_id! {
    /// A person who signs in.
    UserId,
    /// A workspace: the tenant every row belongs to.
    WorkspaceId,
    /// An API key.
    ApiKeyId,
    /// A connected platform account.
    AccountId,
    /// An uploaded file.
    MediaId,
    /// A post: content, accounts and a time.
    PostId,
    /// One post on one account: the durable machine.
    PublicationId,
    /// A fact a person must learn.
    NotificationId,
    /// A browser that somebody is signed in with.
    SessionId,
    /// A link that lets somebody in once.
    InvitationId,
}
