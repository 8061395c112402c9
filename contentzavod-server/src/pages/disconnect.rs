//! An account is disconnected by whoever owns the workspace: asked first, because its posts will wait.

use askama::Template;
use contentzavod_core::model::AccountId;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::shell::{Shell, go, html};
use super::visitor::Visitor;
use crate::api::Refused;
use crate::api::auth::Act;

#[derive(Template)]
#[template(path = "disconnect.html")]
struct DisconnectPage {
    s: Shell,
    title: String,
}

/// `GET /accounts/{id}/disconnect`: what that means, and a button.
#[handler]
pub(super) async fn ask(visitor: Visitor<'_>, id: Path<String>) -> Result<Response> {
    let Some(auth) = visitor.auth() else {
        return Ok(go(visitor.site, "sign-in"));
    };
    let actor = auth.may(Act::ConnectAccounts)?;
    let id = AccountId(Visitor::id(&id.0, "account")?);
    let account = visitor.app.account(actor, id).await;
    let account = account.map_err(Refused::from)?;
    let s = visitor.shell();
    let title =
        s.w.disconnect_title
            .replace("{username}", &account.username);
    Ok(html(StatusCode::OK, &DisconnectPage { s, title })?)
}

/// `POST /accounts/{id}/disconnect`.
#[handler]
pub(super) async fn disconnect(visitor: Visitor<'_>, id: Path<String>) -> Result<Response> {
    visitor.ours()?;
    let Some(auth) = visitor.auth() else {
        return Ok(go(visitor.site, "sign-in"));
    };
    let actor = auth.may(Act::ConnectAccounts)?;
    let id = AccountId(Visitor::id(&id.0, "account")?);
    let done = visitor.app.disconnect(actor, id).await;
    done.map_err(Refused::from)?;
    Ok(go(visitor.site, "/"))
}
