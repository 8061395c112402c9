//! Coming in by a link: the first owner, whoever the operator lets in again, whoever is invited.
//!
//! A link is looked at with GET, which uses nothing up (chats fetch links to show a picture), and
//! followed with the form's POST.

use askama::Template;
use contentzavod_core::model::{Role, Secret};
use contentzavod_core::service::{Newcomer, ServiceError, SignInError};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use secrecy::ExposeSecret;

use super::shell::{Shell, go, html};
use super::sign_in::{Way, arriving, ways};
use super::visitor::Visitor;
use crate::api::Refused;
use crate::api::auth::Jar;
use crate::api::problem::Finding;
use crate::fields::Fields;
use crate::middleware::language;

/// Every zone there is.
pub(super) fn zones() -> Vec<&'static str> {
    chrono_tz::TZ_VARIANTS
        .iter()
        .map(|zone| zone.name())
        .collect()
}

/// What is wrong with a form, each thing in a sentence; anything else is a page of its own.
pub(super) fn said(error: ServiceError) -> Result<Vec<String>, Refused> {
    match error {
        ServiceError::Invalid(findings) => {
            let sentence = |finding| {
                let told = Finding::from(finding);
                let fix = told.fix.unwrap_or_default();
                format!("{} {fix}", told.message).trim_end().to_owned()
            };
            Ok(findings.into_iter().map(sentence).collect())
        }
        other => Err(other.into()),
    }
}

/// The status of a form: it is new, or something about it is wrong.
const fn looked_at(wrong: &[String]) -> StatusCode {
    if wrong.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}

#[derive(Template)]
#[template(path = "first.html")]
struct FirstPage {
    s: Shell,
    wrong: Vec<String>,
    name: String,
    workspace: String,
    timezone: String,
    zones: Vec<&'static str>,
    ways: Vec<Way>,
}

fn first_page(
    visitor: &Visitor<'_>,
    token: &Secret,
    fields: &Fields,
    wrong: Vec<String>,
) -> Result<Response, Refused> {
    let status = looked_at(&wrong);
    let page = FirstPage {
        s: visitor.shell(),
        wrong,
        name: fields.text("name"),
        workspace: fields.text("workspace"),
        timezone: fields.get("timezone").unwrap_or("UTC").to_owned(),
        zones: zones(),
        ways: ways(visitor, &[("invitation", token.expose_secret())]),
    };
    html(status, &page)
}

/// Nobody can come in from here, or nobody by this link.
fn usable(visitor: &Visitor<'_>, good: bool) -> Result<(), Refused> {
    if let Some(trouble) = visitor.trouble() {
        return Err(Refused::new(StatusCode::BAD_REQUEST, "sign_in.address").detail(trouble));
    }
    if good {
        Ok(())
    } else {
        Err(ServiceError::from(SignInError::Uninvited).into())
    }
}

/// `GET /auth/first/{token}`: who are you?
#[handler]
pub(super) async fn first(visitor: Visitor<'_>, token: Path<String>) -> Result<Response> {
    let token = Secret::from(token.0);
    let good = visitor.app.is_first_owner_link(&token).await;
    usable(&visitor, good.map_err(Refused::from)?)?;
    let none = Fields::default();
    Ok(first_page(&visitor, &token, &none, Vec::new())?)
}

/// `POST /auth/first/{token}`: the first owner comes in.
#[handler]
pub(super) async fn first_in(
    visitor: Visitor<'_>,
    token: Path<String>,
    fields: Fields,
) -> Result<Response> {
    visitor.ours()?;
    let token = Secret::from(token.0);
    let good = visitor.app.is_first_owner_link(&token).await;
    usable(&visitor, good.map_err(Refused::from)?)?;
    let who = Newcomer {
        name: fields.text("name"),
        workspace: fields.text("workspace"),
        timezone: fields.get("timezone").map(str::to_owned),
        lang: language::current(),
    };
    let before = visitor.cookie(Jar::Session);
    match visitor.app.come_in(&token, who, before.as_ref()).await {
        Ok(signed_in) => Ok(arriving(&visitor, signed_in)),
        Err(error) => Ok(first_page(&visitor, &token, &fields, said(error)?)?),
    }
}

#[derive(Template)]
#[template(path = "link.html")]
struct LinkPage {
    s: Shell,
}

/// `GET /auth/link/{token}`: a button, so that only a person uses it up.
#[handler]
#[expect(
    clippy::unused_async,
    reason = "what is not async would have to borrow whom it shows the page to"
)]
pub(super) async fn link(visitor: Visitor<'_>) -> Result<Response> {
    usable(&visitor, true)?;
    let page = LinkPage { s: visitor.shell() };
    Ok(html(StatusCode::OK, &page)?)
}

/// `POST /auth/link/{token}`: somebody comes in again.
#[handler]
pub(super) async fn link_in(visitor: Visitor<'_>, token: Path<String>) -> Result<Response> {
    visitor.ours()?;
    usable(&visitor, true)?;
    let before = visitor.cookie(Jar::Session);
    let token = Secret::from(token.0);
    let back = visitor.app.come_back(&token, before.as_ref()).await;
    Ok(arriving(&visitor, back.map_err(Refused::from)?))
}

#[derive(Template)]
#[template(path = "invitation.html")]
struct InvitationPage {
    s: Shell,
    lead: String,
    role: &'static str,
    wrong: Vec<String>,
    signed_in: Option<String>,
    ways: Vec<Way>,
    name: String,
}

async fn invitation_page(
    visitor: &Visitor<'_>,
    token: &Secret,
    fields: &Fields,
    wrong: Vec<String>,
) -> Result<Response, Refused> {
    let status = looked_at(&wrong);
    let invited = visitor.app.invited(token).await?;
    usable(visitor, invited.is_some())?;
    let invited = invited.ok_or_else(Refused::internal)?;
    let s = visitor.shell();
    let by = invited.by.as_deref().unwrap_or(s.w.somebody);
    let lead = s.w.invites.replace("{workspace}", &invited.workspace);
    let signed_in = match visitor.actor() {
        Some(actor) => Some(visitor.app.me(actor).await?.0.name),
        None => None,
    };
    let page = InvitationPage {
        lead: lead.replace("{by}", by),
        role: match invited.role {
            Role::Viewer => s.w.as_viewer,
            Role::Editor => s.w.as_editor,
            Role::Owner => s.w.as_owner,
        },
        wrong,
        signed_in,
        ways: ways(visitor, &[("invitation", token.expose_secret())]),
        name: fields.text("name"),
        s,
    };
    html(status, &page)
}

/// `GET /invitation/{token}`: who invites, where to, as what.
#[handler]
pub(super) async fn invitation(visitor: Visitor<'_>, token: Path<String>) -> Result<Response> {
    let token = token.0.into();
    let none = Fields::default();
    let page = invitation_page(&visitor, &token, &none, Vec::new()).await;
    Ok(page?)
}

/// `POST /invitation/{token}`: whoever is signed in joins; where no provider is switched on,
/// somebody new comes in by their name.
#[handler]
pub(super) async fn follow(
    visitor: Visitor<'_>,
    token: Path<String>,
    fields: Fields,
) -> Result<Response> {
    visitor.ours()?;
    let token = Secret::from(token.0);
    if let (Some(actor), Some(session)) = (visitor.actor(), visitor.session()) {
        let joined = visitor.app.join(actor, &token).await;
        let joined = joined.map_err(Refused::from)?;
        let entered = visitor.app.enter(session.id, joined).await;
        entered.map_err(Refused::from)?;
        return Ok(go(visitor.site, "/"));
    }
    // Where there are providers, whoever comes is known by one of them.
    usable(&visitor, visitor.app.providers().is_empty())?;
    let who = Newcomer {
        name: fields.text("name"),
        lang: language::current(),
        ..Newcomer::default()
    };
    match visitor.app.come_in(&token, who, None).await {
        Ok(signed_in) => Ok(arriving(&visitor, signed_in)),
        Err(error) => {
            let page = invitation_page(&visitor, &token, &fields, said(error)?);
            Ok(page.await?)
        }
    }
}
