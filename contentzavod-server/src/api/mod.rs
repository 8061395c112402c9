//! The HTTP API: one resource a file, thin handlers over the use cases.
//!
//! - [`strict`]: JSON bodies, all mistakes named at once.
//! - [`problem`]: every refusal is `application/problem+json`.

pub mod accounts;
pub mod answer;
pub mod api_keys;
pub mod auth;
pub mod problem;
pub mod strict;
pub mod users;

pub use problem::{Problem, Refused};
pub use strict::Strict;
