//! The operator's commands, on the real binary beside a running server: `doctor` and `live-check`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod check;
mod doctor;
mod world;
