//! The way in: connections, their deadlines, and bodies under guard.
//!
//! - [`body`]: a request's body under guard.
//! - [`mod@serve`]: sockets in, a cap on them, and a graceful end.
//! - [`tls`]: certificate and key from files; [`certificates`]: read anew when they change.

mod answer;
pub mod body;
pub mod certificates;
mod connection;
mod felt;
mod pulse;
mod seats;
pub mod serve;
pub mod tls;

pub use certificates::Certificates;
pub use serve::{AcceptLimits, serve};
pub use tls::{TlsError, tls_config};
