//! The inbox.

use super::error::ServiceError;
use super::facade::Contentzavod;
use crate::model::{Actor, Notification};

impl Contentzavod {
    /// Notifications after a position, oldest first.
    ///
    /// # Errors
    ///
    /// [`ServiceError::Store`].
    pub async fn notifications(
        &self,
        actor: Actor,
        after: i64,
        limit: usize,
    ) -> Result<Vec<Notification>, ServiceError> {
        Ok(self
            .store()
            .notifications(actor.workspace, after, limit)
            .await?)
    }
}
