//! What governor keeps of each key, in bounded room: whoever can make up keys could fill the memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::state::keyed::ShrinkableKeyedStateStore;

/// So many keys have a slot of their own; the rest share one. A key that has all of its limit again
/// needs none, so it takes a flood of new ones within seconds to get here.
pub(super) const SLOTS_MAX: usize = 1 << 16;
/// The slot of those that find no place. No caller's key: those name their kind.
const SHARED: &str = "";

/// A key as governor asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Ask {
    /// Whose.
    pub(super) key: Box<str>,
    /// What is learned is not written down.
    pub(super) look: bool,
}

/// Each key's theoretical arrival time.
#[derive(Debug, Clone, Default)]
pub(super) struct Slots(Arc<Mutex<HashMap<Box<str>, Nanos>>>);

impl Slots {
    fn map(&self) -> MutexGuard<'_, HashMap<Box<str>, Nanos>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StateStore for Slots {
    type Key = Ask;

    fn measure_and_replace<T, F, E>(&self, ask: &Ask, measure: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut map = self.map();
        if let Some(known) = map.get_mut(&ask.key) {
            let (outcome, next) = measure(Some(*known))?;
            if !ask.look {
                *known = next;
            }
            return Ok(outcome);
        }
        let full = map.len() >= SLOTS_MAX;
        let key = if full { SHARED } else { &*ask.key };
        let (outcome, next) = measure(map.get(key).copied())?;
        if !ask.look {
            map.insert(key.into(), next);
        }
        Ok(outcome)
    }
}

impl ShrinkableKeyedStateStore<Ask> for Slots {
    fn retain_recent(&self, drop_below: Nanos) {
        self.map().retain(|_, next| *next > drop_below);
    }

    fn shrink_to_fit(&self) {
        self.map().shrink_to_fit();
    }

    fn len(&self) -> usize {
        self.map().len()
    }

    fn is_empty(&self) -> bool {
        self.map().is_empty()
    }
}
