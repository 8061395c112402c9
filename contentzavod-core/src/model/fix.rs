//! A video that is being encoded anew: a row with a lease, like everything that happens later.

use chrono::{DateTime, Utc};
use contentzavod_preflight::Finding;
pub use contentzavod_preflight::Shape;
use serde::{Deserialize, Serialize};

use super::id::{MediaId, WorkspaceId};

/// How far encoding a file anew has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FixStatus {
    /// It waits for its turn.
    Queued,
    /// It is being encoded.
    Running,
    /// The new file is there.
    Done,
    /// There is no new file; findings say why.
    Failed,
    /// A person called it off.
    Cancelled,
}

impl FixStatus {
    /// The word used in the API and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Queued,
            Self::Running,
            Self::Done,
            Self::Failed,
            Self::Cancelled,
        ]
        .into_iter()
        .find(|status| status.as_str() == word)
    }

    /// True while something will still happen.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }
}

/// A file that is encoded anew, as a person asked. At most one a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// The file as it is; it stays.
    pub media: MediaId,
    /// The workspace it belongs to.
    pub workspace: WorkspaceId,
    /// What becomes of a picture that is not 9:16.
    pub shape: Shape,
    /// How far it has come.
    pub status: FixStatus,
    /// Of the video, so many in a hundred are encoded.
    pub progress: u8,
    /// Raised by each claim: who holds an older one writes nothing more.
    pub epoch: i64,
    /// How often it was begun since it was asked for.
    pub tries: u32,
    /// The new file.
    pub result: Option<MediaId>,
    /// Why there is none.
    pub findings: Vec<Finding>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}
