//! What the examples share, so that each of them shows one thing only.

pub mod files;
pub mod server;
