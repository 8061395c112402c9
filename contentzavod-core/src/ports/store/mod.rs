//! The database: one trait per noun, each method one atomic step.
//!
//! `EngineStore` is what the engine needs; `Store` adds people. The store binds its own clock:
//! "due" and "lease" are always said in its time.

use std::fmt::Debug;

pub mod account;
pub mod feed;
pub mod fix;
pub mod media;
pub mod people;
pub mod post;
pub mod publication;
pub mod rights;
pub mod session;

pub use account::{AccountStore, Connected, RefreshItem, Removal, Said};
pub use feed::{Feed, NotificationStore};
pub use fix::{FixEnd, FixStore};
pub use media::{MediaDeleted, MediaStore};
pub use people::{ApiKeyStore, FoundKey, KeyHash, KeyRotated, UserStore};
pub use post::{
    IdempotencyKey, NewPost, PostChange, PostFilter, PostStore, PostView, PublicationChange,
    Scheduled,
};
pub use publication::{
    AccountEffect, Claim, Claimed, Denied, Fence, Item, Outcome, PublicationStore, Recorded,
};
pub use rights::{Forget, RightsStore, UserDeleted};
pub use session::{Admission, Arrival, Hash, Linked, MemberChanged, SessionStore, Unlinked};

/// Why a store did not do what was asked. Nothing was written then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The disk is full.
    #[error("the disk of the database is full")]
    Full,
    /// The database does not answer, or not in time. It may work later.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// A row does not read as what it should be.
    #[error("the database holds something unreadable: {0}")]
    Corrupt(String),
}

/// What the engine needs of a database.
pub trait EngineStore:
    PublicationStore + PostStore + AccountStore + MediaStore + Feed + Send + Sync + Debug
{
}

impl<T> EngineStore for T where
    T: PublicationStore + PostStore + AccountStore + MediaStore + Feed + Send + Sync + Debug
{
}

/// What the whole product needs of a database.
pub trait Store:
    EngineStore + UserStore + SessionStore + ApiKeyStore + NotificationStore + FixStore + RightsStore
{
}

impl<T> Store for T where
    T: EngineStore
        + UserStore
        + SessionStore
        + ApiKeyStore
        + NotificationStore
        + FixStore
        + RightsStore
{
}
