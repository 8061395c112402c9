//! The API over loopback: the acceptor, the endpoint, a SQLite file, and the stand-in for Instagram,
//! with time under the tests' control.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod accounts;
mod bad_input;
mod fixes;
mod headers;
mod idempotency;
mod limits;
mod lists;
mod media;
mod people;
mod posts;
mod publishing;
mod requests;
mod system;
mod words;
mod world;
