//! What a platform accepts, as data: every limit with its source.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A limit and who says so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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

/// Meta's block of Reels specifications on the page of `POST /{ig-user-id}/media`.
const META: &str = "Meta, Instagram Platform, IG User Media: Reel specifications";

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
    /// `moov` must stand in front.
    pub moov_front: Limit<bool>,
    /// Rules that are taken more or less seriously than usual, by their ids.
    pub levels: BTreeMap<String, Level>,
}

impl Policy {
    /// Reels as published through Instagram's content publishing API.
    #[must_use]
    pub fn instagram_reel() -> Self {
        let words = |list: &[&str]| list.iter().map(|w| (*w).to_owned()).collect();
        Self {
            name: "instagram_reel".to_owned(),
            version: 2,
            bytes_max: limit(300 * 1024 * 1024, META),
            bytes_warn: limit(300_000_000, META),
            duration_min_ms: limit(3_000, META),
            duration_max_ms: limit(900_000, META),
            width_max: limit(1920, META),
            aspect_min: limit(0.01, META),
            aspect_max: limit(10.0, META),
            video_codecs: limit(words(&["h264", "hevc"]), META),
            audio_codecs: limit(words(&["aac"]), META),
            chroma: limit(words(&["4:2:0"]), META),
            video_bitrate_max: limit(25_000_000, META),
            audio_bitrate_max: limit(128_000, META),
            short_side_min: limit(540, "Ayrshare, Instagram video: at least 540 by 960"),
            fps_min: limit(23.0, META),
            fps_max: limit(60.0, META),
            sample_rate_max: limit(48_000, META),
            channels_max: limit(2, META),
            moov_front: limit(true, META),
            levels: BTreeMap::new(),
        }
    }

    /// Takes a rule more or less seriously than usual.
    #[must_use]
    pub fn with(mut self, rule: impl Into<String>, level: Level) -> Self {
        self.levels.insert(rule.into(), level);
        self
    }

    /// The cover image of a Reel: a JPEG of at most 8 MB.
    #[must_use]
    pub fn instagram_cover() -> Self {
        Self {
            name: "instagram_cover".to_owned(),
            bytes_max: limit(
                8 * 1024 * 1024,
                "Meta, IG User Media: cover_url, image specifications",
            ),
            bytes_warn: limit(u64::MAX, "none: the limit itself is told"),
            width_max: limit(u32::MAX, "not limited: Instagram scales it"),
            ..Self::instagram_reel()
        }
    }
}

/// Limits of captions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptionPolicy {
    /// Most characters, counted as Unicode scalar values of the normalised caption.
    pub characters_max: usize,
    /// Most hashtags.
    pub hashtags_max: usize,
    /// Most mentions.
    pub mentions_max: usize,
}

impl CaptionPolicy {
    /// Captions of Instagram (Meta, IG User Media: `caption`).
    #[must_use]
    pub const fn instagram() -> Self {
        Self {
            characters_max: 2200,
            hashtags_max: 30,
            mentions_max: 20,
        }
    }
}
