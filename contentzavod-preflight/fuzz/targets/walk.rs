//! Any bytes of any claimed length: the walk ends, and what it names lies in the file, without gaps.
#![no_main]

use std::io::Cursor;

use contentzavod_preflight::walk::{Ended, walk};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u64, &[u8])| {
    let (lie, bytes) = input;
    let length = bytes.len() as u64;
    let found = walk(&mut Cursor::new(bytes), length).expect("all bytes are there");
    let mut at = 0;
    for inner in &found.boxes {
        assert_eq!(inner.at, at);
        assert!(inner.at < inner.body && inner.body <= inner.end && inner.end <= length);
        at = inner.end;
    }
    if found.ended == Ended::Well {
        assert_eq!(at, length);
    }
    // A reader that holds fewer bytes than were promised: an error at most.
    drop(walk(&mut Cursor::new(bytes), lie));
});
