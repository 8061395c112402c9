//! The publication machine: pure functions of state and event, without clocks and stores.

pub mod backoff;
pub mod event;
pub mod machine;
pub mod numbers;
pub mod progress;
pub mod reconcile;
pub mod state;

pub use crate::words::{Code, Trouble};
pub use event::{Event, Step};
pub use machine::{Context, Refusal, TABLE, step};
pub use numbers::Numbers;
pub use progress::{Cause, Check, Container, Doubt, Handle, Progress, SendOutcome, SendRecord};
pub use state::{Lane, State};
