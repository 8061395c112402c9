//! To the platform's pages and back: what came of it, and what to do where nothing did.

use askama::Template;
use contentzavod_core::model::{Lang, Secret};
use contentzavod_core::ports::Seen;
use contentzavod_core::service::{
    Bound, Choice, ConnectBack, ConnectEnd, Offer, ServiceError, SignInError,
};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use secrecy::ExposeSecret;

use super::begun::{marked, unmarked};
use super::errors::hinted;
use super::shell::{Shell, away, go, html, with_cookie, without_cookie};
use super::visitor::Visitor;
use crate::api::Refused;
use crate::api::auth::{Act, Jar, clicked_here};
use crate::fields::Fields;
use crate::middleware::language;

struct Row {
    name: String,
    note: String,
    choice: Option<String>,
}

struct Link {
    href: String,
    text: String,
    quiet: bool,
}

#[derive(Template)]
#[template(path = "connect.html")]
struct ConnectPage {
    s: Shell,
    platform: String,
    title: String,
    lead: String,
    rows: Vec<Row>,
    state: String,
    links: Vec<Link>,
}

impl ConnectPage {
    fn new(s: Shell, platform: &str, title: &str) -> Self {
        Self {
            s,
            platform: platform.to_owned(),
            title: title.to_owned(),
            lead: String::new(),
            rows: Vec::new(),
            state: String::new(),
            links: Vec::new(),
        }
    }

    /// With a sentence on top.
    fn saying(mut self, lead: &str) -> Self {
        lead.clone_into(&mut self.lead);
        self
    }

    /// With where to go on: where the person wanted to, or the start.
    fn going_on(mut self, return_to: Option<&str>) -> Self {
        let path = return_to.unwrap_or("/").trim_start_matches('/');
        self.links.push(Link {
            href: format!("{}{path}", self.s.root),
            text: self.s.w.go_on.to_owned(),
            quiet: !self.links.is_empty(),
        });
        self
    }
}

/// `GET /oauth/{platform}/start?login=` of somebody signed in, or `?ticket=` of a program that sent
/// them here: the latter is asked first, because nobody knows whose browser it is.
#[handler]
pub(super) async fn start(visitor: Visitor<'_>, platform: Path<String>) -> Result<Response> {
    let fields = Fields::of_query(visitor.request);
    let back = visitor.site.at(&format!("oauth/{}/callback", platform.0));
    if let Some(ticket) = fields.get("ticket") {
        let ticket = Secret::from(ticket);
        // Nobody else presses the button for them.
        if fields.get("go").is_none() || !clicked_here(visitor.request, visitor.site) {
            let offer = visitor.app.connect_offer(&ticket).await;
            return Ok(offered(&visitor, &offer.map_err(Refused::from)?, &ticket)?);
        }
        let started = visitor.app.start_connect_with(&ticket, &back).await;
        let started = started.map_err(Refused::from)?;
        let cookie = started.browser.as_ref();
        let cookie = cookie.and_then(|browser| Jar::Login.set(browser, visitor.site));
        let out = marked(&visitor, started.url);
        return Ok(with_cookie(away(out.as_str()), cookie));
    }
    visitor.ours()?;
    let Some(session) = visitor.session() else {
        return Ok(go(visitor.site, "sign-in"));
    };
    let actor = visitor.signed_in()?.may(Act::ConnectAccounts)?;
    let bound = Bound::Session(session.id);
    let (login, to) = (fields.get("login"), fields.get("return_to"));
    let started = visitor
        .app
        .start_connect(actor, &platform.0, login, &back, bound, to)
        .await
        .map_err(Refused::from)?;
    Ok(away(marked(&visitor, started.url).as_str()))
}

fn offered(visitor: &Visitor<'_>, offer: &Offer, ticket: &Secret) -> Result<Response, Refused> {
    let s = visitor.shell();
    let mut url = visitor.site.at(&format!("oauth/{}/start", offer.platform));
    url.query_pairs_mut()
        .append_pair("ticket", ticket.expose_secret())
        .append_pair("go", "1");
    let lead = s.w.offer_lead.replace("{asker}", &offer.asker);
    let lead = lead.replace("{workspace}", &offer.workspace);
    let text = match offer.login.as_str() {
        "facebook" => s.w.connect_facebook,
        _ => s.w.connect_instagram,
    };
    let link = Link {
        href: url[url::Position::BeforePath..].to_owned(),
        text: text.to_owned(),
        quiet: false,
    };
    let title = s.w.offer;
    let page = ConnectPage {
        lead,
        links: vec![link],
        ..ConnectPage::new(s, &offer.platform, title)
    };
    html(StatusCode::OK, &page)
}

/// `GET /oauth/{platform}/callback`: back from the platform's pages.
#[handler]
pub(super) async fn callback(visitor: Visitor<'_>, platform: Path<String>) -> Result<Response> {
    let fields = Fields::of_query(visitor.request);
    let state = fields.text("state");
    let (state, from) = unmarked(&state);
    let back = ConnectBack {
        state,
        code: fields.get("code").map(Secret::from),
        error: fields.get("error").map(str::to_owned),
        browser: visitor.cookie(Jar::Login),
        session: visitor.session().map(|session| session.id),
    };
    let end = visitor.app.finish_connect(&platform.0, back).await;
    ended(&visitor, &platform.0, end, from)
}

/// `POST /oauth/{platform}/choose`: which of several.
#[handler]
pub(super) async fn choose(
    visitor: Visitor<'_>,
    platform: Path<String>,
    fields: Fields,
) -> Result<Response> {
    visitor.ours()?;
    let state = Secret::from(fields.text("state"));
    let (browser, session) = (
        visitor.cookie(Jar::Login),
        visitor.session().map(|session| session.id),
    );
    let id = fields.text("id");
    let chosen = visitor
        .app
        .choose_account(&state, &id, browser.as_ref(), session);
    let end = chosen.await;
    ended(&visitor, &platform.0, end, None)
}

fn ended(
    visitor: &Visitor<'_>,
    platform: &str,
    end: Result<ConnectEnd, ServiceError>,
    from: Option<&str>,
) -> Result<Response> {
    let end = match end {
        Ok(end) => end,
        Err(error @ ServiceError::SignIn(SignInError::OtherBrowser)) => {
            return Err(hinted(error.into(), visitor.hints(from)));
        }
        Err(error) => return Err(Refused::from(error).into()),
    };
    let over = !matches!(end, ConnectEnd::Choose { .. });
    // Choosing has its own ten minutes.
    let kept = visitor.cookie(Jar::Login);
    let kept = kept.and_then(|value| Jar::Login.set(&value, visitor.site));
    let bad = matches!(end, ConnectEnd::Nothing { .. } | ConnectEnd::Missing { .. });
    let status = if bad {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let response = html(status, &told(visitor.shell(), platform, end))?;
    Ok(if over {
        without_cookie(response, Jar::Login, visitor.site)
    } else {
        with_cookie(response, kept)
    })
}

/// What a way came to, as a page.
fn told(s: Shell, platform: &str, end: ConnectEnd) -> ConnectPage {
    let w = s.w;
    match end {
        ConnectEnd::Connected {
            account,
            created,
            return_to,
        } => {
            let title = w.connected.replace("{username}", &account.username);
            let lead = if created {
                w.connected_new
            } else {
                w.connected_again
            };
            let page = ConnectPage::new(s, platform, &title).saying(lead);
            page.going_on(return_to.as_deref())
        }
        ConnectEnd::Choose { state, found, .. } => ConnectPage {
            rows: found.into_iter().map(choice).collect(),
            state: state.expose_secret().to_owned(),
            ..ConnectPage::new(s, platform, w.choose).saying(w.choose_lead)
        },
        ConnectEnd::Nothing {
            seen,
            login,
            return_to,
        } => {
            let page = ConnectPage {
                rows: seen.into_iter().map(ineligible).collect(),
                links: again(&s, platform, login, return_to.as_deref()),
                ..ConnectPage::new(s, platform, w.nothing).saying(w.nothing_lead)
            };
            page.going_on(return_to.as_deref())
        }
        ConnectEnd::Missing {
            permissions,
            login,
            return_to,
        } => {
            let row = |name| Row {
                name,
                note: String::new(),
                choice: None,
            };
            let page = ConnectPage {
                rows: permissions.into_iter().map(row).collect(),
                links: again(&s, platform, login, return_to.as_deref()),
                ..ConnectPage::new(s, platform, w.missing).saying(w.missing_lead)
            };
            page.going_on(return_to.as_deref())
        }
    }
}

/// The same way again, for whoever set out from here. Somebody who was sent asks for another address.
fn again(s: &Shell, platform: &str, login: Option<String>, to: Option<&str>) -> Vec<Link> {
    let Some(login) = login else {
        return Vec::new();
    };
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("login", &login);
    if let Some(to) = to {
        query.append_pair("return_to", to);
    }
    vec![Link {
        href: format!("{}oauth/{platform}/start?{}", s.root, query.finish()),
        text: s.w.begin_again.to_owned(),
        quiet: false,
    }]
}

fn choice(found: Choice) -> Row {
    Row {
        name: format!("@{}", found.username),
        note: found.place.unwrap_or_default(),
        choice: Some(found.remote_user_id),
    }
}

/// What was seen, and why it cannot be connected.
fn ineligible(seen: Seen) -> Row {
    let lang: Lang = language::current();
    let account = seen.account.map(|account| format!("@{}", account.username));
    let name = account.or(Some(seen.name).filter(|name| !name.is_empty()));
    let name = match (name, seen.place) {
        (Some(name), Some(place)) if name != place => format!("{name} ({place})"),
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => "—".to_owned(),
    };
    Row {
        name,
        note: seen
            .reason
            .map(|fault| fault.says(lang))
            .unwrap_or_default(),
        choice: None,
    }
}
