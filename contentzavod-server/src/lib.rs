//! The contentzavod server: the HTTP adapter of the engine, as a library.
//!
//! - [`accept`]: connections and their deadlines, in front of a poem endpoint.
//! - [`media`]: uploads on their way in, and links under which platforms pull them.

pub mod accept;
pub mod media;
