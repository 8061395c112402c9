//! What somebody does with their data: takes it out, deletes it, and looks later what became of it.

use askama::Template;
use chrono::{DateTime, SecondsFormat, Utc};
use contentzavod_core::model::{DeletionKind, DeletionStanding, DeletionState};
use contentzavod_core::service::{Farewell, ServiceError, Shared};
use poem::http::{HeaderValue, StatusCode, header};
use poem::web::{Data, Path};
use poem::{Response, Result, handler};
use secrecy::ExposeSecret;

use super::home::handle;
use super::policy::Policy;
use super::shell::{Shell, html, without_cookie};
use super::sign_in::must_prove;
use super::visitor::Visitor;
use super::words::Words;
use crate::api::Refused;
use crate::api::auth::{Act, Jar};
use crate::api::problem::Finding;
use crate::api::rights::Archive;
use crate::fields::Fields;
use crate::site::Site;

/// Where somebody goes first who must sign in, or sign in again, for what cannot be undone.
fn first(visitor: &Visitor<'_>, to: &str) -> Option<Response> {
    match visitor.session() {
        None => {
            let mut url = visitor.site.at("sign-in");
            url.query_pairs_mut().append_pair("to", to);
            Some(super::shell::here(&url))
        }
        Some(session) if !visitor.app.is_fresh(session) => Some(must_prove(visitor, to)),
        Some(_) => None,
    }
}

#[derive(Template)]
#[template(path = "export.html")]
struct ExportPage {
    s: Shell,
}

/// `GET /export`: what is in it, and a button. The way back from a provider is no click of ours.
#[handler]
pub(super) fn export(visitor: Visitor<'_>) -> Result<Response> {
    if let Some(first) = first(&visitor, "/export") {
        return Ok(first);
    }
    let page = ExportPage { s: visitor.shell() };
    visitor.into_app();
    Ok(html(StatusCode::OK, &page)?)
}

/// `POST /export`: everything as one archive.
#[handler]
pub(super) async fn export_now(visitor: Visitor<'_>) -> Result<Response> {
    visitor.ours()?;
    if let Some(first) = first(&visitor, "/export") {
        return Ok(first);
    }
    let auth = visitor.auth().ok_or_else(Refused::unauthorized)?;
    let actor = auth.may(Act::Export)?;
    let app = visitor.into_app();
    app.me(actor).await.map_err(Refused::from)?;
    Ok(Archive::new(app.export(actor), app.time()).0)
}

#[derive(Template)]
#[template(path = "delete.html")]
struct DeletePage {
    s: Shell,
    ask: String,
    shared: Vec<String>,
    wrong: Vec<String>,
}

/// A shared workspace in a line.
fn line(shared: Shared) -> String {
    let accounts = shared.accounts.iter().map(|name| format!("@{name}"));
    let accounts: Vec<_> = accounts.collect();
    if accounts.is_empty() {
        return shared.workspace.name;
    }
    format!("{}: {}", shared.workspace.name, accounts.join(", "))
}

async fn asking(visitor: &Visitor<'_>, wrong: Vec<String>) -> Result<Response, Refused> {
    let s = visitor.shell();
    let actor = visitor.actor().ok_or_else(Refused::unauthorized)?;
    let (user, _) = visitor.app.me(actor).await?;
    let status = if wrong.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let shared = visitor.app.shared_by(actor.user).await?;
    let page = DeletePage {
        shared: shared.into_iter().map(line).collect(),
        ask: s.w.delete_ask.replace("{name}", &user.name),
        s,
        wrong,
    };
    html(status, &page)
}

/// `GET /delete`: what goes, and what stays.
#[handler]
pub(super) async fn delete(visitor: Visitor<'_>) -> Result<Response> {
    if let Some(first) = first(&visitor, "/delete") {
        return Ok(first);
    }
    Ok(asking(&visitor, Vec::new()).await?)
}

#[derive(Template)]
#[template(path = "farewell.html")]
struct FarewellPage {
    s: Shell,
    stays: Vec<String>,
    may_go_live: Option<String>,
    status: String,
    code: String,
}

/// `POST /delete`: the name is typed, and everything goes.
#[handler]
pub(super) async fn delete_now(visitor: Visitor<'_>, fields: Fields) -> Result<Response> {
    visitor.ours()?;
    if let Some(first) = first(&visitor, "/delete") {
        return Ok(first);
    }
    let actor = visitor.signed_in()?.may(Act::DeleteMe)?;
    let (user, _) = visitor.app.me(actor).await.map_err(Refused::from)?;
    let w = visitor.shell().w;
    // A page shows one space where there are more.
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if folded(&fields.text("word")) != folded(&user.name) {
        return Ok(asking(&visitor, vec![w.delete_wrong.to_owned()]).await?);
    }
    match visitor.app.delete_me(actor).await {
        Ok(farewell) => Ok(bye(&visitor, &farewell)?),
        Err(error @ ServiceError::Conflict(_)) => {
            let refused = Refused::from(error);
            let said = refused.problem().findings.iter().map(sentence);
            Ok(asking(&visitor, said.collect()).await?)
        }
        Err(error) => Err(Refused::from(error).into()),
    }
}

fn sentence(finding: &Finding) -> String {
    let fix = finding.fix.as_deref().unwrap_or_default();
    format!("{} {fix}", finding.message).trim_end().to_owned()
}

fn bye(visitor: &Visitor<'_>, farewell: &Farewell) -> Result<Response, Refused> {
    let s = visitor.shell();
    let code = farewell.code.expose_secret();
    let live = farewell.live.iter();
    let page = FarewellPage {
        stays: live
            .map(|live| {
                let name = handle(&live.username, s.w);
                format!("{name} ({}): {}", live.platform, live.posts)
            })
            .collect(),
        may_go_live: (farewell.on_their_way > 0).then(|| {
            let count = farewell.on_their_way.to_string();
            s.w.gone_may.replace("{count}", &count)
        }),
        status: visitor
            .site
            .at(&format!("data-deletion/{code}"))
            .to_string(),
        code: code.to_owned(),
        s,
    };
    let mut response = without_cookie(html(StatusCode::OK, &page)?, Jar::Session, visitor.site);
    response.headers_mut().insert(
        header::HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(response)
}

#[derive(Template)]
#[template(path = "deletion.html")]
struct DeletionPage {
    s: Shell,
    contact: Option<String>,
    state: Option<String>,
    asked: Moment,
    done: Option<Moment>,
}

/// An instant for programs, and for people.
struct Moment(String, String);

impl Moment {
    fn of(at: DateTime<Utc>) -> Self {
        Self(
            at.to_rfc3339_opts(SecondsFormat::Secs, true),
            at.format("%Y-%m-%d %H:%M UTC").to_string(),
        )
    }
}

/// `GET /data-deletion`: how to have one's data deleted.
#[handler]
pub(super) fn how(Data(site): Data<&Site>, Data(policy): Data<&Policy>) -> Result<Response> {
    let page = DeletionPage {
        s: Shell::new(site),
        contact: policy.operator.contact.clone(),
        state: None,
        asked: Moment(String::new(), String::new()),
        done: None,
    };
    Ok(html(StatusCode::OK, &page)?)
}

/// `GET /data-deletion/{code}`: how far a deletion is. It says nothing about whose it was.
#[handler]
pub(super) async fn standing(visitor: Visitor<'_>, code: Path<String>) -> Result<Response> {
    let found = visitor.app.deletion(&code.0).await.map_err(Refused::from)?;
    let Some(found) = found else {
        return Err(Refused::not_found("deletion").into());
    };
    let s = visitor.shell();
    let page = DeletionPage {
        contact: None,
        state: Some(told(&found, s.w).to_owned()),
        asked: Moment::of(found.asked_at),
        done: found.done_at.map(Moment::of),
        s,
    };
    Ok(html(StatusCode::OK, &page)?)
}

fn told(deletion: &DeletionState, w: &Words) -> &'static str {
    match (deletion.state, deletion.kind) {
        (DeletionStanding::Nothing, _) => w.deleted_nothing,
        (DeletionStanding::Done, DeletionKind::Person) => w.deleted_person,
        (DeletionStanding::Done, _) => w.deleted_accounts,
        _ => w.deletion_underway,
    }
}
