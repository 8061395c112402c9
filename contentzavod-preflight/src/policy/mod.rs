//! What a platform accepts, as data: every limit with its source.
//!
//! Sources disagree, and limits change: each is a public field, and each rule can be taken more or
//! less seriously.
//!
//! ```
//! use contentzavod_preflight::{Level, Policy};
//!
//! let mut policy = Policy::instagram_reel().with("video.gop_open", Level::Warning);
//! policy.bytes_max.value = 1_000_000_000;
//! assert!(policy.bytes_max.source.contains("Meta"));
//! ```

mod caption;
mod instagram;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Severity};

pub use caption::CaptionPolicy;

/// A limit and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit<T> {
    /// The limit itself.
    pub value: T,
    /// Who says so.
    pub source: String,
}

fn limit<T>(value: T, source: &str) -> Limit<T> {
    Limit {
        value,
        source: source.to_owned(),
    }
}

/// What becomes of a rule that is broken, where somebody decided other than usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// It is not told.
    Off,
    /// It is told, and the file is taken.
    Warning,
    /// The file is refused.
    Error,
}

impl Level {
    /// Its word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// Reads a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let all = [Self::Off, Self::Warning, Self::Error];
        all.into_iter().find(|level| level.as_str() == word)
    }
}

/// The finding as seriously as somebody decided; `None` if it is not to be told.
pub(crate) fn levelled(levels: &BTreeMap<String, Level>, mut finding: Finding) -> Option<Finding> {
    finding.severity = match levels.get(&finding.rule) {
        None => finding.severity,
        Some(Level::Off) => return None,
        Some(Level::Warning) => Severity::Warning,
        Some(Level::Error) => Severity::Error,
    };
    Some(finding)
}

/// Limits of one product on one platform.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Policy {
    /// Platform and product, e.g. `instagram_reel`.
    pub name: String,
    /// Raised when a limit changes.
    pub version: u32,
    /// Most bytes.
    pub bytes_max: Limit<u64>,
    /// More bytes than that are told: sources count megabytes in two ways.
    pub bytes_warn: Limit<u64>,
    /// Shortest duration in milliseconds.
    pub duration_min_ms: Limit<u64>,
    /// Longest duration in milliseconds.
    pub duration_max_ms: Limit<u64>,
    /// Most columns of the displayed picture.
    pub width_max: Limit<u32>,
    /// Narrowest displayed aspect, width by height.
    pub aspect_min: Limit<f64>,
    /// Widest displayed aspect, width by height.
    pub aspect_max: Limit<f64>,
    /// Video codecs.
    pub video_codecs: Limit<Vec<String>>,
    /// Audio codecs.
    pub audio_codecs: Limit<Vec<String>>,
    /// How colour is sampled.
    pub chroma: Limit<Vec<String>>,
    /// Most bits a second of the picture, on average.
    pub video_bitrate_max: Limit<u64>,
    /// Most bits a second of the sound, on average.
    pub audio_bitrate_max: Limit<u64>,
    /// Fewest pixels of the shorter side.
    pub short_side_min: Limit<u32>,
    /// Fewest frames per second.
    pub fps_min: Limit<f64>,
    /// Most frames per second.
    pub fps_max: Limit<f64>,
    /// Most audio samples per second.
    pub sample_rate_max: Limit<u32>,
    /// Most audio channels.
    pub channels_max: Limit<u16>,
    /// The shape is told unless it is 9:16.
    pub tall: Limit<bool>,
    /// `moov` must stand in front.
    pub moov_front: Limit<bool>,
    /// Rules that are taken more or less seriously than usual, by their ids.
    pub levels: BTreeMap<String, Level>,
}

impl Policy {
    /// Takes a rule more or less seriously than usual.
    #[must_use]
    pub fn with(mut self, rule: impl Into<String>, level: Level) -> Self {
        self.levels.insert(rule.into(), level);
        self
    }
}
