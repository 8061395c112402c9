//! What tests of this crate and of implementations of its ports need (feature `testing`).

pub mod clock;
pub mod fake;
pub mod rig;
pub mod suite;

pub use clock::ManualClock;
pub use fake::{FakeBlobs, FakeConnector, FakePublisher, FakeVault, LivePost, Mishap};
pub use rig::Rig;
