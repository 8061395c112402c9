//! The columns of each noun, and how a row is read back in their order.

use contentzavod_core::model::{
    Account, AccountStatus, Media, MediaKind, MediaStatus, Post, Publication, Sealed,
};
use contentzavod_core::publication::{Progress, State};

use super::db::Cells;
use super::map::Fault;

/// The columns of `publications AS p`.
macro_rules! publication_columns {
    () => {
        "p.id, p.workspace, p.post, p.account, p.remote_key, p.caption_key, p.progress, p.state, \
         p.next_at, p.slot, p.epoch, p.rev, p.lease_until, p.losses, p.state_since, p.created_at, \
         p.updated_at"
    };
}
/// The columns of `posts AS o`.
macro_rules! post_columns {
    () => {
        "o.id, o.workspace, o.content, o.content_version, o.publish_at, o.local_time, o.timezone, \
         o.max_late_secs, o.rev, o.created_at, o.updated_at"
    };
}
/// The columns of `accounts AS a`.
macro_rules! account_columns {
    () => {
        "a.id, a.workspace, a.platform, a.login, a.remote_user_id, a.app_scoped_id, a.username, \
         a.status, a.token, a.token_version, a.token_obtained_at, a.token_expires_at, a.scopes, \
         a.quota, a.quota_read_at, a.refresh_at, a.created_at, a.updated_at"
    };
}
/// The columns of `media AS m`.
macro_rules! media_columns {
    () => {
        "m.id, m.workspace, m.kind, m.status, m.filename, m.content_type, m.bytes, m.sha256, \
         m.original_sha256, m.duration_ms, m.width, m.height, m.findings, m.expires_at, m.created_at"
    };
}
pub(super) use {account_columns, media_columns, post_columns, publication_columns};

pub(super) fn publication(cells: &Cells<'_>) -> Result<Publication, Fault> {
    cells.table("publications");
    Ok(Publication {
        id: cells.id("id")?,
        workspace: cells.id("workspace")?,
        post: cells.id("post")?,
        account: cells.id("account")?,
        remote_key: cells.text("remote_key")?,
        caption_key: cells.text("caption_key")?,
        progress: progress(cells)?,
        epoch: cells.get("epoch")?,
        rev: cells.get("rev")?,
        lease_until: cells.opt_time("lease_until")?,
        losses: cells.number("losses")?,
        state_since: cells.time("state_since")?,
        created_at: cells.time("created_at")?,
        updated_at: cells.time("updated_at")?,
    })
}

/// The document and the columns that stand above it.
fn progress(cells: &Cells<'_>) -> Result<Progress, Fault> {
    let mut progress: Progress = cells.json("progress")?;
    let state = cells.word("state", State::parse)?;
    if progress.state != state {
        let said = progress.state.as_str();
        return Err(cells.bad("state", format!("its document says {said}")));
    }
    // These two columns are the truth: other rows' writes move them.
    progress.next_at = cells.opt_time("next_at")?;
    progress.slot = cells.opt_text("slot")?.is_some();
    Ok(progress)
}

pub(super) fn post(cells: &Cells<'_>) -> Result<Post, Fault> {
    cells.table("posts");
    Ok(Post {
        id: cells.id("id")?,
        workspace: cells.id("workspace")?,
        content: cells.json("content")?,
        content_version: cells.number("content_version")?,
        publish_at: cells.opt_time("publish_at")?,
        local_time: cells
            .opt_text("local_time")?
            .map(|text| text.parse().map_err(|e| cells.bad("local_time", e)))
            .transpose()?,
        timezone: cells.text("timezone")?,
        max_late_secs: cells.get("max_late_secs")?,
        rev: cells.get("rev")?,
        created_at: cells.time("created_at")?,
        updated_at: cells.time("updated_at")?,
    })
}

pub(super) fn account(cells: &Cells<'_>) -> Result<Account, Fault> {
    cells.table("accounts");
    Ok(Account {
        id: cells.id("id")?,
        workspace: cells.id("workspace")?,
        platform: cells.text("platform")?,
        login: cells.text("login")?,
        remote_user_id: cells.text("remote_user_id")?,
        app_scoped_id: cells.opt_text("app_scoped_id")?,
        username: cells.text("username")?,
        status: cells.word("status", AccountStatus::parse)?,
        token: cells.opt_text("token")?.map(Sealed),
        token_version: cells.get("token_version")?,
        token_obtained_at: cells.opt_time("token_obtained_at")?,
        token_expires_at: cells.opt_time("token_expires_at")?,
        scopes: cells.json("scopes")?,
        quota: cells.opt_json("quota")?,
        quota_read_at: cells.opt_time("quota_read_at")?,
        refresh_at: cells.opt_time("refresh_at")?,
        created_at: cells.time("created_at")?,
        updated_at: cells.time("updated_at")?,
    })
}

pub(super) fn media(cells: &Cells<'_>) -> Result<Media, Fault> {
    cells.table("media");
    Ok(Media {
        id: cells.id("id")?,
        workspace: cells.id("workspace")?,
        kind: cells.word("kind", MediaKind::parse)?,
        status: cells.word("status", MediaStatus::parse)?,
        filename: cells.opt_text("filename")?,
        content_type: cells.text("content_type")?,
        bytes: cells.number("bytes")?,
        sha256: cells.text("sha256")?,
        original_sha256: cells.opt_text("original_sha256")?,
        duration_ms: cells.opt_number("duration_ms")?,
        width: cells.opt_number("width")?,
        height: cells.opt_number("height")?,
        findings: cells.json("findings")?,
        expires_at: cells.opt_time("expires_at")?,
        created_at: cells.time("created_at")?,
    })
}
