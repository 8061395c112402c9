//! Any text: the normal form is one, and changes nothing about what is found.
#![no_main]

use contentzavod_preflight::{CaptionPolicy, check_caption, normalise_caption};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let normal = normalise_caption(text);
    assert_eq!(normalise_caption(&normal), normal);
    let policy = CaptionPolicy::instagram();
    assert_eq!(
        check_caption(text, &policy),
        check_caption(&normal, &policy)
    );
});
