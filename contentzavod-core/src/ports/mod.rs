//! Ports: what the core asks of the outside, one trait a file.
//!
//! Each trait's contract stands in its documentation, and a public conformance suite in
//! `testing` (feature `testing`) proves an implementation against it.

pub mod access;
pub mod blobs;
pub mod clock;
pub mod connector;
pub mod fault;
pub mod identity;
pub mod limiter;
pub mod publisher;
pub mod store;
pub mod vault;
pub mod wake;

pub use access::{AccessError, AccessSource, VaultAccess};
pub use blobs::{BlobError, Blobs, ByteStream, MediaLinks, NoLinks};
pub use clock::{Clock, SystemClock};
pub use connector::{Connector, Granted, Identified, Refreshed, Seen};
pub use identity::{Asserted, Begun, IdentityError, IdentityProvider, Pending, Person, Returned};
pub use limiter::{Bucket, Decision, Limiter};
pub use publisher::{
    Answer, CallError, Capabilities, Fault, HandleState, HandleStatus, Link, MediaSource, Publish,
    PublishError, PublishRequest, Published, Publisher, RefusedCause, RemoteMedia, Republish,
    Usage,
};
pub use store::{EngineStore, Store, StoreError};
pub use vault::{SealContext, Vault, VaultError};
pub use wake::{LocalWake, Wake};
