//! What runs beside the engine: publications are counted for `/metrics` by its feed of facts, and
//! what has ended of people is forgotten.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::engine::Engine;
use contentzavod_core::model::{Event, EventKind};
use contentzavod_core::ports::{Clock, EngineStore, StoreError};
use contentzavod_core::publication::{Progress, State};
use contentzavod_core::service::Contentzavod;
use futures::StreamExt;
use tokio_util::sync::CancellationToken;

use crate::telemetry::{LATENESS_SECONDS, PUBLICATIONS};

/// Follows from now on until `shutdown`. What happened before the start was counted by whoever ran.
///
/// # Errors
///
/// When the store does not answer at the start.
pub async fn publications(
    engine: Engine,
    store: Arc<dyn EngineStore>,
    shutdown: CancellationToken,
) -> Result<(), StoreError> {
    let mut events = Box::pin(engine.subscribe(store.last_event().await?));
    while let Some(Some(event)) = shutdown.run_until_cancelled(events.next()).await {
        count(&*store, &event).await;
    }
    Ok(())
}

async fn count(store: &dyn EngineStore, event: &Event) {
    let EventKind::Publication {
        publication, to, ..
    } = event.kind
    else {
        return;
    };
    metrics::counter!(PUBLICATIONS, "state" => to.as_str()).increment(1);
    if to != State::Published {
        return;
    }
    // A row that cannot be read is one figure less, no reason to stop.
    let Ok(Some(view)) = store.post_of(event.workspace, publication).await else {
        return;
    };
    let row = view.publications.iter().find(|row| row.id == publication);
    if let Some(late) = row.and_then(|row| lateness(&row.progress)) {
        let seconds = late.max(TimeDelta::zero()).as_seconds_f64();
        metrics::histogram!(LATENESS_SECONDS).record(seconds);
    }
}

/// How often what has ended is forgotten.
const HOUR: Duration = Duration::from_secs(3600);
/// By how much the clocks of a process may drift apart in an hour.
const DRIFT: Duration = Duration::from_secs(60);

/// Forgets at the start and once an hour what has ended: sessions, sign-ins, invitations, keys. Not after an hour in
/// which the wall clock jumped: what is forgotten by mistake does not come back.
pub async fn endings(zavod: Contentzavod, clock: Arc<dyn Clock>, shutdown: CancellationToken) {
    let mut seen = (clock.now(), clock.elapsed());
    forget(&zavod).await;
    while shutdown
        .run_until_cancelled(clock.sleep(HOUR))
        .await
        .is_some()
    {
        let now = (clock.now(), clock.elapsed());
        let wall = (now.0 - seen.0).to_std().unwrap_or_default();
        let jumped = wall.abs_diff(now.1.saturating_sub(seen.1)) > DRIFT;
        seen = now;
        if jumped {
            continue;
        }
        forget(&zavod).await;
    }
}

async fn forget(zavod: &Contentzavod) {
    match zavod.forget_ended().await {
        Ok(0) => {}
        Ok(rows) => tracing::debug!(rows, "what had ended is forgotten"),
        Err(error) => tracing::warn!(%error, "what has ended is not forgotten yet"),
    }
}

/// How long after it was due and ready the first publish call began.
fn lateness(progress: &Progress) -> Option<TimeDelta> {
    let from: DateTime<Utc> = match progress.ready_at {
        Some(ready) => progress.due_at.max(ready),
        None => progress.due_at,
    };
    Some(progress.first_sent_at()? - from)
}

#[cfg(test)]
mod tests {
    use contentzavod_core::publication::{SendOutcome, SendRecord};

    use super::*;

    #[test]
    fn lateness_counts_from_when_it_could_have_gone_out() {
        let at = |seconds: i64| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        let mut progress = Progress::draft(at(10), TimeDelta::hours(6), 1);
        assert_eq!(lateness(&progress), None, "nothing was sent");
        progress.sends.push(SendRecord {
            at: at(25),
            outcome: SendOutcome::Live,
            trace: None,
        });
        assert_eq!(lateness(&progress), Some(TimeDelta::seconds(15)));
        progress.ready_at = Some(at(24));
        assert_eq!(lateness(&progress), Some(TimeDelta::seconds(1)));
    }
}
