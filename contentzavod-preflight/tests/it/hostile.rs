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
