//! Waiting rows: is what stood in the way gone?

use std::sync::Arc;

use chrono::TimeDelta;

use super::calls::inactive;
use super::shared::Shared;
use super::work::{Stop, Work};
use crate::model::AccountStatus;
use crate::publication::{Event, State};

/// How long an account that the platform restricts is left alone at least.
const LEFT_ALONE: TimeDelta = TimeDelta::minutes(15);

impl Shared {
    pub(super) async fn waiting(&self, work: &mut Work) -> Result<(), Stop> {
        let clear = match work.progress().state {
            State::WaitingQuota => self.quota_is_back(work).await?,
            _ => self.account_is_back(work).await?,
        };
        let event = if clear {
            Event::Cleared
        } else {
            Event::StillWaiting
        };
        self.take(work, event, None).await
    }

    async fn quota_is_back(&self, work: &mut Work) -> Result<bool, Stop> {
        if inactive(work).is_some() {
            return Ok(false);
        }
        Ok(self.probe(work).await?.is_some_and(|q| !q.exhausted()))
    }

    /// An active row is enough; a restricted account is asked, for the person acts elsewhere.
    pub(super) async fn account_is_back(&self, work: &mut Work) -> Result<bool, Stop> {
        let account = &work.item.account;
        match account.status {
            AccountStatus::Active => Ok(self.access(work).await.is_ok()),
            // Some restrictions refuse writes alone: reads tell nothing of them. So the account is
            // left alone for a while before it is tried again.
            AccountStatus::Restricted if self.now(work) - account.updated_at < LEFT_ALONE => {
                Ok(false)
            }
            AccountStatus::Restricted => {
                let (id, version) = (account.id, account.token_version);
                if self.probe(work).await?.is_none() {
                    return Ok(false);
                }
                let active = AccountStatus::Active;
                Ok(self.store.set_status(id, version, active).await?)
            }
            AccountStatus::Reauthorize | AccountStatus::Disconnected => Ok(false),
        }
    }

    /// Reads the quota: the cheapest call that a restricted account is refused.
    async fn probe(&self, work: &mut Work) -> Result<Option<crate::model::Quota>, Stop> {
        let Ok(access) = self.access(work).await else {
            return Ok(None);
        };
        let publisher = Arc::clone(&self.platform(work)?.publisher);
        let call = publisher.quota(&access);
        let answer = match self.keeping(work, call).await? {
            Ok(answer) => answer,
            Err(error) => {
                self.note_dead_token(work, &error).await?;
                return Ok(None);
            }
        };
        let quota = self.heard(answer);
        let id = work.item.account.id;
        self.store.set_quota(id, quota, self.now(work)).await?;
        Ok(Some(quota))
    }
}
