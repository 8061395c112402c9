//! Instagram as a [`Publisher`] of the core: Reels whose video the platform fetches, or is sent.

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
use contentzavod_preflight::{CaptionPolicy, Finding};

use crate::family::Family;
use crate::graph::{ConfigError, Delivery, GraphClient, GraphConfig, Made};
use crate::policy;
use crate::words;

/// The platform's word.
pub const PLATFORM: &str = "instagram";
/// The one kind of content taken so far.
pub const REEL: &str = "instagram_reel";

/// Publishes to Instagram.
///
/// A handle is the container's id as the platform wrote it; where the video is pushed, followed by
/// the address that the platform named for it.
#[derive(Debug, Clone)]
pub struct InstagramPublisher {
    client: GraphClient,
    capabilities: Capabilities,
    usual: Family,
    captions: CaptionPolicy,
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
            client: GraphClient::new(config)?,
            usual: Family::default(),
            captions: CaptionPolicy::instagram(),
        })
    }

    /// The family of posts for which no account is chosen yet; Instagram Login without it.
    #[must_use]
    pub const fn usual(mut self, family: Family) -> Self {
        self.usual = family;
        self
    }

    /// Limits of captions, where they are not the usual ones.
    #[must_use]
    pub fn captions(mut self, captions: CaptionPolicy) -> Self {
        self.captions = captions;
        self
    }

    fn client_of(&self, access: &Access) -> Result<GraphClient, Fault> {
        Ok(self.client.of(Family::of(access)?))
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
        let login = request.login.as_deref().and_then(Family::parse);
        let family = login.unwrap_or(self.usual);
        let reach = policy::Reach::of(self.client.config().graph_of(family));
        policy::validate(request, family, reach, &self.captions)
    }

    fn fits(&self, handle: &Handle, login: &str) -> bool {
        let pushed = handle.0.contains(' ');
        Family::parse(login).is_none_or(|family| family.pulls() != pushed)
    }

    fn pulls(&self, login: &str) -> bool {
        Family::parse(login).is_none_or(Family::pulls)
    }

    async fn create(
        &self,
        access: &Access,
        request: &PublishRequest,
    ) -> Result<Answer<Handle>, CallError> {
        let client = self.client_of(access).map_err(CallError::Token)?;
        let Content::InstagramReel(reel) = &request.content else {
            return Err(CallError::Content(unknown_kind(&request.content)));
        };
        // Without an address the platform gets no bytes: refused here as it is by `validate`.
        let video = match client.family() {
            Family::Instagram => Delivery::Pulled(request.media_url.clone().ok_or_else(no_link)?),
            Family::Facebook => Delivery::Pushed,
        };
        if request.cover.is_some() && request.cover_url.is_none() {
            return Err(no_link());
        }
        let (token, user) = (&access.token, &access.remote_user_id);
        let cover = request.cover_url.as_ref();
        let answer = client.create_reel(token, user, reel, &video, cover).await?;
        Ok(answer.map(|made| handle(&made, client.family())))
    }

    async fn deliver(
        &self,
        access: &Access,
        handle: &Handle,
        source: &dyn MediaSource,
    ) -> Result<Answer<()>, CallError> {
        let client = self.client_of(access).map_err(CallError::Token)?;
        if client.family().pulls() {
            return Ok(Answer::of(()));
        }
        let to = handle.0.split_once(' ').map(|(_, to)| to);
        let to = to.filter(|to| !to.is_empty());
        client
            .push_video(&access.token, handle.name(), to, source)
            .await
    }

    async fn status(
        &self,
        access: &Access,
        handle: &Handle,
    ) -> Result<Answer<HandleStatus>, CallError> {
        let client = self.client_of(access).map_err(CallError::Token)?;
        client.container_status(&access.token, handle.name()).await
    }

    async fn publish(&self, access: &Access, handle: &Handle) -> Publish {
        let client = self.client_of(access);
        let client = client.map_err(|fault| PublishError::Refused {
            cause: RefusedCause::Token,
            fault,
        })?;
        client
            .publish_container(&access.token, &access.remote_user_id, handle.name())
            .await
    }

    async fn recent(&self, access: &Access) -> Result<Answer<Vec<RemoteMedia>>, CallError> {
        let client = self.client_of(access).map_err(CallError::Token)?;
        client
            .recent_media(&access.token, &access.remote_user_id)
            .await
    }

    async fn quota(&self, access: &Access) -> Result<Answer<Quota>, CallError> {
        let client = self.client_of(access).map_err(CallError::Token)?;
        client
            .publishing_limit(&access.token, &access.remote_user_id)
            .await
    }

    async fn time(&self) -> Result<Option<DateTime<Utc>>, CallError> {
        self.client.of(self.usual).time().await
    }

    async fn permalink(&self, access: &Access, remote_id: &str) -> Result<Answer<Link>, CallError> {
        let client = self.client_of(access).map_err(CallError::Token)?;
        client.link(&access.token, remote_id).await
    }
}

/// One that is pushed to has a space, so that it is told from one that is fetched.
fn handle(made: &Made, family: Family) -> Handle {
    let to = made.upload_to.as_deref().unwrap_or_default();
    Handle(match family {
        Family::Instagram => made.id.clone(),
        Family::Facebook => format!("{} {to}", made.id),
    })
}

fn unknown_kind(content: &Content) -> Fault {
    words::said("content.kind").with("kind", content.kind())
}

fn no_link() -> CallError {
    CallError::Content(Fault::said(Code::NoPublicUrl.words()))
}
