//! What a Reel must be, and that every broken rule is told at once.

use std::collections::HashSet;
use std::sync::LazyLock;

use contentzavod_core::model::MediaKind;
use contentzavod_core::ports::{PublishRequest, Publisher};
use contentzavod_instagram::policy::{TEXTS, localise};
use contentzavod_instagram::{GraphConfig, InstagramPublisher};
use contentzavod_preflight::{Finding, Lang, Severity};
use url::Url;

use crate::common::{config, link, media, reel, request};

/// Instagram's own publisher; making one reads the machine's certificates.
static PUBLISHER: LazyLock<InstagramPublisher> =
    LazyLock::new(|| InstagramPublisher::new(GraphConfig::default()).unwrap());

fn check(request: &PublishRequest) -> Vec<Finding> {
    PUBLISHER.validate(request)
}

/// Field and rule of each finding, sorted.
fn rules(request: &PublishRequest) -> Vec<(String, String)> {
    let mut all: Vec<_> = check(request)
        .into_iter()
        .map(|f| (f.field.unwrap_or_default(), f.rule))
        .collect();
    all.sort();
    all
}

fn broken(change: impl FnOnce(&mut PublishRequest)) -> Vec<(String, String)> {
    let mut request = request("Hello #demo");
    change(&mut request);
    rules(&request)
}

fn one(field: &str, rule: &str) -> Vec<(String, String)> {
    vec![(field.to_owned(), rule.to_owned())]
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|n| (*n).to_owned()).collect()
}

#[test]
fn a_good_reel_breaks_no_rule() {
    let full = |request: &mut PublishRequest| {
        request.cover = Some(media(MediaKind::Image));
        request.cover_url = Some(link("/m/cover"));
        let options = reel(request);
        options.thumb_offset_ms = Some(11_999);
        options.collaborators = names(&["friend.one", "Friend_2", "x"]);
        options.user_tags = (0..20).map(|n| format!("user{n}")).collect();
        options.location_id = Some("106377336067638".to_owned());
        options.audio_name = Some("Our song".to_owned());
    };
    assert_eq!(broken(full), []);
    assert_eq!(broken(|_| {}), []);
}

#[test]
fn without_an_address_both_ways_out_are_named() {
    let mut request = request("c");
    request.media_url = None;
    let found = check(&request);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].rule, "delivery.no_public_url");
    assert_eq!(found[0].severity, Severity::Error);
    let fix = found[0].fix.as_deref().unwrap();
    assert!(fix.contains("CONTENTZAVOD_PUBLIC_URL"));
    assert!(fix.contains("CONTENTZAVOD_INSTAGRAM__LOGIN=facebook"));
    let cover = broken(|r| r.cover = Some(media(MediaKind::Image)));
    assert_eq!(
        cover,
        one("content.cover_media_id", "delivery.no_public_url")
    );
}

#[test]
fn an_address_that_instagram_cannot_reach_is_none() {
    let local = [
        "http://127.0.0.1:8080/m/secret",
        "http://localhost/m/secret",
        "https://192.168.1.5/m/secret",
        "https://10.0.0.1/m/secret",
        "https://[::1]/m/secret",
        "https://[fd00::1]/m/secret",
        "https://nas.local/m/secret",
        "https://media/m/secret",
    ];
    let stand_in = InstagramPublisher::new(config("http://127.0.0.1:9")).unwrap();
    for address in local {
        let mut request = request("c");
        request.media_url = Some(Url::parse(address).unwrap());
        let found = check(&request);
        assert_eq!(found.len(), 1, "{address}");
        assert_eq!(found[0].rule, "delivery.no_public_url");
        // The link is signed: only its host is shown.
        assert!(!format!("{found:?}").contains("secret"));
        // A stand-in on this machine reaches it well.
        assert_eq!(stand_in.validate(&request), []);
    }
}

#[test]
fn files_are_what_they_are_used_as() {
    let wrong = broken(|r| {
        r.media = media(MediaKind::Image);
        r.cover = Some(media(MediaKind::Video));
        r.cover_url = Some(link("/m/cover"));
    });
    let both = [
        one("content.cover_media_id", "cover.kind"),
        one("content.media_id", "media.kind"),
    ];
    assert_eq!(wrong, both.concat());
}

#[test]
fn the_cover_moment_lies_within_the_video() {
    for offset in [12_000, u64::MAX] {
        let found = broken(|r| reel(r).thumb_offset_ms = Some(offset));
        assert_eq!(found, one("content.thumb_offset_ms", "cover.offset"));
    }
    let unused = broken(|r| {
        let cover = media(MediaKind::Image);
        reel(r).cover_media_id = Some(cover.id);
        reel(r).thumb_offset_ms = Some(5);
        r.cover = Some(cover);
        r.cover_url = Some(link("/m/cover"));
    });
    assert_eq!(
        unused,
        one("content.thumb_offset_ms", "cover.offset_unused")
    );
    // A video whose length is not known is not judged by it.
    let unknown = broken(|r| {
        r.media.duration_ms = None;
        reel(r).thumb_offset_ms = Some(5);
    });
    assert_eq!(unknown, []);
}

#[test]
fn usernames_are_bare_known_letters_and_unique() {
    let long = "a".repeat(31);
    let cases = [
        ("@friend", "username.at"),
        ("two words", "username.syntax"),
        ("", "username.syntax"),
        ("друг", "username.syntax"),
        ("a-b", "username.syntax"),
        (long.as_str(), "username.syntax"),
    ];
    for (name, rule) in cases {
        let found = broken(|r| reel(r).collaborators = names(&["good.one", name]));
        assert_eq!(found, one("content.collaborators[1]", rule), "{name}");
        let found = broken(|r| reel(r).user_tags = names(&[name]));
        assert_eq!(found, one("content.user_tags[0]", rule), "{name}");
    }
    let twice = broken(|r| reel(r).user_tags = names(&["Friend", "other", "friend"]));
    assert_eq!(twice, one("content.user_tags[2]", "username.twice"));
    // The same person may be both.
    let both = broken(|r| {
        reel(r).collaborators = names(&["friend"]);
        reel(r).user_tags = names(&["friend"]);
    });
    assert_eq!(both, []);
}

#[test]
fn people_are_counted() {
    let found = broken(|r| reel(r).collaborators = names(&["a", "b", "c", "d"]));
    assert_eq!(found, one("content.collaborators", "collaborators.count"));
    let found = broken(|r| reel(r).user_tags = (0..21).map(|n| format!("u{n}")).collect());
    assert_eq!(found, one("content.user_tags", "user_tags.count"));
}

#[test]
fn a_location_is_digits_and_a_name_is_not_empty() {
    for id in ["", "Moscow", "12a", "-1", " 1", &"1".repeat(33)] {
        let found = broken(|r| reel(r).location_id = Some(id.to_owned()));
        assert_eq!(found, one("content.location_id", "location.id"), "{id}");
    }
    let found = broken(|r| reel(r).audio_name = Some("  ".to_owned()));
    assert_eq!(found, one("content.audio_name", "audio_name.empty"));
}

#[test]
fn a_caption_keeps_its_limits() {
    let long = broken(|r| reel(r).caption = "я".repeat(2201));
    assert_eq!(long, one("content.caption", "caption.too_long"));
    assert_eq!(broken(|r| reel(r).caption = "я".repeat(2200)), []);
    let tags = |n: usize| "#tag ".repeat(n);
    assert_eq!(broken(|r| reel(r).caption = tags(5)), []);
    // Instagram asks for five; its interface still takes thirty.
    for n in [6, 30] {
        let mut request = request("c");
        reel(&mut request).caption = tags(n);
        let found = check(&request);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].rule, "caption.hashtags_many");
        assert_eq!(found[0].severity, Severity::Warning);
        assert_eq!(found[0].actual, Some(n.to_string()));
    }
    let refused = broken(|r| reel(r).caption = tags(31));
    assert_eq!(refused, one("content.caption", "caption.hashtags"));
    let mentions = broken(|r| reel(r).caption = "@friend ".repeat(21));
    assert_eq!(mentions, one("content.caption", "caption.mentions"));
}

/// A request that breaks as many rules as one can.
fn hopeless() -> PublishRequest {
    let mut request = request(&"#tag ".repeat(6));
    request.media_url = None;
    request.cover = Some(media(MediaKind::Video));
    let options = reel(&mut request);
    options.cover_media_id = Some(media(MediaKind::Image).id);
    options.thumb_offset_ms = Some(99_000);
    options.collaborators = names(&["@a", "@A", "c c", "d"]);
    options.user_tags = (0..21).map(|n| format!("u{n}")).collect();
    options.location_id = Some("x".to_owned());
    options.audio_name = Some(String::new());
    request
}

#[test]
fn every_rule_has_words_in_both_languages() {
    let mut rules = HashSet::new();
    let mut image = request("c");
    image.media = media(MediaKind::Image);
    let mut covered = request("c");
    covered.login = Some("facebook".to_owned());
    covered.cover = Some(media(MediaKind::Image));
    let all = [&hopeless(), &image, &covered];
    for finding in all.into_iter().flat_map(check) {
        let russian = localise(&finding, Lang::Ru);
        for text in [&finding, &russian] {
            assert!(!text.message.is_empty() && !text.message.contains('{'));
            assert!(!text.fix.as_deref().unwrap().is_empty());
        }
        assert!(russian.message.chars().any(|c| ('а'..='я').contains(&c)));
        assert_eq!(localise(&russian, Lang::En), finding);
        rules.insert(finding.rule);
    }
    // All but the kind of content: there is only one kind so far.
    let expected = TEXTS
        .iter()
        .map(|t| t.rule)
        .filter(|r| *r != "content.kind");
    for rule in expected {
        assert!(rules.contains(rule), "{rule} was not broken");
    }
    // Those of the pre-flight go through the same door.
    let mut long = request("c");
    reel(&mut long).caption = "я".repeat(2201);
    let russian = localise(&check(&long)[0], Lang::Ru);
    assert!(russian.message.chars().any(|c| ('а'..='я').contains(&c)));
}

#[test]
fn a_wrong_value_is_shown_short() {
    let mut request = request("c");
    reel(&mut request).user_tags = vec!["я".repeat(100_000)];
    let found = check(&request);
    let actual = found[0].actual.as_deref().unwrap();
    assert_eq!(actual.chars().count(), 61);
}

#[test]
fn every_broken_rule_is_told_at_once() {
    let expected = [
        one("content.audio_name", "audio_name.empty"),
        one("content.caption", "caption.hashtags_many"),
        one("content.collaborators", "collaborators.count"),
        one("content.collaborators[0]", "username.at"),
        one("content.collaborators[1]", "username.at"),
        one("content.collaborators[1]", "username.twice"),
        one("content.collaborators[2]", "username.syntax"),
        one("content.cover_media_id", "cover.kind"),
        one("content.location_id", "location.id"),
        one("content.media_id", "delivery.no_public_url"),
        one("content.thumb_offset_ms", "cover.offset"),
        one("content.thumb_offset_ms", "cover.offset_unused"),
        one("content.user_tags", "user_tags.count"),
    ];
    assert_eq!(rules(&hopeless()), expected.concat());
}
