//! What is written beside a change: events of the feed and notices of the inbox.

use contentzavod_core::model::{
    AccountId, EventKind, MediaId, Notice, NotificationId, PostId, PublicationId, WorkspaceId,
};
use contentzavod_core::publication::State;
use rusqlite::params;

use super::db::execute;
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
pub(super) fn write_events(tx: Tx<'_>, moves: &[Move]) -> Result<(), Fault> {
    for m in moves {
        let body = document(&EventKind::Publication {
            publication: m.publication,
            post: m.post,
            account: m.account,
            from: m.from,
            to: m.to,
        })?;
        execute(
            tx.conn,
            "INSERT INTO events (at, workspace, body) VALUES (?1, ?2, ?3)",
            params![ms(tx.now), m.workspace.to_string(), body],
        )?;
    }
    Ok(())
}

/// Writes notices to the inbox, in order.
pub(super) fn write_notices(tx: Tx<'_>, told: &[Told]) -> Result<(), Fault> {
    for t in told {
        execute(
            tx.conn,
            "INSERT INTO notifications \
               (id, workspace, kind, params, publication, post, account, media, created_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                NotificationId::generate(tx.now).to_string(),
                t.workspace.to_string(),
                t.notice.kind.as_str(),
                document(&t.notice.params)?,
                t.publication.map(|id| id.to_string()),
                t.post.map(|id| id.to_string()),
                t.account.map(|id| id.to_string()),
                t.media.map(|id| id.to_string()),
                ms(tx.now),
            ],
        )?;
    }
    Ok(())
}
