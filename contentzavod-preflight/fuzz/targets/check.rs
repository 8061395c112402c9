//! Any bytes: the check and the look at the head end, and agree; a hopeless head is a hopeless file.
#![no_main]

use std::io::Cursor;

use contentzavod_preflight::{Head, Policy, Verdict, check, check_cover, check_head};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let length = bytes.len() as u64;
    let policy = Policy::instagram_reel();
    let report = check(Cursor::new(bytes), length, &policy);
    let arrived = length / 2;
    let head = check_head(&mut Cursor::new(bytes), arrived, Some(length), &policy);
    if let Head::Hopeless(early) = head.expect("what arrived is there") {
        let mut errors = early.findings.iter().filter(|f| f.is_error());
        // Of odd files the two look at other groups: a bounded number, as far as frames are there.
        if errors.any(|error| error.rule != "video.gop_open") {
            assert_eq!(report.verdict, Verdict::Reject, "{early:?}");
        }
    }
    drop(check_cover(
        Cursor::new(bytes),
        length,
        &Policy::instagram_cover(),
    ));
});
