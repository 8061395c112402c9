//! The columns of each noun, and how a row is read back.

use contentzavod_core::model::{
    Account, AccountStatus, Media, MediaKind, MediaStatus, Post, Publication, Sealed,
};
use contentzavod_core::publication::{Progress, State};
use sqlx::sqlite::SqliteRow;

use super::map::{Cells, Fault};

/// The columns of `publications AS p`.
macro_rules! publication_columns {
    () => {
        "p.id AS p_id, p.workspace AS p_workspace, p.post AS p_post, p.account AS p_account, \
         p.remote_key AS p_remote_key, p.caption_key AS p_caption_key, p.state AS p_state, \
         p.next_at AS p_next_at, p.lease_until AS p_lease_until, p.epoch AS p_epoch, \
         p.rev AS p_rev, p.losses AS p_losses, p.slot AS p_slot, p.progress AS p_progress, \
         p.state_since AS p_state_since, p.created_at AS p_created_at, p.updated_at AS p_updated_at"
    };
}
/// The columns of `posts AS o`.
macro_rules! post_columns {
    () => {
        "o.id AS o_id, o.workspace AS o_workspace, o.content AS o_content, \
         o.content_version AS o_content_version, o.publish_at AS o_publish_at, \
         o.local_time AS o_local_time, o.timezone AS o_timezone, \
         o.max_late_secs AS o_max_late_secs, o.rev AS o_rev, o.sort_at AS o_sort_at, \
         o.created_at AS o_created_at, o.updated_at AS o_updated_at"
    };
}
/// The columns of `accounts AS a`.
macro_rules! account_columns {
    () => {
        "a.id AS a_id, a.workspace AS a_workspace, a.platform AS a_platform, a.login AS a_login, \
         a.remote_user_id AS a_remote_user_id, a.app_scoped_id AS a_app_scoped_id, \
         a.username AS a_username, a.status AS a_status, a.token AS a_token, \
         a.token_version AS a_token_version, a.token_obtained_at AS a_token_obtained_at, \
         a.token_expires_at AS a_token_expires_at, a.scopes AS a_scopes, a.quota AS a_quota, \
         a.quota_read_at AS a_quota_read_at, a.refresh_at AS a_refresh_at, \
         a.created_at AS a_created_at, a.updated_at AS a_updated_at"
    };
}
/// The columns of `media AS m`.
macro_rules! media_columns {
    () => {
        "m.id AS m_id, m.workspace AS m_workspace, m.kind AS m_kind, m.status AS m_status, \
         m.filename AS m_filename, m.content_type AS m_content_type, m.bytes AS m_bytes, \
         m.sha256 AS m_sha256, m.duration_ms AS m_duration_ms, m.width AS m_width, \
         m.height AS m_height, m.findings AS m_findings, m.expires_at AS m_expires_at, \
         m.created_at AS m_created_at"
    };
}
pub(super) use {account_columns, media_columns, post_columns, publication_columns};

pub(super) fn publication(row: &SqliteRow) -> Result<Publication, Fault> {
    let cells = Cells::new(row, "publications", "p_id");
    let mut progress: Progress = cells.json("p_progress")?;
    let state = cells.word("p_state", State::parse)?;
    if progress.state != state {
        let said = progress.state.as_str();
        return Err(cells.contradiction("p_state", format!("its document says {said}")));
    }
    // These two columns are the truth: other rows' writes move them.
    progress.next_at = cells.opt_time("p_next_at")?;
    progress.slot = cells.get::<Option<&str>>("p_slot")?.is_some();
    Ok(Publication {
        id: cells.id("p_id")?,
        workspace: cells.id("p_workspace")?,
        post: cells.id("p_post")?,
        account: cells.id("p_account")?,
        remote_key: cells.text("p_remote_key")?,
        caption_key: cells.text("p_caption_key")?,
        progress,
        epoch: cells.get("p_epoch")?,
        rev: cells.get("p_rev")?,
        lease_until: cells.opt_time("p_lease_until")?,
        losses: cells.number("p_losses")?,
        state_since: cells.time("p_state_since")?,
        created_at: cells.time("p_created_at")?,
        updated_at: cells.time("p_updated_at")?,
    })
}

pub(super) fn post(row: &SqliteRow) -> Result<Post, Fault> {
    let cells = Cells::new(row, "posts", "o_id");
    let local: Option<&str> = cells.get("o_local_time")?;
    let local_time = local
        .map(str::parse)
        .transpose()
        .map_err(|e| cells.contradiction("o_local_time", e))?;
    Ok(Post {
        id: cells.id("o_id")?,
        workspace: cells.id("o_workspace")?,
        content: cells.json("o_content")?,
        content_version: cells.number("o_content_version")?,
        publish_at: cells.opt_time("o_publish_at")?,
        local_time,
        timezone: cells.text("o_timezone")?,
        max_late_secs: cells.get("o_max_late_secs")?,
        rev: cells.get("o_rev")?,
        created_at: cells.time("o_created_at")?,
        updated_at: cells.time("o_updated_at")?,
    })
}

pub(super) fn account(row: &SqliteRow) -> Result<Account, Fault> {
    let cells = Cells::new(row, "accounts", "a_id");
    Ok(Account {
        id: cells.id("a_id")?,
        workspace: cells.id("a_workspace")?,
        platform: cells.text("a_platform")?,
        login: cells.text("a_login")?,
        remote_user_id: cells.text("a_remote_user_id")?,
        app_scoped_id: cells.get("a_app_scoped_id")?,
        username: cells.text("a_username")?,
        status: cells.word("a_status", AccountStatus::parse)?,
        token: cells.get::<Option<String>>("a_token")?.map(Sealed),
        token_version: cells.get("a_token_version")?,
        token_obtained_at: cells.opt_time("a_token_obtained_at")?,
        token_expires_at: cells.opt_time("a_token_expires_at")?,
        scopes: cells.json("a_scopes")?,
        quota: cells.opt_json("a_quota")?,
        quota_read_at: cells.opt_time("a_quota_read_at")?,
        refresh_at: cells.opt_time("a_refresh_at")?,
        created_at: cells.time("a_created_at")?,
        updated_at: cells.time("a_updated_at")?,
    })
}

pub(super) fn media(row: &SqliteRow) -> Result<Media, Fault> {
    let cells = Cells::new(row, "media", "m_id");
    Ok(Media {
        id: cells.id("m_id")?,
        workspace: cells.id("m_workspace")?,
        kind: cells.word("m_kind", MediaKind::parse)?,
        status: cells.word("m_status", MediaStatus::parse)?,
        filename: cells.get("m_filename")?,
        content_type: cells.text("m_content_type")?,
        bytes: cells.number("m_bytes")?,
        sha256: cells.text("m_sha256")?,
        duration_ms: cells.opt_number("m_duration_ms")?,
        width: cells.opt_number("m_width")?,
        height: cells.opt_number("m_height")?,
        findings: cells.json("m_findings")?,
        expires_at: cells.opt_time("m_expires_at")?,
        created_at: cells.time("m_created_at")?,
    })
}
