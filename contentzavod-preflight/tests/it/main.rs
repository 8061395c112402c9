//! The crate's behaviour through its public interface.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod caption_and_cover;
mod common;
mod faststart;
mod head;
mod hostile;
mod pages;
mod policies;
mod transcode;
mod video;
