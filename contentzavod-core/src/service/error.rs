//! Why a use case did not do what was asked. Nothing was written then.

use contentzavod_preflight::Finding;

use super::sign_in::SignInError;
use crate::model::{MediaId, PostId, Publication, PublicationId, Shape, Workspace};
use crate::ports::{BlobError, CallError, StoreError, VaultError};
use crate::publication::State;
use crate::words::Refused;

/// A publication, and where it stood when something was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The publication.
    pub publication: PublicationId,
    /// Its state.
    pub state: State,
}

impl From<&Publication> for Standing {
    fn from(row: &Publication) -> Self {
        Self {
            publication: row.id,
            state: row.state(),
        }
    }
}

/// What the request runs against.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Conflict {
    /// Publishing has begun for these: what was sent cannot be taken back.
    PastArming(Vec<Standing>),
    /// Nothing more happens to these.
    Final(Vec<Standing>),
    /// The publication is in a state where this means nothing.
    State {
        /// The publication.
        standing: Standing,
        /// What is refused.
        refused: Refused,
    },
    /// The earlier try may still go live: the risk of a duplicate must be accepted.
    Risk(PublicationId),
    /// Posts still use the file.
    MediaInUse {
        /// The file.
        media: MediaId,
        /// The posts.
        posts: Vec<PostId>,
    },
    /// A workspace keeps one owner at least: these would lose theirs.
    LastOwner(Vec<Workspace>),
    /// The file is being encoded with another shape.
    OtherShape(Shape),
    /// The row changed again and again while we tried.
    Busy,
}

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServiceError {
    /// There is no such thing, or it is somebody else's: the two are alike.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// Rules are broken: every one of them.
    #[error("{} rules are broken", .0.len())]
    Invalid(Vec<Finding>),
    /// The request runs against what is.
    #[error("the request conflicts with the present state")]
    Conflict(Conflict),
    /// The idempotency key was used for another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The platform refuses the token that was given.
    #[error("the platform refuses the token: {0}")]
    TokenRefused(CallError),
    /// The platform did not answer as needed.
    #[error("the platform did not answer as needed: {0}")]
    Platform(CallError),
    /// This very message of the platform came before.
    #[error("this message of the platform came before")]
    Replayed,
    /// Nobody was signed in.
    #[error(transparent)]
    SignIn(#[from] SignInError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The files.
    #[error(transparent)]
    Blobs(#[from] BlobError),
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A file of our own could not be read.
    #[error("a file could not be read: {0}")]
    Io(#[from] std::io::Error),
}

impl From<Finding> for ServiceError {
    fn from(finding: Finding) -> Self {
        Self::Invalid(vec![finding])
    }
}
