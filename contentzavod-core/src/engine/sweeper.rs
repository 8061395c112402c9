//! Retention: what nobody needs any more goes.

use super::shared::Shared;
use crate::ports::StoreError;

const BATCH: usize = 64;

impl Shared {
    /// Marks expired files deleted and deletes their bytes; how many of both.
    ///
    /// Not while the clock may be wrong: what is deleted by mistake does not come back.
    pub(super) async fn sweep(&self) -> Result<usize, StoreError> {
        if !self.may_forget().await {
            return Ok(0);
        }
        let expired = self.store.expire_media(BATCH).await?;
        let ids = self.store.bytes_to_delete(BATCH).await?;
        let mut gone = Vec::with_capacity(ids.len());
        for id in ids {
            match self.blobs.delete(id).await {
                Ok(()) => gone.push(id),
                Err(error) => tracing::error!(media = %id, %error, "the bytes were not deleted"),
            }
        }
        if !gone.is_empty() {
            self.store.bytes_deleted(&gone).await?;
        }
        self.store.forget_keys().await?;
        Ok(expired + gone.len())
    }
}
