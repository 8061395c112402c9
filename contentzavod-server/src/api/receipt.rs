//! The receipt of a published publication.

use chrono::{DateTime, Utc};
use contentzavod_core::model;
use contentzavod_core::publication::{SendOutcome, SendRecord};
use poem_openapi::{Enum, Object};
use uuid::Uuid;

/// What a publish call came to.
#[derive(Debug, Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
pub enum SentOutcome {
    /// Instagram returned the media id.
    Live,
    /// Instagram took it and settled it later.
    Accepted,
    /// Refused for a named cause.
    Refused,
    /// No usable answer.
    Unknown,
}

/// A publish call that may have left.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Sent {
    /// When the call was made.
    at: DateTime<Utc>,
    /// What came of it.
    outcome: SentOutcome,
    /// Instagram's trace id, for its support.
    trace: Option<String>,
}

impl From<SendRecord> for Sent {
    fn from(record: SendRecord) -> Self {
        Self {
            at: record.at,
            outcome: match record.outcome {
                SendOutcome::Live => SentOutcome::Live,
                SendOutcome::Accepted => SentOutcome::Accepted,
                SendOutcome::Refused => SentOutcome::Refused,
                SendOutcome::Unknown => SentOutcome::Unknown,
            },
            trace: record.trace,
        }
    }
}

/// What went out, where, when, and under which names Instagram knows it.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Receipt {
    /// The publication.
    publication_id: Uuid,
    /// Its post.
    post_id: Uuid,
    /// Its account.
    account_id: Uuid,
    /// The account's name on Instagram.
    username: String,
    /// SHA-256 of the published file, lower-case hex.
    sha256: String,
    /// Instagram's container.
    container_id: Option<String>,
    /// Instagram's id of the media; absent while it is looked for.
    remote_id: Option<String>,
    /// Where people see it; absent while it is looked for.
    permalink: Option<String>,
    /// When it was to go out.
    due_at: DateTime<Utc>,
    /// When it was armed.
    armed_at: Option<DateTime<Utc>>,
    /// When the first publish call was made.
    sent_at: Option<DateTime<Utc>>,
    /// When we knew that it is live.
    confirmed_at: Option<DateTime<Utc>>,
    /// When Instagram says that it went live.
    published_at: Option<DateTime<Utc>>,
    /// Every publish call that may have left.
    sends: Vec<Sent>,
}

impl From<model::Receipt> for Receipt {
    fn from(receipt: model::Receipt) -> Self {
        Self {
            publication_id: receipt.publication.0,
            post_id: receipt.post.0,
            account_id: receipt.account.0,
            username: receipt.username,
            sha256: receipt.sha256,
            container_id: receipt.container,
            remote_id: receipt.remote_id,
            permalink: receipt.permalink,
            due_at: receipt.due_at,
            armed_at: receipt.armed_at,
            sent_at: receipt.sent_at,
            confirmed_at: receipt.confirmed_at,
            published_at: receipt.published_at,
            sends: receipt.sends.into_iter().map(Into::into).collect(),
        }
    }
}
