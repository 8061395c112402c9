//! Tokens of the platform: whose they are, and their successors.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;
use contentzavod_core::model::{Access, Secret};
use contentzavod_core::ports::{Answer, CallError, Connector, Identified, Refreshed};
use secrecy::ExposeSecret;

use super::fates::fault;
use super::platform::Platform;

#[derive(Debug)]
pub(crate) struct Bank(pub(crate) Arc<Platform>);

#[async_trait]
impl Connector for Bank {
    fn platform(&self) -> &'static str {
        "instagram"
    }

    fn logins(&self) -> Vec<&'static str> {
        vec!["instagram"]
    }

    async fn identify(
        &self,
        token: &Secret,
        _login: Option<&str>,
    ) -> Result<Answer<Vec<Identified>>, CallError> {
        let remote = token.expose_secret().split('-').nth(1).unwrap_or_default();
        Ok(Answer::of(vec![Identified {
            remote_user_id: remote.to_owned(),
            app_scoped_id: None,
            username: format!("user{remote}"),
            place: None,
            login: "instagram".to_owned(),
            token: None,
            renews: true,
            scopes: Vec::new(),
            expires_at: Some(self.0.now() + TimeDelta::days(60)),
            ends_by: None,
        }]))
    }

    async fn refresh(&self, access: &Access) -> Result<Answer<Refreshed>, CallError> {
        if !self.0.lock().accepts(access.token.expose_secret()) {
            return Err(CallError::Token(fault("dead token")));
        }
        Ok(Answer::of(Refreshed {
            token: access.token.clone(),
            expires_at: self.0.now() + TimeDelta::days(60),
        }))
    }

    async fn revoke(&self, _access: &Access) -> Result<(), CallError> {
        Ok(())
    }
}
