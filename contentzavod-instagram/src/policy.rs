//! What a Reel must be beyond its file: every rule broken, at once.
//!
//! Pure: no network, no clock. Fields are JSON paths of the post (`content.collaborators[1]`).

use std::collections::HashSet;

use contentzavod_core::model::{Content, MediaKind, Reel};
use contentzavod_core::ports::PublishRequest;
use contentzavod_preflight::Finding;
use url::{Host, Url};

/// The rule of a file for which there is no address that the platform could fetch it from.
pub const NO_PUBLIC_URL: &str = "delivery.no_public_url";

/// Collaborators of a post, at most.
pub const COLLABORATORS_MAX: usize = 3;
/// Users tagged in a post, at most.
pub const USER_TAGS_MAX: usize = 20;
/// Length of a username, at most.
const USERNAME_MAX: usize = 30;
/// Characters of a wrong value that are shown.
const SHOWN_MAX: usize = 60;

const DOC_MEDIA: &str = "https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media";
const DOC_COLLABORATORS: &str =
    "https://developers.facebook.com/docs/instagram-platform/content-publishing";

/// The two ways out of [`NO_PUBLIC_URL`].
const TWO_WAYS: &str = "Either give this server a public HTTPS address (CONTENTZAVOD_PUBLIC_URL) \
    or an S3 bucket for its media (CONTENTZAVOD_MEDIA_URL=s3://bucket/prefix), so that Instagram \
    can fetch the file; or connect the account with Facebook Login \
    (CONTENTZAVOD_INSTAGRAM__LOGIN=facebook), where the file is sent from here and no public \
    address is needed.";

/// Where the platform fetches files from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// From the internet: an address of this machine or of a private network is of no use.
    #[default]
    Internet,
    /// From this machine's own network: a stand-in plays the platform.
    Local,
}

impl Reach {
    /// Told by the platform's address.
    #[must_use]
    pub fn of(graph_url: &Url) -> Self {
        if is_local(graph_url) {
            Self::Local
        } else {
            Self::Internet
        }
    }
}

/// Every rule that the request breaks, the file's own rules (pre-flight) aside.
#[must_use]
pub fn validate(request: &PublishRequest, reach: Reach) -> Vec<Finding> {
    let Content::InstagramReel(reel) = &request.content else {
        let kind = request.content.kind();
        return vec![
            Finding::error(
                "content.kind",
                "Instagram does not take this kind of content here.",
            )
            .field("content.kind")
            .actual(kind)
            .limit(crate::REEL),
        ];
    };
    let mut found = caption(&reel.caption);
    found.extend(files(request));
    found.extend(delivery(request, reach));
    found.extend(cover_moment(reel, request));
    found.extend(collaborators(&reel.collaborators));
    found.extend(user_tags(&reel.user_tags));
    found.extend(location(reel));
    found.extend(audio_name(reel));
    found
}

fn caption(_text: &str) -> Vec<Finding> {
    Vec::new()
}

/// The video is a video and the cover a picture.
fn files(request: &PublishRequest) -> Vec<Finding> {
    let mut found = Vec::new();
    if request.media.kind != MediaKind::Video {
        found.push(
            Finding::error("media.kind", "A Reel needs a video.")
                .field("content.media_id")
                .actual(request.media.kind.as_str())
                .limit("video")
                .fix("Upload an MP4 or MOV video and use its id."),
        );
    }
    if let Some(cover) = request
        .cover
        .as_ref()
        .filter(|c| c.kind != MediaKind::Image)
    {
        found.push(
            Finding::error("cover.kind", "A cover must be a JPEG picture.")
                .field("content.cover_media_id")
                .actual(cover.kind.as_str())
                .limit("image")
                .fix("Upload a JPEG and use its id, or choose a moment with `thumb_offset_ms`."),
        );
    }
    found
}

/// Instagram fetches every file itself, so each needs an address that Instagram can reach.
fn delivery(request: &PublishRequest, reach: Reach) -> Option<Finding> {
    let video = (&request.media_url, "content.media_id");
    let cover = (&request.cover_url, "content.cover_media_id");
    let wanted = [Some(video), request.cover.as_ref().map(|_| cover)];
    // One finding: what mends it for the video mends it for the cover.
    wanted.into_iter().flatten().find_map(|(url, field)| {
        let message = match url {
            None => "Instagram fetches the file itself, and this server has no public address.",
            Some(url) if reach == Reach::Internet && is_local(url) => {
                "Instagram fetches the file itself, and cannot reach the address of this server."
            }
            Some(_) => return None,
        };
        let mut finding = Finding::error(NO_PUBLIC_URL, message)
            .field(field)
            .limit("a public HTTPS address")
            .fix(TWO_WAYS);
        // The host alone: the path is a signed link.
        finding.actual = url.as_ref().and_then(|u| u.host_str()).map(str::to_owned);
        Some(finding)
    })
}

/// An address that means this machine or its own network.
fn is_local(url: &Url) -> bool {
    match url.host() {
        None => true,
        Some(Host::Ipv4(ip)) => {
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified()
        }
        Some(Host::Ipv6(ip)) => {
            ip.is_loopback()
                || ip.is_unspecified()
                || ip.is_unique_local()
                || ip.is_unicast_link_local()
        }
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            !name.contains('.') || name.ends_with(".localhost") || name.ends_with(".local")
        }
    }
}

fn cover_moment(reel: &Reel, request: &PublishRequest) -> Vec<Finding> {
    let Some(offset) = reel.thumb_offset_ms else {
        return Vec::new();
    };
    let field = "content.thumb_offset_ms";
    let mut found = Vec::new();
    if let Some(duration) = request.media.duration_ms.filter(|ms| offset >= *ms) {
        found.push(
            Finding::error(
                "cover.offset",
                "The moment of the cover lies outside the video.",
            )
            .field(field)
            .actual(format!("{offset} ms"))
            .limit(format!("less than {duration} ms"))
            .fix("Choose a moment within the video, or leave the field out.")
            .doc(DOC_MEDIA),
        );
    }
    if reel.cover_media_id.is_some() && offset > 0 {
        found.push(
            Finding::warning(
                "cover.offset_unused",
                "The cover picture wins: the moment of the video is not used.",
            )
            .field(field)
            .fix("Leave out either `thumb_offset_ms` or `cover_media_id`."),
        );
    }
    found
}

fn collaborators(names: &[String]) -> Vec<Finding> {
    let mut found = usernames(names, "content.collaborators");
    if names.len() > COLLABORATORS_MAX {
        found.push(
            Finding::error("collaborators.count", "Too many collaborators.")
                .field("content.collaborators")
                .actual(names.len().to_string())
                .limit(COLLABORATORS_MAX.to_string())
                .doc(DOC_COLLABORATORS),
        );
    }
    found
}

fn user_tags(names: &[String]) -> Vec<Finding> {
    let mut found = usernames(names, "content.user_tags");
    if names.len() > USER_TAGS_MAX {
        found.push(
            Finding::error("user_tags.count", "Too many tagged users.")
                .field("content.user_tags")
                .actual(names.len().to_string())
                .limit(USER_TAGS_MAX.to_string())
                .doc(DOC_MEDIA),
        );
    }
    found
}

/// Each name is a username, and none stands twice.
fn usernames(names: &[String], field: &str) -> Vec<Finding> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let at = format!("{field}[{index}]");
        if let Some(bare) = name.strip_prefix('@') {
            found.push(
                Finding::error("username.at", "Usernames are written without @ here.")
                    .field(&at)
                    .actual(shown(name))
                    .fix(format!("Write {:?}.", shown(bare))),
            );
        } else if !is_username(name) {
            found.push(
                Finding::error("username.syntax", "This is not an Instagram username.")
                    .field(&at)
                    .actual(shown(name))
                    .limit("1 to 30 letters a-z, digits, dots and underscores"),
            );
        }
        let key = name.trim_start_matches('@').to_ascii_lowercase();
        if !seen.insert(key) {
            found.push(
                Finding::error("username.twice", "The same user stands here twice.")
                    .field(at)
                    .actual(shown(name))
                    .fix("Leave one of them out."),
            );
        }
    }
    found
}

/// Enough of a text to recognise it by.
fn shown(text: &str) -> String {
    let short: String = text.chars().take(SHOWN_MAX).collect();
    if short.len() < text.len() {
        short + "…"
    } else {
        short
    }
}

fn is_username(name: &str) -> bool {
    (1..=USERNAME_MAX).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_'))
}

fn location(reel: &Reel) -> Option<Finding> {
    let id = reel.location_id.as_deref()?;
    let digits = !id.is_empty() && id.len() <= 32 && id.bytes().all(|b| b.is_ascii_digit());
    (!digits).then(|| {
        Finding::error(
            "location.id",
            "A location is the id of a Facebook Page: digits only.",
        )
        .field("content.location_id")
        .actual(shown(id))
        .fix("Use the id of a Page that has coordinates, or leave the field out.")
        .doc(DOC_MEDIA)
    })
}

fn audio_name(reel: &Reel) -> Option<Finding> {
    let name = reel.audio_name.as_deref()?;
    name.trim().is_empty().then(|| {
        Finding::error("audio_name.empty", "The name of the audio is empty.")
            .field("content.audio_name")
            .actual(format!("{name:?}"))
            .fix("Name the audio, or leave the field out.")
    })
}
