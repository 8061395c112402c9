//! Following the feed of facts.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use futures::{Stream, stream};

use super::shared::Shared;
use crate::model::Event;
use crate::ports::wake::Listener;

const PAGE: usize = 256;
/// A lost wake-up costs no more than this.
const PATIENCE: Duration = Duration::from_secs(1);

struct Follower {
    shared: Arc<Shared>,
    listener: Listener,
    after: i64,
    ready: VecDeque<Event>,
}

/// The facts after a position, as they happen.
pub(super) fn subscribe(shared: Arc<Shared>, after: i64) -> impl Stream<Item = Event> + Send {
    let follower = Follower {
        listener: shared.wake.listen(),
        shared,
        after,
        ready: VecDeque::new(),
    };
    stream::unfold(follower, |mut follower| async move {
        let event = follower.next().await;
        Some((event, follower))
    })
}

impl Follower {
    async fn next(&mut self) -> Event {
        loop {
            if let Some(event) = self.ready.pop_front() {
                self.after = event.seq;
                return event;
            }
            match self.shared.store.events(None, self.after, PAGE).await {
                Ok(events) if events.is_empty() => self.pause().await,
                Ok(events) => self.ready.extend(events),
                Err(error) => {
                    tracing::error!(%error, "the feed could not be read");
                    self.shared.clock.sleep(PATIENCE).await;
                }
            }
        }
    }

    async fn pause(&mut self) {
        tokio::select! {
            () = self.shared.wake.wait(&mut self.listener) => {}
            () = self.shared.clock.sleep(PATIENCE) => {}
        }
    }
}
