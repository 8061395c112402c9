//! Signing in with a provider: out, back, and out again.

use askama::Template;
use contentzavod_core::model::{Purpose, Secret};
use contentzavod_core::service::{Back, LINK, ServiceError, SignInError, SignedIn, path_of_ours};
use poem::http::{HeaderValue, StatusCode, header};
use poem::web::Path;
use poem::{Response, Result, handler};
use sha2::{Digest, Sha256};

use super::begun::{marked, unmarked};
use super::shell::{Shell, away, go, here, html, with_cookie, without_cookie};
use super::visitor::Visitor;
use super::words::Words;
use crate::api::Refused;
use crate::api::auth::{Act, Jar, clicked_here};
use crate::fields::Fields;
use crate::middleware::language;

/// A way to sign in, as a link.
#[derive(Debug)]
pub(super) struct Way {
    /// The provider's word.
    pub(super) word: &'static str,
    /// What people call it.
    pub(super) name: &'static str,
    /// Where it goes.
    pub(super) href: String,
}

/// What people call a provider.
pub(super) fn called(provider: &str, w: &Words) -> &'static str {
    match provider {
        "telegram" => "Telegram",
        "google" => "Google",
        "yandex" => w.yandex,
        LINK => w.by_link,
        _ => "—",
    }
}

/// Every way in, with something more to say on the way.
pub(super) fn ways(visitor: &Visitor<'_>, more: &[(&str, &str)]) -> Vec<Way> {
    let w = visitor.shell().w;
    let way = |word: &'static str| {
        let mut url = visitor.site.at(&format!("auth/{word}/start"));
        if !more.is_empty() {
            url.query_pairs_mut().extend_pairs(more);
        }
        Way {
            word,
            name: called(word, w),
            href: url[url::Position::BeforePath..].to_owned(),
        }
    };
    visitor.app.providers().into_iter().map(way).collect()
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    s: Shell,
    trouble: Option<String>,
    ways: Vec<Way>,
    /// There is nobody yet, and the first owner has a link.
    nobody: bool,
}

/// `GET /sign-in?to=`: the ways in.
#[handler]
pub(super) async fn sign_in(visitor: Visitor<'_>) -> Result<Response> {
    let fields = Fields::of_query(visitor.request);
    let to = fields.get("to").map(|to| ("return_to", to));
    let page = SignInPage {
        s: visitor.shell(),
        trouble: visitor.trouble(),
        ways: ways(&visitor, to.as_slice()),
        nobody: visitor.app.awaits_first().await.map_err(Refused::from)?,
    };
    Ok(html(StatusCode::OK, &page)?)
}

#[derive(Template)]
#[template(path = "again.html")]
struct AgainPage {
    s: Shell,
    ways: Vec<Way>,
    by_link: bool,
    user: String,
}

/// `GET /auth/again?to=`: shows once more who it is, by something that is theirs.
#[handler]
pub(super) async fn again(visitor: Visitor<'_>) -> Result<Response> {
    let Some(actor) = visitor.actor() else {
        return Ok(go(visitor.site, "sign-in"));
    };
    let fields = Fields::of_query(visitor.request);
    let to = fields.get("to").unwrap_or("/");
    let own = visitor.app.identities(actor).await.map_err(Refused::from)?;
    let theirs = |way: &Way| own.iter().any(|one| one.provider == way.word);
    let all = ways(&visitor, &[("purpose", "again"), ("return_to", to)]);
    let ways: Vec<_> = all.into_iter().filter(theirs).collect();
    let page = AgainPage {
        s: visitor.shell(),
        // What they are known by may have been switched off.
        by_link: ways.is_empty() || own.iter().any(|one| one.provider == LINK),
        ways,
        user: actor.user.to_string(),
    };
    Ok(html(StatusCode::OK, &page)?)
}

/// `GET /auth/{provider}/start?purpose=&invitation=&return_to=`: out to the provider.
#[handler]
pub(super) async fn start(visitor: Visitor<'_>, provider: Path<String>) -> Result<Response> {
    if visitor.trouble().is_some() {
        return Ok(go(visitor.site, "sign-in"));
    }
    let fields = Fields::of_query(visitor.request);
    if let Some(invitation) = fields.get("invitation")
        && !clicked_here(visitor.request, visitor.site)
    {
        // Whoever was sent here reads first who invites them, and where to.
        return Ok(go(visitor.site, &format!("invitation/{invitation}")));
    }
    let purpose = match fields.get("purpose") {
        None | Some("sign_in") => Purpose::SignIn {
            invitation: fields.get("invitation").map(hex_hash),
        },
        Some("again") => {
            visitor.ours()?;
            let Some(session) = visitor.session() else {
                return Ok(go(visitor.site, "sign-in"));
            };
            Purpose::Again {
                session: session.id,
            }
        }
        Some("link") => {
            visitor.ours()?;
            let (Some(auth), Some(session)) = (visitor.auth(), visitor.session()) else {
                return Ok(go(visitor.site, "sign-in"));
            };
            if !visitor.app.is_fresh(session) {
                // Back at the start page, not here: a browser that comes from a provider is not let
                // begin anything.
                return Ok(must_prove(&visitor, "/"));
            }
            auth.may(Act::Identities)?;
            Purpose::Link {
                session: session.id,
            }
        }
        Some(_) => return Err(Refused::not_found("route").into()),
    };
    let back = visitor.site.at(&format!("auth/{}/callback", provider.0));
    let started = visitor
        .app
        .start_sign_in(&provider.0, purpose, &back, fields.get("return_to"))
        .await
        .map_err(Refused::from)?;
    let cookie = Jar::Login.set(&started.browser, visitor.site);
    let out = marked(&visitor, started.url);
    Ok(with_cookie(away(out.as_str()), cookie))
}

/// As purposes hold invitations.
fn hex_hash(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// `GET /auth/{provider}/callback`: back from the provider.
#[handler]
pub(super) async fn callback(visitor: Visitor<'_>, provider: Path<String>) -> Result<Response> {
    let fields = Fields::of_query(visitor.request);
    let state = fields.text("state");
    let (state, from) = unmarked(&state);
    let back = Back {
        state,
        code: fields.get("code").map(Secret::from),
        issuer: fields.get("iss").map(str::to_owned),
        error: fields.get("error").map(str::to_owned),
        browser: visitor.cookie(Jar::Login),
        before: visitor.cookie(Jar::Session),
        lang: language::current(),
    };
    match visitor.app.finish_sign_in(&provider.0, back).await {
        Ok(signed_in) => Ok(arriving(&visitor, signed_in)),
        Err(ServiceError::SignIn(error @ SignInError::OtherBrowser)) => Err(super::errors::hinted(
            Refused::from(ServiceError::from(error)),
            visitor.hints(from),
        )),
        Err(error) => Err(Refused::from(error).into()),
    }
}

/// The session's cookie, and a look whether it comes back.
pub(super) fn arriving(visitor: &Visitor<'_>, who: SignedIn) -> Response {
    let to = match who.return_to {
        Some(to) => to,
        // Newcomers name their workspace and its zone.
        None if who.new && who.session.provider != LINK => "/settings?new=1".to_owned(),
        None => "/".to_owned(),
    };
    let mut url = visitor.site.at("auth/arrived");
    url.query_pairs_mut().append_pair("to", &to);
    let response = without_cookie(here(&url), Jar::Login, visitor.site);
    with_cookie(response, Jar::Session.set(&who.token, visitor.site))
}

#[derive(Template)]
#[template(path = "arrived.html")]
struct ArrivedPage {
    s: Shell,
    hints: Vec<String>,
}

/// `GET /auth/arrived?to=`: the cookie came back, or it is said why it may not have.
#[handler]
#[expect(
    clippy::unused_async,
    reason = "what is not async would have to borrow whom it shows the page to"
)]
pub(super) async fn arrived(visitor: Visitor<'_>) -> Result<Response> {
    if visitor.session().is_some() {
        let fields = Fields::of_query(visitor.request);
        let to = fields.get("to").and_then(path_of_ours);
        return Ok(go(visitor.site, to.as_deref().unwrap_or("/")));
    }
    let page = ArrivedPage {
        s: visitor.shell(),
        hints: visitor.hints(None),
    };
    Ok(html(StatusCode::BAD_REQUEST, &page)?)
}

/// `POST /auth/logout`: the session ends here and everywhere.
#[handler]
pub(super) async fn logout(visitor: Visitor<'_>) -> Result<Response> {
    visitor.ours()?;
    if let Some(token) = visitor.cookie(Jar::Session) {
        visitor.app.sign_out(&token).await.map_err(Refused::from)?;
    }
    let mut response = without_cookie(go(visitor.site, "sign-in"), Jar::Session, visitor.site);
    response.headers_mut().insert(
        header::HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(response)
}

/// Sends whoever must sign in again there, and back here then.
pub(super) fn must_prove(visitor: &Visitor<'_>, to: &str) -> Response {
    let mut url = visitor.site.at("auth/again");
    url.query_pairs_mut().append_pair("to", to);
    here(&url)
}
