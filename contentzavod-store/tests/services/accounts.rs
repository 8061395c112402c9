//! Connecting accounts.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::{Access, Secret};
use contentzavod_core::ports::{
    Answer, CallError, Clock, Connector, Fault, Identified, LocalWake, NoLinks, Refreshed,
};
use contentzavod_core::publication::Numbers;
use contentzavod_core::service::{Contentzavod, Front, Intake, Parts};
use contentzavod_core::testing::{FakeBlobs, FakeVault};

use crate::rig;

/// A platform whose tokens may say when they end.
#[derive(Debug)]
struct Tokens {
    expires_at: Option<DateTime<Utc>>,
}

#[async_trait]
impl Connector for Tokens {
    fn platform(&self) -> &'static str {
        "instagram"
    }

    fn logins(&self) -> Vec<&'static str> {
        vec!["instagram"]
    }

    async fn identify(
        &self,
        _token: &Secret,
        _login: Option<&str>,
    ) -> Result<Answer<Vec<Identified>>, CallError> {
        Ok(Answer::of(vec![Identified {
            remote_user_id: "9".to_owned(),
            app_scoped_id: None,
            username: "pasted".to_owned(),
            place: None,
            login: "instagram".to_owned(),
            token: None,
            renews: true,
            scopes: Vec::new(),
            expires_at: self.expires_at,
            ends_by: None,
        }]))
    }

    async fn refresh(&self, _access: &Access) -> Result<Answer<Refreshed>, CallError> {
        Err(CallError::Transient(Fault::default()))
    }

    async fn revoke(&self, _access: &Access) -> Result<(), CallError> {
        Ok(())
    }
}

/// It is a day old for sure then, and nobody knows how little of its sixty days is left.
#[tokio::test]
async fn a_token_whose_end_is_unknown_is_refreshed_as_soon_as_it_can_be() {
    let (rig, _folder) = rig().await;
    let now = rig.clock.now();
    for (expires_at, refresh_in) in [
        (None, TimeDelta::hours(25)),
        (Some(now + TimeDelta::days(60)), TimeDelta::days(7)),
    ] {
        let app = Contentzavod::new(Parts {
            store: Arc::clone(&rig.store),
            vault: Arc::new(FakeVault),
            blobs: Arc::new(FakeBlobs::default()),
            clock: rig.clock.clone(),
            links: Arc::new(NoLinks),
            wake: Arc::new(LocalWake::new()),
            publishers: Vec::new(),
            connectors: vec![Arc::new(Tokens { expires_at })],
            numbers: Numbers::default(),
            intake: Intake::default(),
            front: Front::default(),
        });
        let token = Secret::from("IGAA-pasted");
        let connected = app.connect_with_token(rig.actor, "instagram", &token).await;
        let account = connected.unwrap().account;
        assert_eq!(account.refresh_at, Some(now + refresh_in), "{expires_at:?}");
    }
}
