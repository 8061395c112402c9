//! Whether an arm is allowed: the account, the content, the slot, the caption, in this order.

use std::collections::{HashMap, HashSet};

use contentzavod_core::model::{AccountStatus, PublicationId};
use contentzavod_core::ports::store::{Denied, Outcome};
use contentzavod_core::publication::{Progress, State};

use super::map::{Cells, Fault, json as document};
use super::record::{AccountState, Row};
use super::writer::Tx;

/// Everyone on the armed side of these remote accounts.
pub(super) const TWINS: &str = "SELECT id, remote_key, caption_key FROM publications \
             WHERE state IN ('armed', 'uncertain', 'needs_review') \
               AND remote_key IN (SELECT value FROM json_each(?1))";

/// Who else is about to publish on the same remote accounts, kept up while a call is judged.
#[derive(Debug, Default)]
pub(super) struct Rivals {
    /// Remote key to the holder of its slot.
    slots: HashMap<String, PublicationId>,
    /// (remote key, caption key) to those on the armed side.
    twins: HashMap<(String, String), HashSet<PublicationId>>,
}

impl Rivals {
    pub(super) async fn load(
        tx: &mut Tx<'_>,
        outcomes: &[Outcome],
        rows: &HashMap<PublicationId, Row>,
    ) -> Result<Self, Fault> {
        let row = |o: &Outcome| rows.get(&o.fence.id);
        let arms = |o: &&Outcome| o.next.state == State::Armed && o.fence.state != State::Armed;
        let wants = |o: &&Outcome| o.next.slot && row(o).is_some_and(|r| !r.slot);
        let key = |o| row(o).map(|r| r.remote_key.as_str());
        let wanted = outcomes.iter().filter(|o| arms(o) || wants(o));
        let wanted: HashSet<&str> = wanted.filter_map(key).collect();
        let armed: HashSet<&str> = outcomes.iter().filter(arms).filter_map(key).collect();
        let mut rivals = Self::default();
        if wanted.is_empty() {
            return Ok(rivals);
        }
        let found = sqlx::query(
            "SELECT id, slot FROM publications WHERE slot IN (SELECT value FROM json_each(?1))",
        )
        .bind(document(&wanted)?)
        .fetch_all(&mut *tx.conn)
        .await?;
        for row in &found {
            let cells = Cells::new(row, "publications", "id");
            rivals.slots.insert(cells.text("slot")?, cells.id("id")?);
        }
        if armed.is_empty() {
            return Ok(rivals);
        }
        let found = sqlx::query(TWINS)
            .bind(document(&armed)?)
            .fetch_all(&mut *tx.conn)
            .await?;
        for row in &found {
            let cells = Cells::new(row, "publications", "id");
            let key = (cells.text("remote_key")?, cells.text("caption_key")?);
            rivals.twins.entry(key).or_default().insert(cells.id("id")?);
        }
        Ok(rivals)
    }

    /// Why the row may not be armed; `None` when it may.
    pub(super) fn denied(
        &self,
        row: &Row,
        account: Option<&AccountState>,
        next: &Progress,
    ) -> Option<Denied> {
        if !account.is_some_and(|a| a.status == AccountStatus::Active && a.token) {
            return Some(Denied::Account);
        }
        let made_of = next
            .container
            .as_ref()
            .map_or(next.content_version, |c| c.content_version);
        if made_of != row.post_version || next.content_version != row.post_version {
            return Some(Denied::Content);
        }
        let taken = self.slots.get(&row.remote_key);
        if taken.is_some_and(|holder| *holder != row.id) {
            return Some(Denied::Slot);
        }
        let key = (row.remote_key.clone(), row.caption_key.clone());
        let twins = self.twins.get(&key);
        if twins.is_some_and(|ids| ids.iter().any(|id| *id != row.id)) {
            return Some(Denied::Caption);
        }
        None
    }

    /// Takes over what the row becomes; whether it holds the slot afterwards.
    ///
    /// Only an arm is refused for a slot. Whatever else wants one that is taken (a container found
    /// live that we never sent) is a fact: it is written, without the slot.
    pub(super) fn take(&mut self, row: &Row, next: &Progress) -> bool {
        let holder = self.slots.get(&row.remote_key).copied();
        let slot = next.slot && holder.is_none_or(|id| id == row.id);
        if slot {
            self.slots.insert(row.remote_key.clone(), row.id);
        } else if holder == Some(row.id) {
            self.slots.remove(&row.remote_key);
        }
        let key = (row.remote_key.clone(), row.caption_key.clone());
        if next.state.is_armed_side() {
            self.twins.entry(key).or_default().insert(row.id);
        } else if let Some(ids) = self.twins.get_mut(&key) {
            ids.remove(&row.id);
        }
        slot
    }
}
