//! What a Reel must be beyond its file: every rule broken, at once.
//!
//! Pure: no network, no clock. Fields are JSON paths of the post (`content.collaborators[1]`).

mod messages;

use std::collections::HashSet;

use contentzavod_core::model::{Content, MediaKind, Reel};
use contentzavod_core::ports::PublishRequest;
use contentzavod_preflight::{CaptionPolicy, Finding, Lang, check_caption};
use url::{Host, Url};

use crate::Family;

pub use self::messages::{TEXTS, localise};

/// The rule of a file for which there is no address that the platform could fetch it from.
pub const NO_PUBLIC_URL: &str = "delivery.no_public_url";
/// The same of a cover whose video needs none.
pub const COVER_NO_PUBLIC_URL: &str = "delivery.cover_no_public_url";

/// Collaborators of a post, at most.
pub const COLLABORATORS_MAX: usize = 3;
/// Users tagged in a post, at most.
pub const USER_TAGS_MAX: usize = 20;
/// Length of a username, at most.
const USERNAME_MAX: usize = 30;
/// Longer than any id of a Page.
const LOCATION_MAX: usize = 32;
/// Characters of a wrong value that are shown.
const SHOWN_MAX: usize = 60;

const DOC: &str = "https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media";

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

/// Every rule that the request breaks for accounts of a family, the file's own rules (pre-flight)
/// aside.
#[must_use]
pub fn validate(
    request: &PublishRequest,
    family: Family,
    reach: Reach,
    captions: &CaptionPolicy,
) -> Vec<Finding> {
    let Content::InstagramReel(reel) = &request.content else {
        let kind = Finding::error("content.kind", "").field("content.kind");
        let kind = kind.actual(request.content.kind()).limit(crate::REEL);
        return vec![localise(&kind, Lang::En)];
    };
    let mut found = check_caption(&reel.caption, captions);
    found.extend(files(request));
    found.extend(delivery(request, family, reach));
    found.extend(cover_moment(reel, request));
    found.extend(people(reel));
    found.extend(location(reel));
    found.extend(audio_name(reel));
    found.iter().map(|f| localise(f, Lang::En)).collect()
}

/// A finding whose words come from the table.
fn error(rule: &str, field: impl Into<String>) -> Finding {
    Finding::error(rule, "").field(field)
}

/// The video is a video and the cover a picture.
fn files(request: &PublishRequest) -> Vec<Finding> {
    let mut found = Vec::new();
    let kind = request.media.kind;
    if kind != MediaKind::Video {
        let finding = error("media.kind", "content.media_id");
        found.push(finding.actual(kind.as_str()).limit("video"));
    }
    if let Some(cover) = request
        .cover
        .as_ref()
        .filter(|c| c.kind != MediaKind::Image)
    {
        let finding = error("cover.kind", "content.cover_media_id");
        found.push(finding.actual(cover.kind.as_str()).limit("image"));
    }
    found
}

/// What Instagram fetches itself needs an address that it can reach: covers always, videos where
/// they are not sent.
fn delivery(request: &PublishRequest, family: Family, reach: Reach) -> Option<Finding> {
    let video = (&request.media_url, "content.media_id");
    let cover = (&request.cover_url, "content.cover_media_id");
    let wanted = [
        family.pulls().then_some(video),
        request.cover.as_ref().map(|_| cover),
    ];
    let reachable = |url: &Url| reach == Reach::Local || !is_local(url);
    // One finding: what mends it for the video mends it for the cover.
    let (url, field) = wanted
        .into_iter()
        .flatten()
        .find(|(url, _)| !url.as_ref().is_some_and(reachable))?;
    let rule = if family.pulls() {
        NO_PUBLIC_URL
    } else {
        COVER_NO_PUBLIC_URL
    };
    let mut finding = error(rule, field).limit("a public HTTPS address");
    // The host alone: the path is a signed link.
    finding.actual = url.as_ref().and_then(Url::host_str).map(str::to_owned);
    Some(finding)
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
            error("cover.offset", field)
                .actual(format!("{offset} ms"))
                .limit(format!("less than {duration} ms"))
                .doc(DOC),
        );
    }
    if reel.cover_media_id.is_some() && offset > 0 {
        found.push(Finding::warning("cover.offset_unused", "").field(field));
    }
    found
}

fn people(reel: &Reel) -> Vec<Finding> {
    let lists = [
        ("collaborators", &reel.collaborators, COLLABORATORS_MAX),
        ("user_tags", &reel.user_tags, USER_TAGS_MAX),
    ];
    let mut found = Vec::new();
    for (list, names, most) in lists {
        let field = format!("content.{list}");
        found.extend(usernames(names, &field));
        if names.len() > most {
            found.push(
                error(&format!("{list}.count"), field)
                    .actual(names.len().to_string())
                    .limit(most.to_string())
                    .doc(DOC),
            );
        }
    }
    found
}

/// Each name is a username, and none stands twice.
fn usernames(names: &[String], field: &str) -> Vec<Finding> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let at = format!("{field}[{index}]");
        if name.starts_with('@') {
            found.push(error("username.at", &at).actual(shown(name)));
        } else if !is_username(name) {
            found.push(
                error("username.syntax", &at)
                    .actual(shown(name))
                    .limit("1-30 × a-z 0-9 . _"),
            );
        }
        let key = name.trim_start_matches('@').to_ascii_lowercase();
        if !seen.insert(key) {
            found.push(error("username.twice", at).actual(shown(name)));
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
    let digits = (1..=LOCATION_MAX).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit());
    let finding = error("location.id", "content.location_id");
    (!digits).then(|| finding.actual(shown(id)).limit("0-9").doc(DOC))
}

fn audio_name(reel: &Reel) -> Option<Finding> {
    let name = reel.audio_name.as_deref()?;
    let finding = error("audio_name.empty", "content.audio_name");
    name.trim().is_empty().then_some(finding)
}
