//! Around every call: the request's id, a line in the log, and refusals in one shape.

mod observe;
mod problems;
pub mod request_id;

pub use observe::Observe;
pub use problems::Problems;
pub use request_id::RequestIds;
