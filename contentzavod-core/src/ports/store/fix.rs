//! Files that are encoded anew: the rows.

use async_trait::async_trait;
use chrono::TimeDelta;
use contentzavod_preflight::{Finding, Shape};

use super::StoreError;
use crate::model::{Fix, Media, MediaId, WorkspaceId};

/// How encoding a file anew ended.
#[derive(Debug, Clone, PartialEq)]
pub enum FixEnd {
    /// With a new file, whose row is written in the same step.
    Done(Box<Media>),
    /// Without one.
    Failed(Vec<Finding>),
}

/// Files that are encoded anew.
///
/// Contract, proved by `testing::suite::store`: at most one a file; asking again while one is open
/// changes nothing, and begins it anew when it has ended; foreign and missing ones are alike; the
/// oldest open one is claimed first; a row whose lease is alive is claimed by nobody else; who holds
/// an older epoch, or a row that was called off, writes nothing and is told so. Tries count from when
/// it was asked for, and one that is given back does not count. A file does not expire within the time
/// of an unused one after its fix was asked for or claimed; deleting it calls the fix off.
#[async_trait]
pub trait FixStore {
    /// Asks for a file to be encoded anew; the row as it then stands.
    async fn ask_fix(
        &self,
        workspace: WorkspaceId,
        media: MediaId,
        shape: Shape,
    ) -> Result<Fix, StoreError>;

    /// How far it has come.
    async fn fix(&self, workspace: WorkspaceId, media: MediaId) -> Result<Option<Fix>, StoreError>;

    /// Calls it off unless it has ended; the row as it then stands.
    async fn cancel_fix(
        &self,
        workspace: WorkspaceId,
        media: MediaId,
    ) -> Result<Option<Fix>, StoreError>;

    /// Takes the oldest one that nobody holds.
    async fn claim_fix(&self, lease: TimeDelta) -> Result<Option<Fix>, StoreError>;

    /// Holds on, and says how far it is; false when it is no longer ours.
    async fn renew_fix(
        &self,
        media: MediaId,
        epoch: i64,
        progress: u8,
        lease: TimeDelta,
    ) -> Result<bool, StoreError>;

    /// Gives it back as if it had never been begun.
    async fn give_back_fix(&self, media: MediaId, epoch: i64) -> Result<(), StoreError>;

    /// Ends it; false, and nothing written, when it is no longer ours.
    async fn end_fix(&self, media: MediaId, epoch: i64, end: FixEnd) -> Result<bool, StoreError>;
}
