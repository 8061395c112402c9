//! Whether a connection still works for us: what tells an idle or stuck one from a busy one.
//!
//! One watch for everything that can hold a connection without using it: a handshake, a request
//! head or an HTTP/2 preface that does not come or only drips, a kept-alive socket without a next
//! request, a client that does not read its answer. hyper's own header timeout knows only some of
//! these, and cuts answers that are still on their way out.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use tokio::time::Instant;

/// The pulse of one connection.
#[derive(Debug)]
pub(super) struct Pulse {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// How long there may be nothing to do.
    idle: Duration,
    /// How long the client may take no byte.
    stall: Duration,
    /// How long a body may be waited for, once the server ends.
    hurried: Option<Duration>,
    /// Requests without a finished answer; each with the time since which it waits for bytes of its
    /// client, if that is what it does.
    requests: Vec<(u64, Option<Instant>)>,
    /// The number of the next request.
    next: u64,
    /// Since when there is nothing to do, if there is nothing.
    idle_since: Instant,
    /// Since when the client takes no more bytes, if it does not.
    blocked_since: Option<Instant>,
}

/// What a look at a pulse says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// Fine so far; look again then.
    Again(Instant),
    /// No request came in time.
    Idle,
    /// The client does not read, or does not send while the server ends.
    Stalled,
}

impl Pulse {
    /// A connection that begins now: idle for at most `idle`, blocked for at most `stall`.
    pub(super) fn new(idle: Duration, stall: Duration) -> Arc<Self> {
        let state = State {
            idle,
            stall,
            hurried: None,
            requests: Vec::new(),
            next: 0,
            idle_since: Instant::now(),
            blocked_since: None,
        };
        Arc::new(Self {
            state: Mutex::new(state),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request is here; its end is the drop of what this gives.
    pub(super) fn begin(self: &Arc<Self>) -> Arc<Busy> {
        let mut state = self.state();
        let id = state.next;
        state.next += 1;
        state.requests.push((id, None));
        let pulse = Arc::clone(self);
        Arc::new(Busy { pulse, id })
    }

    /// Since when this connection does nothing but wait for its client: for a request, for more of
    /// a body, or for room to write. `None` while any request is worked on.
    pub(super) fn waits_since(&self) -> Option<Instant> {
        self.state().waits_since()
    }

    /// The server ends. From now on there may be nothing to do for `idle` only, and a client that
    /// does not send its body or read its answer is waited for no longer than `client`. Look again
    /// at the time that this gives.
    pub(super) fn hurry(&self, idle: Duration, client: Duration) -> Instant {
        let mut state = self.state();
        state.idle = idle;
        state.stall = state.stall.min(client);
        state.hurried = Some(client);
        let now = Instant::now();
        state.idle_since = now;
        now + idle
    }

    /// Looks. An idle connection is found exactly in time although busy ones are only looked at now
    /// and then: a look comes at least once in the time that idling may last.
    pub(super) fn look(&self) -> Look {
        let now = Instant::now();
        let state = self.state();
        let deadline = match state.blocked_since {
            Some(since) if since + state.stall <= now => return Look::Stalled,
            Some(since) => since + state.stall,
            None if !state.requests.is_empty() => match (state.hurried, state.waits_since()) {
                (Some(body), Some(since)) if since + body <= now => return Look::Stalled,
                _ => now + state.idle,
            },
            None => state.idle_since + state.idle,
        };
        if deadline <= now {
            return Look::Idle;
        }
        Look::Again(deadline.min(now + state.idle))
    }

    /// A write was tried.
    pub(super) fn wrote<T>(&self, written: &Poll<T>) {
        let mut state = self.state();
        if written.is_pending() {
            state.blocked_since.get_or_insert_with(Instant::now);
        } else if state.blocked_since.take().is_some() {
            // The end of an answer may just have left: only now the client can ask for more.
            state.idle_since = Instant::now();
        }
    }
}

impl State {
    fn waits_since(&self) -> Option<Instant> {
        if self.blocked_since.is_some() {
            return self.blocked_since;
        }
        let bodies = self.requests.iter().map(|(_, waits)| *waits);
        // The last one to wait decides: before, another was worked on.
        let since: Option<Vec<Instant>> = bodies.collect();
        Some(since?.into_iter().max().unwrap_or(self.idle_since))
    }
}

/// A request without a finished answer.
#[derive(Debug)]
pub(super) struct Busy {
    pulse: Arc<Pulse>,
    id: u64,
}

impl Busy {
    /// Tells since when the request waits for bytes of its client; `None`: it does not.
    pub(super) fn waits(&self, since: Option<Instant>) {
        let mut state = self.pulse.state();
        let mut requests = state.requests.iter_mut();
        if let Some((_, waits)) = requests.find(|(id, _)| *id == self.id) {
            *waits = since;
        }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let mut state = self.pulse.state();
        state.requests.retain(|(id, _)| *id != self.id);
        state.idle_since = Instant::now();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::{advance, sleep_until};

    const IDLE: Duration = Duration::from_secs(10);
    const STALL: Duration = Duration::from_secs(25);

    /// Looks until the verdict, and how long that took.
    async fn verdict(pulse: &Pulse) -> (Look, Duration) {
        let start = Instant::now();
        loop {
            match pulse.look() {
                Look::Again(at) => sleep_until(at).await,
                end => return (end, start.elapsed()),
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_idle_connection_ends_exactly_in_time() {
        let pulse = Pulse::new(IDLE, STALL);
        assert_eq!(verdict(&pulse).await, (Look::Idle, IDLE));

        let busy = pulse.begin();
        let also = pulse.begin();
        drop(also);
        let free = tokio::spawn(async move {
            sleep_until(Instant::now() + Duration::from_secs(33)).await;
            drop(busy);
        });
        let ended = verdict(&pulse).await;
        assert_eq!(ended, (Look::Idle, Duration::from_secs(43)));
        free.await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_does_not_read_is_stalled_and_one_that_reads_is_not() {
        let pulse = Pulse::new(IDLE, STALL);
        let busy = pulse.begin();
        pulse.wrote(&Poll::<()>::Pending);
        advance(Duration::from_secs(5)).await;
        pulse.wrote(&Poll::<()>::Pending);
        let stalled = verdict(&pulse).await;
        assert_eq!(stalled, (Look::Stalled, Duration::from_secs(20)));

        pulse.wrote(&Poll::Ready(()));
        assert!(matches!(pulse.look(), Look::Again(_)));

        // An answer that hyper holds whole in its buffer is still on its way.
        pulse.wrote(&Poll::<()>::Pending);
        drop(busy);
        advance(Duration::from_secs(20)).await;
        assert!(matches!(pulse.look(), Look::Again(_)));
        pulse.wrote(&Poll::Ready(()));
        assert_eq!(verdict(&pulse).await, (Look::Idle, IDLE));
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_waits_for_its_client_while_no_request_of_it_is_worked_on() {
        let pulse = Pulse::new(IDLE, STALL);
        let start = Instant::now();
        assert_eq!(pulse.waits_since(), Some(start));
        let (one, other) = (pulse.begin(), pulse.begin());
        assert_eq!(pulse.waits_since(), None);
        one.waits(Some(start));
        assert_eq!(pulse.waits_since(), None, "the other is worked on");
        advance(Duration::from_secs(1)).await;
        other.waits(Some(Instant::now()));
        assert_eq!(pulse.waits_since(), Some(Instant::now()));
        drop(other);
        assert_eq!(pulse.waits_since(), Some(start));
        one.waits(None);
        assert_eq!(pulse.waits_since(), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_does_not_come_ends_soon_only_when_the_server_ends() {
        let pulse = Pulse::new(IDLE, STALL);
        let busy = pulse.begin();
        busy.waits(Some(Instant::now()));
        advance(IDLE * 3).await;
        assert!(matches!(pulse.look(), Look::Again(_)));
        busy.waits(Some(Instant::now()));
        let (idle, body) = (Duration::from_secs(1), Duration::from_secs(5));
        sleep_until(pulse.hurry(idle, body)).await;
        assert!(matches!(pulse.look(), Look::Again(_)));
        assert_eq!(verdict(&pulse).await, (Look::Stalled, body - idle));
        busy.waits(None);
        assert!(matches!(pulse.look(), Look::Again(_)), "it is worked on");
        pulse.wrote(&Poll::<()>::Pending);
        assert_eq!(
            verdict(&pulse).await,
            (Look::Stalled, body),
            "nor an answer unread"
        );
    }
}
