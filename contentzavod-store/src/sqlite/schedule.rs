//! Scheduling: key, post, publications, files and events in one transaction.

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::retention::Hold;
use contentzavod_core::model::{
    AccountId, AccountStatus, MediaId, MediaStatus, Post, PostId, Publication, WorkspaceId,
};
use contentzavod_core::ports::store::{IdempotencyKey, NewPost, PostView, Scheduled};
use contentzavod_core::publication::State;
use sqlx::SqliteConnection;

use super::apply::{follow, insert_rows};
use super::expiry;
use super::facts::Move;
use super::map::{Cells, Fault, id_list, json as document, ms};
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
pub(super) async fn replay(
    conn: &mut SqliteConnection,
    now: DateTime<Utc>,
    workspace: WorkspaceId,
    key: &str,
    fingerprint: &[u8; 32],
) -> Result<Option<Scheduled>, Fault> {
    let row = sqlx::query(
        "SELECT key, fingerprint, response FROM idempotency_keys \
         WHERE workspace = ?1 AND key = ?2 AND created_at > ?3",
    )
    .bind(workspace.to_string())
    .bind(key)
    .bind(forgotten(now))
    .fetch_optional(conn)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let cells = Cells::new(&row, "idempotency_keys", "key");
    if cells.get::<&[u8]>("fingerprint")? != fingerprint {
        return Ok(Some(Scheduled::Mismatch));
    }
    Ok(Some(Scheduled::Replayed(cells.get("response")?)))
}

/// Writes a post with its publications, once per key.
pub(super) async fn schedule(
    tx: &mut Tx<'_>,
    new: NewPost,
    key: Option<IdempotencyKey>,
) -> Result<Done<Scheduled>, Fault> {
    let NewPost { post, publications } = new;
    if let Some(key) = &key {
        let known = replay(
            &mut *tx.conn,
            tx.now,
            post.workspace,
            &key.key,
            &key.fingerprint,
        )
        .await?;
        if let Some(known) = known {
            return Ok(Done::Discard(known));
        }
    }
    let files = post.content.media_ids();
    if let Some(gone) = missing_media(tx, post.workspace, &files).await? {
        return Ok(Done::Discard(Scheduled::MediaGone(gone)));
    }
    let accounts: Vec<_> = publications.iter().map(|p| p.account).collect();
    if let Some(gone) = missing_account(tx, post.workspace, &accounts).await? {
        return Ok(Done::Discard(Scheduled::AccountGone(gone)));
    }
    let view = PostView { post, publications };
    insert_post(tx, &view).await?;
    insert_rows(tx, &view.publications, sort_at(&view.post), 0).await?;
    if let Some(key) = key {
        insert_key(tx, view.post.workspace, key).await?;
    }
    follow(tx, &first_moves(&view.publications), Vec::new()).await?;
    if view.publications.iter().all(|p| p.state() == State::Draft) {
        // No move has told the files about a draft.
        expiry::refresh(tx, &files).await?;
    }
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

async fn insert_post(tx: &mut Tx<'_>, view: &PostView) -> Result<(), Fault> {
    let post = &view.post;
    sqlx::query(
        "INSERT INTO posts (id, workspace, content, content_version, publish_at, local_time, \
           timezone, max_late_secs, status, sort_at, rev, created_at, updated_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )
    .bind(post.id.to_string())
    .bind(post.workspace.to_string())
    .bind(document(&post.content)?)
    .bind(i64::from(post.content_version))
    .bind(post.publish_at.map(ms))
    .bind(local_time(post))
    .bind(&post.timezone)
    .bind(post.max_late_secs)
    .bind(view.status().as_str())
    .bind(sort_at(post))
    .bind(post.rev)
    .bind(ms(post.created_at))
    .bind(ms(post.updated_at))
    .execute(&mut *tx.conn)
    .await?;
    insert_files(
        tx,
        post.id,
        post.content.media_id(),
        &post.content.media_ids(),
    )
    .await
}

/// The wall-clock time as text that reads back.
pub(super) fn local_time(post: &Post) -> Option<String> {
    let local = post.local_time?;
    Some(local.format("%Y-%m-%dT%H:%M:%S%.f").to_string())
}

/// Says which files a post uses.
pub(super) async fn insert_files(
    tx: &mut Tx<'_>,
    post: PostId,
    main: MediaId,
    files: &[MediaId],
) -> Result<(), Fault> {
    for file in files {
        // A cover that is the video itself is one use.
        sqlx::query("INSERT OR IGNORE INTO post_media (post, media, main) VALUES (?1, ?2, ?3)")
            .bind(post.to_string())
            .bind(file.to_string())
            .bind(*file == main)
            .execute(&mut *tx.conn)
            .await?;
    }
    Ok(())
}

async fn insert_key(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    key: IdempotencyKey,
) -> Result<(), Fault> {
    // One that is still here was forgotten: it was looked for before.
    sqlx::query(
        "INSERT OR REPLACE INTO idempotency_keys \
           (workspace, key, fingerprint, response, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )
    .bind(workspace.to_string())
    .bind(key.key)
    .bind(key.fingerprint.to_vec())
    .bind(key.response)
    .bind(ms(tx.now))
    .execute(&mut *tx.conn)
    .await?;
    Ok(())
}

/// The first of these files that is not ready in the workspace.
pub(super) async fn missing_media(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    files: &[MediaId],
) -> Result<Option<MediaId>, Fault> {
    let found = sqlx::query(
        "SELECT m.id, m.status FROM json_each(?2) AS v CROSS JOIN media AS m ON m.id = v.value \
         WHERE m.workspace = ?1",
    )
    .bind(workspace.to_string())
    .bind(id_list(files))
    .fetch_all(&mut *tx.conn)
    .await?;
    let mut ready = Vec::with_capacity(found.len());
    for row in &found {
        let cells = Cells::new(row, "media", "id");
        if cells.word("status", MediaStatus::parse)? == MediaStatus::Ready {
            ready.push(cells.id("id")?);
        }
    }
    Ok(files.iter().copied().find(|id| !ready.contains(id)))
}

/// The first of these accounts that is not connected in the workspace.
pub(super) async fn missing_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Option<AccountId>, Fault> {
    if accounts.is_empty() {
        return Ok(None);
    }
    let found = sqlx::query(
        "SELECT a.id, a.status FROM json_each(?2) AS v \
         CROSS JOIN accounts AS a ON a.id = v.value WHERE a.workspace = ?1",
    )
    .bind(workspace.to_string())
    .bind(id_list(accounts))
    .fetch_all(&mut *tx.conn)
    .await?;
    let mut connected = Vec::with_capacity(found.len());
    for row in &found {
        let cells = Cells::new(row, "accounts", "id");
        if cells.word("status", AccountStatus::parse)? != AccountStatus::Disconnected {
            connected.push(cells.id("id")?);
        }
    }
    Ok(accounts.iter().copied().find(|id| !connected.contains(id)))
}

/// True when a row in this state needs its files.
pub(super) fn needs_files(state: State) -> bool {
    Hold::of(state) == Hold::Needed
}
