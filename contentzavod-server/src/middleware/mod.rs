//! Around every call: the request's id, the client's language, and refusals in one shape.

pub mod language;
mod problems;
pub mod request_id;

pub use language::Languages;
pub use problems::Problems;
pub use request_id::RequestIds;
