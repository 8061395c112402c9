//! The way in: connections, their deadlines, and bodies under guard.
//!
//! - [`body`]: a request's body under guard.
//! - [`mod@serve`]: sockets in, a cap on them, and a graceful end.
//! - [`tls`]: certificate and key from files.

mod answer;
pub mod body;
mod connection;
mod felt;
mod pulse;
mod seats;
pub mod serve;
pub mod tls;

pub use serve::{AcceptLimits, serve};
pub use tls::{TlsError, tls_config};
