//! The crate's behaviour through its public interface.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod sign_in;
mod signed;
mod world;
