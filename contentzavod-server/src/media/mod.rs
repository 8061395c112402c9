//! Uploaded bytes on their way in, and out again to platforms that pull them.
//!
//! - [`serve`]: the files under signed links.
//! - [`spool`]: an upload becomes a file on disk with its SHA-256, or nothing at all.
//! - [`token`]: signed links, so that a platform fetches a file without signing in.

pub mod serve;
pub mod spool;
pub mod token;

pub use spool::{Scratch, Shortage, Spool, SpoolError, SpoolLimits, Spooled};
pub use token::{LinkKey, Opened, SignedLinks};
