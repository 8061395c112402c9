//! `/v1/media`: files go in as raw bytes, checked before they are kept.

use chrono::{DateTime, Utc};
use contentzavod_core::model::{MediaId, MediaKind as CoreKind, MediaStatus as CoreStatus};
use contentzavod_core::service::{Contentzavod, Upload};
use poem::web::Data;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use uuid::Uuid;

use super::answer::{Created, Done};
use super::auth::{Act, Auth};
use super::lists::{self, List};
use super::problem::{Finding, Refused};
use super::raw::Raw;
use super::tag::Tag;
use crate::encode::Encoding;
use crate::media::Spool;

/// What the bytes are.
#[derive(Debug, Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
pub enum MediaKind {
    /// An MP4 or MOV video.
    Video,
    /// A JPEG, used as a cover.
    Image,
}

/// Whether the bytes are still here.
#[derive(Debug, Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
pub enum MediaStatus {
    /// Stored.
    Ready,
    /// Stored to be mended: Instagram would refuse it as it is, so no post takes it.
    Refused,
    /// The bytes are gone; the record stays.
    Deleted,
}

/// An uploaded file.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct Media {
    /// Our id.
    id: Uuid,
    /// Whether the bytes are still here.
    status: MediaStatus,
    /// What the bytes are.
    kind: MediaKind,
    /// The name it was uploaded under.
    filename: Option<String>,
    /// Length in bytes.
    bytes: u64,
    /// SHA-256 of the bytes, lower-case hex.
    sha256: String,
    /// SHA-256 of the file as it was uploaded; present where its index was moved to the front, which
    /// changes neither picture nor sound.
    original_sha256: Option<String>,
    /// Duration of a video in milliseconds.
    duration_ms: Option<u64>,
    /// Display width in pixels.
    width: Option<u32>,
    /// Display height in pixels.
    height: Option<u32>,
    /// Findings of the check: warnings, and errors of a file that was kept to be mended.
    findings: Vec<Finding>,
    /// When the bytes go; absent while a post needs them.
    expires_at: Option<DateTime<Utc>>,
    /// When the last byte came.
    created_at: DateTime<Utc>,
}

impl From<contentzavod_core::model::Media> for Media {
    fn from(media: contentzavod_core::model::Media) -> Self {
        Self {
            id: media.id.0,
            status: match media.status {
                CoreStatus::Ready if media.is_refused() => MediaStatus::Refused,
                CoreStatus::Ready => MediaStatus::Ready,
                CoreStatus::Deleted => MediaStatus::Deleted,
            },
            kind: match media.kind {
                CoreKind::Video => MediaKind::Video,
                CoreKind::Image => MediaKind::Image,
            },
            filename: media.filename,
            bytes: media.bytes,
            sha256: media.sha256,
            original_sha256: media.original_sha256,
            duration_ms: media.duration_ms,
            width: media.width,
            height: media.height,
            findings: media.findings.into_iter().map(Into::into).collect(),
            expires_at: media.expires_at,
            created_at: media.created_at,
        }
    }
}

/// One page of files.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MediaList {
    /// Newest first.
    items: Vec<Media>,
    /// Send it as `cursor` for the next page; absent at the end.
    next_cursor: Option<String>,
}

/// Files.
#[derive(Debug)]
pub struct MediaFiles;

#[OpenApi(prefix_path = "/v1/media", tag = "Tag::Media")]
impl MediaFiles {
    /// Upload a video or a JPEG cover. 201 means that it is on disk and Instagram would take it.
    ///
    /// A video whose only fault is that its index stands behind the frames is mended: the index is
    /// moved to the front, and a finding tells so.
    #[expect(clippy::too_many_arguments, reason = "the parameters of one operation")]
    #[oai(path = "/", method = "post", operation_id = "media_create")]
    async fn create(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        spool: Data<&Spool>,
        /// The file's name, for display only.
        filename: Query<Option<String>>,
        /// Keep a video that Instagram would refuse if this server can mend it (`media_fix`): its
        /// status is `refused` then, and no post takes it as it is.
        keep_refused: Query<Option<bool>>,
        encoding: Data<&Encoding>,
        body: Raw,
    ) -> Result<Created<Media>, Refused> {
        // Before a byte is taken.
        let actor = auth.may(Act::ChangeMedia)?;
        let declared = body.declared();
        let keep_refused = keep_refused.0.unwrap_or(false) && encoding.is_on();
        let stream = body.into_stream();
        let spooled = spool.receive_even(stream, declared, keep_refused).await?;
        let upload = Upload {
            path: spooled.path.clone(),
            bytes: spooled.bytes,
            sha256: spooled.sha256.clone(),
            filename: filename.0.as_deref().and_then(display_name),
            keep_refused,
        };
        Ok(Created(app.add_media(actor, upload).await?.into()))
    }

    /// List files, newest first.
    #[oai(path = "/", method = "get", operation_id = "media_list")]
    async fn list(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// 1 to 100; 50 when absent.
        limit: Query<Option<u32>>,
    ) -> Result<Json<MediaList>, Refused> {
        let after = lists::cursor(List::Media, cursor.0.as_deref())?;
        let limit = lists::limit(limit.0)?;
        let page = app
            .media_list(auth.may(Act::SeeMedia)?, after, limit)
            .await?;
        Ok(Json(MediaList {
            next_cursor: lists::next(List::Media, page.next),
            items: page.items.into_iter().map(Into::into).collect(),
        }))
    }

    /// Read a file's record.
    #[oai(path = "/:id", method = "get", operation_id = "media_get")]
    async fn get(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
    ) -> Result<Json<Media>, Refused> {
        let media = app.media(auth.may(Act::SeeMedia)?, MediaId(id.0)).await?;
        Ok(Json(media.into()))
    }

    /// Delete a file. In use: 409 naming the posts, unless they shall be cancelled with it.
    #[oai(path = "/:id", method = "delete", operation_id = "media_delete")]
    async fn delete(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
        /// Cancel the posts that use it, all or nothing.
        cancel_posts: Query<Option<bool>>,
    ) -> Result<Done, Refused> {
        let cancel = cancel_posts.0.unwrap_or(false);
        app.delete_media(auth.may(Act::ChangeMedia)?, MediaId(id.0), cancel)
            .await?;
        Ok(Done)
    }
}

/// The last part of a path, without control characters, at most 255 characters.
fn display_name(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let shown = last.chars().filter(|c| !c.is_control()).take(255);
    let shown: String = shown.collect();
    Some(shown.trim().to_owned()).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::display_name;

    #[test]
    fn a_name_is_for_display_only() {
        assert_eq!(display_name("reel.mp4").as_deref(), Some("reel.mp4"));
        assert_eq!(display_name("../../etc/x.mp4").as_deref(), Some("x.mp4"));
        assert_eq!(display_name("C:\\a\\b.mov").as_deref(), Some("b.mov"));
        assert_eq!(display_name("a\n\u{7}b").as_deref(), Some("ab"));
        for nothing in ["", " ", "a/", "\n"] {
            assert_eq!(display_name(nothing), None, "{nothing:?}");
        }
        assert_eq!(
            display_name(&"я".repeat(300)).map(|n| n.chars().count()),
            Some(255)
        );
    }
}
