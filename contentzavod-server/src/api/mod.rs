//! The HTTP API: one resource a file, thin handlers over the use cases.
//!
//! - [`strict`]: JSON bodies, all mistakes named at once.
//! - [`problem`]: every refusal is `application/problem+json`.
//! - [`service`]: the resources together, and the document that describes them.

pub mod accounts;
pub mod answer;
pub mod api_keys;
pub mod auth;
pub mod fixes;
mod lists;
pub mod media;
pub mod members;
pub mod notifications;
pub mod posts;
pub mod problem;
pub mod publications;
pub mod raw;
mod reader;
pub mod receipt;
pub mod rights;
mod service;
pub mod sessions;
pub mod strict;
pub mod system;
pub mod tag;
pub mod users;
pub mod workspaces;

pub use problem::{Problem, Refused};
pub use service::{Api, People, Work, document, service};
pub use strict::{Checked, Maybe, Strict};
