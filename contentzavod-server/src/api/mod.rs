//! The HTTP API: how refusals are said.
//!
//! - [`problem`]: every refusal is `application/problem+json`.

pub mod problem;

pub use problem::{Problem, Refused};
