//! Who is asking.

use contentzavod_core::model::{Actor, Lang};
use contentzavod_core::service::Contentzavod;
use poem::Request;
use poem_openapi::SecurityScheme;
use poem_openapi::auth::Bearer;

use super::problem::Refused;
use crate::middleware::language;
use crate::middleware::who::{self, Who};

/// An API key: `Authorization: Bearer cz_live_…`.
#[derive(SecurityScheme)]
#[oai(
    rename = "bearer",
    ty = "bearer",
    key_in = "header",
    bearer_format = "cz_live_…",
    checker = "check"
)]
pub struct Auth(Actor);

impl Auth {
    /// Who is asking, and in which workspace.
    #[must_use]
    pub const fn actor(&self) -> Actor {
        self.0
    }
}

impl std::fmt::Debug for Auth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Auth").field(&self.0).finish()
    }
}

async fn check(request: &Request, bearer: Bearer) -> poem::Result<Actor> {
    let app = request
        .data::<Contentzavod>()
        .ok_or_else(Refused::internal)?;
    let known = app
        .authenticate(&bearer.token)
        .await
        .map_err(Refused::from)?;
    let (key, actor) = known.ok_or_else(Refused::unauthorized)?;
    who::known(Who::with_key(actor.user, key)).await?;
    // No language is worth a refusal: who fails to be read here is refused by what comes next.
    if language::is_open()
        && let Ok((user, _)) = app.me(actor).await
    {
        language::note(Lang::of(&user.locale));
    }
    Ok(actor)
}
