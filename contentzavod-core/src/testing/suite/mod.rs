//! Conformance suites: what every implementation of a port must do, whoever wrote it.
//!
//! Each suite is a function that panics with the broken rule's name and what was seen.

pub mod engine;
pub mod publisher;
