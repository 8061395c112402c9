//! How people come in: identities, sessions, members, invitations, and what may be used once.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::StoreError;
use crate::model::{
    Identity, Invitation, InvitationId, Login, Member, Role, Session, SessionId, User, UserId,
    Workspace, WorkspaceId,
};

/// SHA-256 of what opens something: a session's token, an invitation, a state.
pub type Hash = [u8; 32];

/// Somebody who proved who they are, as they are to be let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// `telegram`, `google`, `yandex`.
    pub provider: String,
    /// The provider's id of the person.
    pub subject: String,
    /// Who they will be if nobody knows them.
    pub newcomer: User,
    /// Newcomers are let in without an invitation.
    pub open: bool,
    /// The workspace a newcomer gets, unless an invitation leads elsewhere.
    pub workspace: Workspace,
    /// An invitation in hand. It is used up where it is of use.
    pub invitation: Option<Hash>,
    /// The session that begins; its user and workspace are filled in.
    pub session: Session,
    /// The hash of its token.
    pub token: Hash,
    /// The session of the same browser that ends with it.
    pub before: Option<Hash>,
}

/// What came of an arrival.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// Let in.
    In {
        /// The session as written.
        session: Session,
        /// Nobody knew them before.
        new: bool,
    },
    /// Nobody knows them, and newcomers need an invitation that is still good.
    Uninvited,
}

/// What changing a member came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberChanged {
    /// Written.
    Done,
    /// There is no such member.
    Missing,
    /// A workspace keeps one owner at least: nothing was written.
    LastOwner,
}

/// What linking came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linked {
    /// It is theirs now, or was before.
    Done,
    /// Somebody else is known by it: nothing was written.
    Taken,
}

/// What unlinking came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlinked {
    /// It is theirs no more.
    Done,
    /// It was not theirs.
    Missing,
    /// Without it they could not come in: nothing was written.
    Last,
}

/// How people come in.
///
/// Contract, proved by `testing::suite::store`: an identity is one person's, and signing in with it
/// is always them; people are never matched by anything else. A new session ends the one before it.
/// What opens something is found by its whole hash and while it lives, and what may be used once is
/// taken by one. A member who leaves loses the sessions and keys in that workspace at once.
#[async_trait]
pub trait SessionStore {
    /// Lets somebody in: known by their identity, else as a newcomer. One step.
    async fn admit(&self, arrival: Arrival) -> Result<Admission, StoreError>;

    /// The session of a token, if it has not ended and was used since `idle`.
    async fn session(
        &self,
        token: Hash,
        idle: DateTime<Utc>,
    ) -> Result<Option<(Session, Role)>, StoreError>;

    /// A session that has not ended.
    async fn session_by_id(&self, id: SessionId) -> Result<Option<Session>, StoreError>;

    /// Notes that a session was used; writes only where what is noted is older than five minutes.
    async fn session_used(&self, id: SessionId, at: DateTime<Utc>) -> Result<(), StoreError>;

    /// Gives a session another token, and notes that its person proved again who they are.
    async fn renew_session(
        &self,
        id: SessionId,
        token: Hash,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError>;

    /// A person's sessions, oldest first.
    async fn sessions(&self, user: UserId) -> Result<Vec<Session>, StoreError>;

    /// Ends one; false when there is none of this person.
    async fn end_session(&self, user: UserId, id: SessionId) -> Result<bool, StoreError>;

    /// Works elsewhere from now on; false where they are no member.
    async fn enter(&self, id: SessionId, workspace: WorkspaceId) -> Result<bool, StoreError>;

    /// What a person is known by, oldest first.
    async fn identities(&self, user: UserId) -> Result<Vec<Identity>, StoreError>;

    /// Makes a person known by something more.
    async fn link(&self, identity: Identity) -> Result<Linked, StoreError>;

    /// And by something less; their other sessions end.
    async fn unlink(
        &self,
        user: UserId,
        provider: &str,
        subject: &str,
        stays: SessionId,
    ) -> Result<Unlinked, StoreError>;

    /// Begins a way through somebody else's pages.
    async fn begin_login(&self, login: Login) -> Result<(), StoreError>;

    /// Looks at it without taking it, if it lives.
    async fn peek_login(&self, state: Hash) -> Result<Option<Login>, StoreError>;

    /// Takes it, once, if it lives.
    async fn take_login(&self, state: Hash) -> Result<Option<Login>, StoreError>;

    /// Marks something as used; false when it was before.
    async fn mark(&self, mark: Hash, until: DateTime<Utc>) -> Result<bool, StoreError>;

    /// What somebody may do in a workspace.
    async fn role(&self, user: UserId, workspace: WorkspaceId) -> Result<Option<Role>, StoreError>;

    /// Where somebody is a member, oldest first.
    async fn workspaces(&self, user: UserId) -> Result<Vec<(Workspace, Role)>, StoreError>;

    /// Makes a workspace whose owner somebody is.
    async fn create_workspace(&self, user: UserId, workspace: Workspace) -> Result<(), StoreError>;

    /// Who is in a workspace, oldest first.
    async fn members(&self, workspace: WorkspaceId) -> Result<Vec<Member>, StoreError>;

    /// Gives a member another role.
    async fn set_role(
        &self,
        workspace: WorkspaceId,
        user: UserId,
        role: Role,
    ) -> Result<MemberChanged, StoreError>;

    /// A member leaves.
    async fn remove_member(
        &self,
        workspace: WorkspaceId,
        user: UserId,
    ) -> Result<MemberChanged, StoreError>;

    /// Writes an invitation by its hash. One for the first owner takes the place of any before it.
    async fn invite(&self, invitation: Invitation, hash: Hash) -> Result<(), StoreError>;

    /// An invitation that is still good.
    async fn invitation(&self, hash: Hash) -> Result<Option<Invitation>, StoreError>;

    /// The invitations of a workspace that are still good, oldest first.
    async fn invitations(&self, workspace: WorkspaceId) -> Result<Vec<Invitation>, StoreError>;

    /// Takes one back.
    async fn withdraw(&self, workspace: WorkspaceId, id: InvitationId) -> Result<bool, StoreError>;

    /// Somebody who is signed in follows an invitation; false when it is not good any more.
    async fn join(&self, user: UserId, hash: Hash) -> Result<Option<WorkspaceId>, StoreError>;

    /// Whether there is anybody at all.
    async fn has_users(&self) -> Result<bool, StoreError>;

    /// Removes what has ended: sessions, sign-ins, marks, invitations, keys thirty days after
    /// their end, and deletions and tombstones after three years; how many rows.
    async fn forget_ended(&self, idle: DateTime<Utc>) -> Result<usize, StoreError>;
}
