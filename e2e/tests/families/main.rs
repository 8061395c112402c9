//! Both login families, side by side: every option of a Reel arrives, the same bytes go out once, and
//! in a quiet case few calls are needed.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod agreeing;
mod connecting;
mod options;
mod world;
