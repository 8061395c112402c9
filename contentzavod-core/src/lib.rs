//! The publishing engine of contentzavod.
//!
//! - [`model`]: nouns as data.
//! - [`publication`]: the machine, pure: state and event to state and effects.
//! - [`engine`]: the loops that make it happen.
//! - [`ports`]: what the core asks of the outside.

pub mod engine;
pub mod model;
pub mod ports;
pub mod publication;
pub mod service;
#[cfg(feature = "testing")]
pub mod testing;
