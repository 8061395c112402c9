//! Instagram as a [`Publisher`] of the core: Reels whose video the platform fetches.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::{Access, Content, Quota};
use contentzavod_core::ports::{
    Answer, CallError, Capabilities, Clock, Fault, HandleStatus, Link, MediaSource, Publish,
    PublishError, PublishRequest, Publisher, RefusedCause, RemoteMedia, Republish,
};
use contentzavod_core::publication::Handle;
use contentzavod_core::words::{Code, Words};
use contentzavod_preflight::Finding;

use crate::family::Family;
use crate::graph::{ConfigError, GraphClient, GraphConfig};
use crate::policy;
use crate::words;

/// The platform's word.
pub const PLATFORM: &str = "instagram";
/// The one kind of content taken so far.
pub const REEL: &str = "instagram_reel";

/// Publishes to Instagram.
///
/// A handle is the container's id as the platform wrote it.
#[derive(Debug, Clone)]
pub struct InstagramPublisher {
    client: GraphClient,
    capabilities: Capabilities,
    reach: policy::Reach,
}

impl InstagramPublisher {
    /// Makes a publisher.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] when the configuration cannot work.
    pub fn new(config: GraphConfig) -> Result<Self, ConfigError> {
        let publish_timeout =
            TimeDelta::from_std(config.timeouts.publish).unwrap_or_else(|_| TimeDelta::seconds(30));
        Ok(Self {
            capabilities: capabilities(publish_timeout),
            reach: policy::Reach::of(&config.graph_url),
            client: GraphClient::new(config)?,
        })
    }

    /// Counts times from this clock where the platform does not say its own.
    #[must_use]
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.client = self.client.with_clock(clock);
        self
    }
}

fn capabilities(publish_timeout: TimeDelta) -> Capabilities {
    Capabilities {
        platform: PLATFORM.to_owned(),
        can_stage: true,
        handle_life: TimeDelta::hours(24),
        dead_after: TimeDelta::hours(25),
        publish_timeout,
        // No public source shows what a second publish of one container does.
        republish: Republish::Unknown,
        kinds: vec![REEL.to_owned()],
        pulls: true,
    }
}

#[async_trait]
impl Publisher for InstagramPublisher {
    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn words(&self) -> Vec<&'static Words> {
        words::all().collect()
    }

    fn validate(&self, request: &PublishRequest) -> Vec<Finding> {
        policy::validate(request, self.reach)
    }

    async fn create(
        &self,
        access: &Access,
        request: &PublishRequest,
    ) -> Result<Answer<Handle>, CallError> {
        Family::of(access).map_err(CallError::Token)?;
        let Content::InstagramReel(reel) = &request.content else {
            return Err(CallError::Content(unknown_kind(&request.content)));
        };
        // Without an address the platform gets no bytes: refused here as it is by `validate`.
        let video = request.media_url.as_ref().ok_or_else(no_link)?;
        if request.cover.is_some() && request.cover_url.is_none() {
            return Err(no_link());
        }
        let answer = self
            .client
            .create_reel(
                &access.token,
                &access.remote_user_id,
                reel,
                video,
                request.cover_url.as_ref(),
            )
            .await?;
        Ok(answer.map(Handle))
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
        access: &Access,
        handle: &Handle,
    ) -> Result<Answer<HandleStatus>, CallError> {
        Family::of(access).map_err(CallError::Token)?;
        self.client.container_status(&access.token, &handle.0).await
    }

    async fn publish(&self, access: &Access, handle: &Handle) -> Publish {
        Family::of(access).map_err(|fault| PublishError::Refused {
            cause: RefusedCause::Token,
            fault,
        })?;
        self.client
            .publish_container(&access.token, &access.remote_user_id, &handle.0)
            .await
    }

    async fn recent(&self, access: &Access) -> Result<Answer<Vec<RemoteMedia>>, CallError> {
        Family::of(access).map_err(CallError::Token)?;
        self.client
            .recent_media(&access.token, &access.remote_user_id)
            .await
    }

    async fn quota(&self, access: &Access) -> Result<Answer<Quota>, CallError> {
        Family::of(access).map_err(CallError::Token)?;
        self.client
            .publishing_limit(&access.token, &access.remote_user_id)
            .await
    }

    async fn time(&self) -> Result<Option<DateTime<Utc>>, CallError> {
        self.client.time().await
    }

    async fn permalink(&self, access: &Access, remote_id: &str) -> Result<Answer<Link>, CallError> {
        Family::of(access).map_err(CallError::Token)?;
        self.client.link(&access.token, remote_id).await
    }
}

fn unknown_kind(content: &Content) -> Fault {
    words::said("content.kind").with("kind", content.kind())
}

fn no_link() -> CallError {
    CallError::Content(Fault::said(Code::NoPublicUrl.words()))
}
