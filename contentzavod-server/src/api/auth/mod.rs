//! Who is asking, and whether they may.
//!
//! A handler gets an [`Auth`] and asks it for the actor by saying what it is going to do: there is
//! no other way to one, so that no handler can forget to ask.

mod act;
mod cookie;
mod origin;

use contentzavod_core::model::{Actor, ApiKeyId, Lang, Role, Scopes, Session};
use contentzavod_core::service::Contentzavod;
use contentzavod_core::words::rules;
use contentzavod_preflight::Finding;
use poem::http::StatusCode;
use poem::http::header::AUTHORIZATION;
use poem::{Request, RequestBody, Result};
use poem_openapi::registry::{MetaSecurityScheme, Registry};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

pub use act::Act;
use act::Need;
pub use cookie::Jar;
pub use origin::{clicked_here, own_call, own_page};

use super::problem::Refused;
use crate::middleware::language;
use crate::middleware::who::{self, Who};
use crate::site::Site;

/// An API key, `Authorization: Bearer cz_live_…`, or the session cookie of our own pages.
#[derive(Debug)]
pub struct Auth {
    actor: Actor,
    role: Role,
    how: How,
}

/// What the caller showed.
#[derive(Debug)]
enum How {
    Key(ApiKeyId, Scopes),
    Session { session: Box<Session>, fresh: bool },
}

impl Auth {
    /// Who is asking, if they may do this.
    ///
    /// # Errors
    ///
    /// 403 that names what is missing: the role, the scope, or a sign-in a moment ago.
    pub fn may(&self, act: Act) -> Result<Actor, Refused> {
        let rule = act.rule();
        if self.role < rule.role {
            let finding = rules::error_about("auth.role", self.role.as_str());
            return Err(forbidden("auth.role", finding.limit(rule.role.as_str())));
        }
        match &self.how {
            How::Key(_, scopes) => key_may(scopes, rule.key)?,
            How::Session { fresh, .. } if rule.fresh && !fresh => {
                return Err(forbidden("auth.stale", rules::error("auth.stale")));
            }
            How::Session { .. } => {}
        }
        Ok(self.actor)
    }

    /// Who is asking, if they may do one of two things.
    ///
    /// # Errors
    ///
    /// As [`Self::may`] says of the first.
    pub fn may_either(&self, one: Act, other: Act) -> Result<Actor, Refused> {
        self.may(one).or_else(|no| self.may(other).map_err(|_| no))
    }

    /// The session that was shown, if it was one.
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        match &self.how {
            How::Session { session, .. } => Some(session),
            How::Key(..) => None,
        }
    }

    /// Who it is, for the log of requests and the limits.
    pub(crate) fn who(&self) -> Who {
        match &self.how {
            How::Key(id, _) => Who::with_key(self.actor.user, *id),
            How::Session { session, .. } => Who::signed_in(self.actor.user, session.id),
        }
    }

    /// True for a key with scopes: it is not its person, and stays in its workspace.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        matches!(&self.how, How::Key(_, Scopes::Only(_)))
    }

    /// What the person may do in the workspace.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }
}

fn key_may(scopes: &Scopes, need: Need) -> Result<(), Refused> {
    let all = *scopes == Scopes::All;
    match need {
        Need::Key => Ok(()),
        Need::Scope(scope) if scopes.hold(scope) => Ok(()),
        Need::Scope(scope) => {
            let finding = rules::error_about("auth.scope", scope.as_str());
            Err(forbidden("auth.scope", finding))
        }
        Need::All if all => Ok(()),
        Need::All | Need::Browser => Err(forbidden("auth.session", rules::error("auth.session"))),
    }
}

fn forbidden(code: &str, finding: Finding) -> Refused {
    Refused::new(StatusCode::FORBIDDEN, code).findings([finding])
}

/// The text after `Bearer`, if a request brings it.
fn bearer(request: &Request) -> Option<&str> {
    let text = request.header(AUTHORIZATION)?;
    let (scheme, token) = text.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

async fn by_key(app: &Contentzavod, key: &str) -> Result<Auth, Refused> {
    let known = app.authenticate(key).await?;
    let known = known.ok_or_else(Refused::unauthorized)?;
    Ok(Auth {
        actor: known.actor,
        role: known.role,
        how: How::Key(known.id, known.scopes),
    })
}

/// The session of a request's cookie, if it lives. Whether the request may use it is the caller's
/// matter: [`own_page`], [`own_call`].
///
/// # Errors
///
/// When the database does not answer.
pub async fn by_cookie(
    app: &Contentzavod,
    site: &Site,
    request: &Request,
) -> Result<Option<Auth>, Refused> {
    let Some(token) = Jar::Session.of(request, site) else {
        return Ok(None);
    };
    let Some((session, role)) = app.session(&token).await? else {
        return Ok(None);
    };
    let actor = Actor {
        user: session.user,
        workspace: session.workspace,
    };
    let fresh = app.is_fresh(&session);
    let how = How::Session {
        session: Box::new(session),
        fresh,
    };
    Ok(Some(Auth { actor, role, how }))
}

/// A key goes before a cookie: whoever sends one is a program, and no other site can.
async fn known(request: &Request) -> Result<Auth, Refused> {
    let app = request.data::<Contentzavod>();
    let site = request.data::<Site>();
    let (app, site) = app.zip(site).ok_or_else(Refused::internal)?;
    if request.header(AUTHORIZATION).is_some() {
        let key = bearer(request).ok_or_else(Refused::unauthorized)?;
        return by_key(app, key).await;
    }
    let auth = by_cookie(app, site, request).await?;
    let auth = auth.ok_or_else(Refused::unauthorized)?;
    own_call(request, site)?;
    Ok(auth)
}

/// Notes the language that a person set: a browser's own goes after it, a program's before.
pub(crate) async fn note_language(app: &Contentzavod, auth: &Auth) {
    // No language is worth a refusal: who fails to be read here is refused by what comes next.
    if (auth.session().is_some() || language::is_open())
        && let Ok((user, _)) = app.me(auth.actor).await
    {
        language::note(Lang::of(&user.locale));
    }
}

/// The names of the schemes in the document.
const SCHEMES: [&str; 2] = ["bearer", "session"];

impl<'a> ApiExtractor<'a> for Auth {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::SecurityScheme];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        let scheme = |ty| MetaSecurityScheme {
            ty,
            description: None,
            name: None,
            key_in: None,
            scheme: None,
            bearer_format: None,
            flows: None,
            openid_connect_url: None,
        };
        let [bearer, session] = SCHEMES;
        registry.create_security_scheme(
            bearer,
            MetaSecurityScheme {
                description: Some("An API key: `Authorization: Bearer cz_live_…`."),
                scheme: Some("bearer"),
                bearer_format: Some("cz_live_…"),
                ..scheme("http")
            },
        );
        registry.create_security_scheme(
            session,
            MetaSecurityScheme {
                description: Some(
                    "The session of somebody who signed in here, for pages of this server only \
                     (`cz_session` where it is served by plain HTTP on this machine).",
                ),
                name: Some("__Host-cz_session"),
                key_in: Some("cookie"),
                ..scheme("apiKey")
            },
        );
    }

    fn security_schemes() -> Vec<&'static str> {
        SCHEMES.to_vec()
    }

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> Result<Self> {
        let auth = known(request).await?;
        who::known(auth.who()).await?;
        if let Some(app) = request.data::<Contentzavod>() {
            note_language(app, &auth).await;
        }
        Ok(auth)
    }
}
