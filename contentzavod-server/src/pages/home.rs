//! The first page, and one's settings: until there is a dashboard, what people need of it.

use askama::Template;
use contentzavod_core::model::{AccountStatus, FORGOTTEN, Role, SessionId};
use contentzavod_core::service::MePatch;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Request, Response, Result, handler};

use super::links::{said, zones};
use super::shell::{Shell, go, html};
use super::sign_in::{Way, called, ways};
use super::visitor::Visitor;
use super::words::Words;
use crate::api::Refused;
use crate::api::auth::Act;
use crate::fields::Fields;

struct AccountRow {
    id: String,
    username: String,
    status: &'static str,
    connected: bool,
}

struct IdentityRow {
    name: &'static str,
    since: String,
}

struct SessionRow {
    id: String,
    name: &'static str,
    seen: String,
    current: bool,
}

/// A way to connect an account.
struct FamilyRow {
    word: &'static str,
    text: &'static str,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    s: Shell,
    name: String,
    workspace: String,
    timezone: String,
    role: &'static str,
    owner: bool,
    accounts: Vec<AccountRow>,
    families: Vec<FamilyRow>,
    identities: Vec<IdentityRow>,
    links: Vec<Way>,
    sessions: Vec<SessionRow>,
}

fn status(status: AccountStatus, w: &Words) -> &'static str {
    match status {
        AccountStatus::Active => w.active,
        AccountStatus::Reauthorize => w.reauthorize,
        AccountStatus::Disconnected => w.disconnected,
        AccountStatus::Restricted => w.restricted,
    }
}

const fn role(role: Role, w: &Words) -> &'static str {
    match role {
        Role::Viewer => w.viewer,
        Role::Editor => w.editor,
        Role::Owner => w.owner,
    }
}

/// An account as people call it; one that was forgotten has no name.
pub(super) fn handle(username: &str, w: &Words) -> String {
    if username == FORGOTTEN {
        w.forgotten.to_owned()
    } else {
        format!("@{username}")
    }
}

/// `GET /`: the workspace, or the way in.
#[handler]
pub(super) async fn home(visitor: Visitor<'_>) -> Result<Response> {
    Ok(shown(&visitor).await?)
}

async fn shown(visitor: &Visitor<'_>) -> Result<Response, Refused> {
    let (Some(actor), Some(auth)) = (visitor.actor(), visitor.auth()) else {
        return Ok(go(visitor.site, "sign-in"));
    };
    let app = visitor.app;
    let (user, workspace) = app.me(actor).await?;
    let accounts = app.accounts(actor).await?.into_iter();
    let identities = app.identities(actor).await?;
    let sessions = app.sessions(actor).await?.into_iter();
    let own = visitor.session().map(|session| session.id);
    let s = visitor.shell();
    let w = s.w;
    let day = |at: chrono::DateTime<chrono::Utc>| at.format("%Y-%m-%d").to_string();
    let all = ways(visitor, &[("purpose", "link")]);
    let page = HomePage {
        name: user.name,
        workspace: workspace.name,
        timezone: workspace.timezone,
        role: role(auth.role(), w),
        owner: auth.role() == Role::Owner,
        accounts: accounts
            .filter(|account| account.username != FORGOTTEN)
            .map(|account| AccountRow {
                id: account.id.to_string(),
                connected: account.status != AccountStatus::Disconnected,
                username: account.username,
                status: status(account.status, w),
            })
            .collect(),
        families: families(visitor, w),
        links: all
            .into_iter()
            .filter(|way| !identities.iter().any(|i| i.provider == way.word))
            .collect(),
        identities: identities
            .iter()
            .map(|identity| IdentityRow {
                name: called(&identity.provider, w),
                since: day(identity.created_at),
            })
            .collect(),
        sessions: sessions
            .map(|session| SessionRow {
                id: session.id.to_string(),
                name: called(&session.provider, w),
                seen: session.seen_at.format("%Y-%m-%d %H:%M UTC").to_string(),
                current: Some(session.id) == own,
            })
            .collect(),
        s,
    };
    html(StatusCode::OK, &page)
}

/// The ways to connect an account that this server is set up for.
fn families(visitor: &Visitor<'_>, w: &Words) -> Vec<FamilyRow> {
    let words = visitor.app.connect_logins("instagram").unwrap_or_default();
    let row = |word| FamilyRow {
        word,
        text: match word {
            "facebook" => w.connect_facebook,
            _ => w.connect_instagram,
        },
    };
    words.into_iter().map(row).collect()
}

/// `POST /sessions/{id}/end`: signs another browser out.
#[handler]
pub(super) async fn end_session(visitor: Visitor<'_>, id: Path<String>) -> Result<Response> {
    visitor.ours()?;
    let Some(auth) = visitor.auth() else {
        return Ok(go(visitor.site, "sign-in"));
    };
    let actor = auth.may(Act::Sessions)?;
    let id = SessionId(Visitor::id(&id.0, "session")?);
    let ended = visitor.app.end_session(actor, id).await;
    ended.map_err(Refused::from)?;
    Ok(go(visitor.site, "/"))
}

#[derive(Template)]
#[template(path = "settings.html")]
struct SettingsPage {
    s: Shell,
    new: bool,
    owner: bool,
    wrong: Vec<String>,
    name: String,
    locale: String,
    workspace: String,
    timezone: String,
    zones: Vec<&'static str>,
}

/// Whether somebody has just come here for the first time.
fn is_new(request: &Request) -> bool {
    Fields::of_query(request).get("new").is_some()
}

/// `GET /settings`: name, language, workspace and zone.
#[handler]
pub(super) async fn settings(visitor: Visitor<'_>) -> Result<Response> {
    let (Some(actor), Some(auth)) = (visitor.actor(), visitor.auth()) else {
        return Ok(go(visitor.site, "sign-in"));
    };
    let (user, workspace) = visitor.app.me(actor).await.map_err(Refused::from)?;
    let page = SettingsPage {
        s: visitor.shell(),
        new: is_new(visitor.request),
        owner: auth.role() == Role::Owner,
        wrong: Vec::new(),
        name: user.name,
        locale: user.locale,
        workspace: workspace.name,
        timezone: workspace.timezone,
        zones: zones(),
    };
    Ok(html(StatusCode::OK, &page)?)
}

/// `POST /settings`.
#[handler]
pub(super) async fn change(visitor: Visitor<'_>, fields: Fields) -> Result<Response> {
    visitor.ours()?;
    let Some(auth) = visitor.auth() else {
        return Ok(go(visitor.site, "sign-in"));
    };
    let actor = auth.may(Act::ChangeMe)?;
    let owner = auth.may(Act::NameWorkspace).is_ok();
    let given = |name: &str| Some(fields.text(name));
    let patch = MePatch {
        name: given("name"),
        locale: given("locale"),
        workspace_name: given("workspace").filter(|_| owner),
        timezone: given("timezone").filter(|_| owner),
    };
    match visitor.app.update_me(actor, patch).await {
        Ok(_) => Ok(go(visitor.site, "/")),
        Err(error) => {
            let page = SettingsPage {
                s: visitor.shell(),
                new: is_new(visitor.request),
                owner,
                wrong: said(error)?,
                name: fields.text("name"),
                locale: fields.text("locale"),
                workspace: fields.text("workspace"),
                timezone: fields.text("timezone"),
                zones: zones(),
            };
            Ok(html(StatusCode::UNPROCESSABLE_ENTITY, &page)?)
        }
    }
}
