//! Each rule through the public interface, on files made from the reel.

use crate::common::{REEL, boxes, moov_last, replaced, report, report_with, rewritten, rules};
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
        cut.findings[0].message.contains("1000 (mdat)"),
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
fn a_box_may_be_long_or_reach_to_the_end_of_the_file() {
    // The size in 64 bits, as cameras write it; the size zero, as streaming writers do.
    let long = |at: &[u8]| {
        let size = at.len() as u64 + 8;
        [&[0, 0, 0, 1], &at[4..8], &size.to_be_bytes(), &at[8..]].concat()
    };
    let open = |at: &[u8]| [&[0; 4], &at[4..]].concat();
    for kind in [b"moov", b"mdat"] {
        let whole = report(&rewritten(kind, long));
        assert_eq!(rules(&whole), Vec::<&str>::new());
        assert_eq!(whole.facts.duration_ms, Some(4000));
    }
    assert!(rules(&report(&rewritten(b"mdat", open))).is_empty());
    // What stands behind such a box is inside of it.
    assert_eq!(
        rules(&report(&rewritten(b"moov", open))),
        Vec::<&str>::new()
    );
    let mut hidden = moov_last();
    let mdat = hidden.windows(4).position(|w| w == b"mdat").unwrap();
    hidden[mdat - 4..mdat].fill(0);
    assert_eq!(rules(&report(&hidden)), ["container.no_moov"]);
}

#[test]
fn a_size_past_the_end_is_a_cut_file_however_large_it_is() {
    for size in [100, 1 << 32, 1 << 63, u64::MAX] {
        let claim: &[&[u8]] = &[REEL, &[0, 0, 0, 1], b"mdat", &u64::to_be_bytes(size)];
        let report = report(&claim.concat());
        assert_eq!(rules(&report), ["container.truncated"], "{size}");
        let missing = format!("{} (mdat)", size - 16);
        assert_eq!(report.findings[0].actual.as_deref(), Some(missing.as_str()));
    }
}

/// The reel with boxes appended to its `moov`.
fn with_in_moov(more: &[u8]) -> Vec<u8> {
    rewritten(b"moov", |moov| {
        let size = u32::try_from(moov.len() + more.len()).expect("a small file");
        [&size.to_be_bytes(), &moov[4..], more].concat()
    })
}

#[test]
fn fragments_are_told_and_their_length_is_not_guessed() {
    // One `trex` in an `mvex`, then the same with an `mehd` of 5000 ticks.
    let trex = [&32_u32.to_be_bytes(), &b"trex"[..], &[0; 24]].concat();
    let mvex = [&40_u32.to_be_bytes(), &b"mvex"[..], &trex].concat();
    let unknown = report(&with_in_moov(&mvex));
    assert_eq!(rules(&unknown), ["container.fragmented"]);
    assert_eq!(unknown.verdict, Verdict::Reject);
    assert_eq!(unknown.facts.duration_ms, None);

    let mehd = [
        &16_u32.to_be_bytes(),
        &b"mehd"[..],
        &[0; 4],
        &[0, 0, 0x13, 0x88],
    ]
    .concat();
    let mvex = [&56_u32.to_be_bytes(), &b"mvex"[..], &mehd, &trex].concat();
    let known = report(&with_in_moov(&mvex));
    assert_eq!(rules(&known), ["container.fragmented"]);
    assert_eq!(known.facts.duration_ms, Some(5000));
}

#[test]
fn a_duration_that_the_header_does_not_know_is_that_of_the_frames() {
    let mut bytes = REEL.to_vec();
    let mdhd = bytes.windows(4).position(|w| w == b"mdhd").unwrap();
    bytes[mdhd + 20..mdhd + 24].fill(0xFF);
    let report = report(&bytes);
    assert_eq!(rules(&report), Vec::<&str>::new());
    assert_eq!(report.facts.duration_ms, Some(4000));
}

#[test]
fn values_are_told_in_no_language() {
    let silent = replaced(b"soun", b"text");
    let brand = replaced(b"isom", b"ABCD");
    let cut = &REEL[..REEL.len() - 1000];
    let (last, no_picture) = (moov_last(), replaced(b"vide", b"text"));
    let files: [&[u8]; 8] = [
        b"",
        b"GIF89a......",
        cut,
        &REEL[..40],
        &last,
        &silent,
        &brand,
        &no_picture,
    ];
    let mut policy = Policy::instagram_reel();
    policy.width_max.value = 100;
    policy.duration_max_ms.value = 100;
    policy.fps_max.value = 25.0;
    let words = |text: &str| {
        let words: Vec<_> = text.split(' ').collect();
        let word = |w: &str| w.chars().all(char::is_alphabetic);
        words.windows(2).any(|two| word(two[0]) && word(two[1]))
    };
    for bytes in files {
        for finding in report_with(bytes, &policy).findings {
            let told = [&finding.actual, &finding.limit];
            let prose = told.into_iter().flatten().any(|text| words(text));
            assert!(!prose, "{finding:?}");
        }
    }
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
    assert_eq!(rules(&silent), ["container.extra_track", "audio.missing"]);
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
    // A front camera mirrors it: 0 1 0, 1 0 0.
    put(&mut bytes, 3, 0x10000);
    let facts = report(&bytes).facts;
    assert_eq!((facts.width, facts.height), (Some(1280), Some(720)));
    // The other way round, and upside down.
    for (matrix, rotation, width) in [
        ([0, -1, 1, 0], 270, 1280),
        ([-1, 0, 0, -1], 180, 720),
        ([-1, 0, 0, 1], 0, 720),
    ] {
        for (index, value) in [0, 1, 3, 4].into_iter().zip(matrix) {
            put(&mut bytes, index, value * 0x10000);
        }
        let facts = report(&bytes).facts;
        assert_eq!(facts.video.unwrap().rotation, rotation);
        assert_eq!(facts.width, Some(width));
    }
}

#[test]
fn content_decides_what_a_file_is() {
    assert_eq!(sniff(REEL), Some(Kind::Mp4));
    assert_eq!(sniff(b"\0\0\0\x14ftypqt  "), Some(Kind::Mov));
    assert_eq!(sniff(b"\xFF\xD8\xFF\xDB"), Some(Kind::Jpeg));
    assert_eq!(sniff(b"not a video"), None);
    assert_eq!(sniff(b""), None);
}
