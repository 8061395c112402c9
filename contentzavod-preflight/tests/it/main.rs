//! The crate's behaviour through its public interface.

mod caption_and_cover;
mod common;
mod hostile;
mod video;
