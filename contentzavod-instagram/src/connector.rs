//! Instagram accounts as a [`Connector`] of the core.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;
use contentzavod_core::model::{Access, Secret};
use contentzavod_core::ports::{
    Answer, CallError, Clock, Connector, Granted, Identified, Refreshed, Seen, SystemClock,
};
use url::Url;

use crate::family::Family;
use crate::graph::{ConfigError, GraphClient, GraphConfig};
use crate::publisher::PLATFORM;
use crate::{login, survey, words};

/// Connects Instagram accounts.
#[derive(Debug, Clone)]
pub struct InstagramConnector {
    client: GraphClient,
    clock: Arc<dyn Clock>,
    usual: Family,
}

impl InstagramConnector {
    /// Makes a connector.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when the configuration cannot work.
    pub fn new(config: GraphConfig) -> Result<Self, ConfigError> {
        Ok(Self {
            client: GraphClient::new(config)?,
            clock: Arc::new(SystemClock::new()),
            usual: Family::default(),
        })
    }

    /// The family of tokens that do not show theirs; Instagram Login without it.
    #[must_use]
    pub const fn usual(mut self, family: Family) -> Self {
        self.usual = family;
        self
    }

    /// Counts times from this clock where the platform does not say its own.
    #[must_use]
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.client = self.client.with_clock(clock.clone());
        self.clock = clock;
        self
    }

    fn client_of(&self, access: &Access) -> Result<GraphClient, CallError> {
        let family = Family::of(access).map_err(CallError::Token)?;
        Ok(self.client.of(family))
    }
}

#[async_trait]
impl Connector for InstagramConnector {
    fn platform(&self) -> &str {
        PLATFORM
    }

    fn logins(&self) -> Vec<&'static str> {
        let mut all = Family::ALL.map(Family::as_str);
        all.sort_by_key(|login| *login != self.usual.as_str());
        all.to_vec()
    }

    fn has_app(&self, login: &str) -> bool {
        let family = Family::parse(login);
        family.is_some_and(|family| self.client.config().app_of(family).is_some())
    }

    fn authorize(&self, login: &str, state: &str, redirect: &Url) -> Option<Url> {
        let family = Family::parse(login)?;
        login::page(self.client.config(), family, state, redirect)
    }

    async fn exchange(
        &self,
        login: &str,
        code: &Secret,
        redirect: &Url,
    ) -> Result<Answer<Granted>, CallError> {
        let unknown = || words::said("instagram.login_family").with("login", login);
        let family = Family::parse(login).ok_or_else(|| CallError::Token(unknown()))?;
        let client = self.client.of(family);
        login::exchange(&client, &*self.clock, code, redirect).await
    }

    async fn survey(
        &self,
        token: &Secret,
        login: Option<&str>,
    ) -> Result<Answer<Vec<Seen>>, CallError> {
        let said = login.and_then(Family::parse);
        let family = said.or_else(|| Family::of_token(token));
        let family = family.unwrap_or(self.usual);
        let client = self.client.of(family);
        match family {
            Family::Instagram => survey::account(&client, &*self.clock, token).await,
            Family::Facebook => survey::pages(&client, &*self.clock, token).await,
        }
    }

    async fn identify(
        &self,
        token: &Secret,
        login: Option<&str>,
    ) -> Result<Answer<Vec<Identified>>, CallError> {
        let answer = self.survey(token, login).await?;
        if answer.value.iter().all(|seen| seen.account.is_none()) {
            return Err(CallError::Permission(survey::why_none(&answer.value)));
        }
        Ok(answer.map(|seen| seen.into_iter().filter_map(|seen| seen.account).collect()))
    }

    async fn refresh(&self, access: &Access) -> Result<Answer<Refreshed>, CallError> {
        let client = self.client_of(access)?;
        if client.family() == Family::Facebook {
            // Nothing of the kind there: people sign in again.
            return Err(CallError::Unreadable(words::said("instagram.no_refresh")));
        }
        let answer = client.refresh(&access.token).await?;
        let now = answer.remote_time.unwrap_or_else(|| self.clock.now());
        Ok(answer.map(|t| Refreshed {
            expires_at: now + TimeDelta::seconds(i64::from(t.life_secs())),
            token: t.token,
        }))
    }

    async fn revoke(&self, access: &Access) -> Result<(), CallError> {
        self.client_of(access)?.revoke(&access.token).await
    }
}
