//! Instagram accounts as a [`Connector`] of the core.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;
use contentzavod_core::model::{Access, Secret};
use contentzavod_core::ports::{
    Answer, CallError, Clock, Connector, Identified, Refreshed, SystemClock,
};

use crate::family::Family;
use crate::graph::{ConfigError, GraphClient, GraphConfig};
use crate::publisher::PLATFORM;

/// Connects Instagram accounts.
#[derive(Debug, Clone)]
pub struct InstagramConnector {
    client: GraphClient,
    clock: Arc<dyn Clock>,
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
        })
    }

    /// Counts times from this clock where the platform does not say its own.
    #[must_use]
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.client = self.client.with_clock(clock.clone());
        self.clock = clock;
        self
    }
}

#[async_trait]
impl Connector for InstagramConnector {
    fn platform(&self) -> &str {
        PLATFORM
    }

    async fn identify(&self, token: &Secret) -> Result<Answer<Identified>, CallError> {
        self.client.me(token).await
    }

    async fn refresh(&self, access: &Access) -> Result<Answer<Refreshed>, CallError> {
        Family::of(access).map_err(CallError::Token)?;
        let answer = self.client.refresh(&access.token).await?;
        let now = answer.remote_time.unwrap_or_else(|| self.clock.now());
        Ok(answer.map(|t| Refreshed {
            expires_at: now + TimeDelta::seconds(i64::from(t.life_secs())),
            token: t.token,
        }))
    }

    async fn revoke(&self, access: &Access) -> Result<(), CallError> {
        Family::of(access).map_err(CallError::Token)?;
        self.client.revoke(&access.token).await
    }
}
