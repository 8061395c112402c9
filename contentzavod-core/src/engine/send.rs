//! The sender: arms what falls due, all of a tick in one commit.

use super::calls::inactive;
use super::fire::Armed;
use super::shared::Shared;
use super::work::{Stop, Work};
use crate::crash::Point;
use crate::ports::store::{Denied, Recorded};
use crate::publication::event::Hindrance;
use crate::publication::{Event, State, Step};
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
        if let Some(held) = self.clocks_differ(work) {
            return Some(held);
        }
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
        // Since the start nobody could be asked whether our clock is right: not by it alone.
        self.standing().silent.then(|| Event::Recheck {
            at: now + self.numbers.not_sent_pause,
        })
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
        for (work, _) in &ready {
            work.crash_point(Point::ArmAhead);
        }
        let asked = self.clock.elapsed();
        let recorded = match self.record(any, outcomes).await {
            Ok(recorded) => recorded,
            Err(error) => {
                // Nothing is fired: what was written in spite of it is looked for when the leases end.
                tracing::error!(%error, "arming failed");
                return Vec::new();
            }
        };
        let mut armed = Vec::with_capacity(ready.len());
        for ((mut work, step), recorded) in ready.into_iter().zip(recorded) {
            match recorded {
                Recorded::Recorded => {}
                // A commit of ours may have been answered with an error, and was asked for again.
                Recorded::Fenced if self.armed_by_us(&work, &step).await => {}
                Recorded::Fenced => continue,
                Recorded::Denied(denied) => {
                    self.denied(work, denied).await;
                    continue;
                }
            }
            let (asked, lease) = (work.time(asked), lease(&work));
            work.written(step.next, lease, asked);
            armed.push(Armed::new(work));
        }
        armed
    }

    /// The row stands as this step arms it, at our own epoch: nobody else can have done that.
    async fn armed_by_us(&self, work: &Work, step: &Step) -> bool {
        let row = &work.item.publication;
        let Ok(Some(view)) = self.store.post_of(row.workspace, row.id).await else {
            return false;
        };
        let fence = work.fence();
        view.publications.iter().any(|now| {
            now.id == row.id
                && now.epoch == fence.epoch
                && now.state() == State::Armed
                && now.progress.armed_at == step.next.armed_at
        })
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
