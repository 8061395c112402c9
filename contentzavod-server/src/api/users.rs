//! `/v1/users/me`: the person and the current workspace.

use chrono::{DateTime, Utc};
use contentzavod_core::model::{Actor, User, Workspace};
use contentzavod_core::service::{Contentzavod, MePatch};
use poem::web::Data;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::answer::Done;
use super::auth::{Act, Auth};
use super::members::Role;
use super::problem::Refused;
use super::rights::{Archive, Farewell};
use super::strict::Strict;
use super::tag::Tag;
use crate::site::Site;

/// Where the person works.
#[derive(Debug, Object)]
#[oai(rename = "Workspace")]
pub struct WorkspaceOut {
    /// Its id.
    id: Uuid,
    /// Display name.
    name: String,
    /// IANA zone that local times are read in.
    timezone: String,
}

impl From<Workspace> for WorkspaceOut {
    fn from(workspace: Workspace) -> Self {
        Self {
            id: workspace.id.0,
            name: workspace.name,
            timezone: workspace.timezone,
        }
    }
}

/// What the person signs in with.
#[derive(Debug, Object)]
pub struct Identity {
    /// `telegram`, `google`, `yandex`, or `link`.
    provider: String,
    /// The provider's id of the person.
    subject: String,
    /// Since when.
    created_at: DateTime<Utc>,
}

/// The person who is asking.
#[derive(Debug, Object)]
pub struct Me {
    /// Their id.
    id: Uuid,
    /// Display name.
    name: String,
    /// `en` or `ru`.
    locale: String,
    /// The current workspace.
    workspace: WorkspaceOut,
    /// What they may do there.
    role: Role,
    /// What they sign in with; empty for whoever was made on the command line.
    identities: Vec<Identity>,
}

/// What shall change about the workspace; absent fields stay.
#[derive(Debug, Default, Object)]
pub struct WorkspaceChange {
    /// Display name, 1 to 100 characters.
    name: Option<String>,
    /// IANA zone, e.g. `Europe/Moscow`.
    timezone: Option<String>,
}

/// What shall change; absent fields stay.
#[derive(Debug, Object)]
pub struct MeChange {
    /// Display name, 1 to 100 characters.
    name: Option<String>,
    /// `en` or `ru`.
    locale: Option<String>,
    /// The current workspace; owners only.
    workspace: Option<WorkspaceChange>,
}

/// The person.
#[derive(Debug)]
pub struct Users;

#[OpenApi(prefix_path = "/v1/users", tag = "Tag::Users")]
impl Users {
    /// Read who is asking.
    #[oai(path = "/me", method = "get", operation_id = "me_get")]
    async fn get(&self, app: Data<&Contentzavod>, auth: Auth) -> Result<Json<Me>, Refused> {
        let actor = auth.may(Act::SeeMe)?;
        let who = app.me(actor).await?;
        me(&app, &auth, actor, who).await
    }

    /// Change name, language, and the workspace's name and zone.
    #[oai(path = "/me", method = "put", operation_id = "me_update")]
    async fn update(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        body: Strict<MeChange>,
    ) -> Result<Json<Me>, Refused> {
        let actor = auth.may(Act::ChangeMe)?;
        if body.0.workspace.is_some() {
            auth.may(Act::NameWorkspace)?;
        }
        let workspace = body.0.workspace.unwrap_or_default();
        let patch = MePatch {
            name: body.0.name,
            locale: body.0.locale,
            workspace_name: workspace.name,
            timezone: workspace.timezone,
        };
        let who = app.update_me(actor, patch).await?;
        me(&app, &auth, actor, who).await
    }

    /// Take everything out: the person, the workspaces they own, posts, files, as one archive.
    #[oai(path = "/me/export", method = "get", operation_id = "me_export")]
    async fn export(&self, app: Data<&Contentzavod>, auth: Auth) -> Result<Archive, Refused> {
        let actor = auth.may(Act::Export)?;
        app.me(actor).await?;
        // A key with scopes is bound to one workspace, and so is what it takes out.
        let export = if auth.is_bound() {
            app.export_workspace(actor)
        } else {
            app.export(actor)
        };
        Ok(Archive::new(export, app.time()))
    }

    /// Delete everything of the person: account, sessions, and the workspaces that are theirs alone with
    /// posts, files, keys, and the access to Instagram accounts. Workspaces that others share stay with
    /// them, with what is connected there. What is live on Instagram stays there.
    #[oai(path = "/me", method = "delete", operation_id = "me_delete")]
    async fn delete(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        site: Data<&Site>,
    ) -> Result<Json<Farewell>, Refused> {
        let actor = auth.may(Act::DeleteMe)?;
        let farewell = app.delete_me(actor).await?;
        Ok(Json(Farewell::new(&farewell, &site)))
    }

    /// Stop being known by one of several identities; the person's other sessions end.
    #[oai(
        path = "/me/identities/:provider/:subject",
        method = "delete",
        operation_id = "identity_delete"
    )]
    async fn unlink(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        provider: Path<String>,
        subject: Path<String>,
    ) -> Result<Done, Refused> {
        let actor = auth.may(Act::Identities)?;
        let stays = auth.session().map(|session| session.id);
        app.unlink(actor, &provider.0, &subject.0, stays).await?;
        Ok(Done)
    }
}

async fn me(
    app: &Contentzavod,
    auth: &Auth,
    actor: Actor,
    (user, workspace): (User, Workspace),
) -> Result<Json<Me>, Refused> {
    let identities = app.identities(actor).await?.into_iter();
    let identities = identities.map(|identity| Identity {
        provider: identity.provider,
        subject: identity.subject,
        created_at: identity.created_at,
    });
    Ok(Json(Me {
        id: user.id.0,
        name: user.name,
        locale: user.locale,
        workspace: workspace.into(),
        role: auth.role().into(),
        identities: identities.collect(),
    }))
}
