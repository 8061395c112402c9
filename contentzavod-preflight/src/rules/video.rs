//! Rules of the picture. What they find would come to 352/2207026, which names no cause.

use super::Out;
use crate::facts::{Facts, VideoFacts};

/// 9:16, with a little room for rounding.
const TALL: std::ops::RangeInclusive<f64> = 0.556..=0.569;

/// Every rule of the picture.
pub(crate) fn all(facts: &Facts, out: &mut Out<'_>) {
    let Some(video) = &facts.video else {
        out.error("video.missing", "0", "1");
        return;
    };
    if facts.encrypted {
        out.error("video.encrypted", &video.codec, "no encryption");
    } else {
        codec(video, out);
    }
    stream(video, out);
    if let Some(fps) = video.fps {
        frames(fps, out);
    }
    if video.variable_fps {
        let fps = video.fps.unwrap_or_default();
        out.warning("video.vfr", &format!("{fps:.2}"), "constant");
    }
    if let Some(bitrate) = video.bitrate {
        self::bitrate(bitrate, out);
    }
    duration(facts, out);
    display(facts, out);
}

fn codec(video: &VideoFacts, out: &mut Out<'_>) {
    let known = &out.policy.video_codecs.value;
    if !known.contains(&video.codec) {
        out.error("video.codec", &video.codec, &known.join(", "));
    }
}

/// What the headers of the stream say.
fn stream(video: &VideoFacts, out: &mut Out<'_>) {
    let known = &out.policy.chroma.value;
    if let Some(chroma) = video.chroma.as_ref().filter(|c| !known.contains(c)) {
        out.error("video.chroma", chroma, &known.join(", "));
    }
    if video.interlaced == Some(true) {
        out.error("video.interlaced", "interlaced", "progressive");
    }
    if video.open_gop == Some(true) {
        out.error("video.gop_open", "open", "closed");
    }
    if let Some(depth) = video.bit_depth.filter(|depth| *depth > 8) {
        out.warning("video.bit_depth", &depth.to_string(), "8");
    }
    if video.entry.as_deref() == Some("hev1") {
        out.warning("video.hev1", "hev1", "hvc1");
    }
    if !video.square_pixels {
        out.warning("video.non_square_pixels", "not square", "1:1");
    }
}

fn frames(fps: f64, out: &mut Out<'_>) {
    // 23.976 is sold as 24, and 59.94 as 60: half a frame of room.
    let (least, most) = (out.policy.fps_min.value, out.policy.fps_max.value);
    if fps < least - 0.5 || fps > most + 0.5 {
        out.error(
            "video.fps",
            &format!("{fps:.2}"),
            &format!("{least}–{most}"),
        );
    }
}

fn bitrate(bitrate: u64, out: &mut Out<'_>) {
    let most = out.policy.video_bitrate_max.value;
    if bitrate > most {
        out.error("video.bitrate", &bitrate.to_string(), &most.to_string());
    }
}

fn duration(facts: &Facts, out: &mut Out<'_>) {
    let Some(ms) = facts.duration_ms else {
        return;
    };
    let seconds = |ms: u64| format!("{}.{:03}", ms / 1000, ms % 1000);
    let policy = out.policy;
    let (least, most) = (policy.duration_min_ms.value, policy.duration_max_ms.value);
    if ms < least {
        out.error("video.duration_min", &seconds(ms), &seconds(least));
    }
    if ms > most {
        out.error("video.duration_max", &seconds(ms), &seconds(most));
    }
}

/// Coded columns as they are shown.
const fn columns(video: &VideoFacts) -> Option<u32> {
    if video.rotation % 180 == 90 {
        video.coded_height
    } else {
        video.coded_width
    }
}

fn display(facts: &Facts, out: &mut Out<'_>) {
    let (Some(width), Some(height)) = (facts.width, facts.height) else {
        return;
    };
    let most = out.policy.width_max.value;
    // What is coded is what is decoded, whatever the track calls itself.
    let coded = facts.video.as_ref().and_then(columns);
    let widest = coded.map_or(width, |coded| coded.max(width));
    if widest > most {
        out.error("video.width", &widest.to_string(), &most.to_string());
    }
    let shape = format!("{width}x{height}");
    let least = out.policy.short_side_min.value;
    if width.min(height) < least {
        out.warning("video.low_resolution", &shape, &least.to_string());
    }
    let aspect = f64::from(width) / f64::from(height);
    let (narrow, wide) = (out.policy.aspect_min.value, out.policy.aspect_max.value);
    if !(narrow..=wide).contains(&aspect) {
        let range = format!("{narrow:.2}:1–{wide:.2}:1");
        out.error("video.aspect", &shape, &range);
    } else if out.policy.tall.value && !TALL.contains(&aspect) {
        out.warning("video.not_9_16", &shape, "9:16");
    }
}
