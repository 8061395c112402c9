//! What the stories of the whole share: the server within the test, and the real binary as
//! processes of its own.

pub mod process;
pub mod server;
