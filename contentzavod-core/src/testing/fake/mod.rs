//! Fake platforms: one that stages, one that cannot, one whose publish is idempotent. The same
//! engine serves all three, which shows that the port fits more than one platform.

mod connector;
mod keep;
mod platform;
mod publisher;
mod script;

pub use connector::FakeConnector;
pub use keep::{FakeBlobs, FakeVault};
pub use platform::LivePost;
pub use publisher::FakePublisher;
pub use script::Mishap;
