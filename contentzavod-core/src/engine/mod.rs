//! The engine: loops that claim due rows, perform calls, and write outcomes under the fence.
//!
//! Everything that must happen later is a row with a due time. The loops hold nothing that a crash
//! could lose: what they know, they know from the store.

mod builder;
mod calls;
mod clocks;
mod fire;
mod hold;
mod keep;
mod lanes;
mod look;
mod pace;
mod prepare;
mod refresher;
mod send;
mod shared;
mod stage;
mod store_time;
mod subscribe;
mod sweeper;
mod waiting;
mod witness;
mod work;
pub(crate) mod zones;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::Stream;
use tokio_util::sync::CancellationToken;

use crate::model::Event;
use crate::ports::StoreError;
use crate::publication::Lane;

pub use builder::{BuildError, Builder};
use fire::Armed;
use shared::Shared;

/// What one [`Engine::step`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stepped {
    /// Rows that were worked on.
    pub worked: usize,
    /// When there is something to do next, if anything is known.
    pub next: Option<DateTime<Utc>>,
}

/// The publishing engine over a store and its publishers.
///
/// ```no_run
/// # use std::sync::Arc;
/// # use contentzavod_core::engine::Engine;
/// # use contentzavod_core::ports::{Blobs, Clock, EngineStore, Publisher, Vault};
/// # async fn run(
/// #     store: Arc<dyn EngineStore>, vault: Arc<dyn Vault>, blobs: Arc<dyn Blobs>,
/// #     clock: Arc<dyn Clock>, mine: Arc<dyn Publisher>,
/// # ) -> Result<(), Box<dyn std::error::Error>> {
/// let engine = Engine::builder(store, vault, blobs, clock).publisher(mine).build()?;
/// let shutdown = tokio_util::sync::CancellationToken::new();
/// engine.run(shutdown).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Engine {
    shared: Arc<Shared>,
    pending: Arc<tokio::sync::Mutex<Vec<Armed>>>,
}

impl Engine {
    fn new(shared: Shared) -> Self {
        Self {
            shared: Arc::new(shared),
            pending: Arc::default(),
        }
    }

    /// Runs every loop until `shutdown`, then lets calls in flight end.
    ///
    /// # Errors
    ///
    /// Only when the store does not answer at the start; later failures are tried again and logged.
    pub async fn run(&self, shutdown: CancellationToken) -> Result<(), StoreError> {
        if self.shared.sole {
            let voided = self.shared.store.void_leases().await?;
            tracing::info!(voided, "the engine starts");
        }
        self.follow_zones().await?;
        lanes::run(&self.shared, shutdown).await;
        Ok(())
    }

    /// Moves posts that were scheduled by the wall clock where the rules of their time zones have
    /// changed since; how many moved. [`Engine::run`] begins with it.
    ///
    /// # Errors
    ///
    /// When the store does not answer.
    pub async fn follow_zones(&self) -> Result<usize, StoreError> {
        let shared = &self.shared;
        let moved = zones::follow(&*shared.store, shared.clock.now(), &shared.numbers).await?;
        if moved > 0 {
            tracing::warn!(moved, "posts moved with the rules of their time zones");
            shared.wake.notify();
        }
        Ok(moved)
    }

    /// Does everything that is due, and returns when nothing more is.
    ///
    /// For hosts and tests that drive time themselves: `now` is what the clock shows. Posts armed
    /// within the step are fired by the step that finds their due time come.
    ///
    /// # Errors
    ///
    /// When the store does not answer.
    pub async fn step(&self, now: DateTime<Utc>) -> Result<Stepped, StoreError> {
        let mut worked = 0;
        loop {
            let round = self.round(now).await?;
            if round == 0 {
                break;
            }
            worked += round;
        }
        Ok(Stepped {
            worked,
            next: self.next().await?,
        })
    }

    async fn round(&self, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let mut worked = 0;
        for lane in [Lane::Look, Lane::Stage] {
            let works = self.shared.claim(lane, lanes::BATCH).await?;
            worked += works.len();
            for work in works {
                if let Some(armed) = self.shared.perform(work).await {
                    self.pending.lock().await.push(armed);
                }
            }
        }
        let works = self.shared.claim(Lane::Send, lanes::ARM_BATCH).await?;
        worked += works.len();
        let armed = self.shared.arm_all(works).await;
        let mut pending = self.pending.lock().await;
        pending.extend(armed);
        let due: Vec<Armed> = pending.extract_if(.., |armed| armed.at() <= now).collect();
        drop(pending);
        worked += due.len();
        for armed in due {
            if let Some(again) = self.shared.fire_once(armed).await {
                self.pending.lock().await.push(again);
            }
        }
        worked += self.shared.refresh_due().await?;
        worked += self.shared.tell_expiry().await?;
        worked += self.shared.sweep().await?;
        Ok(worked)
    }

    async fn next(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let store = &self.shared.store;
        let fires = self.pending.lock().await.iter().map(Armed::at).min();
        let standing = self.shared.standing();
        // While the clock is not certain, what waits for it looks again every minute.
        let minute = self.shared.clock.now() + TimeDelta::minutes(1);
        let later = |at: DateTime<Utc>, wait: bool| if wait { at.max(minute) } else { at };
        let chores = [
            store.next_refresh().await?,
            store.next_media_expiry().await?,
        ];
        let chores = chores.into_iter().flatten();
        let mut next = vec![fires, chores.map(|at| later(at, standing.ask)).min()];
        for lane in Lane::ALL {
            let due = store.next_due(lane).await?;
            next.push(due.map(|at| later(at, standing.differs.is_some())));
        }
        Ok(next.into_iter().flatten().min())
    }

    /// The facts after a position, as they happen; never ends by itself.
    pub fn subscribe(&self, after: i64) -> impl Stream<Item = Event> + Send + 'static {
        subscribe::subscribe(Arc::clone(&self.shared), after)
    }
}
