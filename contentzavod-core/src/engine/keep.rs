//! Holding on to a row while a call is in flight.

use std::future::Future;
use std::pin::pin;

use futures::future::{Either, select};

use super::shared::Shared;
use super::work::{Stop, Work};

impl Shared {
    /// Waits for a call and renews the work lease every third of it. A lost lease ends the call.
    pub(super) async fn keeping<T>(
        &self,
        work: &mut Work,
        call: impl Future<Output = T> + Send,
    ) -> Result<T, Stop> {
        let lease = self.numbers.lease_work;
        let third = (lease / 3).to_std().unwrap_or_default();
        let mut call = pin!(call);
        loop {
            let pause = self.clock.sleep(third);
            match select(call.as_mut(), pause).await {
                Either::Left((value, _)) => return Ok(value),
                Either::Right(((), _)) => {
                    let held = self.store.renew(&[work.fence()], lease).await?;
                    if held.first() != Some(&true) {
                        return Err(Stop::Fenced);
                    }
                    work.lease_until = self.now(work) + lease;
                }
            }
        }
    }
}
