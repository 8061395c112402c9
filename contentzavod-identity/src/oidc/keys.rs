//! What a provider says of itself: its addresses and its keys, read once and again when keys turn.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::ports::IdentityError;
use openidconnect::core::CoreProviderMetadata;
use openidconnect::{DiscoveryError, IssuerUrl};
use tokio::sync::Mutex;

use crate::http::{Http, HttpError};

/// Read anew after so long.
const FRESH: TimeDelta = TimeDelta::hours(6);
/// And never more often than so, whatever key an answer names.
const LEAST: TimeDelta = TimeDelta::seconds(60);

/// What was read, and when.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) metadata: CoreProviderMetadata,
    at: DateTime<Utc>,
}

#[derive(Debug, Default)]
struct Kept {
    known: Option<Arc<Known>>,
    /// When it could not be read anew.
    failed: Option<DateTime<Utc>>,
}

/// Keeps what was read last. Whoever comes while it is read waits for that one reading.
#[derive(Debug, Default)]
pub(super) struct Shelf(Mutex<Kept>);

impl Shelf {
    /// What is known; read if it never was or is old. What is old is better than nothing.
    pub(super) async fn known(
        &self,
        issuer: &IssuerUrl,
        http: &Http,
        now: DateTime<Utc>,
    ) -> Result<Arc<Known>, IdentityError> {
        let mut kept = self.0.lock().await;
        let resting = kept.failed.is_some_and(|failed| now - failed < LEAST);
        match &kept.known {
            Some(known) if now - known.at < FRESH || resting => return Ok(Arc::clone(known)),
            _ => {}
        }
        match read(issuer, http, now).await {
            Ok(known) => Ok(Arc::clone(kept.known.insert(Arc::new(known)))),
            Err(error) => match &kept.known {
                Some(known) => {
                    let known = Arc::clone(known);
                    // Not everybody who comes now waits for an answer that does not come.
                    kept.failed = Some(now);
                    tracing::warn!(%error, %issuer, "a sign-in provider's keys are those of before");
                    Ok(known)
                }
                None => Err(error),
            },
        }
    }

    /// Read anew, unless that was done a moment ago.
    pub(super) async fn anew(
        &self,
        issuer: &IssuerUrl,
        http: &Http,
        now: DateTime<Utc>,
    ) -> Result<Arc<Known>, IdentityError> {
        let mut kept = self.0.lock().await;
        let resting = kept.failed.is_some_and(|failed| now - failed < LEAST);
        if let Some(known) = &kept.known
            && (resting || now - known.at < LEAST)
        {
            return Ok(Arc::clone(known));
        }
        let known = read(issuer, http, now).await;
        if known.is_err() {
            kept.failed = Some(now);
        }
        Ok(Arc::clone(kept.known.insert(Arc::new(known?))))
    }
}

async fn read(issuer: &IssuerUrl, http: &Http, now: DateTime<Utc>) -> Result<Known, IdentityError> {
    let metadata = CoreProviderMetadata::discover_async(issuer.clone(), http).await;
    let metadata = metadata.map_err(|error| match error {
        DiscoveryError::Request(HttpError(what)) => IdentityError::Unavailable(what),
        DiscoveryError::Validation(what) => IdentityError::Misconfigured(what),
        _ => IdentityError::Unavailable("what it says of itself cannot be read".to_owned()),
    })?;
    Ok(Known { metadata, at: now })
}
