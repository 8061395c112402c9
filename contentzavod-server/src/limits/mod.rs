//! How much callers may do: which calls are counted, where, and what those hear who do too much.
//!
//! - [`LocalLimiter`]: counts in this process.
//! - [`Rates`]: how much of what.
//! - [`Limits`]: stands around every call; a route gets a bucket by a line in `routes`.
//! - [`of_caller`], [`enforce`]: for whoever finds out who calls, and for handlers.
//!
//! Whoever is known is counted by their key or as a user; whoever is not, by their address, and there
//! only what was refused: a person behind the address of somebody who guesses keys still comes in.

mod answer;
mod around;
mod local;
mod rates;
mod routes;
mod slots;

pub use around::{Forged, Limits, WithLimits, enforce, of_caller};
pub use local::LocalLimiter;
pub use rates::Rates;
