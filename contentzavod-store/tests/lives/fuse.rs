//! Where an engine dies or stands still: at the gate of a port call, counted from now.

use std::sync::Mutex;

use tokio::sync::Notify;

/// What happens at a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blow {
    /// The process is gone.
    Crash,
    /// The process stands still, and goes on later.
    Hold,
}

/// Every port call of an engine passes a gate before it takes effect and one after.
#[derive(Debug, Default)]
pub(crate) struct Fuse {
    set: Mutex<Option<(Blow, u16)>>,
    last: Mutex<Option<Blow>>,
    blown: Notify,
    release: Notify,
}

impl Fuse {
    /// Blows at the gate that lies behind so many others.
    pub(crate) fn set(&self, blow: Blow, gates: u16) {
        *self.set.lock().unwrap() = Some((blow, gates));
    }

    pub(crate) fn unset(&self) {
        *self.set.lock().unwrap() = None;
    }

    fn pass(&self, may_hold: bool) -> Option<Blow> {
        let mut set = self.set.lock().unwrap();
        match *set {
            Some((Blow::Hold, 0)) if !may_hold => None,
            Some((blow, 0)) => {
                *set = None;
                Some(blow)
            }
            Some((blow, left)) => {
                *set = Some((blow, left - 1));
                None
            }
            None => None,
        }
    }

    /// A gate of a call.
    pub(crate) async fn gate(&self) {
        self.stop(true).await;
    }

    /// The gate before the irreversible call. An engine that stands still inside it is the one case
    /// that no rule of ours covers: the guard lies before.
    pub(crate) async fn gate_of_no_return(&self) {
        self.stop(false).await;
    }

    async fn stop(&self, may_hold: bool) {
        let Some(blow) = self.pass(may_hold) else {
            return;
        };
        *self.last.lock().unwrap() = Some(blow);
        self.blown.notify_one();
        match blow {
            Blow::Crash => std::future::pending().await,
            Blow::Hold => self.release.notified().await,
        }
    }

    /// Returns when it has blown, and how.
    pub(crate) async fn blown(&self) -> Blow {
        self.blown.notified().await;
        self.last.lock().unwrap().take().expect("it has blown")
    }

    /// What stood still goes on.
    pub(crate) fn release(&self) {
        self.release.notify_one();
    }
}
