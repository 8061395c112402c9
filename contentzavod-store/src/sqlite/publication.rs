//! The engine's port: publications.

use std::collections::HashSet;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::PublicationId;
use contentzavod_core::ports::StoreError;
use contentzavod_core::ports::store::{Claim, Claimed, Fence, Outcome, PublicationStore, Recorded};
use contentzavod_core::publication::Lane;

use super::map::{Fault, json as document};
use super::writer::Done;
use super::{SqliteStore, claim, record};

#[async_trait]
impl PublicationStore for SqliteStore {
    async fn claim_due(&self, claim: Claim) -> Result<Claimed, StoreError> {
        self.write(move |mut tx| {
            Box::pin(async move { Ok(Done::Keep(claim::claim_due(&mut tx, claim).await?)) })
        })
        .await
    }

    async fn record(&self, outcomes: Vec<Outcome>) -> Result<Vec<Recorded>, StoreError> {
        if outcomes.is_empty() {
            return Ok(Vec::new());
        }
        self.write(move |mut tx| {
            Box::pin(async move { Ok(Done::Keep(record::record(&mut tx, outcomes).await?)) })
        })
        .await
    }

    async fn renew(&self, fences: &[Fence], lease: TimeDelta) -> Result<Vec<bool>, StoreError> {
        if fences.is_empty() {
            return Ok(Vec::new());
        }
        let fences = fences.to_vec();
        self.write(move |mut tx| {
            Box::pin(async move { Ok(Done::Keep(claim::renew(&mut tx, &fences, lease).await?)) })
        })
        .await
    }

    async fn next_due(&self, lane: Lane) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut snapshot = self.snapshot().await?;
        Ok(claim::next_due(&mut snapshot, lane).await?)
    }

    async fn void_leases(&self) -> Result<u64, StoreError> {
        self.write(|mut tx| {
            Box::pin(async move { Ok(Done::Keep(claim::void_leases(&mut tx).await?)) })
        })
        .await
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
        let mut snapshot = self.snapshot().await?;
        let bound: Vec<String> = sqlx::query_scalar(
            "SELECT remote_id FROM publications \
             WHERE remote_key = ?1 AND id <> ?2 \
               AND remote_id IN (SELECT value FROM json_each(?3))",
        )
        .bind(remote_key)
        .bind(except.to_string())
        .bind(document(among)?)
        .fetch_all(&mut *snapshot)
        .await
        .map_err(Fault::from)?;
        Ok(bound.into_iter().collect())
    }
}
