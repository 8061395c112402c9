//! Deletion of people, and of what a platform asks us to forget.

mod files;
mod remote;
mod scrub;
mod tombs;
mod user;
mod workspace;

use async_trait::async_trait;
use contentzavod_core::model::{
    DeletionKind, DeletionStanding, DeletionState, Erased, Tombstone, UserId,
};
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{Forget, Hash, RightsStore, UserDeleted};

use super::SqliteStore;
use super::db::{Cells, first};
use super::map::Fault;

pub(super) use files::{bytes_gone, forget_old};
pub(super) use remote::forget_unused;
pub(super) use scrub::at_start;
pub(super) use tombs::refuse_gone;

fn state(cells: &Cells<'_>) -> Result<DeletionState, Fault> {
    let kind = cells.word("kind", DeletionKind::parse)?;
    let found: i64 = cells.get("found")?;
    let asked_at = cells.time("asked_at")?;
    let done_at = cells.opt_time("done_at")?;
    let state = match (found, done_at) {
        (0, _) => DeletionStanding::Nothing,
        (_, None) => DeletionStanding::Underway,
        (_, Some(_)) => DeletionStanding::Done,
    };
    Ok(DeletionState {
        kind,
        state,
        asked_at,
        done_at,
    })
}

#[async_trait]
impl RightsStore for SqliteStore {
    async fn delete_user(
        &self,
        user: UserId,
        force: bool,
        code: Hash,
    ) -> Result<UserDeleted, StoreError> {
        self.write(move |tx| user::delete(tx, user, force, code))
            .await
    }

    async fn forget_remote(&self, forget: Forget) -> Result<usize, StoreError> {
        self.write(move |tx| remote::forget(tx, &forget)).await
    }

    async fn deletion(&self, code: Hash) -> Result<Option<DeletionState>, StoreError> {
        let sql = "SELECT kind, found, asked_at, done_at FROM deletions WHERE code = ?1";
        self.read(move |conn| first(conn, sql, [code], state)).await
    }

    async fn tombstones(&self) -> Result<Vec<Tombstone>, StoreError> {
        self.read(tombs::list).await
    }

    async fn bury_again(&self, tombstones: Vec<Tombstone>) -> Result<Erased, StoreError> {
        self.write(move |tx| tombs::bury_again(tx, &tombstones))
            .await
    }

    async fn scrub(&self) -> Result<bool, StoreError> {
        let options = self.options.clone();
        super::blocking(move || scrub::at_once(&options)).await
    }
}
