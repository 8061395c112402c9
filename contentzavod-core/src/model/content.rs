//! What is published: a union by kind, so that photo, carousel and story can come later.

use serde::{Deserialize, Serialize};

use super::id::MediaId;

/// The content of a post, tagged by `kind`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Content {
    /// An Instagram Reel.
    InstagramReel(Reel),
}

/// A Reel and its options.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reel {
    /// The video.
    pub media_id: MediaId,
    /// Caption, at most 2,200 characters.
    #[serde(default)]
    pub caption: String,
    /// May it appear in the feed besides the Reels tab.
    #[serde(default = "yes")]
    pub share_to_feed: bool,
    /// An uploaded JPEG as cover.
    #[serde(default)]
    pub cover_media_id: Option<MediaId>,
    /// Which moment of the video is the cover, in milliseconds.
    #[serde(default)]
    pub thumb_offset_ms: Option<u64>,
    /// Usernames invited as collaborators, at most three, without `@`.
    #[serde(default)]
    pub collaborators: Vec<String>,
    /// Usernames tagged in the video.
    #[serde(default)]
    pub user_tags: Vec<String>,
    /// A Page id with coordinates.
    #[serde(default)]
    pub location_id: Option<String>,
    /// Name of the original audio.
    #[serde(default)]
    pub audio_name: Option<String>,
    /// Publish as a trial reel.
    #[serde(default)]
    pub trial: Option<Trial>,
    /// Label the Reel as made with AI.
    #[serde(default)]
    pub ai_generated: bool,
}

const fn yes() -> bool {
    true
}

impl Reel {
    /// A Reel of a video with a caption and defaults for the rest.
    #[must_use]
    pub fn new(media_id: MediaId, caption: impl Into<String>) -> Self {
        Self {
            media_id,
            caption: caption.into(),
            share_to_feed: true,
            cover_media_id: None,
            thumb_offset_ms: None,
            collaborators: Vec::new(),
            user_tags: Vec::new(),
            location_id: None,
            audio_name: None,
            trial: None,
            ai_generated: false,
        }
    }
}

/// How a trial reel graduates to followers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trial {
    /// The person shares it by hand.
    Manual,
    /// Instagram shares it when it performs well.
    Performance,
}

impl Content {
    /// The kind word, as tagged.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::InstagramReel(_) => "instagram_reel",
        }
    }

    /// The platform that publishes this kind.
    #[must_use]
    pub const fn platform(&self) -> &'static str {
        match self {
            Self::InstagramReel(_) => "instagram",
        }
    }

    /// The main file.
    #[must_use]
    pub const fn media_id(&self) -> MediaId {
        match self {
            Self::InstagramReel(reel) => reel.media_id,
        }
    }

    /// The cover file, if one was uploaded.
    #[must_use]
    pub const fn cover_media_id(&self) -> Option<MediaId> {
        match self {
            Self::InstagramReel(reel) => reel.cover_media_id,
        }
    }

    /// Every file the content uses.
    #[must_use]
    pub fn media_ids(&self) -> Vec<MediaId> {
        std::iter::once(self.media_id())
            .chain(self.cover_media_id())
            .collect()
    }

    /// The caption as written.
    #[must_use]
    pub fn caption(&self) -> &str {
        match self {
            Self::InstagramReel(reel) => &reel.caption,
        }
    }

    /// The same content with another main file.
    #[must_use]
    pub fn with_media(mut self, media: MediaId) -> Self {
        match &mut self {
            Self::InstagramReel(reel) => reel.media_id = media,
        }
        self
    }

    /// SHA-256 of the normalised caption: equal keys mean captions that cannot be told apart.
    #[must_use]
    pub fn caption_key(&self) -> String {
        use sha2::{Digest, Sha256};
        hex::encode(Sha256::digest(
            contentzavod_preflight::normalise_caption(self.caption()).as_bytes(),
        ))
    }
}
