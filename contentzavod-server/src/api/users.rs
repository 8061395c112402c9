//! `/v1/users/me`: the person and the current workspace.

use contentzavod_core::model::{User, Workspace};
use contentzavod_core::service::{Contentzavod, MePatch};
use poem::web::Data;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::auth::Auth;
use super::problem::Refused;
use super::strict::Strict;
use super::tag::Tag;

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
}

impl From<(User, Workspace)> for Me {
    fn from((user, workspace): (User, Workspace)) -> Self {
        Self {
            id: user.id.0,
            name: user.name,
            locale: user.locale,
            workspace: WorkspaceOut {
                id: workspace.id.0,
                name: workspace.name,
                timezone: workspace.timezone,
            },
        }
    }
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
    /// The current workspace.
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
        Ok(Json(app.me(auth.actor()).await?.into()))
    }

    /// Change name, language, and the workspace's name and zone.
    #[oai(path = "/me", method = "put", operation_id = "me_update")]
    async fn update(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        body: Strict<MeChange>,
    ) -> Result<Json<Me>, Refused> {
        let workspace = body.0.workspace.unwrap_or_default();
        let patch = MePatch {
            name: body.0.name,
            locale: body.0.locale,
            workspace_name: workspace.name,
            timezone: workspace.timezone,
        };
        Ok(Json(app.update_me(auth.actor(), patch).await?.into()))
    }
}
