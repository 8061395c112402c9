//! `/v1/workspaces`: where a person works.

use contentzavod_core::model::WorkspaceId;
use contentzavod_core::service::Contentzavod;
use poem::web::Data;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::answer::{Created, Done};
use super::auth::{Act, Auth};
use super::members::Role;
use super::problem::Refused;
use super::strict::Strict;
use super::tag::Tag;
use super::users::WorkspaceOut;

/// A workspace, and what the person is there.
#[derive(Debug, Object)]
pub struct OwnWorkspace {
    /// The workspace.
    workspace: WorkspaceOut,
    /// The person's role.
    role: Role,
    /// True for the one that the request works in.
    current: bool,
}

/// Every workspace of the person.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct WorkspaceList {
    /// Oldest first.
    items: Vec<OwnWorkspace>,
    /// Absent: there is no other page.
    next_cursor: Option<String>,
}

/// A workspace to be made.
#[derive(Debug, Object)]
pub struct NewWorkspace {
    /// Display name, 1 to 100 characters.
    name: String,
    /// IANA zone that local times are read in; UTC when absent.
    timezone: Option<String>,
}

/// Workspaces.
#[derive(Debug)]
pub struct Workspaces;

#[OpenApi(prefix_path = "/v1/workspaces", tag = "Tag::Users")]
impl Workspaces {
    /// List the person's workspaces.
    #[oai(path = "/", method = "get", operation_id = "workspace_list")]
    async fn list(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
    ) -> Result<Json<WorkspaceList>, Refused> {
        let actor = auth.may(Act::Workspaces)?;
        let all = app.workspaces(actor).await?.into_iter();
        let items = all.map(|(workspace, role)| OwnWorkspace {
            current: workspace.id == actor.workspace,
            role: role.into(),
            workspace: workspace.into(),
        });
        Ok(Json(WorkspaceList {
            items: items.collect(),
            next_cursor: None,
        }))
    }

    /// Make a workspace whose owner the person is.
    #[oai(path = "/", method = "post", operation_id = "workspace_create")]
    async fn create(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        body: Strict<NewWorkspace>,
    ) -> Result<Created<WorkspaceOut>, Refused> {
        let actor = auth.may(Act::Workspaces)?;
        let zone = body.0.timezone.as_deref();
        let made = app.create_workspace(actor, &body.0.name, zone).await?;
        Ok(Created(made.into()))
    }

    /// Work in another workspace from now on. A key is bound to its own.
    #[oai(path = "/:id/enter", method = "post", operation_id = "workspace_enter")]
    async fn enter(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
    ) -> Result<Done, Refused> {
        auth.may(Act::Enter)?;
        let session = auth.session().ok_or_else(Refused::unauthorized)?;
        app.enter(session.id, WorkspaceId(id.0)).await?;
        Ok(Done)
    }
}
