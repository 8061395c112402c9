//! Pinboard, a platform that is only imagined: what stands behind a network in real life.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use contentzavod_core::model::Quota;
use contentzavod_core::ports::Clock;

/// Something on the board: pinned with its back to the people, filled, then turned around.
#[derive(Debug, Clone)]
pub(crate) struct Pin {
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) video: Option<Vec<u8>>,
    pub(crate) shown_at: Option<DateTime<Utc>>,
}

impl Pin {
    /// Where people see it.
    pub(crate) fn address(&self) -> String {
        format!("https://pinboard.example/{}", self.id)
    }
}

/// The board; those that people see stand at its end, in the order they were turned.
#[derive(Debug)]
pub(crate) struct Pinboard {
    clock: Arc<dyn Clock>,
    pins: Mutex<Vec<Pin>>,
}

impl Pinboard {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> Self {
        let pins = Mutex::default();
        Self { clock, pins }
    }

    fn pins(&self) -> MutexGuard<'_, Vec<Pin>> {
        self.pins.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Pins a text; its id.
    pub(crate) fn pin(&self, text: &str) -> String {
        let mut pins = self.pins();
        let id = format!("pin-{}", pins.len() + 1);
        pins.push(Pin {
            id: id.clone(),
            text: text.to_owned(),
            video: None,
            shown_at: None,
        });
        id
    }

    /// Gives a pin its video; false when there is no such pin.
    pub(crate) fn fill(&self, id: &str, video: Vec<u8>) -> bool {
        let mut pins = self.pins();
        let pin = pins.iter_mut().find(|pin| pin.id == id);
        pin.map(|pin| pin.video = Some(video)).is_some()
    }

    /// One pin.
    pub(crate) fn get(&self, id: &str) -> Option<Pin> {
        self.pins().iter().find(|pin| pin.id == id).cloned()
    }

    /// Turns a pin around; false when it is not filled, or turned already.
    pub(crate) fn show(&self, id: &str) -> bool {
        let mut pins = self.pins();
        let ready = |pin: &Pin| pin.id == id && pin.video.is_some() && pin.shown_at.is_none();
        let Some(place) = pins.iter().position(ready) else {
            return false;
        };
        let mut pin = pins.remove(place);
        pin.shown_at = Some(self.clock.now());
        pins.push(pin);
        true
    }

    /// How much room there is: a hundred pins for ever.
    pub(crate) fn quota(&self) -> Quota {
        Quota {
            used: u32::try_from(self.shown().len()).unwrap_or(u32::MAX),
            total: 100,
            window_secs: u32::MAX,
        }
    }

    /// What people see, the newest first.
    pub(crate) fn shown(&self) -> Vec<Pin> {
        let pins = self.pins();
        let shown = pins.iter().rev().filter(|pin| pin.shown_at.is_some());
        shown.cloned().collect()
    }
}
