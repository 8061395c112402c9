//! What a file is, as far as it could be read.

use serde::{Deserialize, Serialize};

/// Facts of a file; `None` where the file does not say.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Length in bytes.
    pub bytes: u64,
    /// Major brand of `ftyp`.
    pub brand: Option<String>,
    /// `moov` stands before the media data.
    pub moov_front: Option<bool>,
    /// The media come in fragments (`mvex`).
    pub fragmented: bool,
    /// What the edit lists do.
    pub edits: Edits,
    /// A track is encrypted.
    pub encrypted: bool,
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
    /// How many audio tracks there are.
    pub audio_tracks: u32,
    /// Handlers of tracks that are neither the picture nor sound, e.g. `tmcd`.
    pub other_tracks: Vec<String>,
}

/// What edit lists do to a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edits {
    /// There are none.
    #[default]
    None,
    /// They make up for the delay of an encoder; nobody sees a difference without them.
    Trivial,
    /// They shift, cut or repeat: in these words.
    Changes(String),
}

impl Edits {
    pub(crate) fn worse(self, other: Self) -> Self {
        match (self, other) {
            (Self::Changes(what), _) | (_, Self::Changes(what)) => Self::Changes(what),
            (Self::Trivial, _) | (_, Self::Trivial) => Self::Trivial,
            (Self::None, Self::None) => Self::None,
        }
    }
}

/// A video track.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct VideoFacts {
    /// `h264`, `hevc`, or the sample entry's four characters.
    pub codec: String,
    /// The sample entry's four characters, e.g. `hev1`.
    pub entry: Option<String>,
    /// Frames per second, from the sample table.
    pub fps: Option<f64>,
    /// Frames do not come evenly.
    pub variable_fps: bool,
    /// How many frames there are.
    pub frames: Option<u64>,
    /// Bits per second, on average.
    pub bitrate: Option<u64>,
    /// `4:2:0` or how else colour is sampled.
    pub chroma: Option<String>,
    /// Bits of a sample of brightness.
    pub bit_depth: Option<u8>,
    /// Lines of two fields take turns.
    pub interlaced: Option<bool>,
    /// A group of pictures needs the one before it.
    pub open_gop: Option<bool>,
    /// Width as it is encoded, in pixels.
    pub coded_width: Option<u32>,
    /// Height as it is encoded, in pixels.
    pub coded_height: Option<u32>,
    /// Pixels are as wide as high.
    pub square_pixels: bool,
    /// Clockwise rotation in degrees: 0, 90, 180 or 270.
    pub rotation: u16,
}

/// An audio track.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AudioFacts {
    /// `aac`, or the sample entry's four characters.
    pub codec: String,
    /// Samples per second, as heard.
    pub sample_rate: Option<u32>,
    /// Channels.
    pub channels: Option<u16>,
    /// Bits per second, on average.
    pub bitrate: Option<u64>,
}
