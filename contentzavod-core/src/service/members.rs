//! Workspaces and who is in them: members with roles, invitations by one-time links.

use chrono::TimeDelta;
use secrecy::ExposeSecret;

use super::error::{Conflict, ServiceError};
use super::facade::Contentzavod;
use super::sign_in::{SECRET, hashed};
use super::users::checked_name;
use crate::model::random::base62;
use crate::model::retention;
use crate::model::{
    Actor, Invitation, InvitationId, Member, Role, Secret, SessionId, UserId, Workspace,
    WorkspaceId, when,
};
use crate::ports::store::MemberChanged;
use crate::words::rules;

/// An invitation can be followed for so long.
pub const INVITED_FOR: TimeDelta = retention::INVITATION;
/// Invitations of a workspace at the same time.
const INVITATIONS_MAX: usize = 100;

/// What an invitation says to whoever holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// The workspace's name.
    pub workspace: String,
    /// Who invites.
    pub by: Option<String>,
    /// As what.
    pub role: Role,
}

/// Workspaces that somebody may be in when they make another.
const WORKSPACES: usize = 100;

impl Contentzavod {
    /// Where somebody is a member, oldest first.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn workspaces(&self, actor: Actor) -> Result<Vec<(Workspace, Role)>, ServiceError> {
        Ok(self.store().workspaces(actor.user).await?)
    }

    /// Makes a workspace whose owner somebody is.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Invalid`] for a name or a zone that is none.
    pub async fn create_workspace(
        &self,
        actor: Actor,
        name: &str,
        timezone: Option<&str>,
    ) -> Result<Workspace, ServiceError> {
        let now = self.now();
        let there = self.store().workspaces(actor.user).await?.len();
        if there >= WORKSPACES {
            return Err(rules::error_about("workspaces.limit", there.to_string()).into());
        }
        let (name, zone) = (checked_name(name, "name"), zone(timezone));
        let (name, timezone) = match (name, zone) {
            (Ok(name), Ok(zone)) => (name, zone),
            (name, zone) => {
                let findings = name.err().into_iter().chain(zone.err());
                return Err(ServiceError::Invalid(findings.collect()));
            }
        };
        let workspace = Workspace {
            id: WorkspaceId::generate(now),
            name,
            timezone,
            created_at: now,
        };
        let made = self.store().create_workspace(actor.user, workspace.clone());
        made.await?;
        Ok(workspace)
    }

    /// A session works elsewhere from now on.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`] where its person is no member.
    pub async fn enter(&self, session: SessionId, id: WorkspaceId) -> Result<(), ServiceError> {
        if self.store().enter(session, id).await? {
            Ok(())
        } else {
            Err(ServiceError::NotFound("workspace"))
        }
    }

    /// Who is in the workspace, oldest first.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn members(&self, actor: Actor) -> Result<Vec<Member>, ServiceError> {
        Ok(self.store().members(actor.workspace).await?)
    }

    /// Gives a member another role.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`]; [`Conflict::LastOwner`]: a workspace keeps one owner at least.
    pub async fn set_role(
        &self,
        actor: Actor,
        who: UserId,
        role: Role,
    ) -> Result<(), ServiceError> {
        let changed = self.store().set_role(actor.workspace, who, role).await?;
        self.done(actor, changed).await
    }

    /// A member leaves, or is sent away; their sessions and keys in the workspace end at once.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`]; [`Conflict::LastOwner`].
    pub async fn remove_member(&self, actor: Actor, who: UserId) -> Result<(), ServiceError> {
        let changed = self.store().remove_member(actor.workspace, who).await?;
        self.done(actor, changed).await
    }

    async fn done(&self, actor: Actor, changed: MemberChanged) -> Result<(), ServiceError> {
        match changed {
            MemberChanged::Done => Ok(()),
            MemberChanged::Missing => Err(ServiceError::NotFound("member")),
            MemberChanged::LastOwner => {
                let workspace = self.store().workspace(actor.workspace).await?;
                let workspaces = workspace.into_iter().collect();
                Err(ServiceError::Conflict(Conflict::LastOwner(workspaces)))
            }
        }
    }

    /// Makes an invitation. The secret opens it once and is stored nowhere.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Invalid`] where there are too many already.
    pub async fn invite(
        &self,
        actor: Actor,
        role: Role,
    ) -> Result<(Invitation, Secret), ServiceError> {
        if self.invitations(actor).await?.len() >= INVITATIONS_MAX {
            let limit = format!("{INVITATIONS_MAX} at the same time");
            return Err(rules::error("invitations.too_many").limit(limit).into());
        }
        let (now, secret) = (self.now(), Secret::from(base62(SECRET)));
        let invitation = Invitation {
            id: InvitationId::generate(now),
            workspace: Some(actor.workspace),
            role,
            made_by: Some(actor.user),
            created_at: now,
            ends_at: now + INVITED_FOR,
        };
        let hash = hashed(secret.expose_secret());
        self.store().invite(invitation.clone(), hash).await?;
        Ok((invitation, secret))
    }

    /// Makes an invitation to own a workspace that nobody owns, for the operator: after a restored backup
    /// nobody may be left who could.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`] where there is no such workspace, or it has an owner.
    pub async fn invite_owner(&self, workspace: WorkspaceId) -> Result<Secret, ServiceError> {
        let known = self.store().workspace(workspace).await?;
        known.ok_or(ServiceError::NotFound("workspace"))?;
        let members = self.store().members(workspace).await?;
        if members.iter().any(|member| member.role == Role::Owner) {
            return Err(ServiceError::NotFound("workspace without an owner"));
        }
        let (now, secret) = (self.now(), Secret::from(base62(SECRET)));
        let invitation = Invitation {
            id: InvitationId::generate(now),
            workspace: Some(workspace),
            role: Role::Owner,
            made_by: None,
            created_at: now,
            ends_at: now + INVITED_FOR,
        };
        let hash = hashed(secret.expose_secret());
        self.store().invite(invitation, hash).await?;
        Ok(secret)
    }

    /// The workspace's invitations that can still be followed, oldest first.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn invitations(&self, actor: Actor) -> Result<Vec<Invitation>, ServiceError> {
        Ok(self.store().invitations(actor.workspace).await?)
    }

    /// Takes an invitation back.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`].
    pub async fn withdraw(&self, actor: Actor, id: InvitationId) -> Result<(), ServiceError> {
        if self.store().withdraw(actor.workspace, id).await? {
            Ok(())
        } else {
            Err(ServiceError::NotFound("invitation"))
        }
    }

    /// What an invitation says; `None` where it cannot be followed any more.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn invited(&self, secret: &Secret) -> Result<Option<Invited>, ServiceError> {
        let hash = hashed(secret.expose_secret());
        let Some(invitation) = self.store().invitation(hash).await? else {
            return Ok(None);
        };
        let Some(workspace) = invitation.workspace else {
            return Ok(None);
        };
        let by = match invitation.made_by {
            Some(user) => self.store().user(user).await?.map(|user| user.name),
            None => None,
        };
        let workspace = self.store().workspace(workspace).await?;
        Ok(workspace.map(|workspace| Invited {
            workspace: workspace.name,
            by,
            role: invitation.role,
        }))
    }

    /// Somebody who is here already follows an invitation, once.
    ///
    /// # Errors
    ///
    /// [`ServiceError::NotFound`] where it cannot be followed any more.
    pub async fn join(&self, actor: Actor, secret: &Secret) -> Result<WorkspaceId, ServiceError> {
        let hash = hashed(secret.expose_secret());
        let joined = self.store().join(actor.user, hash).await?;
        joined.ok_or(ServiceError::NotFound("invitation"))
    }
}

/// The zone that is meant; UTC where none is.
pub(super) fn zone(named: Option<&str>) -> Result<String, contentzavod_preflight::Finding> {
    match named {
        Some(zone) => when::zone(zone, "timezone").map(|zone| zone.name().to_owned()),
        None => Ok("UTC".to_owned()),
    }
}
