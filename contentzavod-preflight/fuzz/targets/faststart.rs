//! Any bytes: what is written is as long as it says, has its index in front, and is as whole as before.
#![no_main]

use std::io::Cursor;

use contentzavod_preflight::{Policy, check, faststart};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let length = bytes.len() as u64;
    let mut out = Vec::new();
    let Ok(written) = faststart(&mut Cursor::new(bytes), length, &mut out) else {
        return;
    };
    assert_eq!(written, out.len() as u64);
    let policy = Policy::instagram_reel();
    let before = check(Cursor::new(bytes), length, &policy);
    let after = check(Cursor::new(&out), written, &policy);
    // A file that does not begin like a video is not looked into.
    let front = before.facts.moov_front.map(|_| true);
    assert_eq!(after.facts.moov_front, front);
    assert_eq!(before.facts.video, after.facts.video);
    assert_eq!(before.facts.audio, after.facts.audio);
    assert_eq!(before.facts.duration_ms, after.facts.duration_ms);
});
