//! The publisher of Pinboard: everything that contentzavod needs to publish there.

use async_trait::async_trait;
use contentzavod_core::model::{Access, Quota};
use contentzavod_core::ports::{
    Answer, CallError, Capabilities, Fault, HandleState, HandleStatus, Link, MediaSource, Publish,
    PublishError, PublishRequest, Published, Publisher, RemoteMedia,
};
use contentzavod_core::publication::Handle;
use contentzavod_preflight::Finding;
use futures::TryStreamExt;

use crate::platform::Pinboard;

type Called<T> = Result<Answer<T>, CallError>;

/// Publishes on Pinboard.
#[derive(Debug)]
pub(crate) struct PinboardPublisher {
    pub(crate) can: Capabilities,
    pub(crate) board: Pinboard,
}

fn missing() -> CallError {
    CallError::Handle(Fault::new("pinboard.404", "There is no such pin."))
}

fn broken(error: &std::io::Error) -> CallError {
    CallError::Transient(Fault::new("pinboard.broken_off", error.to_string()))
}

#[async_trait]
impl Publisher for PinboardPublisher {
    fn capabilities(&self) -> &Capabilities {
        &self.can
    }

    fn validate(&self, request: &PublishRequest) -> Vec<Finding> {
        let long = request.content.caption().chars().count() > 500;
        let finding = Finding::error("caption.length", "Pinboard takes 500 characters.");
        Vec::from_iter(long.then_some(finding.field("content.caption")))
    }

    async fn create(&self, _: &Access, request: &PublishRequest) -> Called<Handle> {
        let id = self.board.pin(request.content.caption());
        Ok(Answer::of(Handle(id)))
    }

    async fn deliver(&self, _: &Access, pin: &Handle, source: &dyn MediaSource) -> Called<()> {
        let stream = source.read_from(0).await.map_err(|e| broken(&e))?;
        let pieces: Vec<_> = stream.try_collect().await.map_err(|e| broken(&e))?;
        let filled = self.board.fill(&pin.0, pieces.concat());
        filled.then_some(Answer::of(())).ok_or_else(missing)
    }

    async fn status(&self, _: &Access, pin: &Handle) -> Called<HandleStatus> {
        let pin = self.board.get(&pin.0).ok_or_else(missing)?;
        let state = match (pin.shown_at, pin.video) {
            (Some(_), _) => HandleState::Published,
            (None, Some(_)) => HandleState::Finished,
            (None, None) => HandleState::InProgress,
        };
        Ok(Answer::of(HandleStatus::of(state)))
    }

    async fn publish(&self, _: &Access, pin: &Handle) -> Publish {
        if self.board.show(&pin.0) {
            return Ok(Answer::of(Published::Live(pin.0.clone())));
        }
        // "Refused" needs a cause that the port names. For all else somebody must look.
        let (answered, fault) = (true, Fault::new("pinboard.409", "It cannot be turned."));
        Err(PublishError::Unknown { answered, fault })
    }

    async fn recent(&self, _: &Access) -> Called<Vec<RemoteMedia>> {
        let shown = self.board.shown().into_iter().map(|pin| RemoteMedia {
            permalink: Some(pin.address()),
            id: pin.id,
            kind: None,
            caption: Some(pin.text),
            at: pin.shown_at,
        });
        Ok(Answer::of(shown.collect()))
    }

    async fn quota(&self, _: &Access) -> Called<Quota> {
        Ok(Answer::of(self.board.quota()))
    }

    async fn permalink(&self, _: &Access, id: &str) -> Called<Link> {
        let pin = self.board.get(id).ok_or_else(missing)?;
        let (permalink, published_at) = (pin.address(), pin.shown_at);
        Ok(Answer::of(Link {
            permalink,
            published_at,
        }))
    }
}
