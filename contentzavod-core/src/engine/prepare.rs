//! Preparing: making the container and bringing the bytes.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;

use super::calls::{hindered, no_access};
use super::shared::Shared;
use super::work::{Stop, Work};
use crate::crash::Point;
use crate::model::{Access, Media, MediaId, MediaStatus};
use crate::ports::{BlobError, Blobs, ByteStream, MediaSource, PublishRequest, Publisher};
use crate::publication::event::Hindrance;
use crate::publication::{Event, Handle};
use crate::words::{Code, Trouble};

/// Links outlive the container by so much.
const LINK_MARGIN: TimeDelta = TimeDelta::hours(1);

impl Shared {
    /// Makes the container unless there is one, delivers it, and lets the platform process it.
    pub(super) async fn prepare(&self, work: &mut Work) -> Result<(), Stop> {
        let known = work.progress().container.clone();
        if known.as_ref().is_some_and(|c| c.delivered) {
            return self.take(work, Event::Delivered, None).await;
        }
        let access = match self.access(work).await {
            Ok(access) => access,
            Err(error) => {
                return self
                    .take(work, no_access(&work.item.account, &error), None)
                    .await;
            }
        };
        let request = match self.request(work).await? {
            Ok(request) => request,
            Err(event) => return self.take(work, event, None).await,
        };
        let publisher = Arc::clone(&self.platform(work)?.publisher);
        let handle = match known {
            Some(container) => container.handle,
            None => match self.create(work, &*publisher, &access, &request).await? {
                Some(handle) => handle,
                None => return Ok(()),
            },
        };
        let source = BlobSource {
            blobs: Arc::clone(&self.blobs),
            media: request.media.id,
            bytes: request.media.bytes,
        };
        work.crash_point(Point::Delivering);
        let call = publisher.deliver(&access, &handle, &source);
        let event = match self.keeping_delivery(work, call).await? {
            Ok(answer) => {
                self.heard(answer);
                Event::Delivered
            }
            Err(error) => hindered(&error),
        };
        self.take(work, event, None).await
    }

    /// Makes the container and saves its handle before anything else happens to it.
    async fn create(
        &self,
        work: &mut Work,
        publisher: &dyn Publisher,
        access: &Access,
        request: &PublishRequest,
    ) -> Result<Option<Handle>, Stop> {
        work.crash_point(Point::ContainerAhead);
        let call = publisher.create(access, request);
        match self.keeping(work, call).await? {
            Ok(answer) => {
                work.crash_point(Point::ContainerMade);
                let handle = self.heard(answer);
                let event = Event::Created {
                    handle: handle.clone(),
                };
                let lease = Some(self.numbers.lease_work);
                self.take(work, event, lease).await?;
                Ok(Some(handle))
            }
            Err(error) => {
                self.take(work, hindered(&error), None).await?;
                Ok(None)
            }
        }
    }

    /// What is to be published, with links; or what stands in the way.
    async fn request(&self, work: &Work) -> Result<Result<PublishRequest, Event>, Stop> {
        let content = work.item.post.content.clone();
        let Some(media) = self.ready_media(work, content.media_id()).await? else {
            return Ok(Err(media_gone(content.media_id())));
        };
        let cover = match content.cover_media_id() {
            None => None,
            Some(id) => match self.ready_media(work, id).await? {
                Some(cover) => Some(cover),
                None => return Ok(Err(media_gone(id))),
            },
        };
        let publisher = &self.platform(work)?.publisher;
        let (can, login) = (publisher.capabilities(), &work.item.account.login);
        let ttl = can.handle_life + LINK_MARGIN;
        let link = |media: &Media| can.pulls.then(|| self.links.link(media, ttl)).flatten();
        let pulled = publisher.pulls(login);
        let media_url = pulled.then(|| link(&media)).flatten();
        if pulled && media_url.is_none() {
            return Ok(Err(no_link()));
        }
        Ok(Ok(PublishRequest {
            login: Some(login.clone()),
            cover_url: cover.as_ref().and_then(link),
            media_url,
            content,
            media,
            cover,
        }))
    }

    async fn ready_media(&self, work: &Work, id: MediaId) -> Result<Option<Media>, Stop> {
        let media = self.store.media(work.item.post.workspace, id).await?;
        Ok(media.filter(|m| m.status == MediaStatus::Ready))
    }
}

fn media_gone(id: MediaId) -> Event {
    Event::Hindered {
        cause: Hindrance::Content,
        trouble: Trouble::of(Code::MediaGone).with("media", id.to_string()),
        retry_at: None,
    }
}

fn no_link() -> Event {
    Event::Hindered {
        cause: Hindrance::Content,
        trouble: Trouble::of(Code::NoPublicUrl),
        retry_at: None,
    }
}

/// Reads the bytes of a file from the blobs.
#[derive(Debug)]
struct BlobSource {
    blobs: Arc<dyn Blobs>,
    media: MediaId,
    bytes: u64,
}

#[async_trait]
impl MediaSource for BlobSource {
    fn len(&self) -> u64 {
        self.bytes
    }

    async fn read_from(&self, offset: u64) -> std::io::Result<ByteStream> {
        let range = self.blobs.range(self.media, offset..self.bytes).await;
        range.map_err(|error| match error {
            BlobError::Unavailable(io) => io,
            other => std::io::Error::other(other),
        })
    }
}
