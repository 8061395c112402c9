//! Says before the deadline what Instagram would refuse.
#![forbid(unsafe_code)]

pub mod caption;
pub mod finding;

pub use caption::normalise_caption;
pub use finding::{Finding, Severity};
