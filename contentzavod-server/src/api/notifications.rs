//! `/v1/notifications`: the inbox of facts a person must learn.

use chrono::{DateTime, Utc};
use contentzavod_core::model::Notification as Core;
use contentzavod_core::service::Contentzavod;
use poem::web::Data;
use poem_openapi::param::Query;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::auth::{Act, Auth};
use super::lists;
use super::problem::Refused;
use super::reader::Reader;
use super::tag::Tag;

/// A fact a person must learn.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Notification {
    /// Its id.
    id: Uuid,
    /// What it is about, a stable word such as `published` or `needs_review`.
    kind: String,
    /// The fact in the person's language.
    message: String,
    /// The publication it is about.
    publication_id: Option<Uuid>,
    /// The post it is about.
    post_id: Option<Uuid>,
    /// The account it is about.
    account_id: Option<Uuid>,
    /// The file it is about.
    media_id: Option<Uuid>,
    /// When it was written.
    created_at: DateTime<Utc>,
}

impl Notification {
    fn of(notification: &Core, reader: Reader<'_>) -> Self {
        Self {
            id: notification.id.0,
            kind: notification.notice.kind.as_str().to_owned(),
            message: reader.notice(&notification.notice),
            publication_id: notification.publication.map(|id| id.0),
            post_id: notification.post.map(|id| id.0),
            account_id: notification.account.map(|id| id.0),
            media_id: notification.media.map(|id| id.0),
            created_at: notification.created_at,
        }
    }
}

/// One page of the inbox.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct NotificationList {
    /// Oldest first.
    items: Vec<Notification>,
    /// Send it as `after` for what comes later; absent when nothing came.
    next_cursor: Option<String>,
}

/// The inbox.
#[derive(Debug)]
pub struct Notifications;

#[OpenApi(prefix_path = "/v1/notifications", tag = "Tag::Notifications")]
impl Notifications {
    /// Read the inbox, oldest first. Ask again with `next_cursor` for what came since.
    #[oai(path = "/", method = "get", operation_id = "notification_list")]
    async fn list(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        /// `next_cursor` of the page before.
        after: Query<Option<String>>,
        /// 1 to 100; 50 when absent.
        limit: Query<Option<u32>>,
    ) -> Result<Json<NotificationList>, Refused> {
        let position = lists::position(after.0.as_deref())?;
        let limit = lists::limit(limit.0)?;
        let reader = Reader::of(&app);
        let page = app
            .notifications(auth.may(Act::SeeNotices)?, position, limit)
            .await?;
        Ok(Json(NotificationList {
            next_cursor: page.last().map(|last| last.seq.to_string()),
            items: page
                .iter()
                .map(|one| Notification::of(one, reader))
                .collect(),
        }))
    }
}
