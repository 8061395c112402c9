//! Connections as clients meet them, on real sockets: who may stay, who is sent away, and how.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod answers;
mod bodies;
mod cap;
#[cfg(unix)]
mod hangup;
mod idle;
mod shutdown;
mod tls;
mod world;
