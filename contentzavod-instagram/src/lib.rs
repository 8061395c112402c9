//! Instagram for contentzavod.

mod connector;
mod family;
pub mod graph;
pub mod policy;
mod publisher;

pub use connector::InstagramConnector;
pub use graph::{ConfigError, GraphConfig, Timeouts};
pub use publisher::{InstagramPublisher, PLATFORM, REEL};
