//! What is written beside a change: events of the feed and notices of the inbox.

use contentzavod_core::model::{
    AccountId, EventKind, MediaId, Notice, NotificationId, PostId, PublicationId, WorkspaceId,
};
use contentzavod_core::publication::State;
use serde_json::{Value, json};

use super::map::{Fault, json as document, ms};
use super::writer::Tx;

/// A publication moved from one state to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Move {
    pub(super) workspace: WorkspaceId,
    pub(super) publication: PublicationId,
    pub(super) post: PostId,
    pub(super) account: AccountId,
    pub(super) from: State,
    pub(super) to: State,
}

/// A notice and what it is about.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) notice: Notice,
    pub(super) workspace: WorkspaceId,
    pub(super) publication: Option<PublicationId>,
    pub(super) post: Option<PostId>,
    pub(super) account: Option<AccountId>,
    pub(super) media: Option<MediaId>,
}

/// Writes the moves to the feed, in order.
pub(super) async fn write_events(tx: &mut Tx<'_>, moves: &[Move]) -> Result<(), Fault> {
    if moves.is_empty() {
        return Ok(());
    }
    let rows = moves
        .iter()
        .map(|m| {
            let body = document(&EventKind::Publication {
                publication: m.publication,
                post: m.post,
                account: m.account,
                from: m.from,
                to: m.to,
            })?;
            Ok(json!([m.workspace, body]))
        })
        .collect::<Result<Vec<Value>, Fault>>()?;
    sqlx::query(
        "INSERT INTO events (at, workspace, body) \
         SELECT ?1, value ->> 0, value ->> 1 FROM json_each(?2) ORDER BY key",
    )
    .bind(ms(tx.now))
    .bind(document(&rows)?)
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
}

/// Writes notices to the inbox, in order.
pub(super) async fn write_notices(tx: &mut Tx<'_>, told: &[Told]) -> Result<(), Fault> {
    if told.is_empty() {
        return Ok(());
    }
    let rows = told
        .iter()
        .map(|t| {
            Ok(json!([
                NotificationId::generate(tx.now),
                t.workspace,
                t.notice.kind.as_str(),
                document(&t.notice.params)?,
                t.publication,
                t.post,
                t.account,
                t.media,
            ]))
        })
        .collect::<Result<Vec<Value>, Fault>>()?;
    sqlx::query(
        "INSERT INTO notifications \
           (id, workspace, kind, params, publication, post, account, media, created_at) \
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, \
                value ->> 6, value ->> 7, ?1 \
         FROM json_each(?2) ORDER BY key",
    )
    .bind(ms(tx.now))
    .bind(document(&rows)?)
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
}
