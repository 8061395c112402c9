//! Connecting an account on the platform's own pages: out to where a person agrees, and back.
//!
//! As with a sign-in, whoever comes back must bring the state of a way that began here, once, within
//! ten minutes, on the platform's own path, and in the session or the browser that it began in.

mod back;
mod choose;
mod ticket;

use secrecy::ExposeSecret;
use url::Url;

pub use back::{ConnectBack, ConnectEnd};
pub use choose::Choice;
pub use ticket::Offer;

use super::accounts::checked_login;
use super::error::ServiceError;
use super::facade::Contentzavod;
use super::sign_in::{SECRET, SignInError, UNDER_WAY, hashed, path_of_ours, pending_context};
use crate::model::random::base62;
use crate::model::{Actor, Login, Purpose, Role, Secret, Session, SessionId, UserId, WorkspaceId};
use crate::ports::Connector;
use crate::words::rules;

/// Who must come back from the platform's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Whoever has this session.
    Session(SessionId),
    /// The browser that goes there: it keeps a value that nobody else has.
    Browser,
}

/// A connection that begins. `Debug` shows none of it: the address holds the state.
pub struct ConnectStarted {
    /// Where the browser goes.
    pub url: Url,
    /// What only this browser keeps until it comes back; `None` where its session is enough.
    pub browser: Option<Secret>,
}

impl std::fmt::Debug for ConnectStarted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConnectStarted").finish_non_exhaustive()
    }
}

/// What a way through the platform's pages is for.
#[derive(Debug, Clone)]
struct Way {
    platform: String,
    login: String,
    actor: Actor,
    /// As in [`Bound`].
    session: Option<SessionId>,
    return_to: Option<String>,
}

impl Way {
    fn connecting(&self) -> Purpose {
        Purpose::Connect {
            user: self.actor.user,
            workspace: self.actor.workspace,
            login: self.login.clone(),
            session: self.session,
        }
    }
}

/// Who holds what a way began with.
struct Holder<'a> {
    browser: Option<&'a Secret>,
    session: Option<SessionId>,
}

const fn actor(user: UserId, workspace: WorkspaceId) -> Actor {
    Actor { user, workspace }
}

impl Contentzavod {
    /// The ways to connect an account of a platform on its own pages: those that have an app.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Invalid`] for an unknown platform.
    pub fn connect_logins(&self, platform: &str) -> Result<Vec<&'static str>, ServiceError> {
        let connector = self.connector(platform)?;
        let logins = connector.logins().into_iter();
        Ok(logins.filter(|login| connector.has_app(login)).collect())
    }

    /// Begins to connect an account. `redirect` is the address of ours that the platform comes back
    /// to, `return_to` a path of ours where the person wanted to go. Without a `login` it is the usual
    /// one that has an app.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Invalid`] for an unknown platform or login, and where no app is configured:
    /// the finding names the settings. [`SignInError::MayNotConnect`] for whoever is no owner.
    pub async fn start_connect(
        &self,
        actor: Actor,
        platform: &str,
        login: Option<&str>,
        redirect: &Url,
        bound: Bound,
        return_to: Option<&str>,
    ) -> Result<ConnectStarted, ServiceError> {
        let login = login_with_app(self.connector(platform)?, login)?;
        self.may_connect(actor).await?;
        let way = Way {
            platform: platform.to_owned(),
            login,
            actor,
            session: match bound {
                Bound::Session(id) => Some(self.own_session(actor, id).await?.id),
                Bound::Browser => None,
            },
            return_to: return_to.and_then(path_of_ours),
        };
        self.set_out(&way, redirect).await
    }

    async fn set_out(&self, way: &Way, redirect: &Url) -> Result<ConnectStarted, ServiceError> {
        let state = base62(SECRET);
        let connector = self.connector(&way.platform)?;
        let url = connector.authorize(&way.login, &state, redirect);
        let url = url.ok_or_else(|| no_app(&way.login))?;
        let browser = Secret::from(base62(SECRET));
        let pending = Secret::from(String::new());
        let login = Login {
            redirect: redirect.to_string(),
            browser: hashed(browser.expose_secret()),
            ..self.row(&state, way, way.connecting(), &pending)?
        };
        self.store().begin_login(login).await?;
        Ok(ConnectStarted {
            url,
            browser: way.session.is_none().then_some(browser),
        })
    }

    /// A row that is opened by a state and by nobody's browser.
    fn row(
        &self,
        state: &str,
        way: &Way,
        purpose: Purpose,
        pending: &Secret,
    ) -> Result<Login, ServiceError> {
        let state = hashed(state);
        Ok(Login {
            state,
            browser: hashed(&base62(SECRET)),
            provider: way.platform.clone(),
            purpose,
            pending: self.inner.vault.seal(pending, &pending_context(&state))?,
            redirect: String::new(),
            return_to: way.return_to.clone(),
            ends_at: self.now() + UNDER_WAY,
        })
    }

    /// Whether somebody may connect accounts there, as it stands now.
    async fn may_connect(&self, actor: Actor) -> Result<(), ServiceError> {
        match self.store().role(actor.user, actor.workspace).await? {
            Some(Role::Owner) => Ok(()),
            _ => Err(SignInError::MayNotConnect.into()),
        }
    }

    /// Whether whoever is here is who the way began with, as it stands now.
    async fn held(&self, login: &Login, way: &Way, by: &Holder<'_>) -> Result<(), ServiceError> {
        let Some(session) = way.session else {
            let browser = by.browser.map(|browser| hashed(browser.expose_secret()));
            let same = browser == Some(login.browser);
            return same.then_some(()).ok_or(SignInError::OtherBrowser.into());
        };
        if by.session != Some(session) {
            return Err(SignInError::OtherBrowser.into());
        }
        self.own_session(way.actor, session).await?;
        Ok(())
    }

    async fn own_session(&self, actor: Actor, id: SessionId) -> Result<Session, ServiceError> {
        let session = self.session_of(id).await?;
        let own = session.user == actor.user;
        own.then_some(session).ok_or(SignInError::Unknown.into())
    }
}

/// The login that is meant, or the usual one: with an app to ask for it.
fn login_with_app(connector: &dyn Connector, login: Option<&str>) -> Result<String, ServiceError> {
    checked_login(connector, login)?;
    let all = connector.logins();
    let mut with_app = all.iter().filter(|login| connector.has_app(login));
    let found = match login {
        Some(login) => connector.has_app(login).then_some(login),
        None => with_app.next().copied(),
    };
    let found = found.map(str::to_owned);
    found.ok_or_else(|| no_app(&login.map_or_else(|| all.join(", "), str::to_owned)))
}

fn no_app(login: &str) -> ServiceError {
    let finding = rules::error_about("login.no_app", login);
    finding.field("login").into()
}
