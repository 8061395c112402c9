//! The contentzavod server: the HTTP adapter of the engine, as a library.
//!
//! - [`accept`]: connections and their deadlines, in front of a poem endpoint.
//! - [`api`]: the resources, one a file, and refusals, all in one shape.
//! - [`app`]: wires the parts together.
//! - [`cli`]: the command line.
//! - [`compose`]: settings and a data directory become the parts of the product.
//! - [`config`]: settings, from flags, environment and file.
//! - [`data_dir`]: what lies in the data directory.
//! - [`export`]: everything of a person as one archive.
//! - [`guard`]: what protects the server, put together from the settings.
//! - [`limits`]: how much callers may do.
//! - [`middleware`]: what stands around every call.
//! - [`media`]: uploads on their way in, and links under which platforms pull them.
//! - [`meta`]: what Meta calls by itself.
//! - [`pages`]: what a person sees in a browser before there is a dashboard.
//! - [`site`]: where this server is, and what follows from it.
//! - [`telemetry`]: logs, the log of requests, metrics.
//! - [`watch`]: counts what happens to publications.

pub mod accept;
pub mod api;
pub mod app;
pub mod cli;
pub mod compose;
pub mod config;
pub mod data_dir;
pub mod encode;
pub mod export;
mod fields;
pub mod guard;
pub mod limits;
pub mod media;
pub mod meta;
pub mod middleware;
pub mod pages;
pub mod site;
pub mod telemetry;
pub mod watch;

pub use app::{AppParts, app};
