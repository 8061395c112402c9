//! Around every call: the request's id, the client's address and language, who they are, a line in the
//! log, headers for browsers, and refusals in one shape.

pub mod client;
pub mod headers;
pub mod language;
mod observe;
mod panics;
mod paths;
mod problems;
pub mod request_id;
mod room;
pub mod who;

pub use client::Clients;
pub use headers::Headers;
pub use language::Languages;
pub use observe::Observe;
pub use panics::Panics;
pub use paths::Paths;
pub use problems::Problems;
pub use request_id::RequestIds;
pub use room::Room;
