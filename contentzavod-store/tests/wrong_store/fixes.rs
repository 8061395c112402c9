//! Wrong ways to encode files anew.

use async_trait::async_trait;
use chrono::TimeDelta;
use contentzavod_core::model::{Fix, MediaId, Shape, WorkspaceId};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{FixEnd, FixStore};

use super::crooked::Crooked;
use super::crooked::Wrong::*;

#[async_trait]
impl FixStore for Crooked {
    async fn ask_fix(
        &self,
        workspace: WorkspaceId,
        media: MediaId,
        shape: Shape,
    ) -> Result<Fix, StoreError> {
        if self.is(AskingBeginsAnew) {
            self.inner.cancel_fix(workspace, media).await?;
        }
        self.inner.ask_fix(workspace, media, shape).await
    }

    async fn fix(&self, workspace: WorkspaceId, media: MediaId) -> Result<Option<Fix>, StoreError> {
        let home = self.memory().files.get(&media).copied();
        let workspace = match home {
            Some(home) if self.is(ForeignFixesShow) => home,
            _ => workspace,
        };
        self.inner.fix(workspace, media).await
    }

    async fn cancel_fix(
        &self,
        workspace: WorkspaceId,
        media: MediaId,
    ) -> Result<Option<Fix>, StoreError> {
        self.inner.cancel_fix(workspace, media).await
    }

    async fn claim_fix(&self, lease: TimeDelta) -> Result<Option<Fix>, StoreError> {
        let lease = if self.is(FixesAreHeldByAll) {
            TimeDelta::zero()
        } else {
            lease
        };
        self.inner.claim_fix(lease).await
    }

    async fn renew_fix(
        &self,
        media: MediaId,
        epoch: i64,
        progress: u8,
        lease: TimeDelta,
    ) -> Result<bool, StoreError> {
        let ours = self.inner.renew_fix(media, epoch, progress, lease).await?;
        Ok(ours || self.is(FixesAreNeverLost))
    }

    async fn give_back_fix(&self, media: MediaId, epoch: i64) -> Result<(), StoreError> {
        if self.is(FixesAreNotGivenBack) {
            return Ok(());
        }
        self.inner.give_back_fix(media, epoch).await
    }

    async fn end_fix(&self, media: MediaId, epoch: i64, end: FixEnd) -> Result<bool, StoreError> {
        if self.is(FixEndsForgetTheFile)
            && let FixEnd::Done(_) = end
        {
            let failed = FixEnd::Failed(Vec::new());
            return self.inner.end_fix(media, epoch, failed).await;
        }
        let ended = self.inner.end_fix(media, epoch, end.clone()).await?;
        if !ended && self.is(FixEndsIgnoreTheEpoch) {
            return self.inner.end_fix(media, epoch + 1, end).await;
        }
        Ok(ended)
    }
}
