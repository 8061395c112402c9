//! From cures to the arguments of ffmpeg.

use super::Shape;
use super::cures::{Cure, Touches, foreign, rate};
use crate::finding::Finding;
use crate::sniff::Kind;

/// Most bits a second of the new picture: twice what Instagram shows.
const PICTURE_BITS: u64 = 10_000_000;
const SOUND_BITS: u64 = 128_000;
/// Of the bytes allowed, so many in a hundred are aimed at.
const AIM: u64 = 92;
/// Bytes that nothing made here goes beyond.
const BYTES_MAX: u64 = 300 * 1024 * 1024;
/// The largest picture that is decoded: 4096 by 2304. Memory grows with it.
const PIXELS_MAX: u64 = 4096 * 2304;

type Cured<'a> = [(&'a Finding, Cure)];

/// What stands before the input.
pub(super) fn reading(cured: &Cured<'_>) -> Vec<String> {
    let kinds = cured.iter().find_map(|(finding, _)| foreign(finding));
    let demuxer = kinds.unwrap_or(Kind::Mp4).demuxer();
    let mut out = Words::default();
    out.add(&format!("-f {demuxer} -max_pixels {PIXELS_MAX}"));
    out.0
}

pub(super) fn of(cured: &Cured<'_>, duration_ms: Option<u64>, shape: Shape) -> Vec<String> {
    let touched = |what: Touches| {
        let mut all = cured.iter().map(|(_, cure)| cure.touches);
        all.any(|touches| touches == what || touches == Touches::Both)
    };
    let mut out = Words::default();
    // The first picture and the first sound, and nothing else.
    out.add("-map 0:v:0 -map 0:a:0? -dn -sn -map_chapters -1");
    if touched(Touches::Picture) {
        picture(cured, duration_ms, shape, &mut out);
    } else {
        out.add("-c:v copy");
        if finding(cured, "video.hev1").is_some() {
            out.add("-tag:v hvc1");
        }
    }
    if touched(Touches::Sound) {
        out.add("-c:a aac -b:a 128k -ac 2 -ar 48000");
    } else {
        out.add("-c:a copy");
    }
    out.add("-write_tmcd 0 -movflags");
    out.add(if touched(Touches::Picture) && touched(Touches::Sound) {
        // Both begin at 0 by themselves, so no list of edits is needed to say so.
        "+faststart+negative_cts_offsets -use_editlist 0"
    } else {
        "+faststart"
    });
    out.add("-f mp4");
    out.0
}

fn picture(cured: &Cured<'_>, duration_ms: Option<u64>, shape: Shape, out: &mut Words) {
    let filters = filters(cured, shape);
    if !filters.is_empty() {
        out.add("-vf");
        out.0.push(filters.join(","));
    }
    let uneven = ["video.fps", "video.vfr"];
    let uneven = uneven.iter().find_map(|rule| finding(cured, rule));
    if let Some(uneven) = uneven {
        out.add("-fps_mode cfr -r");
        out.add(rate(uneven));
    }
    out.add("-c:v libx264 -preset medium -profile:v high -pix_fmt yuv420p");
    out.add("-x264-params open-gop=0");
    // Where the source is smaller than what comes out, that must fit all the same.
    let size = finding(cured, "file.size").and_then(|size| size.limit.as_deref()?.parse().ok());
    let most = bits(size.unwrap_or(BYTES_MAX), duration_ms).unwrap_or(PICTURE_BITS);
    let twice = most * 2;
    out.add(&format!("-crf 20 -maxrate {most} -bufsize {twice}"));
}

/// Bits a second that make the file no larger than so many bytes.
fn bits(bytes: u64, duration_ms: Option<u64>) -> Option<u64> {
    let ms = duration_ms.filter(|ms| *ms > 0)?;
    let all = bytes.checked_mul(8 * 1000)?.checked_div(ms)? / 100 * AIM;
    Some(all.saturating_sub(SOUND_BITS).clamp(100_000, PICTURE_BITS))
}

fn filters(cured: &Cured<'_>, shape: Shape) -> Vec<&'static str> {
    let has = |rule| finding(cured, rule).is_some();
    let mut filters = Vec::new();
    if has("video.interlaced") {
        filters.push("yadif");
    }
    if has("video.non_square_pixels") {
        filters.push("scale=trunc(iw*sar/2)*2:ih,setsar=1");
    }
    match shape {
        Shape::Crop if has("video.not_9_16") || has("video.aspect") => {
            filters.push("scale=1080:1920:force_original_aspect_ratio=increase,crop=1080:1920");
            filters.push("setsar=1");
        }
        _ if has("video.not_9_16") || has("video.aspect") => {
            filters.push("scale=1080:1920:force_original_aspect_ratio=decrease");
            filters.push("pad=1080:1920:-1:-1,setsar=1");
        }
        // Of a format that is not looked into nothing is known.
        _ if has("video.width") || has("container.format") => {
            // Smaller, never larger.
            filters.push(
                "scale=w='min(1920,iw)':h='min(1920,ih)':force_original_aspect_ratio=decrease",
            );
        }
        _ => {}
    }
    // Colour is halved both ways, so both sides are even.
    filters.push("scale=trunc(iw/2)*2:trunc(ih/2)*2");
    filters
}

fn finding<'a>(cured: &'a Cured<'_>, rule: &str) -> Option<&'a Finding> {
    let found = cured.iter().find(|(finding, _)| finding.rule == rule)?;
    Some(found.0)
}

/// Arguments as they are added, words of a text without spaces inside.
#[derive(Default)]
struct Words(Vec<String>);

impl Words {
    fn add(&mut self, text: &str) {
        self.0.extend(text.split(' ').map(str::to_owned));
    }
}
