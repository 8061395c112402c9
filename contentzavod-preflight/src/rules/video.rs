//! Rules of the picture. All prevent 352/2207026, which names no cause.

use crate::facts::Facts;
use crate::finding::Finding;
use crate::messages::{error, warning};
use crate::policy::Policy;

/// 9:16, with a little room for rounding.
const TALL: std::ops::RangeInclusive<f64> = 0.556..=0.569;

/// Every rule of the picture.
pub(crate) fn all(facts: &Facts, policy: &Policy, out: &mut Vec<Finding>) {
    let Some(video) = &facts.video else {
        out.push(error("video.missing", "0", "1"));
        return;
    };
    codec(&video.codec, policy, out);
    if let Some(fps) = video.fps {
        frames(fps, policy, out);
    }
    duration(facts, policy, out);
    display(facts, policy, out);
}

fn codec(codec: &str, policy: &Policy, out: &mut Vec<Finding>) {
    let known = &policy.video_codecs.value;
    if !known.iter().any(|k| k == codec) {
        out.push(error("video.codec", codec, &known.join(", ")));
    }
}

fn frames(fps: f64, policy: &Policy, out: &mut Vec<Finding>) {
    // 23.976 is sold as 24, and 59.94 as 60: half a frame of room.
    let (least, most) = (policy.fps_min.value, policy.fps_max.value);
    if fps < least - 0.5 || fps > most + 0.5 {
        out.push(error(
            "video.fps",
            &format!("{fps:.2}"),
            &format!("{least}–{most}"),
        ));
    }
}

fn duration(facts: &Facts, policy: &Policy, out: &mut Vec<Finding>) {
    let Some(ms) = facts.duration_ms else {
        return;
    };
    let seconds = |ms: u64| format!("{}.{:03}", ms / 1000, ms % 1000);
    let (least, most) = (policy.duration_min_ms.value, policy.duration_max_ms.value);
    if ms < least {
        out.push(error("video.duration_min", &seconds(ms), &seconds(least)));
    }
    if ms > most {
        out.push(error("video.duration_max", &seconds(ms), &seconds(most)));
    }
}

fn display(facts: &Facts, policy: &Policy, out: &mut Vec<Finding>) {
    let (Some(width), Some(height)) = (facts.width, facts.height) else {
        return;
    };
    let most = policy.width_max.value;
    if width > most {
        out.push(error("video.width", &width.to_string(), &most.to_string()));
    }
    let aspect = f64::from(width) / f64::from(height);
    let (narrow, wide) = (policy.aspect_min.value, policy.aspect_max.value);
    let shape = format!("{width}x{height}");
    if !(narrow..=wide).contains(&aspect) {
        out.push(error(
            "video.aspect",
            &shape,
            &format!("{narrow}:1–{wide}:1"),
        ));
    } else if !TALL.contains(&aspect) {
        out.push(warning("video.not_9_16", &shape, "9:16"));
    }
}
