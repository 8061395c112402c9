//! The way in: connections, their deadlines, and bodies under guard.

pub mod body;
pub mod serve;
