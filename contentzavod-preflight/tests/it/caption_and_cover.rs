//! Captions, covers, and the words of every rule.

use std::collections::BTreeSet;
use std::io::Cursor;

use contentzavod_preflight::messages::texts;
use contentzavod_preflight::{
    CaptionPolicy, Finding, Lang, Policy, Report, check_caption, check_cover, localise,
    normalise_caption,
};

fn broken(caption: &str) -> Vec<String> {
    let findings = check_caption(caption, &CaptionPolicy::instagram());
    findings.into_iter().map(|f| f.rule).collect()
}

#[test]
fn captions_are_counted_as_people_write_them() {
    assert!(broken("").is_empty());
    assert!(broken(&"я".repeat(2200)).is_empty());
    assert_eq!(broken(&"я".repeat(2201)), ["caption.too_long"]);
    // A letter and its accent are one after normalisation, and spaces around do not count.
    assert!(broken(&format!("  {}  ", "e\u{301}".repeat(2200))).is_empty());
    assert!(broken(&"#tag ".repeat(5)).is_empty());
    assert_eq!(broken(&"#tag ".repeat(6)), ["caption.hashtags_many"]);
    assert_eq!(broken(&"#tag ".repeat(30)), ["caption.hashtags_many"]);
    assert_eq!(broken(&"#tag ".repeat(31)), ["caption.hashtags"]);
    assert_eq!(broken(&"@user\n".repeat(21)), ["caption.mentions"]);
    assert!(broken(&"a@b.c # @ ## me@you ".repeat(40)).is_empty());
    assert_eq!(
        broken(&"@u #t ".repeat(2201)),
        ["caption.too_long", "caption.hashtags", "caption.mentions"]
    );
}

#[test]
fn an_emoji_is_one_character_and_perhaps_two() {
    // One scalar value, two units of UTF-16: no source says what Instagram counts.
    assert!(broken(&"😀".repeat(1100)).is_empty());
    assert_eq!(broken(&"😀".repeat(1101)), ["caption.perhaps_too_long"]);
    let told = check_caption(&"😀".repeat(2200), &CaptionPolicy::instagram());
    assert_eq!(told.len(), 1);
    assert!(!told[0].is_error());
    assert_eq!(told[0].actual.as_deref(), Some("4400"));
    assert_eq!(broken(&"😀".repeat(2201)), ["caption.too_long"]);
}

#[test]
fn tags_and_mentions_are_told_from_what_looks_like_them() {
    let counts = |caption: &str| {
        let mut none = CaptionPolicy::instagram();
        none.hashtags_max.value = 0;
        none.mentions_max.value = 0;
        let found = check_caption(caption, &none);
        let of = |rule: &str| {
            let finding = found.iter().find(|f| f.rule == rule);
            finding.map_or(0, |f| f.actual.as_deref().unwrap().parse().unwrap())
        };
        (of("caption.hashtags"), of("caption.mentions"))
    };
    for (caption, hashtags, mentions) in [
        ("#утро #кофе_дома #Ёж2026", 3, 0),
        ("«#утро», (#вечер); #ночь!", 3, 0),
        ("#one#two#три", 3, 0),
        ("##twice ###", 1, 0),
        ("#❤ #😀", 2, 0),
        ("C# a#b слово#тег # #! #", 0, 0),
        ("#日本 #हिन्दी", 2, 0),
        ("@anna, (@boris) @v.v_v: «@g»", 0, 4),
        ("@кто-нибудь @ @@ a@b.c привет@anna", 0, 0),
        ("#tag@anna", 1, 0),
        ("line\n#one\r\n@two", 1, 1),
    ] {
        assert_eq!(counts(caption), (hashtags, mentions), "{caption}");
    }
}

#[test]
fn two_captions_that_look_alike_are_equal() {
    assert_eq!(normalise_caption("a\r\nb\rc \n"), "a\nb\nc");
    assert_eq!(normalise_caption("e\u{301}"), normalise_caption("é"));
    assert_ne!(normalise_caption("a"), normalise_caption("A"));
}

fn cover(bytes: &[u8]) -> Report {
    check_cover(
        Cursor::new(bytes),
        bytes.len() as u64,
        &Policy::instagram_cover(),
    )
}

/// A JPEG's head: a comment, then the frame header of 1080x1920.
const JPEG: &[u8] = &[
    0xFF, 0xD8, 0xFF, 0xFE, 0x00, 0x04, b'h', b'i', 0xFF, 0xFF, 0xC2, 0x00, 0x11, 0x08, 0x07, 0x80,
    0x04, 0x38, 0x03, 0, 0, 0, 0, 0, 0, 0, 0, 0,
];

#[test]
fn a_cover_is_measured_and_what_is_no_jpeg_is_named() {
    let good = cover(JPEG);
    assert!(good.findings.is_empty(), "{:?}", good.findings);
    assert_eq!(
        (good.facts.width, good.facts.height),
        (Some(1080), Some(1920))
    );
    assert_eq!(cover(b"").findings[0].rule, "file.empty");
    for bytes in [
        &b"\xFF\xD8"[..],
        b"\x89PNG",
        &JPEG[..12],
        b"\xFF\xD8\xFF\xDA",
    ] {
        assert_eq!(cover(bytes).findings[0].rule, "image.format", "{bytes:?}");
    }
    let long = check_cover(Cursor::new(JPEG), 9 << 20, &Policy::instagram_cover());
    assert_eq!(long.findings[0].rule, "file.size");
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|p| p.split('}').next())
        .collect()
}

#[test]
fn every_rule_is_worded_once_in_both_languages_with_the_same_placeholders() {
    let mut seen = BTreeSet::new();
    for text in texts() {
        assert!(seen.insert(text.rule), "{} stands twice", text.rule);
        for part in [text.en, text.en_fix, text.ru, text.ru_fix] {
            assert!(!part.trim().is_empty(), "{}", text.rule);
        }
        assert_eq!(
            placeholders(text.en),
            placeholders(text.ru),
            "{}",
            text.rule
        );
        let known = BTreeSet::from(["actual", "limit"]);
        assert!(placeholders(text.en).is_subset(&known), "{}", text.rule);
        assert!(
            text.ru.chars().any(|c| ('а'..='я').contains(&c)),
            "{}",
            text.rule
        );
    }
}

#[test]
fn a_finding_speaks_the_readers_language() {
    let finding = &check_caption(&"x".repeat(3000), &CaptionPolicy::instagram())[0];
    assert!(finding.message.contains("3000") && finding.message.contains("2200"));
    let russian = localise(finding, Lang::Ru);
    assert!(russian.message.contains("3000") && russian.message.contains("знаков"));
    assert_eq!(localise(&russian, Lang::En), *finding);
    let foreign = Finding::error("somebody.elses", "as it is");
    assert_eq!(localise(&foreign, Lang::Ru), foreign);
}

/// In a Russian sentence stand no English words but names: of formats, boxes, programs.
#[test]
fn values_are_said_in_the_readers_language() {
    let values = [
        ("container.edit_list", "changes nothing", "none"),
        ("container.edit_list", "begins 0.678 s late", "none"),
        ("container.edit_list", "cuts 1.000 s off the end", "none"),
        ("container.edit_list", "puts pieces together", "none"),
        ("video.interlaced", "interlaced", "progressive"),
        ("video.gop_open", "open", "closed"),
        ("video.non_square_pixels", "not square", "1:1"),
        ("video.vfr", "29.97", "constant"),
        ("video.encrypted", "avc1", "no encryption"),
        ("container.malformed", "a track without samples", "moov"),
        ("container.malformed", "stsz is cut off", "moov"),
        ("container.malformed", "stco points to byte 99", "moov"),
    ];
    let names = ["moov", "stsz", "stco", "avc1", "Instagram"];
    for (rule, actual, limit) in values {
        let finding = Finding::error(rule, "").actual(actual).limit(limit);
        let russian = localise(&finding, Lang::Ru);
        let words = russian.message.split(|c: char| !c.is_alphanumeric());
        let english = words.filter(|word| word.chars().any(|c| c.is_ascii_alphabetic()));
        let left: Vec<_> = english.filter(|word| !names.contains(word)).collect();
        assert!(left.is_empty(), "{}: {left:?}", russian.message);
        // For programs they stay.
        assert_eq!(russian.actual.as_deref(), Some(actual));
        let english = localise(&finding, Lang::En);
        assert!(english.message.contains(actual), "{}", english.message);
    }
}
