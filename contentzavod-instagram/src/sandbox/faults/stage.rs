//! Kinds of calls.

use serde::{Deserialize, Serialize};

/// A kind of call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Stage {
    /// Whose a token is.
    Me,
    /// Making a container.
    Create,
    /// Pushing a video. Facebook Login only.
    Upload,
    /// The state of a container.
    Status,
    /// Publishing a container.
    Publish,
    /// The list of media.
    Recent,
    /// The link of a media.
    Permalink,
    /// The publishing quota.
    Quota,
    /// Refreshing a token.
    Refresh,
    /// The time, asked of nobody. It belongs to no account.
    Time,
    /// A new connection, before anything is read from it. It belongs to no account.
    Connection,
}

impl Stage {
    /// Every stage that is a call of an account.
    pub const CALLS: &[Self] = &[
        Self::Me,
        Self::Create,
        Self::Upload,
        Self::Status,
        Self::Publish,
        Self::Recent,
        Self::Permalink,
        Self::Quota,
        Self::Refresh,
    ];

    /// Every stage that answers.
    pub const ANSWERS: &[Self] = &[
        Self::Me,
        Self::Create,
        Self::Upload,
        Self::Status,
        Self::Publish,
        Self::Recent,
        Self::Permalink,
        Self::Quota,
        Self::Refresh,
        Self::Time,
    ];

    /// Every stage that is a call of an account, or comes before one.
    pub const CONNECTED: &[Self] = &[
        Self::Me,
        Self::Create,
        Self::Upload,
        Self::Status,
        Self::Publish,
        Self::Recent,
        Self::Permalink,
        Self::Quota,
        Self::Refresh,
        Self::Connection,
    ];

    /// Every stage.
    pub const ALL: &[Self] = &[
        Self::Me,
        Self::Create,
        Self::Upload,
        Self::Status,
        Self::Publish,
        Self::Recent,
        Self::Permalink,
        Self::Quota,
        Self::Refresh,
        Self::Time,
        Self::Connection,
    ];

    /// Its name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Me => "me",
            Self::Create => "create",
            Self::Upload => "upload",
            Self::Status => "status",
            Self::Publish => "publish",
            Self::Recent => "recent",
            Self::Permalink => "permalink",
            Self::Quota => "quota",
            Self::Refresh => "refresh",
            Self::Time => "time",
            Self::Connection => "connection",
        }
    }

    /// The call that it is.
    #[must_use]
    pub const fn call(self) -> &'static str {
        match self {
            Self::Me => "GET /me",
            Self::Create => "POST /{user}/media",
            Self::Upload => "POST /ig-api-upload/{version}/{container}",
            Self::Status => "GET /{container}",
            Self::Publish => "POST /{user}/media_publish",
            Self::Recent => "GET /{user}/media",
            Self::Permalink => "GET /{media}",
            Self::Quota => "GET /{user}/content_publishing_limit",
            Self::Refresh => "GET /refresh_access_token",
            Self::Time => "HEAD /",
            Self::Connection => "a new connection, before anything is read from it",
        }
    }
}
