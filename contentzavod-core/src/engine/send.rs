//! The sender: arms what falls due, all of a tick in one commit.

use super::calls::inactive;
use super::fire::Armed;
use super::shared::Shared;
use super::work::{Stop, Work};
use crate::ports::store::{Denied, Recorded};
use crate::publication::event::Hindrance;
use crate::publication::{Event, Step};
use crate::words::{Code, Trouble};

/// Twins wait for each other to settle: no need to ask often.
const CAPTION_PAUSE: chrono::TimeDelta = chrono::TimeDelta::seconds(5);

impl Shared {
    /// Arms claimed rows of the send lane. What comes back must be fired.
    pub(super) async fn arm_all(&self, works: Vec<Work>) -> Vec<Armed> {
        let mut ready = Vec::with_capacity(works.len());
        for mut work in works {
            match self.before_arm(&work) {
                None => match self.ask(&work, Event::Arm) {
                    Ok(step) => ready.push((work, step)),
                    Err(stop) => log(&work, &stop),
                },
                Some(event) => {
                    if let Err(stop) = self.take(&mut work, event, None).await {
                        log(&work, &stop);
                    }
                }
            }
        }
        self.commit_arms(ready).await
    }

    /// Why a row is not armed now.
    fn before_arm(&self, work: &Work) -> Option<Event> {
        let now = self.now(work);
        let p = work.progress();
        if now > p.latest() {
            return Some(Event::TooLate);
        }
        if let Some(event) = inactive(work) {
            return Some(event);
        }
        if work.item.publication.losses >= self.numbers.losses_max {
            return Some(Event::Abandoned);
        }
        let fresh = p
            .check
            .as_ref()
            .is_some_and(|c| now - c.at <= self.numbers.check_fresh);
        if !fresh {
            return Some(Event::Recheck { at: now });
        }
        self.clocks_differ(work)
    }

    async fn commit_arms(&self, ready: Vec<(Work, Step)>) -> Vec<Armed> {
        let Some((any, _)) = ready.first() else {
            return Vec::new();
        };
        let lease = |work: &Work| Some(self.numbers(work).lease_armed);
        let outcomes = ready
            .iter()
            .map(|(work, step)| work.outcome(step, lease(work)))
            .collect();
        let asked = self.clock.elapsed();
        let recorded = match self.record(any, outcomes).await {
            Ok(recorded) => recorded,
            Err(error) => {
                // Nothing was written: the leases end and the rows are claimed again.
                tracing::error!(%error, "arming failed");
                return Vec::new();
            }
        };
        let mut armed = Vec::with_capacity(ready.len());
        for ((mut work, step), recorded) in ready.into_iter().zip(recorded) {
            match recorded {
                Recorded::Recorded => {
                    let (asked, lease) = (work.time(asked), lease(&work));
                    work.written(step.next, lease, asked);
                    armed.push(Armed::new(work));
                }
                Recorded::Denied(denied) => self.denied(work, denied).await,
                Recorded::Fenced => {}
            }
        }
        armed
    }

    async fn denied(&self, mut work: Work, denied: Denied) {
        let event = self.busy(&work, denied);
        if let Err(stop) = self.take(&mut work, event, None).await {
            log(&work, &stop);
        }
    }

    /// What a refused arm means to the row.
    pub(super) fn busy(&self, work: &Work, denied: Denied) -> Event {
        let now = self.now(work);
        match denied {
            Denied::Account => Event::Hindered {
                cause: Hindrance::Account,
                trouble: Trouble::of(Code::AccountInactive)
                    .with("username", &work.item.account.username),
                retry_at: None,
            },
            Denied::Content => Event::Hindered {
                cause: Hindrance::Transient,
                trouble: Trouble::of(Code::ContentChanged),
                retry_at: None,
            },
            Denied::Slot => Event::Busy {
                until: now + self.numbers.slot_pause,
                trouble: None,
            },
            Denied::Caption => Event::Busy {
                until: now + CAPTION_PAUSE,
                trouble: Some(Trouble::of(Code::TwinCaption)),
            },
        }
    }
}

pub(super) fn log(work: &Work, stop: &Stop) {
    let id = work.item.publication.id;
    match stop {
        Stop::Fenced => tracing::debug!(publication = %id, "somebody else has the row"),
        other => tracing::warn!(publication = %id, reason = %other, "work on the row ended early"),
    }
}
