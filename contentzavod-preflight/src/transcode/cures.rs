//! Which rules an encoder mends, and how.

use super::Shape;
use crate::finding::Finding;
use crate::sniff::Kind;

/// How a rule is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cure {
    pub(super) touches: Touches,
    /// What the file becomes.
    pub(super) to: String,
}

/// What must be encoded anew; the rest is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Touches {
    /// Nothing: it is only packed anew.
    Packing,
    Picture,
    Sound,
    Both,
}

/// Rules and their cures; where the last word is empty, the limit of the finding is met.
const CURES: &[(&str, Touches, &str)] = &[
    ("file.size", Touches::Picture, ""),
    ("container.format", Touches::Both, "MP4 (h264, aac)"),
    ("container.brand", Touches::Packing, "isom"),
    ("container.moov_front", Touches::Packing, ""),
    ("container.fragmented", Touches::Packing, ""),
    ("container.extra_track", Touches::Packing, ""),
    ("container.trailing_bytes", Touches::Packing, ""),
    ("container.edit_list", Touches::Both, ""),
    ("video.codec", Touches::Picture, "h264"),
    ("video.chroma", Touches::Picture, "4:2:0"),
    ("video.bit_depth", Touches::Picture, ""),
    ("video.gop_open", Touches::Picture, ""),
    ("video.interlaced", Touches::Picture, ""),
    ("video.fps", Touches::Picture, ""),
    ("video.vfr", Touches::Picture, ""),
    ("video.width", Touches::Picture, ""),
    ("video.bitrate", Touches::Picture, "10000000"),
    ("video.non_square_pixels", Touches::Picture, ""),
    ("video.aspect", Touches::Picture, "9:16"),
    ("video.not_9_16", Touches::Picture, "9:16"),
    ("video.hev1", Touches::Packing, ""),
    ("audio.codec", Touches::Sound, "aac"),
    ("audio.sample_rate", Touches::Sound, ""),
    ("audio.channels", Touches::Sound, "2"),
    ("audio.bitrate", Touches::Sound, ""),
    ("audio.multiple", Touches::Packing, ""),
];

/// Brands of files without a picture: no packing gives them one.
const NO_PICTURE: &str = "container.brand";

/// How a finding is mended; `None` where no encoder can, or nobody wants it.
pub(super) fn cure(finding: &Finding, shape: Shape) -> Option<Cure> {
    let rule = finding.rule.as_str();
    let left = match rule {
        // A list that changes nothing passes, and to take it out would mean to encode.
        "container.edit_list" | "file.size" => !finding.is_error(),
        "video.not_9_16" => shape == Shape::Keep,
        NO_PICTURE => finding.is_error(),
        "container.format" => foreign(finding).is_none(),
        _ => false,
    };
    let (_, touches, to) = CURES.iter().find(|(known, ..)| *known == rule && !left)?;
    let to = match rule {
        "video.fps" | "video.vfr" => rate(finding).to_owned(),
        _ if to.is_empty() => finding.limit.clone().unwrap_or_default(),
        _ => (*to).to_owned(),
    };
    Some(Cure {
        touches: *touches,
        to,
    })
}

/// The kind of a file that is no MP4, and that can be made one.
pub(super) fn foreign(finding: &Finding) -> Option<Kind> {
    let format = finding.rule == "container.format";
    Kind::foreign(finding.actual.as_deref().filter(|_| format)?)
}

/// The usual rate next to what the finding says.
pub(super) fn rate(finding: &Finding) -> &'static str {
    let fps: f64 = finding
        .actual
        .as_deref()
        .and_then(|fps| fps.parse().ok())
        .unwrap_or(30.0);
    match fps {
        ..24.5 if finding.rule == "video.vfr" && fps > 22.0 => "24",
        24.5..27.0 => "25",
        ..40.0 => "30",
        40.0..55.0 => "50",
        _ => "60",
    }
}
