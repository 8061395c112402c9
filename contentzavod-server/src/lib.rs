//! The contentzavod server: the HTTP adapter of the engine, as a library.
//!
//! - [`accept`]: connections and their deadlines, in front of a poem endpoint.
//! - [`api`]: refusals, all in one shape.
//! - [`middleware`]: what stands around every call.
//! - [`media`]: uploads on their way in, and links under which platforms pull them.

pub mod accept;
pub mod api;
pub mod media;
pub mod middleware;
