//! While the clocks disagree: what is due stands still, and its person is told.

use chrono::TimeDelta;

use super::send::log;
use super::shared::Shared;
use super::work::Work;
use crate::ports::StoreError;
use crate::publication::Lane;

impl Shared {
    /// Tells of each post that is due, by the store's clock and `likely`, that it is held: once.
    pub(super) async fn hold(
        &self,
        lane: Lane,
        limit: usize,
        likely: TimeDelta,
    ) -> Result<(), StoreError> {
        if lane == Lane::Look {
            return Ok(());
        }
        loop {
            let (works, standing) = self.claim_rows(lane, limit, Some(likely)).await?;
            if works.is_empty() {
                return Ok(());
            }
            // They agree again: perhaps nothing of this is due.
            if standing.differs.is_none() {
                return self.give_back(works).await;
            }
            for mut work in works {
                let Some(event) = self.clocks_differ(&work) else {
                    self.give_back(vec![work]).await?;
                    continue;
                };
                if let Err(stop) = self.take(&mut work, event, None).await {
                    log(&work, &stop);
                }
            }
        }
    }

    /// Releases rows as they were.
    pub(super) async fn give_back(&self, works: Vec<Work>) -> Result<(), StoreError> {
        let Some(any) = works.first() else {
            return Ok(());
        };
        let outcomes = works.iter().map(Work::unchanged).collect();
        self.record(any, outcomes).await?;
        Ok(())
    }
}
