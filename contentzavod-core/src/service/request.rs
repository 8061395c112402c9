//! What a person asks for when scheduling.

use crate::model::{AccountId, Content};

/// A post to be scheduled, as asked for: nothing is checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostRequest {
    /// The accounts it goes out on, in order.
    pub account_ids: Vec<AccountId>,
    /// What goes out.
    pub content: Content,
    /// RFC 3339 with an offset, or local without; absent: now.
    pub publish_at: Option<String>,
    /// IANA zone of local times; absent: the workspace's.
    pub timezone: Option<String>,
    /// How late it may go out on its own, e.g. `6h`; absent: 6 h.
    pub max_late: Option<String>,
    /// Keep it as a draft.
    pub draft: bool,
}

impl PostRequest {
    /// Goes out now, with the defaults.
    #[must_use]
    pub const fn new(account_ids: Vec<AccountId>, content: Content) -> Self {
        Self {
            account_ids,
            content,
            publish_at: None,
            timezone: None,
            max_late: None,
            draft: false,
        }
    }
}
