//! Holding on to a row while a call is in flight.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use futures::future::{Either, select};

use super::shared::Shared;
use super::work::{Stop, Work};
use crate::ports::{Answer, CallError, Fault};
use crate::words::Code;

/// No call may take longer: publishers promise to end theirs, and one that does not must not hold
/// its row, or a place in its lane, for good.
const CALL_LIMIT: Duration = Duration::from_secs(120);
/// Bringing the bytes takes as long as the line allows.
const DELIVER_LIMIT: Duration = Duration::from_secs(3 * 3600);

impl Shared {
    /// Waits for a call and renews the work lease every third of it. A lost lease ends the call.
    pub(super) async fn keeping<T>(
        &self,
        work: &mut Work,
        call: impl Future<Output = Result<Answer<T>, CallError>> + Send,
    ) -> Result<Result<Answer<T>, CallError>, Stop> {
        self.keeping_for(CALL_LIMIT, work, call).await
    }

    /// As [`Shared::keeping`], for a call that brings bytes.
    pub(super) async fn keeping_delivery<T>(
        &self,
        work: &mut Work,
        call: impl Future<Output = Result<Answer<T>, CallError>> + Send,
    ) -> Result<Result<Answer<T>, CallError>, Stop> {
        self.keeping_for(DELIVER_LIMIT, work, call).await
    }

    async fn keeping_for<T>(
        &self,
        limit: Duration,
        work: &mut Work,
        call: impl Future<Output = Result<Answer<T>, CallError>> + Send,
    ) -> Result<Result<Answer<T>, CallError>, Stop> {
        let third = (self.numbers.lease_work / 3).to_std().unwrap_or_default();
        let until = self.clock.elapsed() + limit;
        let mut call = pin!(call);
        loop {
            let pause = self.clock.sleep(third);
            match select(call.as_mut(), pause).await {
                Either::Left((value, _)) => {
                    self.noted(work, &value);
                    return Ok(value);
                }
                Either::Right(((), _)) if self.clock.elapsed() >= until => {
                    let fault = Fault::said(Code::CallHangs.words());
                    return Ok(Err(CallError::Transient(fault)));
                }
                Either::Right(((), _)) => self.hold_on(work).await?,
            }
        }
    }

    async fn hold_on(&self, work: &mut Work) -> Result<(), Stop> {
        let (lease, asked) = (self.numbers.lease_work, self.now(work));
        match self.store.renew(&[work.fence()], lease).await {
            Ok(held) if held.first() == Some(&true) => {
                work.lease_until = asked + lease;
                Ok(())
            }
            Ok(_) => Err(Stop::Fenced),
            // Whether it was lost shows at the next try, or when the outcome is written.
            Err(error) => {
                tracing::error!(%error, "a lease could not be renewed yet");
                Ok(())
            }
        }
    }
}
