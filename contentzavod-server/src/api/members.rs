//! `/v1/members` and `/v1/invitations`: who is in the workspace, and who may come.

use chrono::{DateTime, Utc};
use contentzavod_core::model::{InvitationId, Role as CoreRole, UserId};
use contentzavod_core::service::Contentzavod;
use poem::web::Data;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::types::Password;
use poem_openapi::{Enum, Object, OpenApi};
use secrecy::ExposeSecret;
use uuid::Uuid;

use super::answer::{Created, Done};
use super::auth::{Act, Auth};
use super::problem::Refused;
use super::strict::Strict;
use super::tag::Tag;
use crate::site::Site;

/// What somebody may do in a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum Role {
    /// Sees everything, changes nothing.
    Viewer,
    /// Uploads, writes and schedules.
    Editor,
    /// Connects accounts, invites people, makes keys, names the workspace.
    Owner,
}

impl From<CoreRole> for Role {
    fn from(role: CoreRole) -> Self {
        match role {
            CoreRole::Viewer => Self::Viewer,
            CoreRole::Editor => Self::Editor,
            CoreRole::Owner => Self::Owner,
        }
    }
}

impl From<Role> for CoreRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Viewer => Self::Viewer,
            Role::Editor => Self::Editor,
            Role::Owner => Self::Owner,
        }
    }
}

/// Somebody in the workspace.
#[derive(Debug, Object)]
pub struct Member {
    /// Their id.
    user_id: Uuid,
    /// Their name.
    name: String,
    /// What they may do.
    role: Role,
    /// Since when.
    created_at: DateTime<Utc>,
}

/// Everybody in the workspace.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct MemberList {
    /// Oldest first.
    items: Vec<Member>,
    /// Absent: there is no other page.
    next_cursor: Option<String>,
}

/// What shall change about a member.
#[derive(Debug, Object)]
pub struct MemberChange {
    /// What they may do from now on.
    role: Role,
}

/// Members.
#[derive(Debug)]
pub struct Members;

#[OpenApi(prefix_path = "/v1/members", tag = "Tag::Users")]
impl Members {
    /// List who is in the workspace.
    #[oai(path = "/", method = "get", operation_id = "member_list")]
    async fn list(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
    ) -> Result<Json<MemberList>, Refused> {
        let members = app.members(auth.may(Act::SeeMembers)?).await?.into_iter();
        let items = members.map(|member| Member {
            user_id: member.user.0,
            name: member.name,
            role: member.role.into(),
            created_at: member.created_at,
        });
        Ok(Json(MemberList {
            items: items.collect(),
            next_cursor: None,
        }))
    }

    /// Give a member another role. A workspace keeps one owner at least.
    #[oai(path = "/:id", method = "patch", operation_id = "member_update")]
    async fn update(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
        body: Strict<MemberChange>,
    ) -> Result<Done, Refused> {
        let actor = auth.may(Act::ManageMembers)?;
        let role = body.0.role.into();
        app.set_role(actor, UserId(id.0), role).await?;
        Ok(Done)
    }

    /// Send a member away, or leave: their sessions and keys in the workspace end at once.
    #[oai(path = "/:id", method = "delete", operation_id = "member_delete")]
    async fn delete(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
    ) -> Result<Done, Refused> {
        let own = auth.may(Act::Leave)?;
        if own.user.0 != id.0 {
            auth.may(Act::ManageMembers)?;
        }
        app.remove_member(own, UserId(id.0)).await?;
        Ok(Done)
    }
}

/// An invitation, without what opens it.
#[derive(Debug, Object)]
pub struct Invitation {
    /// Its id.
    id: Uuid,
    /// What whoever follows it may do.
    role: Role,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// Until when it can be followed.
    ends_at: DateTime<Utc>,
}

impl From<contentzavod_core::model::Invitation> for Invitation {
    fn from(invitation: contentzavod_core::model::Invitation) -> Self {
        Self {
            id: invitation.id.0,
            role: invitation.role.into(),
            created_at: invitation.created_at,
            ends_at: invitation.ends_at,
        }
    }
}

/// Every invitation that can still be followed.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct InvitationList {
    /// Oldest first.
    items: Vec<Invitation>,
    /// Absent: there is no other page.
    next_cursor: Option<String>,
}

/// An invitation to be made.
#[derive(Debug, Object)]
pub struct NewInvitation {
    /// What whoever follows it may do.
    role: Role,
}

/// A new invitation with its link, which is shown this once.
#[derive(Object)]
pub struct MadeInvitation {
    /// The invitation.
    invitation: Invitation,
    /// The link: whoever follows it first comes in. It is stored nowhere.
    url: Password,
}

impl std::fmt::Debug for MadeInvitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MadeInvitation")
            .field("invitation", &self.invitation)
            .finish_non_exhaustive()
    }
}

/// Invitations.
#[derive(Debug)]
pub struct Invitations;

#[OpenApi(prefix_path = "/v1/invitations", tag = "Tag::Users")]
impl Invitations {
    /// List the invitations that nobody has followed yet.
    #[oai(path = "/", method = "get", operation_id = "invitation_list")]
    async fn list(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
    ) -> Result<Json<InvitationList>, Refused> {
        let all = app.invitations(auth.may(Act::ManageMembers)?).await?;
        Ok(Json(InvitationList {
            items: all.into_iter().map(Into::into).collect(),
            next_cursor: None,
        }))
    }

    /// Invite somebody: the link in the answer lets one person in, within seven days.
    #[oai(path = "/", method = "post", operation_id = "invitation_create")]
    async fn create(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        site: Data<&Site>,
        body: Strict<NewInvitation>,
    ) -> Result<Created<MadeInvitation>, Refused> {
        let actor = auth.may(Act::ManageMembers)?;
        let (invitation, secret) = app.invite(actor, body.0.role.into()).await?;
        let url = site.at(&format!("invitation/{}", secret.expose_secret()));
        Ok(Created(MadeInvitation {
            invitation: invitation.into(),
            url: Password(url.to_string()),
        }))
    }

    /// Take an invitation back.
    #[oai(path = "/:id", method = "delete", operation_id = "invitation_delete")]
    async fn delete(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
    ) -> Result<Done, Refused> {
        let actor = auth.may(Act::ManageMembers)?;
        app.withdraw(actor, InvitationId(id.0)).await?;
        Ok(Done)
    }
}
