//! What a file is, as far as it could be read.

use serde::{Deserialize, Serialize};

/// Facts of a file; `None` where the file does not say.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Length in bytes.
    pub bytes: u64,
    /// Major brand of `ftyp`.
    pub brand: Option<String>,
    /// `moov` stands before the media data.
    pub moov_front: Option<bool>,
    /// Duration in milliseconds: of the video track where there is one.
    pub duration_ms: Option<u64>,
    /// Display width in pixels, rotation applied.
    pub width: Option<u32>,
    /// Display height in pixels, rotation applied.
    pub height: Option<u32>,
    /// The first video track.
    pub video: Option<VideoFacts>,
    /// The first audio track.
    pub audio: Option<AudioFacts>,
}

/// A video track.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct VideoFacts {
    /// `h264`, `hevc`, or the sample entry's four characters.
    pub codec: String,
    /// Frames per second, from the sample table.
    pub fps: Option<f64>,
    /// Clockwise rotation in degrees: 0, 90, 180 or 270.
    pub rotation: u16,
}

/// An audio track.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AudioFacts {
    /// `aac`, or the sample entry's four characters.
    pub codec: String,
    /// Samples per second.
    pub sample_rate: Option<u32>,
    /// Channels.
    pub channels: Option<u16>,
}
