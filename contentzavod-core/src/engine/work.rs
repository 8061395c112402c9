//! A claimed row on its way through the machine.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::shared::{Platform, Shared};
use crate::crash::{self, Point};
use crate::ports::StoreError;
use crate::ports::store::{AccountEffect, Denied, Fence, Item, Outcome, Recorded};
use crate::publication::{Context, Event, Progress, Refusal, Step, step};

/// Between two tries to write, at most.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// A claimed row, its fence, and the store's time reckoned on our monotonic clock.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) item: Item,
    fence: Fence,
    /// What the store's clock showed when our monotonic one showed zero.
    zero: DateTime<Utc>,
    /// Until when we hold it, by the store's time.
    pub(super) lease_until: DateTime<Utc>,
}

/// Why work on a row ends early.
#[derive(Debug, thiserror::Error)]
pub(super) enum Stop {
    #[error("somebody else has the row")]
    Fenced,
    #[error("the arm was refused: {0:?}")]
    Denied(Denied),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the machine refused: {0}")]
    Refused(#[from] Refusal),
    #[error("no publisher serves the platform {0:?}")]
    NoPlatform(String),
}

impl Work {
    pub(super) fn new(item: Item, zero: DateTime<Utc>, lease_until: DateTime<Utc>) -> Self {
        Self {
            fence: Fence::of(&item.publication),
            item,
            zero,
            lease_until,
        }
    }

    pub(super) const fn progress(&self) -> &Progress {
        &self.item.publication.progress
    }

    /// Dies here when a test of the real binary asks for it.
    pub(super) fn crash_point(&self, point: Point) {
        crash::at(point, self.item.post.content.caption());
    }

    pub(super) const fn fence(&self) -> Fence {
        self.fence
    }

    pub(super) fn time(&self, elapsed: Duration) -> DateTime<Utc> {
        self.zero + TimeDelta::from_std(elapsed).unwrap_or_default()
    }

    /// What the store is to write for a step of the machine.
    pub(super) fn outcome(&self, step: &Step, lease: Option<TimeDelta>) -> Outcome {
        Outcome {
            fence: self.fence,
            next: step.next.clone(),
            lease,
            notices: step.notices.clone(),
            account: step.account.map(|status| AccountEffect {
                status,
                token_version: self.item.account.token_version,
            }),
        }
    }

    /// What the store is to write where nothing is to change: the row is released.
    pub(super) fn unchanged(&self) -> Outcome {
        self.outcome(&Step::to(self.progress().clone()), None)
    }

    /// Takes over what was written. The lease is reckoned from when it was asked for: whoever stands
    /// still before the answer comes must not think that it has just begun.
    pub(super) fn written(
        &mut self,
        next: Progress,
        lease: Option<TimeDelta>,
        asked: DateTime<Utc>,
    ) {
        self.fence.state = next.state;
        self.item.publication.progress = next;
        self.lease_until = lease.map_or(asked, |lease| asked + lease);
    }
}

impl Shared {
    pub(super) fn platform(&self, work: &Work) -> Result<&Platform, Stop> {
        let name = &work.item.account.platform;
        self.platforms
            .get(name)
            .ok_or_else(|| Stop::NoPlatform(name.clone()))
    }

    /// What the machine says to an event at this moment.
    pub(super) fn ask(&self, work: &Work, event: Event) -> Result<Step, Stop> {
        let (now, numbers) = (self.now(work), self.numbers(work));
        Ok(step(work.progress(), event, &Context { now, numbers })?)
    }

    /// Writes outcomes. A store that is out of order for a moment is asked again while the lease
    /// lasts: what was found out is not found out anew, and no row waits for its lease to end.
    pub(super) async fn record(
        &self,
        work: &Work,
        outcomes: Vec<Outcome>,
    ) -> Result<Vec<Recorded>, StoreError> {
        let mut pause = Duration::from_millis(50);
        loop {
            match self.store.record(outcomes.clone()).await {
                Err(error @ (StoreError::Unavailable(_) | StoreError::Full))
                    if self.now(work) < work.lease_until =>
                {
                    tracing::error!(%error, "outcomes could not be written yet");
                    self.clock.sleep(pause).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
                done => return done,
            }
        }
    }

    /// Takes an event through the machine and writes the outcome. With a lease the row is held on,
    /// unless it has ended: a lease on it would never end, and the next start would wake it.
    pub(super) async fn take(
        &self,
        work: &mut Work,
        event: Event,
        lease: Option<TimeDelta>,
    ) -> Result<(), Stop> {
        let step = self.ask(work, event)?;
        let lease = lease.filter(|_| step.next.next_at.is_some());
        let outcome = work.outcome(&step, lease);
        let asked = self.now(work);
        let recorded = self.record(work, vec![outcome]).await?;
        match recorded.first() {
            Some(Recorded::Recorded) => {
                let moved = step.next.state != work.progress().state;
                work.written(step.next, lease, asked);
                if moved || lease.is_none() {
                    self.wake.notify();
                }
                Ok(())
            }
            Some(Recorded::Denied(denied)) => Err(Stop::Denied(*denied)),
            Some(Recorded::Fenced) | None => Err(Stop::Fenced),
        }
    }
}
