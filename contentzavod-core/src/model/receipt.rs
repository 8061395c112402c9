//! The receipt of a published publication: what a person shows when asked for proof.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::id::{AccountId, PostId, PublicationId};
use super::{Account, Media, Publication};
use crate::publication::{SendRecord, State};

/// What went out, where, when, and under which names the platform knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The publication.
    pub publication: PublicationId,
    /// Its post.
    pub post: PostId,
    /// Its account.
    pub account: AccountId,
    /// The account's name on the platform.
    pub username: String,
    /// SHA-256 of the file that was published, lower-case hex.
    pub sha256: String,
    /// The platform's container.
    pub container: Option<String>,
    /// The platform's media id; `None` while it is still looked for.
    pub remote_id: Option<String>,
    /// Where people see it; `None` while it is still looked for.
    pub permalink: Option<String>,
    /// When it was to go out.
    pub due_at: DateTime<Utc>,
    /// When it was armed.
    pub armed_at: Option<DateTime<Utc>>,
    /// When the first publish call was entered.
    pub sent_at: Option<DateTime<Utc>>,
    /// When we knew that it is live.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// When the platform says it went live.
    pub published_at: Option<DateTime<Utc>>,
    /// Every publish call that may have left, with the platform's trace ids.
    pub sends: Vec<SendRecord>,
}

impl Receipt {
    /// Writes the receipt of a published publication; `None` in any other state.
    #[must_use]
    pub fn of(publication: &Publication, account: &Account, media: &Media) -> Option<Self> {
        let p = &publication.progress;
        (p.state == State::Published).then(|| Self {
            publication: publication.id,
            post: publication.post,
            account: publication.account,
            username: account.username.clone(),
            sha256: media.sha256.clone(),
            container: p.container.as_ref().map(|c| c.handle.name().to_owned()),
            remote_id: p.remote_id.clone(),
            permalink: p.permalink.clone(),
            due_at: p.due_at,
            armed_at: p.armed_at,
            sent_at: p.first_sent_at(),
            confirmed_at: p.confirmed_at,
            published_at: p.published_at,
            sends: p.sends.clone(),
        })
    }
}
