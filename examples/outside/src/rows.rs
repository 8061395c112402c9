//! The rows that an engine works on, written by the host itself: account, file, post.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use contentzavod_core::model::{
    Account, AccountId, AccountStatus, Content, Media, MediaId, MediaKind, MediaStatus, Post,
    PostId, Publication, Reel, Secret, WorkspaceId,
};
use contentzavod_core::ports::access::token_context;
use contentzavod_core::ports::store::{NewPost, Scheduled};
use contentzavod_core::ports::{Blobs, Connector, EngineStore, Vault};
use contentzavod_core::publication::numbers::default_max_late;
use contentzavod_core::publication::{Context, Event, Numbers, step};
use sha2::{Digest, Sha256};

use crate::Done;

/// Writes the account that a token belongs to; the token is sealed for its row.
pub(crate) async fn account(
    store: &dyn EngineStore,
    vault: &dyn Vault,
    connector: &dyn Connector,
    token: &Secret,
    workspace: WorkspaceId,
    now: DateTime<Utc>,
) -> Done<Account> {
    let found = connector.identify(token, None).await?.value;
    let who = found
        .into_iter()
        .next()
        .ok_or("the token is of no account")?;
    let mut account = Account {
        id: AccountId::generate(now),
        workspace,
        platform: connector.platform().to_owned(),
        login: who.login,
        remote_user_id: who.remote_user_id,
        app_scoped_id: who.app_scoped_id,
        username: who.username,
        status: AccountStatus::Active,
        token: None,
        token_version: 1,
        token_obtained_at: Some(now),
        token_expires_at: who.expires_at,
        scopes: who.scopes,
        quota: None,
        quota_read_at: None,
        // This host runs for seconds only; a longer one gives the engine its connector.
        refresh_at: None,
        created_at: now,
        updated_at: now,
    };
    account.token = Some(vault.seal(token, &token_context(&account))?);
    Ok(store.connect(account).await?.account)
}

/// Writes a file: the bytes first, then the row that makes them findable.
pub(crate) async fn media(
    store: &dyn EngineStore,
    blobs: &dyn Blobs,
    folder: &Path,
    bytes: &[u8],
    workspace: WorkspaceId,
    now: DateTime<Utc>,
) -> Done<Media> {
    let id = MediaId::generate(now);
    let spooled = folder.join("spooled");
    tokio::fs::write(&spooled, bytes).await?;
    blobs.adopt(id, &spooled).await?;
    let media = Media {
        id,
        workspace,
        kind: MediaKind::Video,
        status: MediaStatus::Ready,
        filename: Some("reel.mp4".to_owned()),
        content_type: "video/mp4".to_owned(),
        bytes: bytes.len() as u64,
        sha256: hex::encode(Sha256::digest(bytes)),
        original_sha256: None,
        duration_ms: None,
        width: None,
        height: None,
        findings: Vec::new(),
        expires_at: None,
        created_at: now,
    };
    Ok(store.insert_media(media).await?)
}

/// Writes a post with one scheduled publication.
pub(crate) async fn post(
    store: &dyn EngineStore,
    account: &Account,
    media: &Media,
    due: DateTime<Utc>,
    now: DateTime<Utc>,
    numbers: &Numbers,
) -> Done<Publication> {
    let max_late = default_max_late();
    let post = Post {
        id: PostId::generate(now),
        workspace: account.workspace,
        content: Content::InstagramReel(Reel::new(media.id, "From outside")),
        content_version: 1,
        publish_at: Some(due),
        local_time: Some(due.naive_utc()),
        timezone: "UTC".to_owned(),
        max_late_secs: max_late.num_seconds(),
        rev: 0,
        created_at: now,
        updated_at: now,
    };
    let mut publication = Publication::draft(&post, account, now);
    // The machine is pure: the host asks it what scheduling makes of a draft, and writes that.
    let schedule = Event::Schedule { due, max_late };
    publication.progress = step(&publication.progress, schedule, &Context { now, numbers })?.next;
    let publications = vec![publication.clone()];
    match store.schedule(NewPost { post, publications }, None).await? {
        Scheduled::Created => Ok(publication),
        other => Err(format!("not written: {other:?}").into()),
    }
}

/// When the post goes out.
pub(crate) fn soon(now: DateTime<Utc>) -> DateTime<Utc> {
    now + TimeDelta::seconds(3)
}
