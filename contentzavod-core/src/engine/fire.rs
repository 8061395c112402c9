//! Firing: the one irreversible call of an armed row.

use std::panic::AssertUnwindSafe;
use std::pin::pin;

use chrono::{DateTime, Utc};
use futures::FutureExt;
use futures::future::{Either, select};

use super::calls::{no_access_fault, send_end};
use super::send::log;
use super::shared::Shared;
use super::work::{Stop, Work};
use crate::crash::Point;
use crate::ports::{Fault, Publish, PublishError, Published};
use crate::publication::event::SendEnd;
use crate::publication::{Event, State};
use crate::words::Code;

/// An armed row that waits for its moment.
#[derive(Debug)]
pub(super) struct Armed {
    work: Work,
    at: DateTime<Utc>,
    /// Every try of this arm was provably not sent: the lease may still be renewed.
    unsent: bool,
}

impl Armed {
    pub(super) fn new(work: Work) -> Self {
        Self {
            at: work.progress().due_at,
            work,
            unsent: true,
        }
    }

    /// When it is to be fired, by the store's time.
    pub(super) const fn at(&self) -> DateTime<Utc> {
        self.at
    }
}

impl Shared {
    /// Sleeps until the moment, fires, and tries again what provably did not leave.
    pub(super) async fn fire(&self, armed: Armed) {
        let mut next = Some(armed);
        while let Some(armed) = next {
            let left = armed.at - self.now(&armed.work);
            if let Ok(left) = left.to_std() {
                self.clock.sleep(left).await;
            }
            next = self.fire_once(armed).await;
        }
    }

    /// Fires now. What provably did not leave comes back with its next moment.
    pub(super) async fn fire_once(&self, mut armed: Armed) -> Option<Armed> {
        match self.try_fire(&mut armed).await {
            Ok(()) if armed.work.progress().state == State::Armed => {
                armed.at = self.now(&armed.work) + self.numbers.not_sent_pause;
                Some(armed)
            }
            Ok(()) => None,
            Err(stop) => {
                log(&armed.work, &stop);
                None
            }
        }
    }

    async fn try_fire(&self, armed: &mut Armed) -> Result<(), Stop> {
        self.lease_for_a_call(armed).await?;
        let work = &mut armed.work;
        work.crash_point(Point::Sending);
        let entered = self.now(work);
        let published = self.call(work).await;
        work.crash_point(Point::Answered);
        let (end, trace) = match published {
            Ok(answer) => {
                self.noted(work, &Ok(answer.clone()));
                let trace = answer.trace.clone();
                let end = match self.heard(answer) {
                    Published::Live(id) => SendEnd::Live(id),
                    Published::Accepted => SendEnd::Accepted,
                };
                (end, trace)
            }
            Err(error) => {
                self.noted_refusal(work, &error);
                let (end, remote_time, trace) = send_end(error);
                self.witness.saw(remote_time, self.clock.elapsed());
                (end, trace)
            }
        };
        let unsent = matches!(end, SendEnd::NotSent(_));
        armed.unsent &= unsent;
        let event = Event::Sent {
            at: entered,
            end,
            trace,
        };
        self.save(work, event, unsent).await?;
        if work.progress().state == State::Published {
            work.crash_point(Point::Published);
        }
        Ok(())
    }

    /// Makes sure that the lease outlives the call. Only an arm of which nothing left is renewed.
    async fn lease_for_a_call(&self, armed: &mut Armed) -> Result<(), Stop> {
        let asked = self.now(&armed.work);
        if armed.work.lease_until - asked >= self.numbers(&armed.work).lease_at_fire {
            return Ok(());
        }
        if !armed.unsent {
            return Err(Stop::Fenced);
        }
        let lease = self.numbers(&armed.work).lease_armed;
        let held = self.store.renew(&[armed.work.fence()], lease).await?;
        if held.first() != Some(&true) {
            return Err(Stop::Fenced);
        }
        armed.work.lease_until = asked + lease;
        Ok(())
    }

    /// The call, within its limit. A panic inside the publisher may have left something.
    async fn call(&self, work: &Work) -> Publish {
        let not_sent = |code: Code| PublishError::NotSent(Fault::said(code.words()));
        // A process that stood still since it armed the row goes on as if no time had passed.
        if self.now(work) > work.progress().latest() {
            return Err(not_sent(Code::TooLate));
        }
        let platform = self
            .platform(work)
            .map_err(|_| not_sent(Code::NoPublisher))?;
        let handle = work.progress().container.as_ref().map(|c| c.handle.clone());
        let handle = handle.ok_or_else(|| not_sent(Code::ContainerLost))?;
        let publisher = &platform.publisher;
        let limit = platform.numbers.publish_timeout;
        // The limit holds for the token's source too: a lease is not outwaited there either.
        let call = async {
            let access = self.access(work).await;
            let account = &work.item.account;
            let access = access.map_err(|e| PublishError::NotSent(no_access_fault(account, &e)))?;
            publisher.publish(&access, &handle).await
        };
        let call = pin!(AssertUnwindSafe(call).catch_unwind());
        let limit = self.clock.sleep(limit.to_std().unwrap_or_default());
        match select(call, limit).await {
            Either::Left((Ok(published), _)) => published,
            Either::Left((Err(_), _)) => Err(unknown(Code::Panic)),
            Either::Right(((), _)) => Err(unknown(Code::SendTimeout)),
        }
    }

    /// Writes what the call came to. An arm of which nothing left is held on.
    async fn save(&self, work: &mut Work, event: Event, hold: bool) -> Result<(), Stop> {
        let lease = hold.then_some(self.numbers(work).lease_armed);
        self.take(work, event, lease).await
    }
}

fn unknown(code: Code) -> PublishError {
    PublishError::Unknown {
        answered: false,
        fault: Fault::said(code.words()),
    }
}
