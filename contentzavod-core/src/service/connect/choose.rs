//! Several accounts behind one token: a person says which they mean.

use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

use super::back::ConnectEnd;
use super::{Holder, Way, actor};
use crate::model::random::base62;
use crate::model::{Login, Purpose, Secret, SessionId};
use crate::ports::{Granted, Identified};
use crate::service::accounts::{chosen, refused_token, unknown_account};
use crate::service::error::ServiceError;
use crate::service::facade::Contentzavod;
use crate::service::sign_in::{SECRET, SignInError, hashed, pending_context};

/// An account that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The platform's id of the account.
    pub remote_user_id: String,
    /// The handle people know it by.
    pub username: String,
    /// Under which name a person may know it besides.
    pub place: Option<String>,
}

impl From<&Identified> for Choice {
    fn from(who: &Identified) -> Self {
        Self {
            remote_user_id: who.remote_user_id.clone(),
            username: who.username.clone(),
            place: who.place.clone(),
        }
    }
}

/// What a person granted, kept sealed until they have chosen.
#[derive(Serialize, Deserialize)]
pub(super) struct Held {
    token: String,
    scopes: Vec<String>,
    expires_at: Option<DateTime<Utc>>,
    found: Vec<Choice>,
}

impl Held {
    pub(super) fn of(granted: &Granted, found: &[&Identified]) -> Self {
        Self {
            token: granted.token.expose_secret().to_owned(),
            scopes: granted.scopes.clone(),
            expires_at: granted.expires_at,
            found: found.iter().copied().map(Choice::from).collect(),
        }
    }

    pub(super) fn token(&self) -> Secret {
        Secret::from(self.token.as_str())
    }

    /// The account with what the exchange said of its token, where it is this one that is kept.
    pub(super) fn completed(&self, mut who: Identified) -> Identified {
        if who.token.is_none() {
            who.expires_at = who.expires_at.or(self.expires_at);
        }
        if who.scopes.is_empty() {
            who.scopes.clone_from(&self.scopes);
        }
        who
    }
}

impl Contentzavod {
    /// Keeps what was granted, for who came back, until they have chosen.
    pub(super) async fn offer_choice(
        &self,
        came: &Login,
        way: Way,
        held: Held,
    ) -> Result<ConnectEnd, ServiceError> {
        let state = base62(SECRET);
        let purpose = Purpose::Choose {
            user: way.actor.user,
            workspace: way.actor.workspace,
            login: way.login.clone(),
            session: way.session,
        };
        let pending = serde_json::to_string(&held).map_err(std::io::Error::other)?;
        let row = Login {
            browser: came.browser,
            ..self.row(&state, &way, purpose, &pending.into())?
        };
        self.store().begin_login(row).await?;
        Ok(ConnectEnd::Choose {
            state: state.into(),
            found: held.found,
            return_to: way.return_to,
        })
    }

    /// Connects one of the accounts of [`ConnectEnd::Choose`]. `browser` and `session` as when the
    /// person came back.
    ///
    /// # Errors
    ///
    /// [`ServiceError::SignIn`] as in [`Self::finish_connect`]; [`ServiceError::Invalid`] for an
    /// account that is none of them, and [`ServiceError::Platform`] where the platform does not
    /// answer: then it can be tried again.
    pub async fn choose_account(
        &self,
        state: &Secret,
        remote_user_id: &str,
        browser: Option<&Secret>,
        session: Option<SessionId>,
    ) -> Result<ConnectEnd, ServiceError> {
        let hash = hashed(state.expose_secret());
        let row = self.store().peek_login(hash).await?;
        let row = row.ok_or(SignInError::Unknown)?;
        let way = way_of(&row)?;
        if let Err(other) = self.held(&row, &way, &Holder { browser, session }).await {
            // Somebody else has the state: it opens nothing more.
            self.store().take_login(hash).await?;
            return Err(other);
        }
        let pending = self
            .inner
            .vault
            .open(&row.pending, &pending_context(&hash))?;
        let held: Held =
            serde_json::from_str(pending.expose_secret()).map_err(std::io::Error::other)?;
        let mut offered = held.found.iter();
        if !offered.any(|choice| choice.remote_user_id == remote_user_id) {
            return Err(unknown_account(&held.found));
        }
        self.may_connect(way.actor).await?;
        let connector = self.connector(&way.platform)?;
        let seen = connector.survey(&held.token(), Some(&way.login)).await;
        let seen = seen.map_err(refused_token)?.value;
        let found = seen.into_iter().filter_map(|seen| seen.account).collect();
        let who = chosen(found, Some(remote_user_id))?;
        let taken = self.store().take_login(hash).await?;
        taken.ok_or(SignInError::Unknown)?;
        self.now_connected(way, who, &held).await
    }
}

/// The way that a choice is the end of.
fn way_of(row: &Login) -> Result<Way, ServiceError> {
    let Purpose::Choose {
        user,
        workspace,
        login,
        session,
    } = row.purpose.clone()
    else {
        return Err(SignInError::Unknown.into());
    };
    Ok(Way {
        platform: row.provider.clone(),
        login,
        actor: actor(user, workspace),
        session,
        return_to: row.return_to.clone(),
    })
}
