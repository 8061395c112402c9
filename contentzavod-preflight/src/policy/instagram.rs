//! What Instagram's content publishing API takes, product by product.
//!
//! Of videos for stories and carousels only copies of Meta's page are known to us, as publishing
//! services keep them in their help.

use std::collections::BTreeMap;

use super::{Limit, Policy, limit};

/// Meta's block of Reels specifications on the page of `POST /{ig-user-id}/media`.
const REEL: &str = "Meta, Instagram Platform, IG User Media: Reel specifications";
const STORY: &str = "Meta, Instagram Platform, IG User Media: Story video specifications";
const FEED: &str = "Meta, Instagram Platform, IG User Media: video specifications (of carousels)";
const COVER: &str = "Meta, Instagram Platform, IG User Media: cover_url, image specifications";
const NOT_LIMITED: &str = "none: it is not limited";

impl Policy {
    /// Reels.
    #[must_use]
    pub fn instagram_reel() -> Self {
        Self {
            tall: limit(true, "Meta, IG User Media: 9:16 is recommended"),
            ..of("instagram_reel", REEL)
        }
    }

    /// The video of a story.
    #[must_use]
    pub fn instagram_story() -> Self {
        Self {
            bytes_max: limit(100 * 1024 * 1024, STORY),
            bytes_warn: limit(100_000_000, STORY),
            duration_max_ms: limit(60_000, STORY),
            aspect_min: limit(0.1, STORY),
            tall: limit(true, STORY),
            ..of("instagram_story", STORY)
        }
    }

    /// A video among the pictures of a carousel: a video alone is published as a Reel.
    #[must_use]
    pub fn instagram_feed_video() -> Self {
        Self {
            bytes_max: limit(100 * 1024 * 1024, FEED),
            bytes_warn: limit(100_000_000, FEED),
            duration_max_ms: limit(60_000, FEED),
            aspect_min: limit(4.0 / 5.0, FEED),
            aspect_max: limit(16.0 / 9.0, FEED),
            tall: limit(false, FEED),
            ..of("instagram_feed_video", FEED)
        }
    }

    /// The cover image of a Reel: a JPEG of at most 8 MB, scaled by Instagram.
    #[must_use]
    pub fn instagram_cover() -> Self {
        Self {
            bytes_max: limit(8 * 1024 * 1024, COVER),
            bytes_warn: limit(8_000_000, COVER),
            width_max: limit(u32::MAX, NOT_LIMITED),
            tall: limit(false, NOT_LIMITED),
            ..of("instagram_cover", COVER)
        }
    }
}

/// What holds for every product, as one source has it.
fn of(name: &str, source: &str) -> Policy {
    let words = |list: &[&str]| -> Limit<Vec<String>> {
        limit(list.iter().map(|w| (*w).to_owned()).collect(), source)
    };
    Policy {
        name: name.to_owned(),
        version: 3,
        bytes_max: limit(300 * 1024 * 1024, source),
        bytes_warn: limit(300_000_000, source),
        duration_min_ms: limit(3_000, source),
        duration_max_ms: limit(900_000, source),
        width_max: limit(1920, source),
        aspect_min: limit(0.01, source),
        aspect_max: limit(10.0, source),
        video_codecs: words(&["h264", "hevc"]),
        audio_codecs: words(&["aac"]),
        chroma: words(&["4:2:0"]),
        video_bitrate_max: limit(25_000_000, source),
        audio_bitrate_max: limit(128_000, source),
        short_side_min: limit(540, "Ayrshare, Instagram video: at least 540 by 960"),
        fps_min: limit(23.0, source),
        fps_max: limit(60.0, source),
        sample_rate_max: limit(48_000, source),
        channels_max: limit(2, source),
        tall: limit(false, source),
        moov_front: limit(true, source),
        levels: BTreeMap::new(),
    }
}
