//! A cap on connections under which nobody is locked out.
//!
//! A thousand sockets that drip would otherwise hold every place for as long as the deadlines allow,
//! again and again, and everybody else would stand outside. So who comes to a full house takes the
//! place of the connection that has waited longest for its client. There is no cap per address: behind
//! a proxy, or a NAT, all clients come from one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::pulse::Pulse;

/// A connection that has waited for its client for less than this keeps its place: newcomers must
/// not drive each other out before they could say a word.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a full house is looked at again.
const LOOK: Duration = Duration::from_millis(50);

/// The places of all connections.
#[derive(Debug)]
pub(super) struct Seats {
    free: Arc<Semaphore>,
    taken: Arc<Mutex<Vec<Arc<Taken>>>>,
}

#[derive(Debug)]
struct Taken {
    pulse: Arc<Pulse>,
    leave: CancellationToken,
}

/// The place of one connection; free again when this is dropped.
#[derive(Debug)]
pub(super) struct Seat {
    taken: Arc<Taken>,
    all: Arc<Mutex<Vec<Arc<Taken>>>>,
    _free: OwnedSemaphorePermit,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Seats {
    /// So many places, at least one.
    pub(super) fn new(places: usize) -> Self {
        let places = places.clamp(1, Semaphore::MAX_PERMITS);
        Self {
            free: Arc::new(Semaphore::new(places)),
            taken: Arc::default(),
        }
    }

    /// A place for the connection of this pulse: a free one, else that of the one that has waited
    /// longest for its client, else the next that becomes free.
    pub(super) async fn take(&self, pulse: &Arc<Pulse>) -> Seat {
        loop {
            if self.free.available_permits() == 0 {
                self.ask_the_longest_waiting();
            }
            let free = Arc::clone(&self.free).acquire_owned();
            // The semaphore is never closed, so only the time can run out.
            if let Ok(Ok(free)) = tokio::time::timeout(LOOK, free).await {
                return self.seat(pulse, free);
            }
        }
    }

    /// Asks one connection to leave, if there is one that only waits.
    fn ask_the_longest_waiting(&self) {
        let Some(before) = Instant::now().checked_sub(PATIENCE) else {
            return;
        };
        let taken = locked(&self.taken);
        let waiting = taken.iter().filter(|taken| !taken.leave.is_cancelled());
        let waiting = waiting.filter_map(|taken| Some((taken.pulse.waits_since()?, taken)));
        let longest = waiting.min_by_key(|(since, _)| *since);
        if let Some((_, taken)) = longest.filter(|(since, _)| *since <= before) {
            tracing::debug!("a waiting connection makes room for another");
            taken.leave.cancel();
        }
    }

    fn seat(&self, pulse: &Arc<Pulse>, free: OwnedSemaphorePermit) -> Seat {
        let taken = Arc::new(Taken {
            pulse: Arc::clone(pulse),
            leave: CancellationToken::new(),
        });
        locked(&self.taken).push(Arc::clone(&taken));
        Seat {
            taken,
            all: Arc::clone(&self.taken),
            _free: free,
        }
    }
}

impl Seat {
    /// Runs the connection until it ends or its place is needed.
    pub(super) async fn until_asked_for(self, connection: impl Future<Output = ()>) {
        self.taken.leave.run_until_cancelled(connection).await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        locked(&self.all).retain(|taken| !Arc::ptr_eq(taken, &self.taken));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::{advance, timeout};

    fn pulse() -> Arc<Pulse> {
        Pulse::new(Duration::from_secs(10), Duration::from_secs(30))
    }

    /// A connection that stays until it is asked to leave.
    fn stays(seat: Seat) -> tokio::task::JoinHandle<()> {
        tokio::spawn(seat.until_asked_for(std::future::pending()))
    }

    #[tokio::test(start_paused = true)]
    async fn the_one_that_has_waited_longest_makes_room() {
        let seats = Seats::new(3);
        let (worked_on, first, second) = (pulse(), pulse(), pulse());
        let busy = worked_on.begin();
        let kept = stays(seats.take(&worked_on).await);
        let asked = stays(seats.take(&first).await);
        advance(Duration::from_millis(10)).await;
        drop(second.begin());
        let also_kept = stays(seats.take(&second).await);
        advance(PATIENCE).await;
        let third = seats.take(&pulse()).await;
        asked.await.unwrap();
        assert!(!kept.is_finished() && !also_kept.is_finished());
        drop((busy, third));
    }

    #[tokio::test(start_paused = true)]
    async fn newcomers_and_those_worked_on_keep_their_places() {
        let seats = Seats::new(2);
        let (worked_on, new) = (pulse(), pulse());
        let busy = worked_on.begin();
        let kept = stays(seats.take(&worked_on).await);
        let place = seats.take(&new).await;
        let next = pulse();
        assert!(timeout(PATIENCE / 2, seats.take(&next)).await.is_err());
        drop(place);
        let place = seats.take(&next).await;
        let answering = next.begin();
        assert!(timeout(PATIENCE * 60, seats.take(&pulse())).await.is_err());
        assert!(!kept.is_finished());
        drop((busy, place, answering));
    }
}
