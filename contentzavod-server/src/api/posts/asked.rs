//! Posts as they are asked for.

use contentzavod_core::model::AccountId;
use contentzavod_core::service::{PostPatch, PostRequest};
use poem_openapi::Object;
use uuid::Uuid;

use super::content::Content;

/// A post to be scheduled.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct NewPost {
    /// The accounts it goes out on, at least one unless it is a draft.
    account_ids: Vec<Uuid>,
    /// What goes out.
    content: Content,
    /// `2026-12-01T09:00:00+03:00`, or local `2026-12-01T09:00`; absent: now.
    publish_at: Option<String>,
    /// IANA zone of local times; absent: the workspace's.
    timezone: Option<String>,
    /// How late it may go out on its own, `1m` to `7d`; absent: the server's, usually `6h`.
    max_late: Option<String>,
    /// Keep it as a draft.
    #[oai(default)]
    draft: bool,
}

impl NewPost {
    /// Nothing goes out by it.
    pub(super) const fn is_draft(&self) -> bool {
        self.draft
    }
}

impl From<NewPost> for PostRequest {
    fn from(new: NewPost) -> Self {
        Self {
            account_ids: new.account_ids.into_iter().map(AccountId).collect(),
            content: new.content.into(),
            publish_at: new.publish_at,
            timezone: new.timezone,
            max_late: new.max_late,
            draft: new.draft,
        }
    }
}

/// What shall change; absent fields stay.
#[derive(Debug, Object)]
pub struct PostChange {
    /// Other accounts; drafts only.
    account_ids: Option<Vec<Uuid>>,
    /// Other content, the whole of it.
    content: Option<Content>,
    /// Another time, as when scheduling.
    publish_at: Option<String>,
    /// Another IANA zone; a local time keeps its wall clock.
    timezone: Option<String>,
    /// Another lateness, `1m` to `7d`.
    max_late: Option<String>,
    /// `false` schedules a draft.
    draft: Option<bool>,
}

impl PostChange {
    /// A draft is scheduled by it.
    pub(super) const fn schedules(&self) -> bool {
        matches!(self.draft, Some(false))
    }
}

impl From<PostChange> for PostPatch {
    fn from(change: PostChange) -> Self {
        let accounts = |ids: Vec<Uuid>| ids.into_iter().map(AccountId).collect();
        Self {
            account_ids: change.account_ids.map(accounts),
            content: change.content.map(Into::into),
            publish_at: change.publish_at,
            timezone: change.timezone,
            max_late: change.max_late,
            draft: change.draft,
            only_draft: false,
        }
    }
}
