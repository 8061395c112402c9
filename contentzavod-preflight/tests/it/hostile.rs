//! Hostile files: whatever the bytes are, the check ends, says the same twice, and never panics.

use std::io::Cursor;

use crate::common::REEL;
use contentzavod_preflight::{Policy, check, check_cover};
use proptest::prelude::*;

fn check_twice(bytes: &[u8], length: u64) {
    let policy = Policy::instagram_reel();
    let one = check(Cursor::new(bytes), length, &policy);
    let two = check(Cursor::new(bytes), length, &policy);
    assert_eq!(one, two);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), lie in any::<u64>()) {
        check_twice(&bytes, bytes.len() as u64);
        check_twice(&bytes, lie);
        let _ = check_cover(Cursor::new(&bytes), bytes.len() as u64, &Policy::instagram_cover());
    }

    #[test]
    fn any_bytes_behind_a_good_head(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut file = b"\0\0\0\x10ftypisom\0\0\x02\0".to_vec();
        file.extend_from_slice(&bytes);
        check_twice(&file, file.len() as u64);
    }

    #[test]
    fn the_reel_with_some_bytes_changed(
        changes in prop::collection::vec((0..6000_usize, any::<u8>()), 1..20),
        keep in 0..=REEL.len(),
    ) {
        let mut bytes = REEL.to_vec();
        for (at, value) in changes {
            bytes[at] = value;
        }
        bytes.truncate(keep);
        check_twice(&bytes, bytes.len() as u64);
    }
}

/// The reel with the number at an offset behind a box's four characters changed, everywhere.
fn claimed(kind: &[u8; 4], at: usize, value: u32) -> Vec<u8> {
    let mut bytes = REEL.to_vec();
    let places: Vec<usize> = (0..bytes.len() - 4)
        .filter(|i| &bytes[*i..i + 4] == kind)
        .collect();
    assert!(!places.is_empty(), "{kind:?}");
    for place in places {
        bytes[place + at..place + at + 4].copy_from_slice(&value.to_be_bytes());
    }
    bytes
}

fn refused(bytes: &[u8]) -> bool {
    let report = check(
        Cursor::new(bytes),
        bytes.len() as u64,
        &Policy::instagram_reel(),
    );
    report.verdict == contentzavod_preflight::Verdict::Reject
}

#[test]
fn a_bomb_of_counts_is_named_and_not_believed() {
    for (kind, at) in [
        (b"stts", 8),
        (b"stsc", 8),
        (b"stsz", 12),
        (b"stco", 8),
        (b"stss", 8),
    ] {
        assert!(refused(&claimed(kind, at, u32::MAX)), "{kind:?}");
    }
    // Four billion samples of one size; the size of each is 1, then all there is.
    for size in [1, u32::MAX] {
        let mut bytes = claimed(b"stsz", 8, size);
        let place = bytes.windows(4).position(|w| w == b"stsz").unwrap();
        bytes[place + 12..place + 16].copy_from_slice(&u32::MAX.to_be_bytes());
        assert!(refused(&bytes), "{size}");
    }
    // One chunk of four billion samples.
    let mut chunk = claimed(b"stsc", 16, u32::MAX);
    check_twice(&chunk, chunk.len() as u64);
    chunk.truncate(chunk.len() / 2);
    check_twice(&chunk, chunk.len() as u64);
}

#[test]
fn a_bomb_of_durations_and_scales_ends() {
    for (kind, at) in [(b"mdhd", 16), (b"mvhd", 16)] {
        assert!(refused(&claimed(kind, at, 0)), "{kind:?}");
        let most = claimed(kind, at, u32::MAX);
        check_twice(&most, most.len() as u64);
    }
    for delta in [0, u32::MAX] {
        let bytes = claimed(b"stts", 16, delta);
        check_twice(&bytes, bytes.len() as u64);
    }
}

/// A file whose `moov` holds these bytes.
fn with_moov(body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len() + 8).unwrap();
    let mut bytes = b"\0\0\0\x10ftypisom\0\0\x02\0".to_vec();
    bytes.extend(size.to_be_bytes());
    bytes.extend(b"moov");
    bytes.extend(body);
    bytes.extend(b"\0\0\0\x08mdat");
    bytes
}

#[test]
fn a_bomb_of_boxes_ends() {
    let mvhd = {
        let place = REEL.windows(4).position(|w| w == b"mvhd").unwrap() - 4;
        REEL[place..place + 108].to_vec()
    };
    let empty = b"\0\0\0\x08trak".repeat(500_000);
    assert!(refused(&with_moov(&[&mvhd[..], &empty].concat())));
    // Boxes in boxes, a hundred thousand deep.
    let mut deep = Vec::new();
    for level in (1..=100_000_u32).rev() {
        deep.extend((level * 8).to_be_bytes());
        deep.extend(b"trak");
    }
    assert!(refused(&with_moov(&[&mvhd[..], &deep].concat())));
    // A million boxes at the top.
    let many = b"\0\0\0\x08free".repeat(1_000_000);
    assert!(refused(
        &[b"\0\0\0\x10ftypisom\0\0\x02\0", &many[..]].concat()
    ));
    // More than any honest index.
    let fat = vec![0; 17 << 20];
    assert!(refused(&with_moov(&[&mvhd[..], &fat].concat())));
}

/// What the fuzzers start from, through the same rules as everything else.
#[test]
fn every_seed_of_the_fuzzers_is_read() {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/seeds");
    let mut read = 0;
    for folder in std::fs::read_dir(seeds).expect("seeds are kept") {
        for seed in std::fs::read_dir(folder.expect("listed").path()).expect("a folder") {
            let bytes = std::fs::read(seed.expect("listed").path()).expect("a file");
            check_twice(&bytes, bytes.len() as u64);
            read += 1;
        }
    }
    assert!(read > 15, "{read}");
}
