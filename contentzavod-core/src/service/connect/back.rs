//! The way back from the platform's pages, and what it comes to.

use url::Url;

use super::choose::{Choice, Held};
use super::{Holder, Way, actor};
use crate::model::{Account, Login, Purpose, Secret, SessionId};
use crate::ports::{Identified, Seen};
use crate::service::accounts::refused_token;
use crate::service::error::ServiceError;
use crate::service::facade::Contentzavod;
use crate::service::sign_in::{SignInError, hashed, word_of};

/// What a browser brings back. `Debug` shows none of it.
#[derive(Default)]
pub struct ConnectBack {
    /// The state of the way.
    pub state: String,
    /// The code to exchange.
    pub code: Option<Secret>,
    /// The word of the platform where nobody agreed.
    pub error: Option<String>,
    /// What only the browser that began it keeps.
    pub browser: Option<Secret>,
    /// The session that this browser has.
    pub session: Option<SessionId>,
}

impl std::fmt::Debug for ConnectBack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConnectBack")
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

/// What a way through the platform's pages came to. Each has where the person wanted to go.
#[derive(Debug)]
pub enum ConnectEnd {
    /// An account is connected.
    Connected {
        /// The account.
        account: Box<Account>,
        /// False when the workspace had it before.
        created: bool,
        /// A path of ours.
        return_to: Option<String>,
    },
    /// Several accounts can be: [`Contentzavod::choose_account`] says which.
    Choose {
        /// Opens the choice, once, within ten minutes, for who came back.
        state: Secret,
        /// The accounts.
        found: Vec<Choice>,
        /// A path of ours.
        return_to: Option<String>,
    },
    /// None can be.
    Nothing {
        /// Everything there is, each with why not.
        seen: Vec<Seen>,
        /// By which login, for whoever set out in a session.
        login: Option<String>,
        /// A path of ours.
        return_to: Option<String>,
    },
    /// Something needed was unticked.
    Missing {
        /// What, as the platform names it.
        permissions: Vec<String>,
        /// By which login, for whoever set out in a session.
        login: Option<String>,
        /// A path of ours.
        return_to: Option<String>,
    },
}

impl Contentzavod {
    /// Ends a connection that came back on a platform's path.
    ///
    /// # Errors
    ///
    /// [`ServiceError::SignIn`]: the state is not known, was used or is too old, somebody else or
    /// another path brought it, nobody agreed, or who began it may not connect accounts any more.
    /// [`ServiceError::TokenRefused`] and [`ServiceError::Platform`] as in
    /// [`Self::connect_account`]. Nothing is connected then, and the state is used up.
    pub async fn finish_connect(
        &self,
        platform: &str,
        back: ConnectBack,
    ) -> Result<ConnectEnd, ServiceError> {
        let (row, way) = self.brought_back(platform, &back).await?;
        if let Some(word) = &back.error {
            return Err(SignInError::Declined(word_of(word)).into());
        }
        let code = back.code.ok_or(SignInError::Unknown)?;
        self.may_connect(way.actor).await?;
        let redirect = Url::parse(&row.redirect).map_err(std::io::Error::other)?;
        let connector = self.connector(platform)?;
        let granted = connector.exchange(&way.login, &code, &redirect).await;
        let granted = granted.map_err(refused_token)?.value;
        if !granted.missing.is_empty() {
            return Ok(ConnectEnd::Missing {
                permissions: granted.missing,
                login: way.session.map(|_| way.login),
                return_to: way.return_to,
            });
        }
        let seen = connector.survey(&granted.token, Some(&way.login)).await;
        let seen = seen.map_err(refused_token)?.value;
        let found: Vec<&Identified> = seen.iter().filter_map(|s| s.account.as_ref()).collect();
        let held = Held::of(&granted, &found);
        match found.as_slice() {
            [] => Ok(ConnectEnd::Nothing {
                seen,
                login: way.session.map(|_| way.login),
                return_to: way.return_to,
            }),
            [who] => self.now_connected(way, (*who).clone(), &held).await,
            _ => self.offer_choice(&row, way, held).await,
        }
    }

    /// The way of a state, used up, if whoever brings it is who began it.
    async fn brought_back(
        &self,
        platform: &str,
        back: &ConnectBack,
    ) -> Result<(Login, Way), ServiceError> {
        let row = self.store().take_login(hashed(&back.state)).await?;
        let row = row.ok_or(SignInError::Unknown)?;
        let Purpose::Connect {
            user,
            workspace,
            login,
            session,
        } = row.purpose.clone()
        else {
            return Err(SignInError::Unknown.into());
        };
        if row.provider != platform {
            return Err(SignInError::OtherProvider.into());
        }
        let way = Way {
            platform: platform.to_owned(),
            login,
            actor: actor(user, workspace),
            session,
            return_to: row.return_to.clone(),
        };
        let holder = Holder {
            browser: back.browser.as_ref(),
            session: back.session,
        };
        self.held(&row, &way, &holder).await?;
        Ok((row, way))
    }

    /// Writes the account of a way that ends well, if its owner is one still: the platform was asked
    /// meanwhile.
    pub(super) async fn now_connected(
        &self,
        way: Way,
        who: Identified,
        held: &Held,
    ) -> Result<ConnectEnd, ServiceError> {
        self.may_connect(way.actor).await?;
        let (who, token) = (held.completed(who), held.token());
        let connected = self.written(way.actor, &way.platform, who, &token).await?;
        Ok(ConnectEnd::Connected {
            account: Box::new(connected.account),
            created: connected.created,
            return_to: way.return_to,
        })
    }
}
