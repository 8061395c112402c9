//! Tickets: an address that somebody else opens, for callers that have no browser.

use chrono::TimeDelta;
use secrecy::ExposeSecret;
use url::Url;

use super::{ConnectStarted, Way, actor, login_with_app};
use crate::model::random::base62;
use crate::model::{Actor, Login, Purpose, Secret};
use crate::service::error::ServiceError;
use crate::service::facade::Contentzavod;
use crate::service::sign_in::{SECRET, SignInError, hashed, path_of_ours};

/// A ticket that nobody used for so long has ended.
const GOOD_FOR: TimeDelta = TimeDelta::minutes(30);

/// What a ticket offers, for a person to read before they go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The name of the workspace that the account will belong to.
    pub workspace: String,
    /// The name of who asks for it.
    pub asker: String,
    /// The platform.
    pub platform: String,
    /// By which family of sign-in.
    pub login: String,
}

impl Contentzavod {
    /// Makes a ticket, with which somebody connects an account in the name of who asks for it: once,
    /// within half an hour. It is returned once and stored nowhere.
    ///
    /// # Errors
    ///
    /// As [`Self::start_connect`].
    pub async fn connect_ticket(
        &self,
        actor: Actor,
        platform: &str,
        login: Option<&str>,
        return_to: Option<&str>,
    ) -> Result<Secret, ServiceError> {
        let login = login_with_app(self.connector(platform)?, login)?;
        self.may_connect(actor).await?;
        let way = Way {
            platform: platform.to_owned(),
            login: login.clone(),
            actor,
            session: None,
            return_to: return_to.and_then(path_of_ours),
        };
        let offer = Purpose::Offer {
            user: actor.user,
            workspace: actor.workspace,
            login,
        };
        let ticket = base62(SECRET);
        let pending = Secret::from(String::new());
        let row = Login {
            ends_at: self.now() + GOOD_FOR,
            ..self.row(&ticket, &way, offer, &pending)?
        };
        self.store().begin_login(row).await?;
        Ok(ticket.into())
    }

    /// What a ticket offers. It can be used afterwards.
    ///
    /// # Errors
    ///
    /// [`SignInError::Unknown`] for one that is none, was used, or has ended;
    /// [`SignInError::MayNotConnect`] where who asks for it is no owner any more.
    pub async fn connect_offer(&self, ticket: &Secret) -> Result<Offer, ServiceError> {
        let state = hashed(ticket.expose_secret());
        let way = way_of(self.store().peek_login(state).await?)?;
        self.may_connect(way.actor).await?;
        let workspace = self.store().workspace(way.actor.workspace).await?;
        let asker = self.store().user(way.actor.user).await?;
        let (workspace, asker) = workspace.zip(asker).ok_or(SignInError::Unknown)?;
        Ok(Offer {
            workspace: workspace.name,
            asker: asker.name,
            platform: way.platform,
            login: way.login,
        })
    }

    /// Begins to connect an account with a ticket, which is used up. `redirect` as in
    /// [`Self::start_connect`]; the way back is the browser's that goes.
    ///
    /// # Errors
    ///
    /// As [`Self::connect_offer`] and [`Self::start_connect`].
    pub async fn start_connect_with(
        &self,
        ticket: &Secret,
        redirect: &Url,
    ) -> Result<ConnectStarted, ServiceError> {
        let state = hashed(ticket.expose_secret());
        // Whatever else the text opens stays as it is.
        way_of(self.store().peek_login(state).await?)?;
        let way = way_of(self.store().take_login(state).await?)?;
        self.may_connect(way.actor).await?;
        self.set_out(&way, redirect).await
    }
}

/// The way that a ticket leads to.
fn way_of(row: Option<Login>) -> Result<Way, ServiceError> {
    let row = row.ok_or(SignInError::Unknown)?;
    let Purpose::Offer {
        user,
        workspace,
        login,
    } = row.purpose
    else {
        return Err(SignInError::Unknown.into());
    };
    Ok(Way {
        platform: row.provider,
        login,
        actor: actor(user, workspace),
        session: None,
        return_to: row.return_to,
    })
}
