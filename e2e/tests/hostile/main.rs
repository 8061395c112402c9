//! Slow and hostile clients against the real binary in a process of its own: everybody else is served
//! meanwhile, memory and open files come back, nothing answers 5xx, nothing panics.
//!
//! The whole campaign with its figures is `soak_slow`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]
#![cfg(target_os = "linux")]

mod curl;
mod endless;
mod heads;
mod json;
mod rapid_reset;
mod shutdown;
mod slow;
mod smuggling;
mod story;
mod wire;
