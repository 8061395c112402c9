//! Both login families, side by side: every option of a Reel arrives, the same bytes go out once, and
//! in a quiet case few calls are needed.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on says so, and this one shows its counts"
)]

mod connecting;
mod options;
mod world;
