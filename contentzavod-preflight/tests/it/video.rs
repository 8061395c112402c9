//! Each rule through the public interface, on files made from the reel.

use crate::common::{REEL, boxes, moov_last, replaced, report, report_with, rules};
use contentzavod_preflight::{Kind, Policy, Verdict, sniff};

#[test]
fn the_reel_is_accepted_and_its_facts_are_right() {
    let report = report(REEL);
    assert_eq!(rules(&report), Vec::<&str>::new());
    assert_eq!(report.verdict, Verdict::Accept);
    let facts = report.facts;
    assert_eq!((facts.width, facts.height), (Some(720), Some(1280)));
    assert_eq!(facts.moov_front, Some(true));
    assert_eq!(facts.duration_ms, Some(4000));
    let video = facts.video.unwrap();
    assert_eq!(video.codec, "h264");
    assert!((video.fps.unwrap() - 30.0).abs() < 0.01, "{video:?}");
    let audio = facts.audio.unwrap();
    assert_eq!(
        (audio.codec.as_str(), audio.sample_rate, audio.channels),
        ("aac", Some(44_100), Some(1))
    );
}

#[test]
fn moov_at_the_end_is_fixable_and_nothing_else() {
    let report = report(&moov_last());
    assert_eq!(rules(&report), ["container.moov_front"]);
    assert_eq!(report.verdict, Verdict::Fixable);
    assert_eq!(report.facts.duration_ms, Some(4000));
}

#[test]
fn what_is_no_video_is_named() {
    assert_eq!(rules(&report(b"")), ["file.empty"]);
    for bytes in [&b"GIF89a......"[..], b"\xFF\xD8\xFF\xE0", b"x", &[0; 4096]] {
        let report = report(bytes);
        assert_eq!(rules(&report), ["container.format"], "{bytes:?}");
        assert_eq!(report.verdict, Verdict::Reject);
    }
}

#[test]
fn a_cut_file_says_how_much_is_missing() {
    let cut = report(&REEL[..REEL.len() - 1000]);
    assert_eq!(rules(&cut), ["container.truncated"]);
    assert!(
        cut.findings[0].message.contains("1000 bytes of mdat"),
        "{:?}",
        cut.findings
    );
    let in_moov = report(&REEL[..100]);
    assert_eq!(rules(&in_moov), ["container.truncated"]);
}

#[test]
fn without_moov_or_with_garbage_in_it_is_named() {
    let no_moov: Vec<u8> = boxes(REEL)
        .into_iter()
        .filter(|(kind, _)| *kind != b"moov")
        .flat_map(|(_, b)| b.to_vec())
        .collect();
    assert_eq!(rules(&report(&no_moov)), ["container.no_moov"]);
    let broken = replaced(b"mvhd", b"xxxx");
    assert_eq!(rules(&report(&broken)), ["container.malformed"]);
}

#[test]
fn bytes_behind_the_last_box_are_told_and_not_refused() {
    let mut bytes = REEL.to_vec();
    bytes.extend_from_slice(&[0; 3]);
    let report = report(&bytes);
    assert_eq!(rules(&report), ["container.trailing_bytes"]);
    assert_eq!(report.verdict, Verdict::Accept);
}

#[test]
fn an_odd_brand_is_told() {
    let mut bytes = REEL.to_vec();
    bytes[8..12].copy_from_slice(b"ABCD");
    assert_eq!(rules(&report(&bytes)), ["container.brand"]);
}

#[test]
fn codecs_are_told_by_their_entries() {
    assert!(rules(&report(&replaced(b"avc1", b"zzzz"))).contains(&"video.codec"));
    assert_eq!(rules(&report(&replaced(b"mp4a", b"zzzz"))), ["audio.codec"]);
}

#[test]
fn without_picture_it_is_no_reel_and_without_sound_it_is_told() {
    assert!(rules(&report(&replaced(b"vide", b"text"))).contains(&"video.missing"));
    let silent = report(&replaced(b"soun", b"text"));
    assert_eq!(rules(&silent), ["audio.missing"]);
    assert_eq!(silent.verdict, Verdict::Accept);
}

#[test]
fn every_limit_of_the_policy_is_kept() {
    type Change = fn(&mut Policy);
    let cases: [(&str, Change); 9] = [
        ("file.size", |p| p.bytes_max.value = 1000),
        ("video.duration_min", |p| p.duration_min_ms.value = 4001),
        ("video.duration_max", |p| p.duration_max_ms.value = 3999),
        ("video.width", |p| p.width_max.value = 719),
        ("video.aspect", |p| p.aspect_min.value = 1.0),
        ("video.fps", |p| p.fps_max.value = 25.0),
        ("video.fps", |p| p.fps_min.value = 50.0),
        ("audio.sample_rate", |p| p.sample_rate_max.value = 44_099),
        ("audio.channels", |p| p.channels_max.value = 0),
    ];
    for (rule, change) in cases {
        let mut policy = Policy::instagram_reel();
        change(&mut policy);
        let report = report_with(REEL, &policy);
        assert_eq!(rules(&report), [rule]);
        let finding = &report.findings[0];
        assert!(finding.actual.is_some() && finding.limit.is_some() && finding.fix.is_some());
        assert_eq!(report.verdict, Verdict::Reject);
    }
}

#[test]
fn several_broken_rules_are_told_at_once() {
    let mut policy = Policy::instagram_reel();
    policy.width_max.value = 100;
    policy.duration_max_ms.value = 100;
    policy.sample_rate_max.value = 100;
    let report = report_with(&moov_last(), &policy);
    for rule in [
        "container.moov_front",
        "video.width",
        "video.duration_max",
        "audio.sample_rate",
    ] {
        assert!(
            rules(&report).contains(&rule),
            "{rule}: {:?}",
            rules(&report)
        );
    }
    assert_eq!(report.verdict, Verdict::Reject);
}

#[test]
fn a_turned_phone_video_is_measured_as_it_is_shown() {
    // The matrix of `tkhd` for 90 degrees: 0 1 0, -1 0 0, 0 0 1.
    let mut bytes = REEL.to_vec();
    let at = bytes.windows(4).position(|w| w == b"tkhd").unwrap();
    let matrix = at + 4 + 40;
    let put = |bytes: &mut Vec<u8>, index: usize, value: i32| {
        bytes[matrix + index * 4..matrix + index * 4 + 4].copy_from_slice(&value.to_be_bytes());
    };
    for (index, value) in [(0, 0), (1, 0x10000), (3, -0x10000), (4, 0)] {
        put(&mut bytes, index, value);
    }
    let facts = report(&bytes).facts;
    assert_eq!(facts.video.unwrap().rotation, 90);
    assert_eq!((facts.width, facts.height), (Some(1280), Some(720)));
}

#[test]
fn content_decides_what_a_file_is() {
    assert_eq!(sniff(REEL), Some(Kind::Mp4));
    assert_eq!(sniff(b"\0\0\0\x14ftypqt  "), Some(Kind::Mov));
    assert_eq!(sniff(b"\xFF\xD8\xFF\xDB"), Some(Kind::Jpeg));
    assert_eq!(sniff(b"not a video"), None);
    assert_eq!(sniff(b""), None);
}
