//! The engine's port: publications.

use std::collections::HashSet;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::crash::{self, Point};
use contentzavod_core::model::PublicationId;
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{Claim, Claimed, Fence, Outcome, PublicationStore, Recorded};
use contentzavod_core::publication::{Lane, State};
use rusqlite::params;

use super::db::all;
use super::map::json as document;
use super::writer::Tx;
use super::{SqliteStore, claim, record};

/// Which media ids of a remote account belong to others.
pub(super) const BOUND: &str = "SELECT remote_id FROM publications \
     WHERE remote_key = ?1 AND id <> ?2 AND remote_id IN (SELECT value FROM json_each(?3))";

#[async_trait]
impl PublicationStore for SqliteStore {
    async fn claim_due(&self, claim: Claim) -> Result<Claimed, StoreError> {
        let sending = claim.lane == Lane::Send;
        let work = move |tx: Tx<'_>| claim::claim_due(tx, claim);
        match sending {
            true => self.write_first(work).await,
            false => self.write(work).await,
        }
    }

    async fn record(&self, outcomes: Vec<Outcome>) -> Result<Vec<Recorded>, StoreError> {
        if outcomes.is_empty() {
            return Ok(Vec::new());
        }
        let arming = outcomes.iter().any(|o| o.next.state == State::Armed);
        let work = move |tx: Tx<'_>| record::record(tx, &outcomes);
        if arming {
            let recorded = self.write_first(work).await?;
            crash::at(Point::ArmCommitted, "");
            return Ok(recorded);
        }
        self.write(work).await
    }

    async fn renew(&self, fences: &[Fence], lease: TimeDelta) -> Result<Vec<bool>, StoreError> {
        if fences.is_empty() {
            return Ok(Vec::new());
        }
        let fences = fences.to_vec();
        self.write_first(move |tx| claim::renew(tx, &fences, lease))
            .await
    }

    async fn next_due(&self, lane: Lane) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.read(move |conn| claim::next_due(conn, lane)).await
    }

    async fn void_leases(&self) -> Result<u64, StoreError> {
        self.write(claim::void_leases).await
    }

    async fn bound_remote_ids(
        &self,
        remote_key: &str,
        except: PublicationId,
        among: &[String],
    ) -> Result<HashSet<String>, StoreError> {
        if among.is_empty() {
            return Ok(HashSet::new());
        }
        let (key, among) = (remote_key.to_owned(), among.to_vec());
        let bound = self.read(move |conn| {
            let params = params![key, except.to_string(), document(&among)?];
            all(conn, BOUND, params, |cells| cells.text("remote_id"))
        });
        Ok(bound.await?.into_iter().collect())
    }
}
