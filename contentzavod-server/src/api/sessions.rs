//! `/v1/sessions`: the browsers a person is signed in with.

use chrono::{DateTime, Utc};
use contentzavod_core::model::SessionId;
use contentzavod_core::service::Contentzavod;
use poem::web::Data;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use uuid::Uuid;

use super::answer::Done;
use super::auth::{Act, Auth};
use super::problem::Refused;
use super::tag::Tag;

/// A browser that somebody is signed in with.
#[derive(Debug, Object)]
#[oai(rename = "Session")]
pub struct SessionOut {
    /// Its id.
    id: Uuid,
    /// How they came in: `telegram`, `google`, `yandex`, or `link`.
    provider: String,
    /// The workspace it works in.
    workspace_id: Uuid,
    /// True for the one that asks.
    current: bool,
    /// When it began.
    created_at: DateTime<Utc>,
    /// When it was last used, to a few minutes; it ends seven days after.
    seen_at: DateTime<Utc>,
    /// When it ends, whatever happens.
    ends_at: DateTime<Utc>,
}

/// Every session of the person.
#[derive(Debug, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct SessionList {
    /// Oldest first.
    items: Vec<SessionOut>,
    /// Absent: there is no other page.
    next_cursor: Option<String>,
}

/// Sessions.
#[derive(Debug)]
pub struct Sessions;

#[OpenApi(prefix_path = "/v1/sessions", tag = "Tag::Users")]
impl Sessions {
    /// List the browsers that the person is signed in with.
    #[oai(path = "/", method = "get", operation_id = "session_list")]
    async fn list(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
    ) -> Result<Json<SessionList>, Refused> {
        let sessions = app.sessions(auth.may(Act::Sessions)?).await?;
        let own = auth.session().map(|own| own.id);
        let out = |session: contentzavod_core::model::Session| SessionOut {
            id: session.id.0,
            current: own == Some(session.id),
            provider: session.provider,
            workspace_id: session.workspace.0,
            created_at: session.created_at,
            seen_at: session.seen_at,
            ends_at: session.ends_at,
        };
        Ok(Json(SessionList {
            items: sessions.into_iter().map(out).collect(),
            next_cursor: None,
        }))
    }

    /// Sign a browser out: its cookie opens nothing from now on.
    #[oai(path = "/:id", method = "delete", operation_id = "session_delete")]
    async fn delete(
        &self,
        app: Data<&Contentzavod>,
        auth: Auth,
        id: Path<Uuid>,
    ) -> Result<Done, Refused> {
        let actor = auth.may(Act::Sessions)?;
        app.end_session(actor, SessionId(id.0)).await?;
        Ok(Done)
    }
}
