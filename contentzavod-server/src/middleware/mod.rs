//! Around every call: the request's id, the client's language, a line in the log, and refusals in
//! one shape.

pub mod language;
mod observe;
mod problems;
pub mod request_id;

pub use language::Languages;
pub use observe::Observe;
pub use problems::Problems;
pub use request_id::RequestIds;
