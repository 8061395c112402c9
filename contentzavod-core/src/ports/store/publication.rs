//! Claiming due publications and writing what became of them.

use std::collections::HashSet;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use super::StoreError;
use crate::model::{Account, AccountStatus, Notice, Post, Publication, PublicationId};
use crate::publication::{Lane, Progress, State};

/// What to claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Rows of this lane.
    pub lane: Lane,
    /// How long the claimer holds them.
    pub lease: TimeDelta,
    /// At most so many.
    pub limit: usize,
    /// While the clocks disagree: only rows that can be held and are not yet, due and of posts that are
    /// due by the store's clock plus this. Leases are reckoned on the store's clock alone.
    pub overdue: Option<TimeDelta>,
}

/// A claimed row with what the engine needs beside it.
#[derive(Debug, Clone)]
pub struct Item {
    /// The publication, with the new epoch.
    pub publication: Publication,
    /// Its post.
    pub post: Post,
    /// Its account.
    pub account: Account,
}

/// What was claimed, and when by the store's clock.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// The store's time, as its clock shows it.
    pub now: DateTime<Utc>,
    /// The rows, most urgent first.
    pub items: Vec<Item>,
}

/// What a write is conditional on: nobody claimed or changed the row since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fence {
    /// The row.
    pub id: PublicationId,
    /// The epoch of the claim.
    pub epoch: i64,
    /// The state it was claimed in, or was last recorded in under this epoch.
    pub state: State,
}

impl Fence {
    /// The fence of a claimed row.
    #[must_use]
    pub const fn of(publication: &Publication) -> Self {
        Self {
            id: publication.id,
            epoch: publication.epoch,
            state: publication.progress.state,
        }
    }
}

/// A change of the publication's account that belongs to the same fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountEffect {
    /// The account's new status.
    pub status: AccountStatus,
    /// Written only while the account still has this token.
    pub token_version: i64,
}

/// What became of a claimed publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The condition.
    pub fence: Fence,
    /// What the machine says.
    pub next: Progress,
    /// Held on for so long from the store's now; `None` releases the row.
    pub lease: Option<TimeDelta>,
    /// Facts a person must learn, written with it.
    pub notices: Vec<Notice>,
    /// A change of the account, written with it.
    pub account: Option<AccountEffect>,
}

/// What a record came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Recorded {
    /// Written.
    Recorded,
    /// Somebody else has the row: nothing was written, stop working on it.
    Fenced,
    /// An arm was refused; nothing was written, the claim still stands.
    Denied(Denied),
}

/// Why an arm was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Denied {
    /// The account cannot publish: its status is another than active.
    Account,
    /// The content changed since the container was made.
    Content,
    /// Another publication holds the account's slot.
    Slot,
    /// Another publication with the same caption on the same remote account is armed, uncertain or
    /// in review, or went live within the last five minutes and has no media id yet: their posts
    /// could not be told apart.
    Caption,
}

/// Publications as the engine sees them.
///
/// Contract, proved by `testing::suite::store`:
/// - A row is due when `next_at` has come by the store's clock and no living lease is on it. Claiming
///   raises its epoch by one and puts the lease on it; a lease that had ended by itself counts as one
///   loss, and a recorded outcome sets the losses to zero. No row is ever in two living claims.
/// - A claim of what is `overdue` takes a row of [`State::can_be_held`] whose `next_at` and `due_at`
///   have both come by the store's clock and the given span, and whose trouble is not
///   [`Code::ClockHeld`](crate::words::Code::ClockHeld): a pause for another reason stays that.
/// - Rows that lost two leases or more are claimed alone: a claim holds either one such row and
///   nothing else, or none. The row that is due first decides which.
/// - `record` writes by (id, epoch, state). In one call items are written in order; each is atomic,
///   and all are durable when it returns.
/// - Every outcome whose next state is armed and whose fence was not, is checked in the same
///   transaction: see [`Denied`], in that order. `Progress::slot` is one living slot per remote key.
/// - With a state change are written in the same transaction: `state_since`, the post's derived
///   status, the expiry of its media (`model::retention`, with the notice `media_expiring` when a
///   failed or missed publication starts the clock), the event, the notices, the account's change (as
///   [`AccountStore::set_status`](super::AccountStore::set_status) does it).
#[async_trait]
pub trait PublicationStore {
    /// Claims due rows of a lane.
    async fn claim_due(&self, claim: Claim) -> Result<Claimed, StoreError>;

    /// Writes outcomes under their fences.
    async fn record(&self, outcomes: Vec<Outcome>) -> Result<Vec<Recorded>, StoreError>;

    /// Sets the lease anew, conditional on the fence; true where it still held.
    async fn renew(&self, fences: &[Fence], lease: TimeDelta) -> Result<Vec<bool>, StoreError>;

    /// When the lane has something to do next: the earliest next look or end of a lease.
    async fn next_due(&self, lane: Lane) -> Result<Option<DateTime<Utc>>, StoreError>;

    /// Ends every lease at once and makes its row due: for the one engine of a database, at start-up.
    /// Each counts as a loss. Returns how many there were.
    async fn void_leases(&self) -> Result<u64, StoreError>;

    /// Which of these media ids of the platform belong to other publications of the remote account.
    async fn bound_remote_ids(
        &self,
        remote_key: &str,
        except: PublicationId,
        among: &[String],
    ) -> Result<HashSet<String>, StoreError>;
}
