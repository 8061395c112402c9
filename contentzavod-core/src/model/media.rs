//! An uploaded file and how long it is kept.

use chrono::{DateTime, Utc};
use contentzavod_preflight::Finding;
use serde::{Deserialize, Serialize};

use super::id::{MediaId, WorkspaceId};

/// What the bytes are; content decides, never the file name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// An MP4 or MOV video.
    Video,
    /// A JPEG, used as a cover.
    Image,
}

impl MediaKind {
    /// The word used in the API and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Video => "video",
            Self::Image => "image",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Video, Self::Image]
            .into_iter()
            .find(|k| k.as_str() == word)
    }
}

/// Whether the bytes are still here. The row stays after the bytes are gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaStatus {
    /// The bytes are stored.
    Ready,
    /// The bytes were deleted.
    Deleted,
}

impl MediaStatus {
    /// The word used in the API and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Deleted => "deleted",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Ready, Self::Deleted]
            .into_iter()
            .find(|s| s.as_str() == word)
    }
}

/// An uploaded file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Media {
    /// Our id.
    pub id: MediaId,
    /// The workspace it belongs to.
    pub workspace: WorkspaceId,
    /// What it is.
    pub kind: MediaKind,
    /// Whether the bytes are still here.
    pub status: MediaStatus,
    /// The name it was uploaded under, for display only.
    pub filename: Option<String>,
    /// The content type it is served with.
    pub content_type: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes, lower-case hex.
    pub sha256: String,
    /// SHA-256 of the file as it was uploaded, where its index was moved to the front since.
    #[serde(default)]
    pub original_sha256: Option<String>,
    /// Duration of a video.
    pub duration_ms: Option<u64>,
    /// Display width in pixels.
    pub width: Option<u32>,
    /// Display height in pixels.
    pub height: Option<u32>,
    /// What the pre-flight found.
    pub findings: Vec<Finding>,
    /// When the bytes go; `None` while a publication needs them.
    pub expires_at: Option<DateTime<Utc>>,
    /// When the last byte arrived.
    pub created_at: DateTime<Utc>,
}

impl Media {
    /// True if the platform would refuse it: it was kept to be encoded anew, and no post takes it.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.findings.iter().any(Finding::is_error)
    }
}
