//! Waking sleepers early. The database is the truth: a lost wake-up only costs time.

use std::fmt::Debug;

use async_trait::async_trait;
use tokio::sync::watch;

/// Wakes the engine's loops when rows changed.
#[async_trait]
pub trait Wake: Send + Sync + Debug {
    /// Something may be due earlier than the sleepers think.
    fn notify(&self);

    /// Returns at the next `notify` that has not been seen by this listener.
    async fn wait(&self, listener: &mut Listener);

    /// A listener that has seen everything so far.
    fn listen(&self) -> Listener;

    /// False while wake-ups may get lost: sleepers then look every second.
    fn healthy(&self) -> bool;
}

/// What one sleeper has seen.
#[derive(Debug, Clone)]
pub struct Listener(watch::Receiver<u64>);

/// Wake-ups inside one process.
#[derive(Debug)]
pub struct LocalWake(watch::Sender<u64>);

impl LocalWake {
    /// A wake port without listeners.
    #[must_use]
    pub fn new() -> Self {
        Self(watch::Sender::new(0))
    }
}

impl Default for LocalWake {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Wake for LocalWake {
    fn notify(&self) {
        self.0.send_modify(|n| *n = n.wrapping_add(1));
    }

    async fn wait(&self, listener: &mut Listener) {
        if listener.0.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    fn listen(&self) -> Listener {
        Listener(self.0.subscribe())
    }

    fn healthy(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_wake_up_before_the_wait_is_not_lost() {
        let wake = LocalWake::new();
        let mut listener = wake.listen();
        wake.notify();
        wake.wait(&mut listener).await;
        let idle = tokio::time::timeout(std::time::Duration::ZERO, wake.wait(&mut listener)).await;
        assert!(idle.is_err(), "one notify wakes once");
    }
}
