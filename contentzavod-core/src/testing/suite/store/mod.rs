//! What every [`Store`] must do: one file per part of the contract.
//!
//! Cases bring publications to their states by the engine's own way, claiming and recording, so that
//! they hold for stores which know no other.

pub mod accounts;
pub mod api_keys;
pub mod arms;
pub mod bound;
pub mod changes;
pub mod claims;
pub mod deletes;
pub mod feed;
pub mod fixes;
pub mod keys;
pub mod leases;
pub mod lists;
pub mod media;
pub mod owners;
pub mod people;
pub mod records;
pub mod refreshes;
pub mod removals;
pub mod retention;
pub mod rights;
pub mod rows;
pub mod schedules;
pub mod sessions;
pub mod suspects;
pub mod waiting;
pub mod world;
pub mod zones;

use std::sync::Arc;

use chrono::TimeDelta;

use super::{Case, run};
use crate::model::retention::MediaTtl;
use crate::ports::Store;
use crate::testing::ManualClock;

pub use world::World;

/// An empty store, and the clock it binds.
pub type Fresh = (Arc<dyn Store>, Arc<ManualClock>);

/// How long files are kept: the store under test must be opened with these.
pub const TTL: MediaTtl = MediaTtl {
    unused: TimeDelta::minutes(40),
    retry: TimeDelta::minutes(90),
};

/// Runs every rule.
///
/// # Panics
///
/// With every broken rule.
pub async fn store(make: impl AsyncFn() -> Fresh) {
    run(&cases(), make).await;
}

/// Every rule, for tests of the suite.
#[must_use]
pub fn cases() -> Vec<Case<Fresh>> {
    [
        claims::CASES,
        leases::CASES,
        suspects::CASES,
        records::CASES,
        arms::CASES,
        bound::CASES,
        schedules::CASES,
        keys::CASES,
        changes::CASES,
        deletes::CASES,
        lists::CASES,
        media::CASES,
        fixes::CASES,
        retention::CASES,
        accounts::CASES,
        removals::CASES,
        waiting::CASES,
        refreshes::CASES,
        feed::CASES,
        people::CASES,
        api_keys::CASES,
        rights::CASES,
        sessions::CASES,
        owners::CASES,
        zones::CASES,
    ]
    .concat()
}
