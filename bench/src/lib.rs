//! Benchmarks of the engine, each beside a floor that does the least anybody could do.
//!
//! A figure is read as a ratio of one run: engine and floor take turns on the same machine. Nothing
//! here is asserted about time; the tests only show that the harness measures what it says.

pub mod engine;
pub mod figures;
pub mod floor;
pub mod lateness;
pub mod load;
pub mod plan;
pub mod preflight;
pub mod stamper;
