//! Many slow clients; one that was closed is replaced.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinSet;

use super::drip::{KINDS, Kind, Target};

/// What became of the clients of each kind.
pub type Ends = HashMap<Kind, Tally>;

/// The clients of one kind.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    /// How many the server closed.
    pub closed: usize,
    /// The longest that one was let.
    pub longest: Duration,
    /// How many found no connection.
    pub unconnected: usize,
}

/// A crowd. Dropping it sends everybody home.
#[derive(Debug)]
pub struct Crowd {
    clients: JoinSet<()>,
    ends: Arc<Mutex<Ends>>,
}

impl Crowd {
    /// So many clients, of all kinds in equal parts.
    #[must_use]
    pub fn gather(target: &Target, clients: usize) -> Self {
        Self::of(&KINDS, target, clients)
    }

    /// So many clients, of these kinds in equal parts.
    #[must_use]
    pub fn of(kinds: &[Kind], target: &Target, clients: usize) -> Self {
        let ends: Arc<Mutex<Ends>> = Arc::default();
        let mut all = JoinSet::new();
        for kind in kinds.iter().copied().cycle().take(clients) {
            let (target, ends) = (target.clone(), Arc::clone(&ends));
            all.spawn(async move {
                loop {
                    let end = target.drip(kind).await;
                    let lasted = end.ok();
                    count(&ends, kind, lasted);
                    // Slow is what they are: whoever was sent away at once does not come at once.
                    let early = target.pace.saturating_sub(lasted.unwrap_or_default());
                    tokio::time::sleep(early).await;
                }
            });
        }
        Self { clients: all, ends }
    }

    /// What became of them so far.
    #[must_use]
    pub fn ends(&self) -> Ends {
        let ends = self.ends.lock().unwrap_or_else(PoisonError::into_inner);
        ends.clone()
    }

    /// Sends everybody home and waits until they have gone.
    pub async fn disperse(mut self) {
        self.clients.shutdown().await;
    }
}

fn count(ends: &Mutex<Ends>, kind: Kind, lasted: Option<Duration>) {
    let mut ends = ends.lock().unwrap_or_else(PoisonError::into_inner);
    let tally = ends.entry(kind).or_default();
    match lasted {
        Some(lasted) => {
            tally.closed += 1;
            tally.longest = tally.longest.max(lasted);
        }
        None => tally.unconnected += 1,
    }
}
