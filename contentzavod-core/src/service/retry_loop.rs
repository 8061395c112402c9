//! Optimistic changes: read, decide, write by revision; again when somebody was faster.

use std::future::Future;

use super::error::{Conflict, ServiceError};

/// The engine moves a row a few times a second at most.
const TRIES: usize = 8;

/// Repeats a change until it is written. `Ok(None)` from `once` means that a revision had moved.
pub(super) async fn until_written<T, F, Fut>(mut once: F) -> Result<T, ServiceError>
where
    F: FnMut() -> Fut + Send,
    Fut: Future<Output = Result<Option<T>, ServiceError>> + Send,
{
    for _ in 0..TRIES {
        if let Some(done) = once().await? {
            return Ok(done);
        }
        tokio::task::yield_now().await;
    }
    Err(ServiceError::Conflict(Conflict::Busy))
}
