//! How people come in: identities, sessions, sign-ins under way, members and invitations.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::id::{InvitationId, SessionId, UserId, WorkspaceId};
use super::role::Role;
use super::secret::Sealed;

/// What somebody is known by at a provider.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Identity {
    /// `telegram`, `google`, `yandex`.
    pub provider: String,
    /// The provider's id of the person.
    pub subject: String,
    /// Whose it is.
    pub user: UserId,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// A browser that somebody is signed in with. Only the hash of its token is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Our id.
    pub id: SessionId,
    /// Who.
    pub user: UserId,
    /// The workspace it works in.
    pub workspace: WorkspaceId,
    /// How they came in.
    pub provider: String,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When they last proved who they are.
    pub signed_in_at: DateTime<Utc>,
    /// When it was last used, to a few minutes.
    pub seen_at: DateTime<Utc>,
    /// When it ends, whatever happens.
    pub ends_at: DateTime<Utc>,
}

/// What somebody went to a provider for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Purpose {
    /// To sign in, perhaps with an invitation in hand.
    SignIn {
        /// SHA-256 of the invitation, in hex.
        invitation: Option<String>,
    },
    /// To prove again who they are.
    Again {
        /// The session.
        session: SessionId,
    },
    /// To link another identity.
    Link {
        /// The session.
        session: SessionId,
    },
    /// To come in again by a link that the operator made.
    Return {
        /// Who.
        user: UserId,
    },
    /// To connect an account of a platform.
    Connect {
        /// Who.
        user: UserId,
        /// Where.
        workspace: WorkspaceId,
        /// By which family of sign-in.
        login: String,
        /// The session that whoever comes back must have; `None`: the browser that it began in.
        session: Option<SessionId>,
    },
    /// To connect an account of a platform, as soon as somebody follows the address.
    Offer {
        /// Who asks for it.
        user: UserId,
        /// Where.
        workspace: WorkspaceId,
        /// By which family of sign-in.
        login: String,
    },
    /// To say which of several accounts they mean.
    Choose {
        /// Who.
        user: UserId,
        /// Where.
        workspace: WorkspaceId,
        /// By which family of sign-in.
        login: String,
        /// As when it began.
        session: Option<SessionId>,
    },
}

impl Purpose {
    /// Whether it is about who somebody is.
    #[must_use]
    pub const fn is_way_in(&self) -> bool {
        matches!(
            self,
            Self::SignIn { .. } | Self::Again { .. } | Self::Link { .. }
        )
    }
}

/// A way through somebody else's pages that has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// SHA-256 of the state.
    pub state: [u8; 32],
    /// SHA-256 of what only the browser knows that began it.
    pub browser: [u8; 32],
    /// Whose pages.
    pub provider: String,
    /// What for.
    pub purpose: Purpose,
    /// What the provider must be reminded of.
    pub pending: Sealed,
    /// Where it comes back to.
    pub redirect: String,
    /// Where the person wanted to go: a path of ours.
    pub return_to: Option<String>,
    /// Until when.
    pub ends_at: DateTime<Utc>,
}

/// Somebody in a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// A link that lets somebody in once. Only the hash of what stands in it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Our id.
    pub id: InvitationId,
    /// Where to; `None`: the first owner, who makes a workspace.
    pub workspace: Option<WorkspaceId>,
    /// What they may do then.
    pub role: Role,
    /// Who made it; `None`: this server.
    pub made_by: Option<UserId>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Until when it can be used.
    pub ends_at: DateTime<Utc>,
}
