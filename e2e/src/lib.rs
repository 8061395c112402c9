//! What the stories of the whole share: the real binary as processes of its own.

pub mod process;
