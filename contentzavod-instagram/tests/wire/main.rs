//! The wire against a server that records every byte of a call: exact requests, every shape of an
//! answer, every way to get none.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod calls;
mod common;
mod contract;
mod error_rows;
mod errors;
mod facebook;
mod headers;
mod login;
mod media;
mod policy;
mod secrets;
mod signed_request;
mod tokens;
mod transport;
mod upload;
