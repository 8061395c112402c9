//! The HTTP API: how refusals are said.
//!
//! - [`strict`]: JSON bodies, all mistakes named at once.
//! - [`problem`]: every refusal is `application/problem+json`.

pub mod problem;
pub mod strict;

pub use problem::{Problem, Refused};
pub use strict::Strict;
