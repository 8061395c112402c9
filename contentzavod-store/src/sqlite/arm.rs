//! Whether an arm is allowed: the account, the content, the slot, the caption, in this order.

use contentzavod_core::model::AccountStatus;
use contentzavod_core::ports::store::Denied;
use contentzavod_core::publication::Progress;
use contentzavod_core::publication::reconcile::UNNAMED_TWIN;
use rusqlite::params;

use super::db::first;
use super::map::{Fault, ms};
use super::record::Row;
use super::writer::Tx;

/// Who else holds the slot of a remote account.
pub(super) const HOLDER: &str = "SELECT 1 AS held FROM publications WHERE slot = ?1 AND id <> ?2";

/// Who else with this caption is on the armed side of a remote account, or live since a little while
/// without its media being known.
pub(super) const TWIN: &str = "SELECT 1 AS held FROM publications \
     WHERE remote_key = ?1 AND caption_key = ?3 AND id <> ?2 \
       AND (state IN ('armed', 'uncertain', 'needs_review') \
            OR (state = 'published' AND remote_id IS NULL)) \
       AND (state <> 'published' OR state_since > ?4) LIMIT 1";

/// Why the row may not be armed; `None` when it may.
pub(super) fn denied(tx: Tx<'_>, row: &Row, next: &Progress) -> Result<Option<Denied>, Fault> {
    // Where its token is kept is the access source's matter.
    if row.account_status != AccountStatus::Active {
        return Ok(Some(Denied::Account));
    }
    let made_of = next
        .container
        .as_ref()
        .map_or(next.content_version, |c| c.content_version);
    if made_of != row.post_version || next.content_version != row.post_version {
        return Ok(Some(Denied::Content));
    }
    if !slot_is_free(tx, row)? {
        return Ok(Some(Denied::Slot));
    }
    let since = ms(tx.now - UNNAMED_TWIN);
    let params = params![row.remote_key, row.id.to_string(), row.caption_key, since];
    let twin = first(tx.conn, TWIN, params, |cells| cells.get::<i64>("held"))?;
    Ok(twin.map(|_| Denied::Caption))
}

/// True when nobody else holds the slot.
///
/// Only an arm is refused for it. Whatever else wants one that is taken (a container found live
/// that we never sent) is a fact: it is written, without the slot.
pub(super) fn slot_is_free(tx: Tx<'_>, row: &Row) -> Result<bool, Fault> {
    let params = params![row.remote_key, row.id.to_string()];
    let holder = first(tx.conn, HOLDER, params, |cells| cells.get::<i64>("held"))?;
    Ok(holder.is_none())
}
