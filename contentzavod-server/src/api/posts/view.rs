//! A post as it is answered.

use chrono::{DateTime, Utc};
use contentzavod_core::model;
use contentzavod_core::ports::store::PostView;
use poem_openapi::{Enum, Object};
use uuid::Uuid;

use super::content::Content;
use crate::api::problem::Finding;
use crate::api::publications::Publication;
use crate::api::reader::Reader;

macro_rules! statuses {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// The state of a post, derived from its publications: the first that applies to any.
        #[derive(Debug, Clone, Copy, Enum)]
        #[oai(rename_all = "snake_case")]
        pub enum PostStatus { $($(#[$doc])* $name),+ }

        impl From<model::PostStatus> for PostStatus {
            fn from(status: model::PostStatus) -> Self {
                match status { $(model::PostStatus::$name => Self::$name),+ }
            }
        }

        impl From<PostStatus> for model::PostStatus {
            fn from(status: PostStatus) -> Self {
                match status { $(PostStatus::$name => Self::$name),+ }
            }
        }
    };
}

statuses! {
    /// A person must say what became of one.
    NeedsReview,
    /// Instagram has not yet said what became of one.
    Uncertain,
    /// One could not be prepared.
    Failed,
    /// One was too late.
    Missed,
    /// One waits for Instagram's quota.
    WaitingQuota,
    /// One waits for its account.
    WaitingAccount,
    /// Under way.
    Publishing,
    /// Waits for its time.
    Scheduled,
    /// Not scheduled yet.
    Draft,
    /// Live everywhere it was not cancelled.
    Published,
    /// Taken back everywhere.
    Cancelled,
}

/// A post: content, accounts and a time.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Post {
    /// Our id.
    id: Uuid,
    /// Derived from the publications.
    status: PostStatus,
    /// What is published.
    content: Content,
    /// The instant it goes out; absent for a draft without a time.
    publish_at: Option<DateTime<Utc>>,
    /// The wall-clock time that was chosen, in `timezone`, e.g. `2026-12-01T09:00:00`.
    local_time: Option<String>,
    /// IANA zone.
    timezone: String,
    /// Later than so many seconds after its time nothing goes out on its own.
    max_late_seconds: i64,
    /// One per account.
    publications: Vec<Publication>,
    /// Warnings about it, where there are any; in the answers of scheduling and changing it alone.
    findings: Option<Vec<Finding>>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it last changed.
    updated_at: DateTime<Utc>,
}

impl Post {
    /// A post as its reader reads it.
    pub(super) fn told(
        view: PostView,
        warnings: &[contentzavod_preflight::Finding],
        reader: Reader<'_>,
    ) -> Self {
        let warnings: Vec<Finding> = warnings.iter().cloned().map(Into::into).collect();
        Self {
            findings: (!warnings.is_empty()).then_some(warnings),
            ..Self::of(view, reader)
        }
    }

    /// The same without warnings.
    pub(super) fn of(view: PostView, reader: Reader<'_>) -> Self {
        let status = view.status().into();
        let local_time = view.post.wall_clock();
        let model::Content::InstagramReel(reel) = view.post.content else {
            unreachable!("the API takes no other kind, so the database holds none")
        };
        let publications = view.publications.into_iter();
        Self {
            id: view.post.id.0,
            status,
            content: Content::InstagramReel(reel.into()),
            publish_at: view.post.publish_at,
            local_time: local_time.map(|local| local.format("%Y-%m-%dT%H:%M:%S").to_string()),
            timezone: view.post.timezone,
            max_late_seconds: view.post.max_late_secs,
            publications: publications
                .map(|row| Publication::of(row, reader))
                .collect(),
            findings: None,
            created_at: view.post.created_at,
            updated_at: view.post.updated_at,
        }
    }
}

/// One page of posts.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct PostList {
    /// Newest time first.
    pub(super) items: Vec<Post>,
    /// Send it as `cursor` for the next page; absent at the end.
    pub(super) next_cursor: Option<String>,
}
