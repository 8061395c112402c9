//! A publisher that does nothing but note when it was called.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::{Access, Quota};
use contentzavod_core::ports::{
    Answer, CallError, Capabilities, Clock, HandleState, HandleStatus, Link, MediaSource, Publish,
    PublishRequest, Published, Publisher, RemoteMedia, Republish,
};
use contentzavod_core::publication::Handle;
use contentzavod_preflight::Finding;

/// Notes the entries into `publish`, by handle. A handle is the post's caption.
#[derive(Debug)]
pub struct Stamper {
    can: Capabilities,
    clock: Arc<dyn Clock>,
    takes: Duration,
    stamps: Mutex<HashMap<String, Vec<DateTime<Utc>>>>,
}

impl Stamper {
    /// A platform that is always ready, and whose publish call takes so long.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, takes: Duration) -> Self {
        Self {
            can: Capabilities {
                platform: "instagram".to_owned(),
                can_stage: true,
                handle_life: TimeDelta::hours(24),
                dead_after: TimeDelta::hours(25),
                publish_timeout: TimeDelta::seconds(30),
                republish: Republish::Refused,
                kinds: vec!["instagram_reel".to_owned()],
                pulls: false,
            },
            clock,
            takes,
            stamps: Mutex::default(),
        }
    }

    fn stamp(&self, handle: &Handle, entered: DateTime<Utc>) {
        let mut stamps = self.stamps.lock().unwrap_or_else(PoisonError::into_inner);
        stamps.entry(handle.0.clone()).or_default().push(entered);
    }

    /// Every entry so far: one for each handle, unless something went out twice.
    #[must_use]
    pub fn stamps(&self) -> HashMap<String, Vec<DateTime<Utc>>> {
        let stamps = self.stamps.lock().unwrap_or_else(PoisonError::into_inner);
        stamps.clone()
    }
}

#[async_trait]
impl Publisher for Stamper {
    fn capabilities(&self) -> &Capabilities {
        &self.can
    }

    fn validate(&self, _request: &PublishRequest) -> Vec<Finding> {
        Vec::new()
    }

    async fn create(
        &self,
        _access: &Access,
        request: &PublishRequest,
    ) -> Result<Answer<Handle>, CallError> {
        Ok(Answer::of(Handle(request.content.caption().to_owned())))
    }

    async fn deliver(
        &self,
        _access: &Access,
        _handle: &Handle,
        _source: &dyn MediaSource,
    ) -> Result<Answer<()>, CallError> {
        Ok(Answer::of(()))
    }

    async fn status(
        &self,
        _access: &Access,
        _handle: &Handle,
    ) -> Result<Answer<HandleStatus>, CallError> {
        Ok(Answer::of(HandleStatus::of(HandleState::Finished)))
    }

    async fn publish(&self, _access: &Access, handle: &Handle) -> Publish {
        let entered = self.clock.now();
        self.stamp(handle, entered);
        if !self.takes.is_zero() {
            tokio::time::sleep(self.takes).await;
        }
        Ok(Answer::of(Published::Live(format!("media-{}", handle.0))))
    }

    async fn recent(&self, _access: &Access) -> Result<Answer<Vec<RemoteMedia>>, CallError> {
        Ok(Answer::of(Vec::new()))
    }

    async fn quota(&self, _access: &Access) -> Result<Answer<Quota>, CallError> {
        Ok(Answer::of(Quota {
            used: 0,
            total: 50,
            window_secs: 86_400,
        }))
    }

    async fn permalink(
        &self,
        _access: &Access,
        remote_id: &str,
    ) -> Result<Answer<Link>, CallError> {
        Ok(Answer::of(Link {
            permalink: format!("https://bench.example/{remote_id}"),
            published_at: None,
        }))
    }
}
