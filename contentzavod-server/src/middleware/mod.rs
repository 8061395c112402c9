//! Around every call: the request's id, and refusals in one shape.

mod panics;
mod paths;
mod problems;
pub mod request_id;

pub use panics::Panics;
pub use paths::Paths;
pub use problems::Problems;
pub use request_id::RequestIds;
