//! What is published: a union by `kind`, so that photo, carousel and story can come later.

use contentzavod_core::model::{self, MediaId};
use poem_openapi::{Enum, Object, Union};
use uuid::Uuid;

/// The content of a post.
#[derive(Debug, Clone, Union)]
#[oai(one_of, discriminator_name = "kind", rename_all = "snake_case")]
pub enum Content {
    /// An Instagram Reel.
    InstagramReel(InstagramReel),
}

/// An Instagram Reel and its options.
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct InstagramReel {
    /// The uploaded video.
    media_id: Uuid,
    /// Caption, at most 2,200 characters, 30 hashtags and 20 mentions.
    #[oai(default)]
    caption: String,
    /// May it appear in the feed besides the Reels tab.
    #[oai(default = "yes")]
    share_to_feed: bool,
    /// An uploaded JPEG as cover.
    cover_media_id: Option<Uuid>,
    /// Which moment of the video is the cover, in milliseconds.
    thumb_offset_ms: Option<u64>,
    /// Usernames invited as collaborators, at most three, without `@`.
    #[oai(default)]
    collaborators: Vec<String>,
    /// Usernames tagged in the video.
    #[oai(default)]
    user_tags: Vec<String>,
    /// The id of a Facebook Page that has a place.
    location_id: Option<String>,
    /// Name of the original audio.
    audio_name: Option<String>,
    /// Publish as a trial reel, shown to people who do not follow the account first.
    trial: Option<Trial>,
    /// Label the Reel as made with AI.
    #[oai(default)]
    ai_generated: bool,
}

const fn yes() -> bool {
    true
}

/// How a trial reel reaches followers.
#[derive(Debug, Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
pub enum Trial {
    /// The person shares it by hand.
    Manual,
    /// Instagram shares it when it performs well.
    Performance,
}

impl From<Content> for model::Content {
    fn from(content: Content) -> Self {
        let Content::InstagramReel(reel) = content;
        Self::InstagramReel(model::Reel {
            media_id: MediaId(reel.media_id),
            caption: reel.caption,
            share_to_feed: reel.share_to_feed,
            cover_media_id: reel.cover_media_id.map(MediaId),
            thumb_offset_ms: reel.thumb_offset_ms,
            collaborators: reel.collaborators,
            user_tags: reel.user_tags,
            location_id: reel.location_id,
            audio_name: reel.audio_name,
            trial: reel.trial.map(|trial| match trial {
                Trial::Manual => model::Trial::Manual,
                Trial::Performance => model::Trial::Performance,
            }),
            ai_generated: reel.ai_generated,
        })
    }
}

impl From<model::Reel> for InstagramReel {
    fn from(reel: model::Reel) -> Self {
        Self {
            media_id: reel.media_id.0,
            caption: reel.caption,
            share_to_feed: reel.share_to_feed,
            cover_media_id: reel.cover_media_id.map(|id| id.0),
            thumb_offset_ms: reel.thumb_offset_ms,
            collaborators: reel.collaborators,
            user_tags: reel.user_tags,
            location_id: reel.location_id,
            audio_name: reel.audio_name,
            trial: reel.trial.map(|trial| match trial {
                model::Trial::Manual => Trial::Manual,
                model::Trial::Performance => Trial::Performance,
            }),
            ai_generated: reel.ai_generated,
        }
    }
}
