//! The loops: claim, hand out, sleep until the next thing is due.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use futures::FutureExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::fire::Armed;
use super::send::log;
use super::shared::Shared;
use super::work::{Stop, Work};
use crate::ports::StoreError;
use crate::publication::{Event, Lane, State};

/// Rows of one claim of the stage and look lanes.
pub(super) const BATCH: usize = 64;
/// Rows armed in one commit.
pub(super) const ARM_BATCH: usize = 1024;
/// Rows of a lane in work at once.
const AT_ONCE: usize = 64;
/// Before a loop that panicked begins anew.
const AFTER_PANIC: Duration = Duration::from_secs(1);
/// Before a claim that failed is tried again: a post that is due is late by no more.
const AFTER_ERROR: Duration = Duration::from_millis(200);
/// How long calls in flight may take to end after the shutdown.
const LAST_CALLS: Duration = Duration::from_secs(35);
/// Nobody sleeps longer at a stretch: the wall clock may have jumped.
const LONGEST_NAP: TimeDelta = TimeDelta::seconds(30);
/// So long while the clocks disagree.
const HELD_NAP: TimeDelta = TimeDelta::seconds(1);

/// Runs every loop until the shutdown.
pub(super) async fn run(shared: &Arc<Shared>, shutdown: CancellationToken) {
    // Whoever drops the engine's run instead of ending it leaves nothing running behind.
    let (stop, end) = (shutdown.child_token(), CancellationToken::new());
    let _guards = (stop.clone().drop_guard(), end.clone().drop_guard());
    let calls = Calls {
        tracker: TaskTracker::new(),
        end: end.clone(),
    };
    for lane in Lane::ALL {
        let (shared, stop, ours) = (Arc::clone(shared), stop.clone(), calls.clone());
        calls.spawn(async move {
            let begin = || work_on(lane, &shared, &stop, &ours);
            again_after_panics(&shared, &stop, begin).await;
        });
    }
    let (chores, stop) = (Arc::clone(shared), stop.clone());
    calls.spawn(async move {
        again_after_panics(&chores, &stop, || housekeeping(&chores, &stop)).await;
    });
    shutdown.cancelled().await;
    calls.tracker.close();
    let done = tokio::time::timeout(LAST_CALLS, calls.tracker.wait()).await;
    if done.is_err() {
        tracing::warn!(
            "calls were still in flight at the end; they are looked for at the next start"
        );
    }
}

/// What the engine has under way.
#[derive(Clone)]
struct Calls {
    tracker: TaskTracker,
    /// Nothing goes on after this.
    end: CancellationToken,
}

impl Calls {
    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let end = self.end.clone();
        self.tracker.spawn(async move {
            tokio::select! {
                () = end.cancelled() => {}
                () = task => {}
            }
        });
    }
}

async fn work_on(lane: Lane, shared: &Arc<Shared>, shutdown: &CancellationToken, calls: &Calls) {
    match lane {
        Lane::Send => sender(shared, shutdown, calls).await,
        Lane::Stage | Lane::Look => worker(shared, lane, shutdown, calls).await,
    }
}

/// Runs a loop until the shutdown. One that panicked begins anew: it must not be missing for good.
async fn again_after_panics<F: Future<Output = ()>>(
    shared: &Shared,
    shutdown: &CancellationToken,
    begin: impl Fn() -> F,
) {
    while !shutdown.is_cancelled() {
        if AssertUnwindSafe(begin()).catch_unwind().await.is_err() {
            tracing::error!("a loop of the engine panicked and begins anew");
            tokio::select! {
                () = shutdown.cancelled() => {}
                () = shared.clock.sleep(AFTER_PANIC) => {}
            }
        }
    }
}

async fn sender(shared: &Arc<Shared>, shutdown: &CancellationToken, calls: &Calls) {
    let mut listener = shared.wake.listen();
    while !shutdown.is_cancelled() {
        match shared.claim(Lane::Send, ARM_BATCH).await {
            Ok(works) if works.is_empty() => {}
            Ok(works) => {
                for armed in shared.arm_all(works).await {
                    let shared = Arc::clone(shared);
                    calls.spawn(async move { shared.fire(armed).await });
                }
                continue;
            }
            Err(error) => shared.after_failed_claim(&error).await,
        }
        shared.nap(Lane::Send, &mut listener, shutdown).await;
    }
}

async fn worker(shared: &Arc<Shared>, lane: Lane, shutdown: &CancellationToken, calls: &Calls) {
    let slots = Arc::new(Semaphore::new(AT_ONCE));
    let mut listener = shared.wake.listen();
    while !shutdown.is_cancelled() {
        let Ok(first) = Arc::clone(&slots).acquire_owned().await else {
            return;
        };
        drop(first);
        let free = slots.available_permits().clamp(1, BATCH);
        match shared.claim(lane, free).await {
            Ok(works) if works.is_empty() => {}
            Ok(works) => {
                hand_out(shared, works, &slots, calls).await;
                continue;
            }
            Err(error) => shared.after_failed_claim(&error).await,
        }
        shared.nap(lane, &mut listener, shutdown).await;
    }
}

/// Gives each row a task. A suspect gets all places, so that it can take nobody along.
async fn hand_out(shared: &Arc<Shared>, works: Vec<Work>, slots: &Arc<Semaphore>, calls: &Calls) {
    for work in works {
        let places = if work.item.publication.losses >= 2 {
            AT_ONCE
        } else {
            1
        };
        let places = u32::try_from(places).unwrap_or(1);
        let Ok(permit) = Arc::clone(slots).acquire_many_owned(places).await else {
            return;
        };
        let shared = Arc::clone(shared);
        calls.spawn(perform_and_fire(shared, work, permit));
    }
}

async fn perform_and_fire(shared: Arc<Shared>, work: Work, permit: OwnedSemaphorePermit) {
    let armed = shared.perform(work).await;
    drop(permit);
    if let Some(armed) = armed {
        shared.fire(armed).await;
    }
}

async fn housekeeping(shared: &Arc<Shared>, shutdown: &CancellationToken) {
    let minute = Duration::from_secs(60);
    while !shutdown.is_cancelled() {
        let chores = [
            shared.refresh_due().await,
            shared.tell_expiry().await,
            shared.sweep().await,
        ];
        for done in chores {
            if let Err(error) = done {
                tracing::error!(%error, "housekeeping failed");
            }
        }
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = shared.clock.sleep(minute) => {}
        }
    }
}

impl Shared {
    /// Works on one claimed row; whatever happens in it, it happens to this row alone.
    pub(super) async fn perform(&self, work: Work) -> Option<Armed> {
        let (id, workspace, epoch) = {
            let p = &work.item.publication;
            (p.id, p.workspace, p.epoch)
        };
        match AssertUnwindSafe(self.dispatch(work)).catch_unwind().await {
            Ok(armed) => armed,
            Err(_) => {
                tracing::error!(publication = %id, "work on the row panicked");
                if let Err(error) = self.after_panic(workspace, id, epoch).await {
                    tracing::error!(publication = %id, %error, "the panic could not be recorded");
                }
                None
            }
        }
    }

    async fn dispatch(&self, mut work: Work) -> Option<Armed> {
        if work.item.publication.losses >= self.numbers.losses_max
            && work.progress().state != State::Armed
        {
            if let Err(stop) = self.take(&mut work, Event::Abandoned, None).await {
                log(&work, &stop);
            }
            return None;
        }
        if work.progress().lane() == Lane::Look {
            return match self.look(work).await {
                Ok(armed) => armed,
                Err((work, stop)) => {
                    log(&work, &stop);
                    None
                }
            };
        }
        if let Err(stop) = self.stage(&mut work).await {
            log(&work, &stop);
        }
        None
    }

    /// The row as it is now, if it is still ours, takes the event `Panicked`.
    async fn after_panic(
        &self,
        workspace: crate::model::WorkspaceId,
        id: crate::model::PublicationId,
        epoch: i64,
    ) -> Result<(), Stop> {
        let Some(view) = self.store.post_of(workspace, id).await? else {
            return Ok(());
        };
        let ours = view
            .publications
            .into_iter()
            .find(|p| p.id == id && p.epoch == epoch);
        let Some(publication) = ours else {
            return Ok(());
        };
        let Some(account) = self.store.account(workspace, publication.account).await? else {
            return Ok(());
        };
        let item = crate::ports::store::Item {
            publication,
            post: view.post,
            account,
        };
        let now = self.clock.now();
        let elapsed = TimeDelta::from_std(self.clock.elapsed()).unwrap_or_default();
        let lease_until = now + self.numbers.lease_work;
        let mut work = Work::new(item, now - elapsed, lease_until);
        self.take(&mut work, Event::Panicked, None).await
    }

    /// What is due stays due: without a pause a store that is out of order, or a full disk, would be
    /// asked as fast as it refuses, with a line in the log each time.
    async fn after_failed_claim(&self, error: &StoreError) {
        tracing::error!(%error, "claiming failed");
        self.clock.sleep(AFTER_ERROR).await;
    }

    /// Sleeps until the lane has something to do, a wake-up, or the safety poll.
    async fn nap(
        &self,
        lane: Lane,
        listener: &mut crate::ports::wake::Listener,
        shutdown: &CancellationToken,
    ) {
        let longest = if self.wake.healthy() {
            self.numbers.safety_poll.min(LONGEST_NAP)
        } else {
            TimeDelta::seconds(1)
        };
        let nap = match self.until_due(lane).await {
            // What is due, and what becomes due, is held: when they agree again shows by looking.
            _ if self.standing().differs.is_some() => HELD_NAP.min(longest),
            Ok(Some(left)) => left.clamp(TimeDelta::milliseconds(1), longest),
            Ok(None) => longest,
            Err(error) => {
                tracing::error!(%error, "the next due time could not be read");
                TimeDelta::seconds(1)
            }
        };
        tokio::select! {
            () = shutdown.cancelled() => {}
            () = self.wake.wait(listener) => {}
            () = self.clock.sleep(nap.to_std().unwrap_or_default()) => {}
        }
    }

    async fn until_due(&self, lane: Lane) -> Result<Option<TimeDelta>, StoreError> {
        let due = self.store.next_due(lane).await?;
        Ok(due.map(|at| at - self.clock.now()))
    }
}
