//! Slow clients by the hundred, normal calls beside them, and what both cost the server.
//!
//! - [`drip`]: one slow client, of one of six kinds.
//! - [`crowd`]: many of them, each replaced when the server has closed it.
//! - [`calls`]: what a normal client does meanwhile, and how long that takes.
//! - [`usage`]: memory and open files of a process.
//! - [`soak`]: rounds with and without the crowd, in turn.

pub mod calls;
pub mod crowd;
pub mod drip;
pub mod soak;
pub mod usage;
