//! Wrong claims, records, arms, leases.

use std::collections::HashSet;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::PublicationId;
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{
    Claim, Claimed, Denied, Fence, Item, Outcome, PublicationStore, Recorded,
};
use contentzavod_core::publication::{Lane, State};

use super::crooked::Crooked;
use super::crooked::Wrong::*;

impl Crooked {
    fn last_claim(&self, id: PublicationId) -> Option<Item> {
        self.memory().claimed.get(&id).cloned()
    }

    /// The state of a row now.
    async fn state(&self, id: PublicationId) -> Option<State> {
        let workspace = self.last_claim(id)?.publication.workspace;
        let view = self.straight().post_of(workspace, id).await.ok()??;
        let row = view.publications.iter().find(|p| p.id == id);
        row.map(contentzavod_core::model::Publication::state)
    }

    /// What this store understands of an outcome.
    fn twist(&self, mut outcome: Outcome) -> Outcome {
        let claimed = self.last_claim(outcome.fence.id);
        match self.wrong {
            RecordIgnoresTheEpoch => {
                if let Some(item) = claimed {
                    outcome.fence.epoch = item.publication.epoch;
                }
            }
            RecordIgnoresTheToken => {
                if let (Some(account), Some(item)) = (&mut outcome.account, claimed) {
                    account.token_version = item.account.token_version;
                }
            }
            RecordHoldsOn => outcome.lease = outcome.lease.or(Some(TimeDelta::seconds(60))),
            RecordDropsNotices => outcome.notices.clear(),
            RecordDropsTheAccount => outcome.account = None,
            _ => {}
        }
        outcome
    }

    /// What follows from the straight store's answer.
    async fn answer(&self, outcome: Outcome, recorded: Recorded) -> Result<Recorded, StoreError> {
        let overlooked = match self.wrong {
            ArmIgnoresTheAccount => Some(Denied::Account),
            ArmIgnoresTheContent => Some(Denied::Content),
            ArmIgnoresTheSlot => Some(Denied::Slot),
            ArmIgnoresTheCaption => Some(Denied::Caption),
            _ => None,
        };
        match recorded {
            Recorded::Denied(denied) if overlooked == Some(denied) => Ok(Recorded::Recorded),
            Recorded::Denied(_) if self.is(ArmNamesTheLastReason) => {
                Ok(Recorded::Denied(Denied::Caption))
            }
            Recorded::Denied(_) if self.is(DenialReleases) => {
                if let Some(item) = self.last_claim(outcome.fence.id) {
                    let back = Outcome {
                        next: item.publication.progress,
                        lease: None,
                        notices: Vec::new(),
                        account: None,
                        ..outcome
                    };
                    self.inner.record(vec![back]).await?;
                }
                Ok(recorded)
            }
            Recorded::Fenced if self.is(FencedNoticesAreWritten) => {
                if let Some(item) = self.last_claim(outcome.fence.id) {
                    for notice in outcome.notices {
                        self.straight()
                            .notify_account(item.account.id, notice)
                            .await?;
                    }
                }
                Ok(recorded)
            }
            Recorded::Fenced if self.is(RecordIgnoresTheState) => {
                let mut again = outcome;
                if let Some(state) = self.state(again.fence.id).await {
                    again.fence.state = state;
                }
                Ok(self.inner.record(vec![again]).await?[0])
            }
            recorded => {
                if self.is(MovesWithinAStateAreTold) {
                    self.memory().extra += 1;
                }
                Ok(recorded)
            }
        }
    }

    async fn claim_twisted(&self, claim: Claim) -> Result<Claimed, StoreError> {
        let limit = match self.wrong {
            ClaimTakesOneMore => claim.limit + 1,
            _ => claim.limit,
        };
        let overdue = match self.wrong {
            ClaimHoldsEverything => claim.overdue.map(|_| TimeDelta::days(9999)),
            _ => claim.overdue,
        };
        let claim = Claim { overdue, ..claim };
        let mut claimed = self.inner.claim_due(Claim { limit, ..claim }).await?;
        let lonely = claimed.items.iter().any(|i| i.publication.losses >= 2);
        if self.is(SuspectsComeAlong) && lonely {
            claimed
                .items
                .extend(self.inner.claim_due(claim).await?.items);
        }
        // A claim of one row is how the suite furnishes its store.
        if self.is(ClaimIgnoresTheLane) && claim.limit > 1 {
            for lane in Lane::ALL {
                let more = self.inner.claim_due(Claim { lane, ..claim }).await?;
                claimed.items.extend(more.items);
            }
        }
        if self.is(ClaimIgnoresTheLease) {
            let held = self.memory().claimed.values().cloned().collect::<Vec<_>>();
            claimed.items.extend(held);
        }
        Ok(claimed)
    }
}

#[async_trait]
impl PublicationStore for Crooked {
    async fn claim_due(&self, claim: Claim) -> Result<Claimed, StoreError> {
        let mut claimed = self.claim_twisted(claim).await?;
        for item in &mut claimed.items {
            let row = &mut item.publication;
            self.memory().claimed.insert(row.id, item.clone());
            match self.wrong {
                ClaimKeepsTheEpoch => item.publication.epoch -= 1,
                ClaimForgetsLosses => item.publication.losses = 0,
                _ => {}
            }
        }
        if self.is(ClaimHasNoOrder) {
            claimed.items.reverse();
        }
        Ok(claimed)
    }

    async fn record(&self, outcomes: Vec<Outcome>) -> Result<Vec<Recorded>, StoreError> {
        let mut answers = Vec::with_capacity(outcomes.len());
        let mut seen = HashSet::new();
        for outcome in outcomes {
            let stopped =
                self.is(RecordStopsAtTheFirstFenced) && answers.contains(&Recorded::Fenced);
            let again = self.is(RecordJudgesAllByTheStart) && !seen.insert(outcome.fence.id);
            if stopped || again {
                answers.push(Recorded::Fenced);
                continue;
            }
            let twisted = self.twist(outcome.clone());
            let recorded = self.inner.record(vec![twisted]).await?[0];
            answers.push(self.answer(outcome, recorded).await?);
        }
        Ok(answers)
    }

    async fn renew(&self, fences: &[Fence], lease: TimeDelta) -> Result<Vec<bool>, StoreError> {
        if self.is(RenewDoesNothing) {
            return self.inner.renew(fences, TimeDelta::seconds(1)).await;
        }
        let renewed = self.inner.renew(fences, lease).await?;
        if self.is(RenewAlwaysAgrees) {
            return Ok(vec![true; renewed.len()]);
        }
        Ok(renewed)
    }

    async fn next_due(&self, lane: Lane) -> Result<Option<DateTime<Utc>>, StoreError> {
        let due = self.inner.next_due(lane).await?;
        if self.is(NextDueMixesLanes) {
            let mut all = vec![due];
            for lane in Lane::ALL {
                all.push(self.inner.next_due(lane).await?);
            }
            return Ok(all.into_iter().flatten().min());
        }
        if self.is(NextDueSeesTheFutureOnly) {
            let claim = Claim {
                lane,
                lease: TimeDelta::zero(),
                limit: 0,
                overdue: None,
            };
            let now = self.inner.claim_due(claim).await?.now;
            return Ok(due.filter(|at| *at > now));
        }
        Ok(due)
    }

    async fn void_leases(&self) -> Result<u64, StoreError> {
        if self.is(VoidDoesNothing) {
            return Ok(0);
        }
        self.inner.void_leases().await
    }

    async fn bound_remote_ids(
        &self,
        remote_key: &str,
        except: PublicationId,
        among: &[String],
    ) -> Result<HashSet<String>, StoreError> {
        let except = if self.is(BoundCountsItself) {
            PublicationId(uuid::Uuid::nil())
        } else {
            except
        };
        let bound = self.inner.bound_remote_ids(remote_key, except, among);
        match self.wrong {
            BoundIsBlind => Ok(HashSet::new()),
            _ => bound.await,
        }
    }
}
