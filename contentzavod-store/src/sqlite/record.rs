//! Recording outcomes: judged in order in memory, written by set.

use std::collections::HashMap;

use contentzavod_core::model::{AccountId, AccountStatus, PostId, PublicationId, WorkspaceId};
use contentzavod_core::ports::store::{Outcome, Recorded};
use contentzavod_core::publication::State;
use sqlx::sqlite::SqliteRow;

use super::account;
use super::apply::{RowWrite, follow, restated, write_rows, write_statuses};
use super::arm::Rivals;
use super::facts::{Move, Told};
use super::map::{Cells, Fault, id_list, ms_up};
use super::writer::Tx;

/// A publication as far as outcomes are judged by it.
pub(super) struct Row {
    pub(super) id: PublicationId,
    workspace: WorkspaceId,
    post: PostId,
    pub(super) account: AccountId,
    pub(super) remote_key: String,
    pub(super) caption_key: String,
    pub(super) state: State,
    epoch: i64,
    pub(super) slot: bool,
    /// It held the slot when the call began.
    had_slot: bool,
    pub(super) post_version: i32,
}

/// An account as far as arms are judged by it.
pub(super) struct AccountState {
    pub(super) status: AccountStatus,
    pub(super) token: bool,
    token_version: i64,
}

/// Everything one call looks at and writes.
struct Board {
    rows: HashMap<PublicationId, Row>,
    accounts: HashMap<AccountId, AccountState>,
    rivals: Rivals,
    writes: Vec<RowWrite>,
    /// Where in `writes` a publication stands.
    written: HashMap<PublicationId, usize>,
    moves: Vec<Move>,
    told: Vec<Told>,
    statuses: Vec<(AccountId, i64, AccountStatus)>,
}

/// Writes outcomes under their fences, in order.
pub(super) async fn record(
    tx: &mut Tx<'_>,
    outcomes: Vec<Outcome>,
) -> Result<Vec<Recorded>, Fault> {
    let mut board = Board::load(tx, &outcomes).await?;
    let recorded = outcomes
        .into_iter()
        .map(|outcome| board.take(tx, outcome))
        .collect();
    board.write(tx).await?;
    Ok(recorded)
}

impl Board {
    async fn load(tx: &mut Tx<'_>, outcomes: &[Outcome]) -> Result<Self, Fault> {
        let found = sqlx::query(
            "SELECT p.id, p.workspace, p.post, p.account, p.remote_key, p.caption_key, p.state, \
                    p.epoch, p.slot IS NOT NULL AS slot, o.content_version, a.status, \
                    a.token IS NOT NULL AS token, a.token_version \
             FROM publications AS p \
             JOIN posts AS o ON o.id = p.post JOIN accounts AS a ON a.id = p.account \
             WHERE p.id IN (SELECT value FROM json_each(?1))",
        )
        .bind(id_list(outcomes.iter().map(|o| o.fence.id)))
        .fetch_all(&mut *tx.conn)
        .await?;
        let mut rows = HashMap::with_capacity(found.len());
        let mut accounts = HashMap::new();
        for row in &found {
            let (row, account) = read(row)?;
            accounts.insert(row.account, account);
            rows.insert(row.id, row);
        }
        let rivals = Rivals::load(tx, outcomes, &rows).await?;
        Ok(Self {
            rows,
            accounts,
            rivals,
            writes: Vec::with_capacity(outcomes.len()),
            written: HashMap::with_capacity(outcomes.len()),
            moves: Vec::new(),
            told: Vec::new(),
            statuses: Vec::new(),
        })
    }

    /// Judges one outcome by everything before it.
    fn take(&mut self, tx: &Tx<'_>, outcome: Outcome) -> Recorded {
        let fence = outcome.fence;
        let Some(row) = self.rows.get_mut(&fence.id) else {
            return Recorded::Fenced;
        };
        if row.epoch != fence.epoch || row.state != fence.state {
            return Recorded::Fenced;
        }
        let arms = outcome.next.state == State::Armed && fence.state != State::Armed;
        if arms {
            let account = self.accounts.get(&row.account);
            if let Some(denied) = self.rivals.denied(row, account, &outcome.next) {
                return Recorded::Denied(denied);
            }
        }
        let from = row.state;
        row.slot = self.rivals.take(row, &outcome.next);
        row.state = outcome.next.state;
        if from != row.state {
            self.moves.push(Move {
                workspace: row.workspace,
                publication: row.id,
                post: row.post,
                account: row.account,
                from,
                to: row.state,
            });
        }
        self.told.extend(outcome.notices.into_iter().map(|n| Told {
            notice: n,
            workspace: row.workspace,
            publication: Some(row.id),
            post: Some(row.post),
            account: Some(row.account),
            media: None,
        }));
        if let Some(effect) = outcome.account
            && let Some(account) = self.accounts.get_mut(&row.account)
            && account.token_version == effect.token_version
            && account.status != AccountStatus::Disconnected
        {
            account.status = effect.status;
            let change = (row.account, effect.token_version, effect.status);
            self.statuses.push(change);
        }
        let write = RowWrite {
            id: row.id,
            slot: row.slot,
            had_slot: row.had_slot,
            lease_until: outcome.lease.map(|lease| ms_up(tx.now + lease)),
            moved: from != row.state,
            caption_key: None,
            epoch_by: 0,
            rev_by: 1,
            forgive: true,
            next: outcome.next,
        };
        self.keep(write);
        Recorded::Recorded
    }

    /// The last write of a row stands; what the earlier ones did to it stays true.
    fn keep(&mut self, mut write: RowWrite) {
        match self.written.get(&write.id) {
            Some(place) => {
                let earlier = &mut self.writes[*place];
                write.rev_by += earlier.rev_by;
                write.moved |= earlier.moved;
                *earlier = write;
            }
            None => {
                self.written.insert(write.id, self.writes.len());
                self.writes.push(write);
            }
        }
    }

    async fn write(self, tx: &mut Tx<'_>) -> Result<(), Fault> {
        write_rows(tx, &self.writes).await?;
        write_statuses(tx, &restated(&self.moves)).await?;
        follow(tx, &self.moves, self.told).await?;
        for (id, token_version, status) in self.statuses {
            account::set_status(tx, id, token_version, status).await?;
        }
        Ok(())
    }
}

fn read(row: &SqliteRow) -> Result<(Row, AccountState), Fault> {
    let cells = Cells::new(row, "publications", "id");
    let slot: bool = cells.get("slot")?;
    let publication = Row {
        id: cells.id("id")?,
        workspace: cells.id("workspace")?,
        post: cells.id("post")?,
        account: cells.id("account")?,
        remote_key: cells.text("remote_key")?,
        caption_key: cells.text("caption_key")?,
        state: cells.word("state", State::parse)?,
        epoch: cells.get("epoch")?,
        slot,
        had_slot: slot,
        post_version: cells.number("content_version")?,
    };
    let account = AccountState {
        status: Cells::new(row, "accounts", "account").word("status", AccountStatus::parse)?,
        token: cells.get("token")?,
        token_version: cells.get("token_version")?,
    };
    Ok((publication, account))
}
