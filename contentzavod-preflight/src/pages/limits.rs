//! The rows of limits on a page, as the policies have them.

use crate::policy::{CaptionPolicy, Policy};

/// What each policy says of a rule.
pub(super) fn of(rule: &str) -> Vec<String> {
    let products = [
        Policy::instagram_reel(),
        Policy::instagram_story(),
        Policy::instagram_feed_video(),
        Policy::instagram_cover(),
    ];
    let of_products = products.iter().flat_map(|policy| {
        let cover = policy.name == "instagram_cover";
        let told = told(policy, rule).into_iter();
        told.filter(move |_| !cover || rule == "file.size")
            .map(|(limit, source)| format!("| {} | {limit} | {source} |", policy.name))
    });
    let captions = CaptionPolicy::instagram();
    let limit = match rule {
        "caption.too_long" | "caption.perhaps_too_long" => Some(&captions.characters_max),
        "caption.hashtags" => Some(&captions.hashtags_max),
        "caption.hashtags_many" => Some(&captions.hashtags_warn),
        "caption.mentions" => Some(&captions.mentions_max),
        _ => None,
    };
    let of_captions = limit.map(|limit| {
        let (value, source) = (limit.value, &limit.source);
        format!("| {} | at most {value} | {source} |", captions.name)
    });
    of_products.chain(of_captions).collect()
}

fn told(p: &Policy, rule: &str) -> Vec<(String, String)> {
    let seconds = |ms: u64| format!("{} s", ms / 1000);
    match rule {
        "file.size" => vec![most(
            format!("{} bytes", p.bytes_max.value),
            &p.bytes_max.source,
        )],
        "video.duration_min" => {
            vec![least(
                seconds(p.duration_min_ms.value),
                &p.duration_min_ms.source,
            )]
        }
        "video.duration_max" => {
            vec![most(
                seconds(p.duration_max_ms.value),
                &p.duration_max_ms.source,
            )]
        }
        "video.width" => vec![most(
            format!("{} columns", p.width_max.value),
            &p.width_max.source,
        )],
        "video.aspect" => vec![
            least(format!("{:.2}:1", p.aspect_min.value), &p.aspect_min.source),
            most(format!("{:.2}:1", p.aspect_max.value), &p.aspect_max.source),
        ],
        "video.fps" => vec![
            least(p.fps_min.value.to_string(), &p.fps_min.source),
            most(p.fps_max.value.to_string(), &p.fps_max.source),
        ],
        "video.bitrate" => vec![most(
            format!("{} bit/s", p.video_bitrate_max.value),
            &p.video_bitrate_max.source,
        )],
        "video.low_resolution" => vec![least(
            format!("{} pixels", p.short_side_min.value),
            &p.short_side_min.source,
        )],
        "video.codec" => vec![(
            p.video_codecs.value.join(", "),
            p.video_codecs.source.clone(),
        )],
        "video.chroma" => vec![(p.chroma.value.join(", "), p.chroma.source.clone())],
        _ => told_of_sound(p, rule),
    }
}

fn told_of_sound(p: &Policy, rule: &str) -> Vec<(String, String)> {
    match rule {
        "audio.codec" => vec![(
            p.audio_codecs.value.join(", "),
            p.audio_codecs.source.clone(),
        )],
        "audio.sample_rate" => vec![most(
            format!("{} Hz", p.sample_rate_max.value),
            &p.sample_rate_max.source,
        )],
        "audio.channels" => {
            vec![most(
                p.channels_max.value.to_string(),
                &p.channels_max.source,
            )]
        }
        "audio.bitrate" => vec![most(
            format!("{} bit/s", p.audio_bitrate_max.value),
            &p.audio_bitrate_max.source,
        )],
        _ => Vec::new(),
    }
}

fn most(value: impl std::fmt::Display, source: &str) -> (String, String) {
    (format!("at most {value}"), source.to_owned())
}

fn least(value: impl std::fmt::Display, source: &str) -> (String, String) {
    (format!("at least {value}"), source.to_owned())
}
