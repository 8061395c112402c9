//! Nouns as data: serde types with typed ids, without async and without I/O.

pub mod account;
pub mod content;
pub mod event;
pub mod fix;
pub mod id;
pub mod media;
pub mod notification;
pub mod page;
pub mod post;
pub mod publication;
pub mod random;
pub mod receipt;
pub mod retention;
pub mod rights;
pub mod role;
pub mod secret;
pub mod session;
pub mod user;
pub mod when;

pub use account::{Access, Account, AccountStatus, FORGOTTEN, Quota};
pub use content::{Content, Reel, Trial};
pub use event::{Event, EventKind};
pub use fix::{Fix, FixStatus, Shape};
pub use id::{
    AccountId, ApiKeyId, InvitationId, MediaId, NotificationId, PostId, PublicationId, SessionId,
    UserId, WorkspaceId,
};
pub use media::{Media, MediaKind, MediaStatus};
pub use notification::{Lang, Notice, NoticeKind, Notification};
pub use page::{Cursor, Page};
pub use post::{Post, PostStatus};
pub use publication::Publication;
pub use receipt::Receipt;
pub use rights::{
    DeletionKind, DeletionStanding, DeletionState, Erased, Live, Tombstone, TombstoneKind,
};
pub use role::{Role, Scope, Scopes};
pub use secret::{Sealed, Secret};
pub use session::{Identity, Invitation, Login, Member, Purpose, Session};
pub use user::{Actor, ApiKey, User, Workspace};
pub use when::When;
