//! What the platform refuses before it makes a container.

use serde_json::Value;
use url::Url;

use super::answer::Answer;
use super::params::Params;
use crate::family::Family;

/// Everything a Reel may be made with.
const KNOWN: &[&str] = &[
    "media_type",
    "video_url",
    "upload_type",
    "caption",
    "share_to_feed",
    "cover_url",
    "thumb_offset",
    "collaborators",
    "user_tags",
    "location_id",
    "audio_name",
    "trial_params",
    "is_ai_generated",
];

/// What is left of the parameters once they are checked.
#[derive(Debug)]
pub(super) struct Reel {
    /// Where the video is; `None`: it will be pushed.
    pub(super) video: Option<Url>,
    pub(super) cover: Option<Url>,
    pub(super) caption: String,
}

/// Checks the parameters of a container.
pub(super) fn reel(params: &Params, family: Family) -> Result<Reel, Answer> {
    params.only(KNOWN)?;
    kind(params.get("media_type"))?;
    let video = video(params, family)?;
    let cover = params.address("cover_url")?;
    let caption = params.get("caption").unwrap_or_default().to_owned();
    caption_fits(&caption)?;
    let truth = |text: &str| matches!(text, "true" | "false" | "1" | "0");
    params.check("share_to_feed", "a boolean", truth)?;
    params.check("is_ai_generated", "a boolean", truth)?;
    let milliseconds = |text: &str| text.parse::<u32>().is_ok();
    params.check(
        "thumb_offset",
        "an integer greater than or equal to 0",
        milliseconds,
    )?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    params.check("location_id", "a valid page ID", digits)?;
    params.check("audio_name", "not empty", |name| !name.trim().is_empty())?;
    params.check("trial_params", "a valid strategy", is_trial)?;
    people(params)?;
    Ok(Reel {
        video,
        cover,
        caption,
    })
}

/// Bytes are pushed by Facebook Login alone, and then no address is told.
fn video(params: &Params, family: Family) -> Result<Option<Url>, Answer> {
    let video = params.address("video_url")?;
    match (params.get("upload_type"), family) {
        (None, _) if video.is_none() => Err(Answer::parameter("Param video_url is required")),
        (None, _) => Ok(video),
        (Some("resumable"), Family::Facebook) if video.is_none() => Ok(None),
        (Some("resumable"), Family::Facebook) => Err(Answer::parameter(
            "Param video_url cannot stand beside upload_type",
        )),
        (Some(_), Family::Facebook) => {
            Err(Answer::parameter("Param upload_type must be resumable"))
        }
        (Some(_), Family::Instagram) => {
            Err(Answer::parameter("Param upload_type is not known here"))
        }
    }
}

fn kind(media_type: Option<&str>) -> Result<(), Answer> {
    match media_type {
        Some("REELS") => Ok(()),
        Some("VIDEO") => {
            let message = "Use media_type=REELS to publish a video to the feed";
            Err(Answer::error(400, 100, 2_207_089, message))
        }
        _ => {
            let message = "Only media_type REELS is known here";
            Err(Answer::error(400, 100, 2_207_023, message))
        }
    }
}

fn caption_fits(caption: &str) -> Result<(), Answer> {
    if caption.chars().count() > 2200 {
        let message = "The caption was too long";
        return Err(Answer::error(400, 36_004, 2_207_010, message)
            .titled("Caption too long", "The caption can have 2,200 characters."));
    }
    if words(caption, '@') > 20 {
        let message = "Too many tags in the caption";
        return Err(Answer::error(400, 100, 2_207_040, message));
    }
    if words(caption, '#') > 30 {
        return Err(Answer::parameter("Param caption has more than 30 hashtags"));
    }
    Ok(())
}

/// Words that begin with a mark.
fn words(text: &str, mark: char) -> usize {
    let marked = |word: &&str| word.starts_with(mark) && word.len() > mark.len_utf8();
    text.split_whitespace().filter(marked).count()
}

fn is_trial(text: &str) -> bool {
    let object: Option<Value> = serde_json::from_str(text).ok();
    let strategy = object.as_ref().and_then(|o| o.get("graduation_strategy"));
    matches!(
        strategy.and_then(Value::as_str),
        Some("MANUAL" | "SS_PERFORMANCE")
    )
}

fn people(params: &Params) -> Result<(), Answer> {
    let invited = params.list("collaborators")?;
    if invited.len() > 3 {
        return Err(Answer::parameter(
            "Param collaborators must have at most 3 items",
        ));
    }
    let tags = params.list("user_tags")?;
    if tags.len() > 20 {
        let message = "Too many people are tagged";
        return Err(Answer::error(400, 100, 2_207_040, message));
    }
    let invited = invited.iter().map(Value::as_str);
    let tagged = tags.iter().map(|tag| tag.get("username")?.as_str());
    for name in invited.chain(tagged) {
        let Some(name) = name else {
            return Err(Answer::parameter("A user must be given by username"));
        };
        if !is_username(name) {
            let message = format!("Cannot find the user {name}");
            return Err(Answer::error(400, 110, 2_207_018, &message));
        }
    }
    Ok(())
}

fn is_username(name: &str) -> bool {
    let good = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'.';
    (1..=30).contains(&name.len()) && name.bytes().all(good)
}
