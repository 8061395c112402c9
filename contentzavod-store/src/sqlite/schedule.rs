//! Scheduling: key, post, publications, files and events in one transaction.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::crash::{self, Point};
use contentzavod_core::model::retention::Hold;
use contentzavod_core::model::{
    AccountId, AccountStatus, MediaId, MediaStatus, Post, PostId, Publication, WorkspaceId,
};
use contentzavod_core::ports::store::{IdempotencyKey, NewPost, PostView, Scheduled};
use contentzavod_core::publication::State;
use rusqlite::{Connection, params};

use super::apply::{follow, insert_rows};
use super::db::{execute, first};
use super::expiry;
use super::facts::Move;
use super::map::{Fault, json as document, ms};
use super::writer::{Done, Tx};

/// How long a client's key is kept.
fn key_life() -> TimeDelta {
    TimeDelta::hours(24)
}

/// Keys made at this time or before are forgotten.
pub(super) fn forgotten(now: DateTime<Utc>) -> i64 {
    ms(now - key_life())
}

/// When a post stands in lists.
pub(super) fn sort_at(post: &Post) -> i64 {
    ms(post.publish_at.unwrap_or(post.created_at))
}

/// What was answered for a key.
pub(super) fn replay(
    conn: &Connection,
    now: DateTime<Utc>,
    workspace: WorkspaceId,
    key: &str,
    fingerprint: &[u8; 32],
) -> Result<Option<Scheduled>, Fault> {
    let used = first(
        conn,
        "SELECT key, fingerprint, response FROM idempotency_keys \
         WHERE workspace = ?1 AND key = ?2 AND created_at > ?3",
        params![workspace.to_string(), key, forgotten(now)],
        |cells| {
            cells.table("idempotency_keys");
            cells.str("key")?;
            let known: Vec<u8> = cells.get("fingerprint")?;
            let answer: Vec<u8> = cells.get("response")?;
            Ok((known == fingerprint, answer))
        },
    )?;
    Ok(used.map(|(same, answer)| match same {
        true => Scheduled::Replayed(answer),
        false => Scheduled::Mismatch,
    }))
}

/// Writes a post with its publications, once per key.
pub(super) fn schedule(
    tx: Tx<'_>,
    new: NewPost,
    key: Option<&IdempotencyKey>,
) -> Result<Done<Scheduled>, Fault> {
    let NewPost { post, publications } = new;
    if let Some(key) = key {
        let known = replay(tx.conn, tx.now, post.workspace, &key.key, &key.fingerprint)?;
        if let Some(known) = known {
            return Ok(Done::Discard(known));
        }
    }
    let files = post.content.media_ids();
    if let Some(gone) = missing_media(tx, post.workspace, &files)? {
        return Ok(Done::Discard(Scheduled::MediaGone(gone)));
    }
    let accounts: Vec<_> = publications.iter().map(|p| p.account).collect();
    if let Some(gone) = missing_account(tx, post.workspace, &accounts)? {
        return Ok(Done::Discard(Scheduled::AccountGone(gone)));
    }
    let view = PostView { post, publications };
    insert_post(tx, &view)?;
    insert_rows(tx, &view.publications, sort_at(&view.post), 0)?;
    if let Some(key) = key {
        insert_key(tx, view.post.workspace, key)?;
    }
    follow(tx, &first_moves(&view.publications), Vec::new())?;
    if view.publications.iter().all(|p| p.state() == State::Draft) {
        // No move has told the files about a draft.
        expiry::refresh(tx, &files)?;
    }
    crash::at(Point::CreateUncommitted, view.post.content.caption());
    Ok(Done::Keep(Scheduled::Created))
}

/// The moves of rows that begin beyond draft.
pub(super) fn first_moves(rows: &[Publication]) -> Vec<Move> {
    let begun = rows.iter().filter(|p| p.state() != State::Draft);
    begun
        .map(|p| Move {
            workspace: p.workspace,
            publication: p.id,
            post: p.post,
            account: p.account,
            from: State::Draft,
            to: p.state(),
        })
        .collect()
}

fn insert_post(tx: Tx<'_>, view: &PostView) -> Result<(), Fault> {
    let post = &view.post;
    execute(
        tx.conn,
        "INSERT INTO posts (id, workspace, content, content_version, publish_at, local_time, \
           timezone, max_late_secs, status, sort_at, rev, created_at, updated_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        params![
            post.id.to_string(),
            post.workspace.to_string(),
            document(&post.content)?,
            i64::from(post.content_version),
            post.publish_at.map(ms),
            local_time(post),
            &post.timezone,
            post.max_late_secs,
            view.status().as_str(),
            sort_at(post),
            post.rev,
            ms(post.created_at),
            ms(post.updated_at)
        ],
    )?;
    insert_files(
        tx,
        post.id,
        post.content.media_id(),
        &post.content.media_ids(),
    )
}

/// The wall-clock time as text that reads back.
pub(super) fn local_time(post: &Post) -> Option<String> {
    let local = post.local_time?;
    Some(local.format("%Y-%m-%dT%H:%M:%S%.f").to_string())
}

/// Says which files a post uses.
pub(super) fn insert_files(
    tx: Tx<'_>,
    post: PostId,
    main: MediaId,
    files: &[MediaId],
) -> Result<(), Fault> {
    for file in files {
        // A cover that is the video itself is one use.
        execute(
            tx.conn,
            "INSERT OR IGNORE INTO post_media (post, media, main) VALUES (?1, ?2, ?3)",
            params![post.to_string(), file.to_string(), *file == main],
        )?;
    }
    Ok(())
}

fn insert_key(tx: Tx<'_>, workspace: WorkspaceId, key: &IdempotencyKey) -> Result<(), Fault> {
    // One that is still here was forgotten: it was looked for before.
    execute(
        tx.conn,
        "INSERT OR REPLACE INTO idempotency_keys \
           (workspace, key, fingerprint, response, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            workspace.to_string(),
            key.key,
            key.fingerprint,
            key.response,
            ms(tx.now)
        ],
    )?;
    Ok(())
}

/// The first of these files that is not ready in the workspace.
pub(super) fn missing_media(
    tx: Tx<'_>,
    workspace: WorkspaceId,
    files: &[MediaId],
) -> Result<Option<MediaId>, Fault> {
    let sql = "SELECT id, status FROM media WHERE id = ?1 AND workspace = ?2";
    for file in files {
        let params = params![file.to_string(), workspace.to_string()];
        let status = first(tx.conn, sql, params, |cells| {
            cells.table("media");
            cells.str("id")?;
            cells.word("status", MediaStatus::parse)
        })?;
        if status != Some(MediaStatus::Ready) {
            return Ok(Some(*file));
        }
    }
    Ok(None)
}

/// The first of these accounts that is not connected in the workspace.
pub(super) fn missing_account(
    tx: Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Option<AccountId>, Fault> {
    let sql = "SELECT id, status FROM accounts WHERE id = ?1 AND workspace = ?2";
    for account in accounts {
        let params = params![account.to_string(), workspace.to_string()];
        let status = first(tx.conn, sql, params, |cells| {
            cells.table("accounts");
            cells.str("id")?;
            cells.word("status", AccountStatus::parse)
        })?;
        if status.is_none_or(|s| s == AccountStatus::Disconnected) {
            return Ok(Some(*account));
        }
    }
    Ok(None)
}

/// True when a row in this state needs its files.
pub(super) fn needs_files(state: State) -> bool {
    Hold::of(state) == Hold::Needed
}
