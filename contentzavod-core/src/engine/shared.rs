//! What every loop shares: the ports, the platforms and their numbers.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::clocks::Asking;
use super::pace::Pace;
use super::store_time::StoreTime;
use super::witness::{Standing, Witness};
use super::work::Work;
use crate::crash::{self, Point};
use crate::ports::store::Claim;
use crate::ports::{
    AccessSource, Answer, Blobs, Clock, Connector, EngineStore, MediaLinks, Publisher, StoreError,
    Vault, Wake,
};
use crate::publication::{Lane, Numbers};

/// A publisher with the numbers that hold on its platform.
#[derive(Debug)]
pub(super) struct Platform {
    pub(super) publisher: Arc<dyn Publisher>,
    pub(super) numbers: Arc<Numbers>,
}

impl Platform {
    pub(super) fn new(publisher: Arc<dyn Publisher>, base: &Numbers) -> Self {
        let can = publisher.capabilities();
        // A lease must outlive the call: where that may take longer, so may the lease.
        let longer = (can.publish_timeout - base.publish_timeout).max(TimeDelta::zero());
        let numbers = Numbers {
            container_life: can.handle_life,
            dead_after: can.dead_after,
            publish_timeout: can.publish_timeout,
            lease_at_fire: base.lease_at_fire + longer,
            lease_armed: base.lease_armed + longer,
            ..base.clone()
        };
        Self {
            numbers: Arc::new(numbers),
            publisher,
        }
    }
}

/// The ports and platforms of one engine.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) store: Arc<dyn EngineStore>,
    pub(super) vault: Arc<dyn Vault>,
    pub(super) blobs: Arc<dyn Blobs>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) links: Arc<dyn MediaLinks>,
    pub(super) access: Arc<dyn AccessSource>,
    pub(super) wake: Arc<dyn Wake>,
    pub(super) platforms: HashMap<String, Platform>,
    pub(super) connectors: HashMap<String, Arc<dyn Connector>>,
    pub(super) numbers: Numbers,
    pub(super) witness: Witness,
    pub(super) asking: Asking,
    pub(super) store_time: StoreTime,
    pub(super) pace: Pace,
    pub(super) sole: bool,
}

impl Shared {
    /// Claims due rows of a lane. While the clocks disagree nothing is worked on: whatever is decided
    /// or written down by a wrong clock outlives it.
    pub(super) async fn claim(&self, lane: Lane, limit: usize) -> Result<Vec<Work>, StoreError> {
        let standing = self.sure_of_the_time().await;
        if standing.differs.is_some() {
            self.hold(lane, limit, standing.likely).await?;
            return Ok(Vec::new());
        }
        let (works, standing) = self.claim_rows(lane, limit, None).await?;
        // The store's clock was set just now.
        if standing.differs.is_some() {
            self.give_back(works).await?;
            return Ok(Vec::new());
        }
        Ok(works)
    }

    /// Claims rows, and what the store's clock was worth at that moment.
    pub(super) async fn claim_rows(
        &self,
        lane: Lane,
        limit: usize,
        overdue: Option<TimeDelta>,
    ) -> Result<(Vec<Work>, Standing), StoreError> {
        let lease = match lane {
            Lane::Send => self.numbers.lease_armed,
            Lane::Stage | Lane::Look => self.numbers.lease_work,
        };
        let claim = Claim {
            lane,
            lease,
            limit,
            overdue,
        };
        let asked = self.clock.elapsed();
        let claimed = self.store.claim_due(claim).await?;
        let answered = self.clock.elapsed();
        let zero = self.store_time.heard(claimed.now, asked..answered);
        let standing = self.standing_of(zero);
        // We stood still, and the leases have ended meanwhile: the rows are anybody's.
        if TimeDelta::from_std(answered.saturating_sub(asked)).is_ok_and(|took| took >= lease) {
            return Ok((Vec::new(), standing));
        }
        for item in &claimed.items {
            crash::at(Point::Claimed, item.post.content.caption());
        }
        let lease_until = claimed.now + lease;
        let works = claimed.items.into_iter();
        let works = works.map(|item| Work::new(item, zero, lease_until));
        Ok((works.collect(), standing))
    }

    /// The numbers that hold for a row: those of its platform.
    pub(super) fn numbers(&self, work: &Work) -> &Numbers {
        let platform = self.platforms.get(&work.item.account.platform);
        platform.map_or(&self.numbers, |p| &p.numbers)
    }

    /// The store's time now, reckoned on the monotonic clock: a clock that is set meanwhile changes
    /// nothing.
    pub(super) fn now(&self, work: &Work) -> DateTime<Utc> {
        work.time(self.clock.elapsed())
    }

    /// The answer's value; its clock is noted as witness.
    pub(super) fn heard<T>(&self, answer: Answer<T>) -> T {
        self.witness.saw(answer.remote_time, self.clock.elapsed());
        answer.value
    }
}
