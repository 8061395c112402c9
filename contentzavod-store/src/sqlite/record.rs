//! Recording outcomes: each judged and written in order, what follows from them by set.

use contentzavod_core::crash::{self, Point};
use contentzavod_core::model::{AccountId, AccountStatus, PostId, PublicationId, WorkspaceId};
use contentzavod_core::ports::store::{Outcome, Recorded};
use contentzavod_core::publication::State;

use super::account;
use super::apply::{RowWrite, follow, restated, write_row, write_statuses};
use super::arm;
use super::db::{Cells, first};
use super::facts::{Move, Told};
use super::map::{Fault, ms_up};
use super::writer::Tx;

/// A publication with what arms are judged by.
pub(super) struct Row {
    pub(super) id: PublicationId,
    workspace: WorkspaceId,
    post: PostId,
    account: AccountId,
    pub(super) remote_key: String,
    pub(super) caption_key: String,
    state: State,
    epoch: i64,
    pub(super) post_version: i32,
    pub(super) account_status: AccountStatus,
}

/// A row by its id.
pub(super) const ROW: &str = "SELECT p.id, p.workspace, p.post, p.account, p.remote_key, \
       p.caption_key, p.state, p.epoch, o.content_version, a.status \
     FROM publications AS p \
     CROSS JOIN posts AS o ON o.id = p.post \
     CROSS JOIN accounts AS a ON a.id = p.account \
     WHERE p.id = ?1";

fn read(cells: &Cells<'_>) -> Result<Row, Fault> {
    cells.table("publications");
    Ok(Row {
        id: cells.id("id")?,
        workspace: cells.id("workspace")?,
        post: cells.id("post")?,
        account: cells.id("account")?,
        remote_key: cells.text("remote_key")?,
        caption_key: cells.text("caption_key")?,
        state: cells.word("state", State::parse)?,
        epoch: cells.get("epoch")?,
        post_version: cells.number("content_version")?,
        account_status: cells.word("status", AccountStatus::parse)?,
    })
}

/// What follows from the outcomes of a call.
#[derive(Default)]
struct After {
    moves: Vec<Move>,
    told: Vec<Told>,
}

/// Writes outcomes under their fences, in order.
pub(super) fn record(tx: Tx<'_>, outcomes: &[Outcome]) -> Result<Vec<Recorded>, Fault> {
    let mut after = After::default();
    let mut recorded = Vec::with_capacity(outcomes.len());
    for outcome in outcomes {
        recorded.push(record_one(tx, outcome, &mut after)?);
    }
    write_statuses(tx, &restated(&after.moves))?;
    follow(tx, &after.moves, after.told)?;
    crash_points(outcomes);
    Ok(recorded)
}

/// Dies here when a test of the real binary asks for it.
fn crash_points(outcomes: &[Outcome]) {
    for outcome in outcomes {
        match (outcome.fence.state, outcome.next.state) {
            (State::Ready, State::Armed) => crash::at(Point::ArmUncommitted, ""),
            (State::Armed, _) => crash::at(Point::AnswerUncommitted, ""),
            _ => {}
        }
    }
}

fn record_one(tx: Tx<'_>, outcome: &Outcome, after: &mut After) -> Result<Recorded, Fault> {
    let fence = outcome.fence;
    let id = fence.id.to_string();
    let Some(row) = first(tx.conn, ROW, [id.as_str()], read)? else {
        return Ok(Recorded::Fenced);
    };
    if row.epoch != fence.epoch || row.state != fence.state {
        return Ok(Recorded::Fenced);
    }
    let next = &outcome.next;
    if next.state == State::Armed
        && row.state != State::Armed
        && let Some(denied) = arm::denied(tx, &row, next)?
    {
        return Ok(Recorded::Denied(denied));
    }
    let write = RowWrite {
        slot: next.slot && arm::slot_is_free(tx, &row)?,
        lease_until: outcome.lease.map(|lease| ms_up(tx.now + lease)),
        moved: row.state != next.state,
        caption_key: None,
        epoch_by: 0,
        forgive: true,
    };
    write_row(tx, row.id, next, &write)?;
    note(&row, outcome, after);
    if let Some(effect) = outcome.account {
        let (token_version, status) = (effect.token_version, effect.status);
        account::set_status(tx, row.account, token_version, status, &mut after.told)?;
    }
    Ok(Recorded::Recorded)
}

/// Notes the move and the notices of an outcome.
fn note(row: &Row, outcome: &Outcome, after: &mut After) {
    if row.state != outcome.next.state {
        after.moves.push(Move {
            workspace: row.workspace,
            publication: row.id,
            post: row.post,
            account: row.account,
            from: row.state,
            to: outcome.next.state,
        });
    }
    after.told.extend(outcome.notices.iter().map(|n| Told {
        notice: n.clone(),
        workspace: row.workspace,
        publication: Some(row.id),
        post: Some(row.post),
        account: Some(row.account),
        media: None,
    }));
}
