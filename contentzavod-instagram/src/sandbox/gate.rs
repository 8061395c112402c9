//! Who takes connections: nobody for a while, or somebody who resets them.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};

/// What the server is told: to hang up, and to take no connections for a while.
#[derive(Debug)]
pub(super) struct Order {
    /// For how long nobody listens.
    pub(super) shut: Duration,
    /// Changes when that is over before.
    pub(super) opened: watch::Receiver<()>,
    /// Told once nobody does.
    pub(super) done: oneshot::Sender<()>,
}

/// The server's side.
pub(super) type Orders = mpsc::UnboundedReceiver<Order>;

/// The side of the faults.
#[derive(Debug)]
pub(super) struct Gate {
    orders: mpsc::UnboundedSender<Order>,
    opened: watch::Sender<()>,
    /// Connections that will be reset.
    reset: AtomicU32,
    /// Counts how often kept connections were ended. One that was made before is worth nothing.
    age: AtomicU64,
}

impl Gate {
    pub(super) fn new() -> (Self, Orders) {
        let (orders, received) = mpsc::unbounded_channel();
        let gate = Self {
            orders,
            opened: watch::Sender::new(()),
            reset: AtomicU32::new(0),
            age: AtomicU64::new(0),
        };
        (gate, received)
    }

    /// Ends kept connections once their calls are answered; those that come meet what is told.
    pub(super) fn hang_up(&self, connections: u32, shut: Duration) -> oneshot::Receiver<()> {
        self.reset.fetch_add(connections, Ordering::SeqCst);
        self.age.fetch_add(1, Ordering::SeqCst);
        let (done, waiting) = oneshot::channel();
        let opened = self.opened.subscribe();
        // A server that is gone has hung up already.
        let _ = self.orders.send(Order { shut, opened, done });
        waiting
    }

    /// The age of a connection that is made now.
    pub(super) fn age(&self) -> u64 {
        self.age.load(Ordering::SeqCst)
    }

    /// Whether a new connection is to be reset; counts it.
    pub(super) fn resets(&self) -> bool {
        let less = |left: u32| left.checked_sub(1);
        let order = Ordering::SeqCst;
        self.reset.fetch_update(order, order, less).is_ok()
    }

    /// New connections are taken again.
    pub(super) fn open(&self) {
        self.reset.store(0, Ordering::SeqCst);
        self.opened.send_modify(|()| {});
    }
}
